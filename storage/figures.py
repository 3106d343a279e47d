"""What we can count: each unit's figures on a day, and a person's own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import bindparam, case, func, literal, select
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.figures import PersonFigures, UnitFigures
from rules.plan import Indicator, Plan
from storage import rechecks, reported, told_figures, units
from storage.tables import House, Person, Unit
from storage.units import Scope

VILLAGE = "village"


@dataclass(slots=True)
class _Tally:
    """One unit's sums over its houses."""

    done: int = 0
    done_today: int = 0
    done_since: int = 0
    visited_today: int = 0
    last_day: date | None = None
    told: int | None = None
    by_outcome: dict[str, int] = field(default_factory=dict)


async def of_units(
    session: AsyncSession,
    plan: Plan,
    scope: Scope,
    today: date,
    *,
    since: date | None = None,
    indicator: Indicator | None = None,
) -> list[UnitFigures]:
    """The figures of the scope's units that carry houses, in the order people know them.

    A row is a village, or another unit without units below it that has a total or a visit; a unit above others has no
    total of its own and appears only where houses hang on it directly, so that no total counts twice. A total of 0 is
    one that nobody filled in. `done_since` counts what became done from `since` on (default: today). `indicator`
    defaults to the plan's first; one that units report themselves has a row for each unit it concerns.
    """
    indicator = indicator or plan.indicator
    found = await units.all_of(session, plan.slug)
    parents = {unit.parent_id for unit in found}
    if plan.is_reported(indicator):
        within = [unit for unit in found if unit.id in scope]
        return await told_figures.of_units(session, plan, indicator, within, parents, today, since=since or today)
    tallies = await _tallies(session, plan, indicator, scope, today, since or today)
    for unit_id, told in (await reported.standing(session, plan.slug, indicator.slug, scope.unit_ids, today)).items():
        tally = tallies.setdefault(unit_id, _Tally())
        tally.told, tally.last_day = told.done, max(told.day, tally.last_day or told.day)
    checks = await rechecks.by_unit(session, plan.slug, today)
    rows = [
        _row(
            unit,
            tallies.get(unit.id or 0),
            indicator,
            checks,
            is_own=unit.id not in parents and plan.concerns(indicator, unit.kind, unit.name),
        )
        for unit in found
        if unit.id in scope
    ]
    return [row for row in rows if row is not None]


async def of_bodies(session: AsyncSession, plan: Plan, scope: Scope, today: date) -> list[UnitFigures]:
    """What the scope's agencies, schools and associations tell of their people: a row each and indicator."""
    told = [each for each in plan.indicators if plan.is_reported(each) and each.counts == "staff"]
    return [row for each in told for row in await of_units(session, plan, scope, today, indicator=each)]


def _row(
    unit: Unit, tally: _Tally | None, indicator: Indicator, checks: dict[int, tuple[int, int]], *, is_own: bool
) -> UnitFigures | None:
    total = (getattr(unit, indicator.out_of) or None) if is_own else None
    if tally is None and total is None and not (is_own and unit.kind == VILLAGE):
        return None
    tally = tally or _Tally()
    checked, right = checks.get(unit.id or 0, (0, 0))
    return UnitFigures(
        unit_id=unit.id or 0,
        name=unit.name,
        kind=unit.kind,
        total=total,
        done=tally.done,
        done_today=tally.done_today,
        visited_today=tally.visited_today,
        last_day=tally.last_day,
        by_outcome=tally.by_outcome,
        done_since=tally.done_since,
        told=tally.told,
        checked=checked,
        right=right,
    )


async def _tallies(
    session: AsyncSession, plan: Plan, indicator: Indicator, scope: Scope, today: date, since: date
) -> dict[int, _Tally]:
    """One pass over the campaign's visited houses, summed in the database by unit and outcome."""
    one: Any = literal(1)
    amount = col(House.installs) if indicator.counts == "person" else one
    codes = plan.codes_reaching(indicator)
    # `done_on` is kept for the plan's first indicator; for another stage the latest visit's day is the nearest known.
    done_on = col(House.done_on) if codes == plan.done_codes else col(House.visited_on)
    query: Any = select(
        col(House.unit_id),
        col(House.outcome),
        func.count(),
        func.sum(amount),
        func.sum(_if(done_on == today, amount)),
        func.sum(_if(done_on >= since, amount)),
        func.sum(_if(col(House.visited_on) == today, one)),
        func.max(col(House.visited_on)),
    )
    query = query.where(
        col(House.campaign) == plan.slug, col(House.withdrawn).is_(False), col(House.outcome).is_not(None)
    )
    found = await session.exec(query.group_by(col(House.unit_id), col(House.outcome)))
    tallies: dict[int, _Tally] = {}
    for unit_id, outcome, *sums in found:
        if unit_id in scope:
            _count(tallies.setdefault(unit_id, _Tally()), outcome, sums, is_done=outcome in codes)
    return tallies


def _if(condition: Any, amount: Any) -> Any:
    return case((condition, amount), else_=0)


def _count(tally: _Tally, outcome: str, sums: Sequence[Any], *, is_done: bool) -> None:
    houses, amount, today, since, visited_today, last_day = sums
    tally.by_outcome[outcome] = houses
    tally.visited_today += visited_today
    tally.last_day = max(filter(None, (tally.last_day, last_day)), default=None)
    if is_done:
        tally.done += amount
        tally.done_today += today
        tally.done_since += since


_VISIT, _HOUSE = SQLModel.metadata.tables["visit"], SQLModel.metadata.tables["house"]
_OF_PERSON: Any = (
    select(*(_VISIT.c[name] for name in ("house_id", "day", "outcome", "installs")), _HOUSE.c.outcome)
    .join(_HOUSE, _HOUSE.c.id == _VISIT.c.house_id)
    .where(_VISIT.c.person_id == bindparam("person"), _VISIT.c.undone_at.is_(None), _HOUSE.c.withdrawn.is_(False))
    .order_by(_VISIT.c.day, _VISIT.c.id)
)  # volunteers ask many times a day


async def of_person(session: AsyncSession, plan: Plan, person: Person, today: date) -> PersonFigures:
    """What this person did. A house is to a person's credit when they logged a visit there that stands (not undone)
    with an outcome the plan counts as done, and the house is done now, whoever came last. Each house counts once;
    its installs are those of the person's latest such visit. Withdrawn houses count for nobody.
    """
    seen: set[int] = set()
    seen_today: set[int] = set()
    credit: dict[int, int] = {}
    for house_id, day, outcome, installs, state in await session.exec(_OF_PERSON, params={"person": person.id}):
        seen.add(house_id)
        if day == today:
            seen_today.add(house_id)
        if outcome in plan.done_codes and state in plan.done_codes:
            credit[house_id] = installs
    return _person_figures(plan, person, len(seen_today), len(seen), credit)


def _person_figures(plan: Plan, person: Person, today: int, seen: int, credit: dict[int, int]) -> PersonFigures:
    quota, installs = plan.quota(person.quota), sum(credit.values())
    reached = installs if quota and quota.counts == "person" else len(credit)
    return PersonFigures(today, seen, len(credit), installs, quota, reached if quota else 0)
