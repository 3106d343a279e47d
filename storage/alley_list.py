"""A unit's houses by alley, as they are printed."""

from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.order import natural
from storage.tables import House, Unit


async def open_by_alley(session: AsyncSession, unit: Unit, closed: Collection[str]) -> list[tuple[str, list[House]]]:
    """The houses still to do, alley by alley; those without one come last, under ""."""
    query = select(House).where(House.unit_id == unit.id, col(House.withdrawn).is_(False))
    alleys: dict[str, list[House]] = {}
    for house in await session.exec(query):
        if house.outcome not in closed:
            alleys.setdefault(house.alley or "", []).append(house)
    for found in alleys.values():
        found.sort(key=lambda house: natural(house.label))
    return sorted(alleys.items(), key=lambda pair: (not pair[0], natural(pair[0])))
