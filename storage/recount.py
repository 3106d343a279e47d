"""Each unit's figures as of an earlier day, counted again from the visits that stand now."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import day_in_vietnam
from rules.frozen import Done
from rules.plan import Plan
from storage import former_units
from storage.tables import House, Visit

MOST = 2**63
# One standing visit as (day, id) in its house's order, its outcome, its installs, when it was written down.
_Line = tuple[tuple[date, int], str, int, datetime]


async def as_of(session: AsyncSession, plan: Plan, days: Mapping[date, datetime]) -> dict[date, Done]:
    """Done by unit at each of the days, as their digests (made at these moments) would count it now.

    What was logged for the day itself on that day after its digest was made is no change of it: it is the next one's.
    """
    if not days:
        return {}
    found: dict[date, Done] = {day: {} for day in days}
    moved = await former_units.moves(session, plan.slug)
    for house_id, (now_in, lines) in (await _houses(session, plan, max(days))).items():
        for day, made_at in days.items():
            amount = _done(plan, lines, day, made_at)
            if amount:
                unit_id = _unit_then(moved.get(house_id, ()), now_in, made_at)
                found[day][unit_id] = found[day].get(unit_id, 0) + amount
    return found


def _unit_then(moves: Iterable[tuple[datetime, int]], now_in: int, moment: datetime) -> int:
    """The unit a house belonged to at a moment: the one it left first after that, else where it is now."""
    return next((left for at, left in moves if at > moment), now_in)


async def _houses(session: AsyncSession, plan: Plan, last: date) -> dict[int, tuple[int, list[_Line]]]:
    columns = (House.id, House.unit_id, Visit.day, Visit.id, Visit.outcome, Visit.installs, Visit.created_at)
    query: Any = select(*map(col, columns)).join(Visit, col(Visit.house_id) == col(House.id))
    query = query.where(House.campaign == plan.slug, col(Visit.undone_at).is_(None), col(Visit.day) <= last)
    houses: dict[int, tuple[int, list[_Line]]] = {}
    for house, unit, day, visit, *rest in await session.exec(query.order_by(col(Visit.day), col(Visit.id))):
        houses.setdefault(house, (unit, []))[1].append(((day, visit), *rest))
    return houses


def _done(plan: Plan, lines: list[_Line], day: date, made_at: datetime) -> int:
    """What a house counted for at the day's digest: its latest visit by then, of what the indicator counts."""
    upto = bisect_right(lines, (day, MOST), key=lambda line: line[0])
    for (said_of, _), outcome, installs, written in reversed(lines[:upto]):
        if said_of == day and written > made_at and day_in_vietnam(written) == day:
            continue
        amount = installs if plan.indicator.counts == "person" else 1
        return amount if outcome in plan.done_codes else 0
    return 0
