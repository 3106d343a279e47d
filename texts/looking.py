"""The words of `xem`: units, then a unit's houses. For leaders a house that goes by a person's name has none."""

import re
from collections.abc import Sequence

from rules.figures import UnitFigures
from rules.plan import Plan
from rules.spelling import fold
from storage.tables import House, Unit
from texts.figure_words import clipped, number, short_day, unit_line
from texts.visiting import house_name

PREVIOUS_PAGE, NEXT_PAGE, BACK = "‹ Trang trước", "Trang sau ›", "‹ Các đơn vị"
_PLACE_WORDS = frozenset(["nha", "ho", "so", "ngo", "ngach", "hem", "kiet", "to", "lo", "can", "phong", "tang"])
_PLACE_NUMBER = re.compile(r"[a-z]?\d+[a-z]?([/.\-]\d+[a-z]?)*")


def which_unit(plan: Plan, shown: Sequence[UnitFigures], *, first: int, of: int) -> str:
    if not of:
        return "Chưa có đơn vị nào để xem."
    more = f" ({first + 1}–{first + len(shown)} trong {number(of)})" if of > len(shown) else ""
    return "\n".join([f"Bạn muốn xem đơn vị nào?{more}", *(f"• {unit_line(plan, row)}" for row in shown)])


def houses_of(plan: Plan, unit: Unit, shown: Sequence[House], *, first: int, of: int, veiled: bool) -> str:
    """A page of a unit's houses, each with where it stands; `veiled`: nobody's name."""
    if not of:
        return f"{clipped(unit.name)}: chưa ai ghi nhà nào."
    more = f", {first + 1}–{first + len(shown)}" if of > len(shown) else ""
    lines = [f"• {_name(house, veiled=veiled)} – {_state(plan, house)}" for house in shown]
    return "\n".join([f"{clipped(unit.name)}: {number(of)} nhà đã ghi{more}", *lines])


def house_stands(plan: Plan, unit: Unit, house: House | None, asked: str) -> str:
    """What is known of one house that was asked about; None: nobody logged it."""
    where = clipped(unit.name)
    if house is None:
        return f"{where}, {house_name(asked)}: chưa ai ghi."
    return f"{where}, {house_name(house.label)}: {_state(plan, house)}."


def _name(house: House, *, veiled: bool) -> str:
    return "nhà gọi theo tên" if veiled and not says_only_where(house.label) else house_name(house.label)


def says_only_where(label: str) -> bool:
    """Whether a house's label is numbers and words for places only, and so names nobody ("ngõ 3 số 8")."""
    return all(word in _PLACE_WORDS or _PLACE_NUMBER.fullmatch(word) for word in fold(label).split())


def _state(plan: Plan, house: House) -> str:
    known = {outcome.code: outcome.said for outcome in plan.outcomes}
    said = known.get(house.outcome or "", house.outcome or "")
    return f"{said}, {short_day(house.visited_on)}" if house.visited_on else said
