"""What a volunteer asks a head to change in somebody else's record: once answered, it is only history."""

from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.refusals import NotFound
from storage import audit
from storage.tables import House, Person, Proposal, Visit, VisitHistory
from storage.units import Scope
from storage.visits import Logged


async def make(
    session: AsyncSession, person: Person, logged: Logged, said: str, *, day: date, now: datetime, source: str
) -> Proposal:
    """Keep the words as they were said on `day`, with the state of the record that they are about.

    What the same person asked of it before is withdrawn.
    """
    for former in await open_of(session, person, logged):
        answer(session, former, person, accepted=False, now=now, source=source)
    row = Proposal(
        campaign=person.campaign,
        unit_id=logged.visit.unit_id,
        visit_id=logged.visit.id or 0,
        person_id=person.id or 0,
        after_act=await _last_act(session, logged.visit.id or 0),
        said=said,
        day=day,
        source=source,
        at=now,
    )
    session.add(row)
    await session.flush()
    audit.note(session, "change.proposed", f"visit:{row.visit_id}", now=now, by=person, source=source)
    return row


async def open_of(session: AsyncSession, person: Person, logged: Logged) -> list[Proposal]:
    """What this person asked of this record and nobody has answered."""
    query = select(Proposal).where(
        Proposal.visit_id == logged.visit.id, Proposal.person_id == person.id, col(Proposal.answered_at).is_(None)
    )
    return list(await session.exec(query))


async def waiting(session: AsyncSession, scope: Scope, number: int) -> Proposal:
    """The proposal, within the scope, that nobody has answered. Raises NotFound."""
    row = await session.get(Proposal, number)
    if row is None or row.unit_id not in scope or row.answered_at:
        raise NotFound("proposal")
    return row


async def still_stands(session: AsyncSession, row: Proposal) -> Logged | None:
    """The record as it was when the change was proposed; None when it has changed since."""
    visit = await session.get(Visit, row.visit_id)
    if visit is None or visit.undone_at or await _last_act(session, row.visit_id) != row.after_act:
        return None
    return Logged(visit, await session.get_one(House, visit.house_id))


async def _last_act(session: AsyncSession, visit_id: int) -> int:
    query = select(VisitHistory.id).where(VisitHistory.visit_id == visit_id, col(VisitHistory.undone_at).is_(None))
    return (await session.exec(query.order_by(col(VisitHistory.id).desc()).limit(1))).first() or 0


def answer(session: AsyncSession, row: Proposal, by: Person, *, accepted: bool, now: datetime, source: str) -> None:
    """Its words are not needed any more."""
    row.answered_at, row.answered_by, row.accepted, row.said = now, by.id, accepted, ""
    session.add(row)
    act = "change.accepted" if accepted else "change.declined"
    audit.note(session, act, f"visit:{row.visit_id}", now=now, by=by, source=source)
