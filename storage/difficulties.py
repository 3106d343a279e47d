"""What we remember about difficulties: raised at a door, answered by the office, carried back."""

from datetime import datetime

from sqlalchemy import case, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.refusals import NotFound
from storage import audit
from storage.tables import Difficulty, Person
from storage.units import Scope


async def raise_one(session: AsyncSession, person: Person, said: str, *, now: datetime, source: str) -> Difficulty:
    difficulty = Difficulty(
        campaign=person.campaign, unit_id=person.unit_id, person_id=person.id or 0, said=said, raised_at=now
    )
    session.add(difficulty)
    await session.flush()
    audit.note(session, "difficulty.raised", f"difficulty:{difficulty.id}", now=now, by=person, source=source)
    return difficulty


async def unanswered(session: AsyncSession, scope: Scope, most: int = 10) -> list[Difficulty]:
    """Difficulties of the scope that wait for an answer, oldest first."""
    query = (
        select(Difficulty)
        .where(col(Difficulty.unit_id).in_(scope.unit_ids), col(Difficulty.answered_at).is_(None))
        .order_by(col(Difficulty.id))
        .limit(most)
    )
    return list(await session.exec(query))


async def counts(session: AsyncSession, scope: Scope, until: datetime) -> tuple[int, int]:
    """How many difficulties the scope had raised before a moment, and how many of them were answered by then."""
    answered = case((col(Difficulty.answered_at) < until, 1), else_=0)
    query = select(func.count(), func.coalesce(func.sum(answered), 0)).where(
        col(Difficulty.unit_id).in_(scope.unit_ids), Difficulty.raised_at < until
    )
    raised, done = (await session.exec(query)).one()
    return raised, done


async def by_id(session: AsyncSession, scope: Scope, difficulty_id: int) -> Difficulty:
    """The difficulty, within the scope. Raises NotFound, also for one that lies outside."""
    difficulty = await session.get(Difficulty, difficulty_id)
    if difficulty is None or difficulty.unit_id not in scope:
        raise NotFound("difficulty")
    return difficulty


async def answer(
    session: AsyncSession, difficulty: Difficulty, person: Person, said: str, *, now: datetime, source: str
) -> None:
    difficulty.answer, difficulty.answered_by, difficulty.answered_at = said, person.id, now
    session.add(difficulty)
    audit.note(session, "difficulty.answered", f"difficulty:{difficulty.id}", now=now, by=person, source=source)
