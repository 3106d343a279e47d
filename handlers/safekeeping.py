"""What must not be kept: card numbers, identity numbers, one-time codes typed by mistake."""

from typing import Any

from aiogram import Router
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.sifting import TAP, WORD, Sifted
from rules import private
from rules.reply import Reply
from storage import inbox
from texts import refusals

_FEWEST_DIGITS = 4  # a one-time code has at least four


class Secret(Sifted):
    """A text that carries a number we refuse to hold."""

    deaf_to = frozenset({WORD, TAP})  # four digits may be a one-time code

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        text = message.text or message.caption or ""
        kind = private.forbidden(text) if sum(map(str.isdecimal, text)) >= _FEWEST_DIGITS else ""
        return {"kind": kind} if kind else False


async def secret_said(_: Message, kind: str, session: AsyncSession, source: str) -> Reply:
    await inbox.blank(session, source)
    return Reply(refusals.private_number(kind))


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(secret_said, Secret())
    router.edited_message.register(secret_said, Secret())
    return router
