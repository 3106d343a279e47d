"""The words of the day's digest: exceptions first, and no resident ever named."""

from datetime import date

from rules.figures import UnitFigures, Whole, farthest_behind, pace
from rules.plan import Plan
from texts.figure_words import (
    counted_word,
    in_all,
    names,
    number,
    short_day,
    target_words,
    today_lines,
    unit_line,
    units_word,
)

MOST_LINES = 12


def digest(plan: Plan, whole: Whole, day: date, *, nth: int, since: date) -> str:
    """The day's bulletin: at most 12 lines, exceptions first, and the rest by what is farthest behind.

    `nth` is its running number; `since` before `day` says that it makes up for days whose bulletin could not be sent.
    """
    lines = [
        f"Bản tin {plan.time.digest_at} ngày {short_day(day)} – số {nth}, {plan.place.name}",
        *today_lines(plan, whole, day, since),
        in_all(plan, whole),
        *_pace_of_the_whole(plan, whole, day),
        *_exceptions(plan, whole, day),
    ]
    return "\n".join([*lines, *_farthest_behind(plan, whole, MOST_LINES - len(lines))])


def _pace_of_the_whole(plan: Plan, whole: Whole, day: date) -> list[str]:
    """At the digest's hour today is spent, so what is left falls on the days from tomorrow."""
    way, counted = pace(whole, plan, day, from_tomorrow=True), counted_word(plan)
    if way is None:
        return []
    until = short_day(way.last_day)
    if way.left == 0:
        return [f"Đã đạt mục tiêu{target_words(plan.indicator)}, hạn {until}."]
    if way.needed is not None:
        return [f"Từ mai cần {number(way.needed)} {counted}/ngày để kịp {until}, hôm nay +{number(whole.done_today)}."]
    rest = f", còn {number(way.left)} {counted}" if way.left else ""
    if way.days:
        return [f"Còn {way.days} ngày nữa đến hết {until}."]
    return [f"Hôm nay {until} là hạn cuối{rest}." if way.last_day == day else f"Đã quá hạn {until}{rest}."]


def _exceptions(plan: Plan, whole: Whole, day: date) -> list[str]:
    silent, unreported, overfull = whole.silent(day), whole.unreported, whole.overfull
    lines = []
    if silent:
        lines.append(f"Từ 2 ngày nay chưa ghi thêm: {names(plan, silent, lambda u: f'{u.silent_for(day)} ngày')}")
    if unreported:
        lines.append(f"Chưa báo cáo: {names(plan, unreported)}")
    if overfull:
        lines.append(f"Ghi vượt tổng đã khai, cần xem lại tổng: {names(plan, overfull, _done_of_total)}")
    return lines


def _done_of_total(unit: UnitFigures) -> str:
    return f"{number(unit.done)}/{number(unit.total or 0)}"


def _farthest_behind(plan: Plan, whole: Whole, room: int) -> list[str]:
    """Unit by unit, the farthest behind first; those named above as unreported or over are left out."""
    reported = [unit for unit in whole.units if unit.reported and not unit.over]
    units = [*farthest_behind(reported), *(unit for unit in reported if unit.left == 0)]
    shown = units if len(units) <= room else units[: room - 1]
    lines = [f"• {unit_line(plan, unit)}" for unit in shown]
    if rest := len(units) - len(shown):
        lines.append(f"và {rest} {units_word(plan, units)} khác: gõ “tiến độ” để xem")
    return lines
