"""Which of one's acts was the last, whatever it was: a visit, a unit's figure, a list of people."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import listed, reported
from storage.tables import Person, Reported, VisitHistory
from storage.visits import RECENT


@dataclass(frozen=True, slots=True)
class LastAct:
    """`figure`, or the message `people_of` that put people on a list; neither: it was a visit, or nothing."""

    figure: Reported | None = None
    people_of: str = ""


async def last_act(session: AsyncSession, person: Person, now: datetime) -> LastAct:
    """The last of one's acts of seven days that still stands; of one message's acts the visits come last."""
    figure, someone = await reported.latest(session, person, now), await listed.latest(session, person, now)
    if not figure and not someone:
        return LastAct()
    visited = _order(await _last_visit(session, person, now))
    told, put = _order(figure.source if figure else ""), _order(someone.source if someone else "")
    if visited >= max(told, put):
        return LastAct()
    if figure and told > put:
        return LastAct(figure=figure)
    return LastAct(people_of=someone.source.partition(".")[0] if someone else "")


async def _last_visit(session: AsyncSession, person: Person, now: datetime) -> str:
    query = select(VisitHistory.source).where(
        VisitHistory.person_id == person.id, col(VisitHistory.undone_at).is_(None), VisitHistory.at >= now - RECENT
    )
    return (await session.exec(query.order_by(col(VisitHistory.id).desc()).limit(1))).first() or ""


def _order(source: str) -> int:
    """Messages are numbered as they come: "u417.3" is the 417th."""
    number = source.partition(".")[0][1:]
    return int(number) if number.isdecimal() else -1
