"""A unit's houses by alley, as they are printed."""

from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.alleys import alley_called
from rules.order import natural
from storage.tables import House, Unit


async def open_by_alley(
    session: AsyncSession, unit: Unit, closed: Collection[str], *, key: str = ""
) -> list[tuple[str, list[House]]]:
    """The houses still to do, alley by alley, or of the one alley with this `key`; those without one last, under ""."""
    query = select(House).where(House.unit_id == unit.id, col(House.withdrawn).is_(False))
    alleys: dict[str, list[House]] = {}
    for house in await session.exec(query):
        alley = alley_called(house.alley or "") if key else None
        if house.outcome not in closed and (not key or (alley and alley.key == key)):
            alleys.setdefault(house.alley or "", []).append(house)
    for found in alleys.values():
        found.sort(key=lambda house: natural(house.label))
    return sorted(alleys.items(), key=lambda pair: (not pair[0], natural(pair[0])))
