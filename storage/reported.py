"""What we remember of figures people answer for without logging each house: totals, an agency's staff, duties."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.refusals import NothingToUndo
from storage import audit
from storage.tables import Person, Reported, Unit

RECENT = timedelta(days=7)
MENDS = "sửa"  # the note of a row that only corrects what a day added, by the difference: undone, all is as before


@dataclass(frozen=True, slots=True)
class Standing:
    """What a unit has reported on one thing up to a day: the latest state plus what was added since.

    `day` is that of the latest word, `said_by` who said it; `reasons` and `total` are those of the latest state.
    """

    done: int
    total: int | None
    day: date
    said_by: int
    reasons: dict[str, int] | None = None


async def add(
    session: AsyncSession,
    person: Person,
    unit: Unit,
    *,
    what: str,
    day: date,
    done: int,
    total: int | None = None,
    adds: bool = False,
    reasons: dict[str, int] | None = None,
    note: str | None = None,
    now: datetime,
    source: str,
) -> Reported | None:
    """Keep a reported figure; None when this very message (`source`) was kept before."""
    row = Reported(
        campaign=unit.campaign,
        unit_id=unit.id or 0,
        person_id=person.id or 0,
        what=what,
        day=day,
        done=done,
        total=total,
        adds=adds,
        reasons=reasons,
        note=note,
        source=source,
        created_at=now,
    )
    try:
        async with session.begin_nested():
            session.add(row)
            await session.flush()
    except IntegrityError:
        return None
    audit.note(session, "figure.reported", f"reported:{row.id}", now=now, by=person, source=source)
    return row


async def standing(
    session: AsyncSession, campaign: str, what: str, unit_ids: Iterable[int], day: date, *, totals_add: bool = False
) -> dict[int, Standing]:
    """What each of these units stands at on a day, by unit id; a unit that said nothing is not in it.

    With `totals_add` each word has a total of its own, as visitors have: 10 of 20 and 30 of 30 are 40 of 50; where one
    word left its total out, there is none.
    """
    query = (
        select(Reported)
        .where(
            Reported.campaign == campaign,
            Reported.what == what,
            col(Reported.unit_id).in_(list(unit_ids)),
            Reported.day <= day,
            col(Reported.undone_at).is_(None),
        )
        .order_by(col(Reported.day), col(Reported.id))
    )
    found: dict[int, Standing] = {}
    for row in await session.exec(query):
        before = found.get(row.unit_id)
        if row.adds and before:
            done, reasons = before.done + row.done, before.reasons
            both = before.total + row.total if before.total and row.total else None
            total = both if totals_add else before.total
        else:
            done, total, reasons = row.done, row.total if row.total or not before else before.total, row.reasons
        found[row.unit_id] = Standing(done, total, row.day, row.person_id, reasons)
    return found


async def between(session: AsyncSession, campaign: str, what: str, first: date, last: date) -> dict[int, int]:
    """How many each unit added from the first day to the last, both counted: a weekly duty's sum, by unit id."""
    query = select(Reported).where(
        Reported.campaign == campaign,
        Reported.what == what,
        Reported.day >= first,
        Reported.day <= last,
        col(Reported.adds).is_(True),
        col(Reported.undone_at).is_(None),
    )
    sums: dict[int, int] = {}
    for row in await session.exec(query):
        sums[row.unit_id] = sums.get(row.unit_id, 0) + row.done
    return sums


async def own(session: AsyncSession, person: Person, row_id: int, now: datetime) -> Reported:
    """One's own figure of the last seven days that still counts. Raises NothingToUndo."""
    row = await session.get(Reported, row_id)
    if row is None or row.person_id != person.id or row.undone_at or row.created_at < now - RECENT:
        raise NothingToUndo
    return row


async def said_last(
    session: AsyncSession, person: Person, unit: Unit, *, what: str, day: date, adds: bool, now: datetime
) -> tuple[int, int | None] | None:
    """What one's last word on this and that day was, done and total, own corrections counted in; None for none.

    What corrects what a day added (`adds`) came on top of it (see `MENDS`).
    """
    query = select(Reported).where(
        Reported.person_id == person.id, Reported.unit_id == unit.id, Reported.what == what, Reported.day == day,
        col(Reported.adds).is_(adds), col(Reported.undone_at).is_(None), Reported.created_at >= now - RECENT,
    )  # fmt: skip
    done = 0
    for row in await session.exec(query.order_by(col(Reported.id).desc())):
        done += row.done
        if row.note != MENDS:
            return done, row.total
    return None


async def latest(session: AsyncSession, person: Person, now: datetime) -> Reported | None:
    """The last figure one reported in the last seven days that still counts."""
    query = select(Reported).where(
        Reported.person_id == person.id, col(Reported.undone_at).is_(None), Reported.created_at >= now - RECENT
    )
    return (await session.exec(query.order_by(col(Reported.id).desc()).limit(1))).first()


def take_back(session: AsyncSession, row: Reported, person: Person, *, now: datetime, source: str) -> None:
    """Undo one reported figure; it stays as a row that no longer counts."""
    row.undone_at = now
    session.add(row)
    audit.note(session, "figure.taken_back", f"reported:{row.id}", now=now, by=person, source=source)
