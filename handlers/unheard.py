"""chưa hiểu: what the own people typed that could not be read, with who typed it, for their head to see."""

from datetime import datetime, timedelta

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.words import Word
from rules.refusals import NotAllowed, NotUnderstood, Refusal
from rules.reply import Reply
from rules.roles import Role
from storage import unread
from storage.tables import Chat, Person
from storage.units import scope_of
from texts import unheard as texts

_SEE = (Role.HEAD, Role.OFFICER)
_DAYS = timedelta(days=7)
_OF_VISIT = ("house", "outcome", "sure", "installs", "come_back", "which")


async def listed(_: Message | CallbackQuery, session: AsyncSession, me: Person, now: datetime) -> Reply:
    if Role(me.role) not in _SEE:
        raise NotAllowed("chưa hiểu")
    scope = await scope_of(session, me)
    return Reply(texts.lines(await unread.of_units(session, scope.unit_ids, since=now - _DAYS)))


def kept_of_answer(session: AsyncSession, chat: Chat, refusal: Refusal, now: datetime) -> None:
    """What was typed in place of an answer about a visit may have been meant for anything: it is kept as well.

    A word or a number alone tells nobody anything, and is only asked again.
    """
    if isinstance(refusal, NotUnderstood) and refusal.field in _OF_VISIT and " " in refusal.said.strip():
        unread.keep(session, chat, refusal.said, "answer", now)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(listed, Word("chưa hiểu"))
    router.callback_query.register(listed, Word("chưa hiểu"))
    return router
