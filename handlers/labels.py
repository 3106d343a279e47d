"""The words on a button, typed: taken as the tap, as they are on Zalo."""

from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.sifting import Sifted
from handlers.words import Spoken
from rules.reply import Choice, Reply
from rules.spelling import fold

TAPS = "taps"  # under which the dispatcher hands over who answers taps
_NO_QUERY = "0"  # an id no messenger gives: nobody waits for its answer
_LONGEST = 80
_label = lru_cache(maxsize=1024)(fold)


class OnButton(Sifted):
    """The label of a button shown last, accents or not: hands over its `choice`.

    A word of the menu said alone stays that word ("sửa" asks which, the button of this name knows), a number a number.
    """

    async def __call__(
        self, message: Message, heard: Spoken, offered: Callable[[], list[Choice]]
    ) -> bool | dict[str, Any]:
        text, choices = message.text or "", offered()
        if not choices or not 0 < len(text) <= _LONGEST or (heard.word and not heard.rest) or message.forward_origin:
            return False
        said = fold(text)
        choice = next((one for one in choices if _label(one.label) == said), None)
        return {"choice": choice} if choice and said and not said.isdecimal() else False


async def typed(message: Message, choice: Choice, taps: Callable[..., Awaitable[Any]], **known: Any) -> Reply | None:
    """Answered as the tap would be. Raises SkipHandler where nobody answers it."""
    who = message.from_user
    tap = CallbackQuery(id=_NO_QUERY, from_user=who, chat_instance=_NO_QUERY, data=choice.data)  # type: ignore[arg-type]
    reply: Reply | None = await taps(tap, **{**known, "heard": None})
    return Reply(reply.toast) if reply and reply.toast and not reply.text else reply


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(typed, OnButton())
    return router
