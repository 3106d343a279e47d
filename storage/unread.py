"""What we remember of words we could not use, so that nothing said is lost."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Chat, UnreadLine


def keep(session: AsyncSession, chat: Chat, said: str, why: str, now: datetime) -> None:
    session.add(UnreadLine(chat_key=chat.key, person_id=chat.person_id, said=said, why=why, at=now))


async def before_joining(session: AsyncSession, chat_key: str) -> int:
    """How many messages of this chat were kept while nobody had joined from it."""
    query = select(func.count()).select_from(UnreadLine)
    query = query.where(UnreadLine.chat_key == chat_key, UnreadLine.why == "stranger")
    return (await session.exec(query)).one()


async def forget(session: AsyncSession, *, strangers_before: datetime, all_before: datetime) -> int:
    """Drop what strangers said long ago, and later what anyone said. Returns how many."""
    old = or_(
        col(UnreadLine.at) < all_before,
        and_(col(UnreadLine.person_id).is_(None), col(UnreadLine.at) < strangers_before),
    )
    gone = await session.exec(delete(UnreadLine).where(old))
    return int(gone.rowcount)
