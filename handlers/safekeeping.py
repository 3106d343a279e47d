"""What must not be kept: card numbers, identity numbers, one-time codes typed by mistake."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from rules import private
from rules.reply import Reply
from storage import inbox
from texts import refusals


class Secret(Filter):
    """A text that carries a number we refuse to hold."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        kind = private.forbidden(message.text or message.caption or "")
        return {"kind": kind} if kind else False


async def secret_said(_: Message, kind: str, session: AsyncSession, source: str) -> Reply:
    await inbox.blank(session, source)
    return Reply(refusals.private_number(kind))


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(secret_said, F.text | F.caption, Secret())
    router.edited_message.register(secret_said, F.text | F.caption, Secret())
    return router
