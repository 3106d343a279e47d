"""A digest's figures as they were sent, kept as plain data; and what has to be set right in the next one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules.figures import UnitFigures
from rules.plan import Plan

_KEPT = ("name", "kind", "total", "done", "done_today", "visited_today", "told", "checked", "right")
Done = dict[int, int]  # a unit's id and what it has done in all


@dataclass(frozen=True, slots=True)
class Correction:
    """A unit's figure of a day, as it was said and as the visits that stand now make it."""

    day: date
    unit_id: int
    old: int
    new: int


def measure(plan: Plan) -> str:
    """What the figures count; figures counted in another way are not set against each other."""
    return f"{plan.indicator.slug}:{plan.indicator.counts}:{','.join(sorted(plan.done_codes))}"


def freeze(plan: Plan, units: Iterable[UnitFigures], corrected: Iterable[Correction] = ()) -> dict[str, Any]:
    """The figures a digest is made of, as JSON."""
    rows = [
        {"id": unit.unit_id, "last_day": unit.last_day.isoformat() if unit.last_day else None}
        | {name: getattr(unit, name) for name in _KEPT}
        for unit in units
    ]
    fixed = [[each.day.isoformat(), each.unit_id, each.new] for each in corrected]
    return {"measure": measure(plan), "units": rows, "corrected": fixed}


def thaw(kept: Mapping[str, Any]) -> list[UnitFigures]:
    """The units as `freeze` kept them."""
    return [
        UnitFigures(
            unit_id=row["id"],
            last_day=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
            **{name: row[name] for name in _KEPT},
        )
        for row in kept["units"]
    ]


def stated(plan: Plan, sent: Iterable[tuple[date, Mapping[str, Any]]]) -> dict[date, Done]:
    """What somebody was last told of each day, corrections included; `sent`: their digests' days and figures."""
    told: dict[date, Done] = {}
    for day, kept in sorted(sent, key=lambda each: each[0]):
        if kept.get("measure") != measure(plan):
            continue
        told[day] = {row["id"]: row["done"] for row in kept["units"]}
        for earlier, unit_id, new in kept["corrected"]:
            told.setdefault(date.fromisoformat(earlier), {})[unit_id] = new
    return told


def corrections(told: Mapping[date, Done], counted: Mapping[date, Done]) -> list[Correction]:
    """What of the days told is counted otherwise now, day by day, the first day first."""
    return [
        Correction(day, unit_id, old, new)
        for day in sorted(told)
        if day in counted
        for unit_id, old in sorted(told[day].items())
        if (new := counted[day].get(unit_id, 0)) != old
    ]


def first_of_each(found: Iterable[Correction]) -> list[Correction]:
    """Figures run on: what one slip changes on every later day in the same way is said once, for its first day."""
    said: list[Correction] = []
    shift: dict[int, int] = {}
    for each in sorted(found, key=lambda each: (each.day, each.unit_id)):
        if shift.get(each.unit_id, 0) != each.new - each.old:
            said.append(each)
        shift[each.unit_id] = each.new - each.old
    return said
