"""Two units made one: houses, people and lists move with their history; what was sent before names both still."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.alleys import Alley
from rules.plan_changes import Change
from rules.spelling import fold
from storage import audit, doors, houses, plan_changes
from storage.tables import (
    Difficulty,
    GuideCode,
    GuideSaid,
    GuideSent,
    HandOver,
    House,
    Invitation,
    ListedPerson,
    MergedUnit,
    MovedHouse,
    Person,
    PlaceAlias,
    Proposal,
    Recheck,
    Reported,
    TakenBack,
    Unit,
    Visit,
    VisitHistory,
)

TOTALS = ("households", "smartphone_households", "people", "staff")
# What hangs on a unit and goes with its houses; totals a head told stay with the unit they were told of.
MOVING: tuple[Any, ...] = (Visit, Person, Invitation, ListedPerson, Difficulty, GuideSent, GuideSaid, Recheck,
                            HandOver, PlaceAlias, Proposal)  # fmt: skip


@dataclass
class CannotMerge(Exception):
    """`why`: "same", "has_units" (there are units below it), or "kind" (a commune, or two sorts of units)."""

    why: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """What moved: houses, of which so many are called by their old unit as well now, and people."""

    houses: int
    renamed: int
    people: int


async def check(session: AsyncSession, gone: Unit, into: Unit) -> None:
    """Raises CannotMerge."""
    if gone.id == into.id:
        raise CannotMerge("same")
    if gone.kind != into.kind or gone.kind == "commune":
        raise CannotMerge("kind")
    for unit in (gone, into):
        below = select(Unit.id).where(Unit.parent_id == unit.id, col(Unit.closed_at).is_(None))
        if (await session.exec(below.limit(1))).first():
            raise CannotMerge("has_units", unit.name)


async def foreseen(session: AsyncSession, gone: Unit) -> tuple[int, int]:
    """How many houses and people would move."""
    known = select(func.count()).select_from(House).where(House.unit_id == gone.id, col(House.withdrawn).is_(False))
    here = select(func.count()).select_from(Person).where(Person.unit_id == gone.id, col(Person.left_at).is_(None))
    return (await session.exec(known)).one(), (await session.exec(here)).one()


def totals_after(gone: Unit, into: Unit) -> list[tuple[str, int | None, int | None]]:
    """Each total of the unit that stays: its field, what it is, what it becomes. Known only where both are."""
    pairs = [(name, getattr(into, name), getattr(gone, name)) for name in TOTALS]
    return [(name, ours, ours + theirs if None not in (ours, theirs) else None) for name, ours, theirs in pairs]


def is_renamed(house: House, taken: set[str]) -> bool:
    """Whether a house takes its old unit's name along: where it is only a number, or another is called so already."""
    return house.label_hash in taken or doors.is_bare_number(house.label)


def renamed(label: str, gone: Unit) -> str:
    return f"{label} {gone.name}"


async def taken_labels(session: AsyncSession, into: Unit) -> set[str]:
    return set(await session.exec(select(House.label_hash).where(House.unit_id == into.id)))


async def last_number(session: AsyncSession, into: Unit) -> int:
    """The highest number in the list of the unit that stays; those of the other go on from there."""
    return (await session.exec(select(func.max(House.list_number)).where(House.unit_id == into.id))).one() or 0


async def merge(session: AsyncSession, gone: Unit, into: Unit, *, author: str, now: datetime) -> Merged:
    """Make one unit part of another: one act, with its author. Raises CannotMerge.

    Nothing is merged house by house: who was "12" in both stays two houses, one of them "12 Thôn 4" from now on, and
    who types "12" is asked. Totals add up where both are known.
    """
    await check(session, gone, into)
    counted, people = await foreseen(session, gone)
    with_old_name = await _move_houses(session, gone, into, now)
    await _move_what_hangs_on_it(session, gone, into)
    for name, _now, then in totals_after(gone, into):
        setattr(into, name, then)
    gone.closed_at = now
    session.add_all(
        [gone, into, MergedUnit(unit_id=gone.id or 0, into_id=into.id or 0, campaign=gone.campaign, at=now)]
    )
    change = Change("units", str(gone.id), gone.name, "merged", gone.name, into.name)
    plan_changes.add(session, gone.campaign, [change], author=author, now=now)
    detail = {"into": into.id, "houses": counted, "renamed": with_old_name, "people": people}
    audit.note(session, "unit.merged", f"unit:{gone.id}", now=now, campaign=gone.campaign, detail=detail)
    await session.flush()
    return Merged(counted, with_old_name, people)


async def _move_houses(session: AsyncSession, gone: Unit, into: Unit, now: datetime) -> int:
    """Move each house; returns how many got their old unit's name behind their own."""
    moving = list(await session.exec(select(House).where(House.unit_id == gone.id).order_by(col(House.id))))
    taken, last = await taken_labels(session, into), await last_number(session, into)
    alley = Alley(gone.name, fold(gone.name))
    count = 0
    for house in moving:
        if is_renamed(house, taken):
            house.label, count = renamed(house.label, gone), count + 1
            house.label_hash = houses.label_hash(house.label)
        if not house.alley:
            house.alley, house.alley_hash = alley.name, houses.alley_hash(alley)
        house.list_number = house.list_number + last if house.list_number is not None else None
        house.unit_id = into.id or 0
        session.add_all([house, MovedHouse(house_id=house.id or 0, from_id=gone.id or 0, at=now)])
    await session.flush()
    return count


async def _move_what_hangs_on_it(session: AsyncSession, gone: Unit, into: Unit) -> None:
    acts = select(VisitHistory).join(Visit, col(Visit.id) == col(VisitHistory.visit_id)).where(Visit.unit_id == gone.id)
    for act in await session.exec(acts):
        visit = (act.before or {}).get("visit")
        if visit and visit.get("unit_id") == gone.id:
            act.before = {**(act.before or {}), "visit": {**visit, "unit_id": into.id}}
            session.add(act)
    await session.exec(delete(TakenBack).where(col(TakenBack.campaign) == gone.campaign))  # of houses that have moved
    await session.flush()
    for table in MOVING:
        await session.exec(update(table).where(table.unit_id == gone.id).values(unit_id=into.id))
    added = update(Reported).where(col(Reported.unit_id) == gone.id, col(Reported.adds).is_(True))
    await session.exec(added.values(unit_id=into.id))
    for code in await session.exec(select(GuideCode).where(GuideCode.unit_id == gone.id)):
        code.unit_id = into.id or 0
        code.person_id = code.person_id or -(gone.id or 0)  # the old unit's own code goes on beside the new one's
        session.add(code)
    await session.flush()
