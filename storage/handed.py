"""Households that wait for another body, the police with their level-2 accounts: how many do, how many are past it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import House, Visit


@dataclass(frozen=True, slots=True)
class Handed:
    """Houses that wait now, and those that waited once and have moved on. Together: all ever handed over."""

    waiting: int = 0
    past: int = 0


async def count(session: AsyncSession, campaign: str, codes: Collection[str]) -> Handed:
    """Counted from the visits that stand; withdrawn houses are in neither."""
    if not codes:
        return Handed()
    here = (House.campaign == campaign, col(House.withdrawn).is_(False))
    waiting = select(func.count()).select_from(House).where(*here, col(House.outcome).in_(codes))
    once = select(Visit.house_id).where(
        Visit.campaign == campaign, col(Visit.outcome).in_(codes), col(Visit.undone_at).is_(None)
    )
    past = select(func.count()).select_from(House)
    past = past.where(*here, col(House.outcome).not_in(codes), col(House.id).in_(once))
    return Handed((await session.exec(waiting)).one(), (await session.exec(past)).one())
