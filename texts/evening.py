"""The words of the evening line: one's own day, never anybody else's, and tomorrow's appointments."""

from collections.abc import Sequence

from rules.figures import PersonFigures, UnitFigures
from rules.plan import Plan
from storage.tables import House
from texts.figure_words import clipped, counted_word, number, unit_line
from texts.visiting import house_name

_MOST = 6


def own(day: PersonFigures, promised: Sequence[House]) -> str:
    """For a volunteer."""
    said = [f"Hôm nay bạn đã ghi {number(day.houses_today)} nhà. Cảm ơn bạn!"] if day.houses_today else []
    return " ".join([*said, *_promised(promised)])


def of_unit(plan: Plan, row: UnitFigures, promised: Sequence[House]) -> str:
    """For a head: the unit's day, and the head's own appointments."""
    today = f"{clipped(row.name)} hôm nay ghi {number(row.visited_today)} nhà, +{number(row.done_today)}"
    said = f"{today} {counted_word(plan)} xong. Đến giờ: {unit_line(plan, row)}."
    return " ".join([said, *_promised(promised)])


def _promised(houses: Sequence[House]) -> list[str]:
    if not houses:
        return []
    named = [_at(house) for house in houses[:_MOST]]
    rest = f" và {len(houses) - _MOST} nhà khác" if len(houses) > _MOST else ""
    return [f"Mai bạn có hẹn: {', '.join(named)}{rest}."]


def _at(house: House) -> str:
    return f"{house_name(house.label)} ({house.come_back_time})" if house.come_back_time else house_name(house.label)
