"""What we remember of words we could not use, so that nothing said is lost."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Chat, Person, UnreadLine


def keep(session: AsyncSession, chat: Chat, said: str, why: str, now: datetime) -> None:
    session.add(UnreadLine(chat_key=chat.key, person_id=chat.person_id, said=said, why=why, at=now))


async def settled(session: AsyncSession, chat: Chat, said: str, why: str) -> None:
    """It has been used after all."""
    query = select(UnreadLine).where(UnreadLine.chat_key == chat.key, UnreadLine.why == why)
    for line in await session.exec(query):
        if line.said == said:
            await session.delete(line)


async def before_joining(session: AsyncSession, chat_key: str) -> int:
    """How many messages of this chat were kept while nobody had joined from it."""
    query = select(func.count()).select_from(UnreadLine)
    query = query.where(UnreadLine.chat_key == chat_key, UnreadLine.why == "stranger")
    return (await session.exec(query)).one()


async def of_units(
    session: AsyncSession, unit_ids: Iterable[int], *, since: datetime
) -> list[tuple[UnreadLine, Person]]:
    """What people of these units typed in vain since then, newest first; at most a hundred."""
    query = (
        select(UnreadLine, Person)
        .join(Person, col(Person.id) == col(UnreadLine.person_id))
        .where(col(Person.unit_id).in_(list(unit_ids)), UnreadLine.at >= since, UnreadLine.why != "private")
        .order_by(col(UnreadLine.id).desc())
        .limit(100)
    )
    return list(await session.exec(query))


async def forget(session: AsyncSession, *, strangers_before: datetime, all_before: datetime) -> int:
    """Drop what strangers said long ago, and later what anyone said. Returns how many."""
    old = or_(
        col(UnreadLine.at) < all_before,
        and_(col(UnreadLine.person_id).is_(None), col(UnreadLine.at) < strangers_before),
    )
    gone = await session.exec(delete(UnreadLine).where(old))
    return int(gone.rowcount)
