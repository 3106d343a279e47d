"""What we hold about one person, counted for them when they ask."""

from dataclasses import dataclass

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Chat, Difficulty, Person, Visit


@dataclass(frozen=True, slots=True)
class Held:
    """`visits` that stand (not taken back), `difficulties` raised, and the messenger ("telegram") of each chat."""

    visits: int
    difficulties: int
    messengers: tuple[str, ...]


async def about(session: AsyncSession, person: Person) -> Held:
    mine = select(func.count()).select_from(Visit)
    visits = await session.exec(mine.where(Visit.person_id == person.id, col(Visit.undone_at).is_(None)))
    raised = select(func.count()).select_from(Difficulty).where(Difficulty.person_id == person.id)
    chats = select(Chat.platform).where(Chat.person_id == person.id).order_by(col(Chat.id))
    return Held(visits.one(), (await session.exec(raised)).one(), tuple(await session.exec(chats)))
