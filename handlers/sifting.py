"""Filters of which it is known beforehand what they surely refuse, so that the switchboard need not ask them.

Most of what people send is a word of the menu, a house number or a tap; most filters look for something else.
"""

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

WORD, NUMBER, TAP = "word", "number", "tap"
_LEAST_CODE = 10  # letters of an invitation, the shortest code that is letters only
_MOST_DIGITS = 5  # more may be a code or a phone


class Sifted(Filter):
    """`deaf_to` says which of the plainest updates it refuses (see `plainly`), `kind` the only button it may take."""

    deaf_to: frozenset[str] = frozenset({WORD, NUMBER, TAP})
    kind: str | None = None

    def may_hold(self, plain: str, button: str | None) -> bool:
        """False where it would surely refuse."""
        return plain not in self.deaf_to and (self.kind is None or self.kind == button)


def plainly(event: TelegramObject, word: str | None, rest: str) -> str:
    """Which of the plainest updates this is, "" for any other. `word` of the menu was heard, and `rest` behind it.

    Said or tapped between one person and us, nothing forwarded or replied to: a word of the menu by itself, or a number
    of at most five digits.
    """
    if isinstance(event, CallbackQuery):
        return TAP if event.message is None or event.message.chat.type == "private" else ""
    if not isinstance(event, Message) or not event.text or not _is_to_us(event):
        return ""
    if word:
        is_alone = not rest and len(event.text) < _LEAST_CODE and event.text.lstrip("/").replace(" ", "").isalpha()
        return WORD if is_alone else ""
    return NUMBER if len(event.text) <= _MOST_DIGITS and event.text.isascii() and event.text.isdecimal() else ""


def _is_to_us(message: Message) -> bool:
    from_person = message.from_user is not None and not message.from_user.is_bot
    by_itself = message.forward_origin is None and message.reply_to_message is None
    return from_person and by_itself and message.chat.type == "private"
