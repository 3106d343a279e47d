"""How a handler is called: by a word people type or tap, or by a button of the question at hand."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from rules.refusals import NotAllowed
from rules.reply import Choice
from rules.roles import Role, may
from rules.spelling import clean, fold
from storage.tables import Chat, Person

_SLASHES = "/／"
ALIASES = {
    "menu": ("start", "batdau", "batđầu"),
    "huỷ": ("cancel", "thoat", "thôi"),
    "trợ giúp": ("help", "giup", "hotro", "hỗ trợ"),
    "hoàn tác": ("undo",),
}


def _joined(text: str) -> str:
    return fold(text).replace(" ", "")


def said_word(text: str, word: str) -> str | None:
    """What follows the word in the text ("" for the word alone); None when the text does not begin with it.

    With or without accents, capitals, a slash or the bot's name: "/hoantac", "Hoàn tác", "HOAN TAC".
    """
    plain = clean(text, most=4096).lstrip(_SLASHES)
    if _joined(plain.split("@", 1)[0]) in {_joined(word), *(_joined(alias) for alias in ALIASES.get(word, ()))}:
        return ""
    length = len(word.split())
    head, rest = plain.split()[:length], plain.split()[length:]
    first = " ".join(head).rstrip(":,")
    return " ".join(rest) if rest and fold(first) == fold(word) else None


class Word(Filter):
    """The word typed (with `rest` words behind it only where that means something), or its button `w|word`."""

    def __init__(self, word: str, *, rest: bool = False) -> None:
        self.word, self.rest = word, rest

    async def __call__(self, event: Message | CallbackQuery) -> bool | dict[str, Any]:
        if isinstance(event, CallbackQuery):
            return {"rest": ""} if event.data == f"w|{self.word}" else False
        said = said_word(event.text, self.word) if event.text else None
        if said is None or (said and not self.rest):
            return False
        return {"rest": said}


class Tapped(Filter):
    """A button `kind|value`; with `card` also of the question at hand, so that an old one never answers a new one."""

    def __init__(self, kind: str, *, card: bool = True) -> None:
        self.kind, self.card = kind, card

    async def __call__(self, query: CallbackQuery, chat: Chat) -> bool | dict[str, Any]:
        kind, _, rest = (query.data or "").partition("|")
        if kind != self.kind:
            return False
        if not self.card:
            return {"value": rest}
        value, _, card = rest.rpartition("|")
        if card != str(chat.card):
            return False
        chat.last_tap = query.data or ""
        return {"value": value}


def word_choice(word: str) -> Choice:
    return Choice(word[0].upper() + word[1:], f"w|{word}")


def fresh_card(chat: Chat) -> int:
    """A number for the question being asked now; buttons of earlier questions no longer match it."""
    chat.card += 1
    return chat.card


def card_choice(label: str, kind: str, value: str, card: int) -> Choice:
    return Choice(label, f"{kind}|{value}|{card}")


def need(me: Person, word: str) -> Role:
    """The person's role, if it may do this now. Raises NotAllowed."""
    role = Role(me.role)
    if not may(role, word):
        raise NotAllowed(word)
    return role
