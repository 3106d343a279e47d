"""What we remember of plans changed in the middle: acts with a day and an author."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.plan_changes import Change
from storage.tables import PlanChange


def add(session: AsyncSession, campaign: str, changes: Iterable[Change], *, author: str, now: datetime) -> None:
    """Keep one act."""
    kept = [change.kept() for change in changes]
    session.add(PlanChange(campaign=campaign, at=now, author=author or None, changes=kept))


async def between(
    session: AsyncSession, campaign: str, after: datetime, until: datetime
) -> list[tuple[datetime, list[Change]]]:
    """The acts after one moment and up to another, oldest first."""
    query = select(PlanChange).where(PlanChange.campaign == campaign, PlanChange.at > after, PlanChange.at <= until)
    found = await session.exec(query.order_by(col(PlanChange.at), col(PlanChange.id)))
    return [(row.at, [Change(**change) for change in row.changes or ()]) for row in found]
