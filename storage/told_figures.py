"""The figures units tell themselves: staff of an agency, visitors of a clinic, pupils of a school."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.figures import UnitFigures
from rules.plan import Indicator, Plan
from storage import listed, reported
from storage.reported import Standing
from storage.tables import Unit

ONE_DAY = timedelta(days=1)
_HAVE_NO_STAFF_TOLD = ("village", "commune")  # without an audience, who reports a staff is everyone but these


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of all units at a day: what they reported, and whom they listed at work."""

    said: dict[int, Standing]
    at_work: dict[int, tuple[int, date]]

    def done(self, unit_id: int) -> int:
        """The unit's own word; before it said one, the people on its list."""
        if unit_id in self.said:
            return self.said[unit_id].done
        return self.at_work.get(unit_id, (0, None))[0]

    def last_day(self, unit_id: int) -> date | None:
        days = [known[unit_id].day for known in (self.said,) if unit_id in known]
        if unit_id in self.at_work:
            days.append(self.at_work[unit_id][1])
        return max(days, default=None)


async def of_units(
    session: AsyncSession,
    plan: Plan,
    indicator: Indicator,
    within: Sequence[Unit],
    parents: set[int | None],
    today: date,
    *,
    since: date,
) -> list[UnitFigures]:
    """A row for each unit the indicator concerns; its total is the one it told, else the one declared for it."""
    concerned = [unit for unit in within if _is_meant(plan, indicator, unit)]
    now, yesterday, before = [
        await _known(session, plan, indicator, concerned, day) for day in (today, today - ONE_DAY, since - ONE_DAY)
    ]
    return [
        UnitFigures(
            unit_id=(unit_id := unit.id or 0),
            name=unit.name,
            kind=unit.kind,
            total=_total(unit, indicator, now.said.get(unit_id), is_leaf=unit.id not in parents),
            done=now.done(unit_id),
            done_today=max(0, now.done(unit_id) - yesterday.done(unit_id)),
            visited_today=0,
            last_day=now.last_day(unit_id),
            by_outcome=dict((now.said[unit_id].reasons or {}) if unit_id in now.said else {}),
            done_since=max(0, now.done(unit_id) - before.done(unit_id)),
        )
        for unit in concerned
    ]


def _is_meant(plan: Plan, indicator: Indicator, unit: Unit) -> bool:
    if plan.audience(indicator.audience):
        return plan.concerns(indicator, unit.kind, unit.name)
    return unit.kind not in _HAVE_NO_STAFF_TOLD


async def _known(
    session: AsyncSession, plan: Plan, indicator: Indicator, concerned: Sequence[Unit], day: date
) -> _Known:
    ids = [unit.id or 0 for unit in concerned]
    adds = indicator.counts == "visitor"
    said = await reported.standing(session, plan.slug, indicator.slug, ids, day, totals_add=adds)
    at_work = await listed.at_work(session, plan.slug, day) if indicator.counts == "staff" else {}
    return _Known(said, at_work)


def _total(unit: Unit, indicator: Indicator, said: Standing | None, *, is_leaf: bool) -> int | None:
    if said and said.total:
        return said.total
    return (getattr(unit, indicator.out_of, None) or None) if is_leaf else None
