"""How figures are said wherever they stand: numbers, shares, units in one line and in a row, the days to go."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from rules.deadlines import days_left, pace_needed
from rules.figures import UnitFigures, Whole
from rules.plan import Indicator, Plan
from texts.plan import COUNTED

MOST_NAMES = 6
_LONGEST_NAME = 40


def number(count: int) -> str:
    """1234 as "1.234"."""
    return f"{count:,}".replace(",", ".")


def percent(share: float) -> str:
    """87.5 as "87,5%", 40.0 as "40%"."""
    return f"{share:.1f}".removesuffix(".0").replace(".", ",") + "%"


def short_day(day: date) -> str:
    return f"{day:%d/%m}"


def counted_word(plan: Plan) -> str:
    """What the plan's first indicator counts: "hộ" or "người"."""
    return COUNTED[plan.indicator.counts]


def target_words(indicator: Indicator) -> str:
    """The share wanted, as “ 80%” to follow a word, or nothing where all are wanted."""
    if indicator.target is not None:
        return f" {number(indicator.target)} {COUNTED[indicator.counts]}"
    return "" if indicator.target_percent == 100 else f" {indicator.target_percent}%"


def today_lines(plan: Plan, whole: Whole, day: date, since: date) -> list[str]:
    """What the day brought; a second line where it makes up for the days from `since` on."""
    line = f"Hôm nay: +{number(whole.done_today)} {counted_word(plan)} xong, đã ghi {number(whole.visited_today)} nhà."
    if since >= day:
        return [line]
    last = day - timedelta(days=1)
    days = f"ngày {short_day(since)}" if since == last else f"các ngày {short_day(since)}–{short_day(last)}"
    return [line, f"Gồm cả {days} chưa có bản tin: tính từ đó +{number(whole.done_since)} {counted_word(plan)}."]


def in_all(plan: Plan, whole: Whole) -> str:
    """Done of the total, with a percent only where every total is known and none is outgrown."""
    counted = counted_word(plan)
    if whole.total is None:
        missing = units_word(plan, whole.units)
        where = f"{number(whole.unknown_totals)} {missing} chưa có tổng số" if whole.units else "chưa có tổng số"
        return f"Tổng cộng: {number(whole.done)} {counted} xong; {where}, nên chưa tính được phần trăm."
    if whole.over:
        return f"Tổng cộng: {_over(whole)}."
    if over := whole.overfull:
        where = f"{number(len(over))} {units_word(plan, over)} ghi vượt tổng đã khai"
        return f"Tổng cộng: {number(whole.done)} {counted} xong; {where}, nên chưa tính được phần trăm."
    if whole.units and len(whole.unreported) == len(whole.units):
        return f"Tổng cộng: chưa báo cáo, tổng số {number(whole.total)} {counted}."
    return f"Tổng cộng: {_share(whole, counted)}, còn {number(whole.left or 0)}."


def _share(figures: UnitFigures | Whole, counted: str) -> str:
    """As in “46/60 hộ (76,7%)”, for figures with a total."""
    said = f"{number(figures.done)}/{number(figures.total or 0)} {counted}"
    return f"{said} ({percent(figures.percent)})" if figures.percent is not None else said


def _over(figures: UnitFigures | Whole) -> str:
    return f"đã ghi {number(figures.done)} nhưng tổng mới khai {number(figures.total or 0)}, cần xem lại tổng"


def unit_line(plan: Plan, unit: UnitFigures) -> str:
    """One unit in one line; done and left make the total, and without one there is no percent."""
    counted, name = counted_word(plan), clipped(unit.name)
    if not unit.reported:
        return f"{name}: chưa báo cáo" + (f" (tổng {number(unit.total)} {counted})" if unit.total else "")
    if unit.total is None:
        return f"{name}: {number(unit.done)} {counted}, chưa có tổng số"
    if unit.over:
        return f"{name}: {_share(unit, counted)}, cần xem lại tổng"
    return f"{name}: {_share(unit, counted)}, " + (f"còn {number(unit.left)}" if unit.left else "đủ")


def names(
    plan: Plan,
    units: Sequence[UnitFigures],
    note: Callable[[UnitFigures], str] | None = None,
    most: int = MOST_NAMES,
) -> str:
    """The units by name, their common word said once: “Tổ dân phố 3 (2 ngày), 9 (4 ngày) và 5 tổ dân phố khác”."""
    word = plan.place.unit_word
    said, word_said = [], False
    for unit in units[:most]:
        name, is_one = clipped(unit.name), unit.name.casefold().startswith(f"{word.casefold()} ")
        short = name[len(word) + 1 :] if is_one and word_said else name
        word_said = is_one
        said.append(f"{short} ({note(unit)})" if note else short)
    rest = len(units) - len(said)
    return ", ".join(said) + (f" và {rest} {units_word(plan, units)} khác" if rest > 0 else "")


def clipped(name: str) -> str:
    """A unit's name as it stands in a row: cut after 40 letters."""
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


def units_word(plan: Plan, units: Sequence[UnitFigures]) -> str:
    """The plan's word for units when they are all of that sort, else "đơn vị"."""
    return plan.place.unit_word if all(unit.kind == "village" for unit in units) else "đơn vị"


def days_to_go(last_day: date, today: date, left: int | None, counted: str, indicator: Indicator) -> str:
    """As in “còn 4 ngày tính cả hôm nay, cần 4 hộ/ngày để kịp 30/06”, as a sentence's start."""
    days, until = days_left(last_day, today), short_day(last_day)
    if days == 1:
        return f"Hôm nay {until} là hạn cuối"
    said = f"Còn {days} ngày tính cả hôm nay"
    if left is None:
        return f"{said}, hạn {until}"
    goal = f"đạt{target_words(indicator)} đúng hạn" if indicator.target_percent < 100 else "kịp"
    return f"{said}, cần {number(pace_needed(left, days))} {counted}/ngày để {goal} {until}"
