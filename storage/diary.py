"""What one person wrote down on a day, in the order it was written."""

from datetime import date, time, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import at_vietnam
from storage.tables import House, Person, Visit


async def of_day(session: AsyncSession, person: Person, day: date) -> list[tuple[Visit, House]]:
    """One's own visits written on that day in Vietnam, oldest first; what was taken back is not among them."""
    start, end = at_vietnam(day, time(0)), at_vietnam(day + timedelta(days=1), time(0))
    query = (
        select(Visit, House)
        .join(House, col(House.id) == col(Visit.house_id))
        .where(Visit.person_id == person.id, col(Visit.undone_at).is_(None))
        .where(Visit.created_at >= start, Visit.created_at < end)
        .order_by(col(Visit.id))
    )
    return [(visit, house) for visit, house in await session.exec(query)]
