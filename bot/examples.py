"""Example units, people and visits to try the product with, the same in every commune.

Every name here is invented: the plans name no tổ dân phố, and no resident.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import day_in_vietnam
from rules.plan import Plan
from rules.roles import Role
from rules.spelling import fold
from storage import roots, visits
from storage.tables import Person, Unit
from storage.visits import Said
from texts import demo as texts

_UNITS = ((60, 52), (48, 40), (75, 66), (55, None), (38, 30), (64, 51))  # households, of them with a smartphone


@dataclass(frozen=True, slots=True)
class Example:
    """One person of the play: their number on the simulator, name, role, and the tổ they belong to (0: the commune)."""

    number: int
    name: str
    role: Role
    unit: int
    quota: str = ""


CAST = (
    Example(1001, "Chị Lan", Role.VOLUNTEER, 1, "doan-vien"),
    Example(1002, "Anh Minh", Role.VOLUNTEER, 2),
    Example(1003, "Bác Hạnh", Role.HEAD, 1),
    Example(1004, "Chị Nhung", Role.OFFICER, 0),
    Example(1005, "Ông Dũng", Role.LEADER, 0),
    Example(1006, "Bác Sáu", Role.HEAD, 3),
    Example(1007, "Cô Hoa", Role.VOLUNTEER, 3),
)
ON_SCREEN = CAST[:4]
ON_ZALO = CAST[5:]
NEWCOMER = 1009


async def fill(session: AsyncSession, plan: Plan, now: datetime) -> list[Person]:
    """Example units, people and a few days of visits, each marked as an example; what is there already stays."""
    root = await roots.ensure_root(session, plan)
    units = [await _unit(session, plan, root, number, totals) for number, totals in enumerate(_UNITS, 1)]
    people = [await _person(session, plan, [root, *units], example, now) for example in CAST]
    loggers = {person.unit_id: person for person in people if person.role in (Role.VOLUNTEER, Role.HEAD)}
    for unit in units:
        await _visits(session, plan, unit, loggers.get(unit.id or 0, people[2]), now)
    return people


async def _unit(session: AsyncSession, plan: Plan, root: Unit, number: int, totals: tuple[int, int | None]) -> Unit:
    name = texts.unit_name(number, plan)
    found = (await session.exec(select(Unit).where(Unit.campaign == plan.slug, Unit.name_key == fold(name)))).first()
    unit = found or Unit(
        campaign=plan.slug,
        parent_id=root.id,
        name=name,
        name_key=fold(name),
        households=totals[0],
        smartphone_households=totals[1],
        people=totals[1] and 3 * totals[1],
        example=True,
    )
    session.add(unit)
    await session.flush()
    return unit


async def _person(session: AsyncSession, plan: Plan, units: list[Unit], example: Example, now: datetime) -> Person:
    unit = units[example.unit]
    person = Person(
        campaign=plan.slug,
        name=f"{example.name} (ví dụ)",
        role=example.role,
        unit_id=unit.id or 0,
        quota=example.quota if plan.quota(example.quota) else "",
        notice_version=plan.notice.version,
        agreed_at=now,
        joined_at=now,
        example=True,
    )
    person.unit = unit
    session.add(person)
    await session.flush()
    return person


async def _visits(session: AsyncSession, plan: Plan, unit: Unit, person: Person, now: datetime) -> None:
    """A different pace in each tổ; the fourth has been silent for three days."""
    number = int("".join(filter(str.isdecimal, unit.name)) or 1)
    today = day_in_vietnam(now)
    codes = [outcome.code for outcome in plan.outcomes]
    for nth in range(6 + 3 * number):
        days_ago = (nth % 5) + (3 if number == 4 else 1)
        outcome = codes[(nth * 7 + number) % len(codes)] if nth % 3 == 0 else codes[0]
        said = Said(house=str(2 * nth + 1), outcome=outcome, day=max(today - timedelta(days=days_ago), plan.time.start))
        if plan.outcome(outcome).asks == "installs":
            said = replace(said, installs=1 + nth % 3)
        if plan.outcome(outcome).asks == "day":
            said = replace(said, come_back_on=today + timedelta(days=nth % 4))
        await visits.log(session, plan, person, unit, said, now=now, source=f"demo:{unit.id}:{nth}")
