"""chưa hiểu: what the own people typed that could not be read, with who typed it, for their head to see."""

from datetime import datetime, timedelta

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.words import Word
from rules.refusals import NotAllowed
from rules.reply import Reply
from rules.roles import Role
from storage import unread
from storage.tables import Person
from storage.units import scope_of
from texts import unheard as texts

_SEE = (Role.HEAD, Role.OFFICER)
_DAYS = timedelta(days=7)


async def listed(_: Message | CallbackQuery, session: AsyncSession, me: Person, now: datetime) -> Reply:
    if Role(me.role) not in _SEE:
        raise NotAllowed("chưa hiểu")
    scope = await scope_of(session, me)
    return Reply(texts.lines(await unread.of_units(session, scope.unit_ids, since=now - _DAYS)))


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(listed, Word("chưa hiểu"))
    router.callback_query.register(listed, Word("chưa hiểu"))
    return router
