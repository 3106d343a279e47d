"""The words of the evening line: one's own day, never anybody else's, and tomorrow's appointments.

Told the same evening they say "hôm nay" and "mai"; `on` names the day for whoever hears of it later.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from rules.days import WHOLE_WEEK
from rules.figures import PersonFigures, UnitFigures
from rules.plan import Plan
from storage.tables import House
from texts.figure_words import clipped, counted_word, number, unit_line
from texts.visiting import house_name

_MOST = 6


def own(day: PersonFigures, promised: Sequence[House], *, on: date | None = None) -> str:
    """For a volunteer."""
    when = "Hôm nay" if on is None else f"Ngày {on:%d/%m}"
    said = [f"{when} bạn đã ghi {number(day.houses_today)} nhà. Cảm ơn bạn!"] if day.houses_today else []
    return " ".join([*said, *_promised(promised, on)])


def of_unit(plan: Plan, row: UnitFigures, promised: Sequence[House], *, on: date | None = None) -> str:
    """For a head: the unit's day, and the head's own appointments."""
    when, until = ("hôm nay", "Đến giờ") if on is None else (f"ngày {on:%d/%m}", f"Đến hết ngày {on:%d/%m}")
    today = f"{clipped(row.name)} {when} ghi {number(row.visited_today)} nhà, +{number(row.done_today)}"
    said = f"{today} {counted_word(plan)} xong. {until}: {unit_line(plan, row)}."
    return " ".join([said, *_promised(promised, on)])


def _promised(houses: Sequence[House], on: date | None) -> list[str]:
    if not houses:
        return []
    named = [_at(house) for house in houses[:_MOST]]
    rest = f" và {len(houses) - _MOST} nhà khác" if len(houses) > _MOST else ""
    when = "Mai" if on is None else f"Ngày {on + timedelta(days=1):%d/%m}"
    return [f"{when} bạn có hẹn: {', '.join(named)}{rest}."]


def _at(house: House) -> str:
    at = "trong tuần" if house.come_back_time == WHOLE_WEEK else house.come_back_time
    return f"{house_name(house.label)} ({at})" if at else house_name(house.label)
