"""What we remember of who changed what; always in the transaction of the change."""

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Audit, Person


def note(
    session: AsyncSession,
    act: str,
    thing: str,
    *,
    now: datetime,
    by: Person | None = None,
    campaign: str = "",
    source: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Write down an act ("visit.logged") on a thing ("visit:12")."""
    session.add(
        Audit(
            at=now,
            campaign=campaign or (by.campaign if by else ""),
            person_id=by.id if by else None,
            act=act,
            thing=thing,
            source=source,
            detail=detail,
        )
    )
