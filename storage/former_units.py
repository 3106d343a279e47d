"""Units that became part of another: their old names, and where their houses were when."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import House, MergedUnit, MovedHouse, Unit


async def of(session: AsyncSession, campaign: str, *, into: int | None = None) -> list[Unit]:
    """Every unit of the campaign that was merged (into one unit, where it is named)."""
    query = select(Unit).join(MergedUnit, col(MergedUnit.unit_id) == col(Unit.id)).where(Unit.campaign == campaign)
    return list(await session.exec(query if into is None else query.where(MergedUnit.into_id == into)))


async def ends(session: AsyncSession, campaign: str) -> dict[int, int]:
    """Where each merged unit's houses are now: its id → the id of the open unit it became part of."""
    found = {
        row.unit_id: row.into_id
        for row in await session.exec(select(MergedUnit).where(MergedUnit.campaign == campaign))
    }
    return {unit: _end(found, unit) for unit in found}


def _end(found: dict[int, int], unit: int) -> int:
    while unit in found:
        unit = found[unit]
    return unit


async def moves(session: AsyncSession, campaign: str) -> dict[int, list[tuple[datetime, int]]]:
    """By house: when it moved and from which unit, the first move first."""
    query = select(MovedHouse).join(House, col(House.id) == col(MovedHouse.house_id)).where(House.campaign == campaign)
    found: dict[int, list[tuple[datetime, int]]] = {}
    for row in await session.exec(query.order_by(col(MovedHouse.at), col(MovedHouse.id))):
        found.setdefault(row.house_id, []).append((row.at, row.from_id))
    return found
