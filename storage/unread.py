"""What we remember of words we could not use, so that nothing said is lost."""

from datetime import datetime

from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Chat, UnreadLine


def keep(session: AsyncSession, chat: Chat, said: str, why: str, now: datetime) -> None:
    session.add(UnreadLine(chat_key=chat.key, person_id=chat.person_id, said=said, why=why, at=now))


async def before_joining(session: AsyncSession, chat_key: str) -> int:
    """How many messages of this chat were kept while nobody had joined from it."""
    query = select(func.count()).select_from(UnreadLine)
    query = query.where(UnreadLine.chat_key == chat_key, UnreadLine.why == "stranger")
    return (await session.exec(query)).one()
