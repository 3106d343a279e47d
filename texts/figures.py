"""The words of `tiến độ` and `tôi`. No resident is ever named here."""

from collections.abc import Mapping, Sequence
from datetime import date

from rules.figures import PersonFigures, UnitFigures, Whole, add_up, pace
from rules.plan import Plan
from storage.reported import Standing
from texts import totals
from texts.figure_words import counted_word, days_to_go, in_all, number, short_day, target_words, today_lines, unit_line
from texts.plan import COUNTED

UNITS_A_PAGE = 20
MOST_LETTERS = 1500  # of the 2,000 that Zalo takes in one message, with what else stands there


def pages(units: Sequence[UnitFigures]) -> int:
    """How many pages `progress` has."""
    return max(1, -(-len(units) // UNITS_A_PAGE))


def progress(
    plan: Plan,
    units: Sequence[UnitFigures],
    today: date,
    *,
    name: str = "",
    page: int = 1,
    told: Mapping[int, Standing] | None = None,
    beside: Mapping[int, str] | None = None,
) -> str:
    """`tiến độ`: one unit in full, or the whole (called `name`) with its units, twenty a page, pages from 1.

    `beside` is what else a unit's line says, as far as the page stays short enough for one message.
    """
    whole, unit = add_up(units), units[0] if len(units) == 1 else None
    title = unit.name if unit else name or plan.place.name
    lines = [f"{title[:1].upper()}{title[1:]}, đến ngày {short_day(today)}"]
    if unit and not unit.reported:
        lines.append(f"Chưa báo cáo: {_nothing_yet(plan, unit)}.")
    else:
        lines += [*today_lines(plan, whole, today, today), _in_all_of(plan, whole, unit), *_not_done(plan, whole)]
    told = told or {}
    lines += [totals.beside(plan, unit.name, told[unit.unit_id])] if unit and unit.unit_id in told else []
    lines += _pace_from_today(plan, whole, today)
    if unit is None:
        short, full = (_page(plan, units, page, told, more) for more in ({}, beside or {}))
        lines += full if sum(map(len, [*lines, *full])) <= MOST_LETTERS else short
    return "\n".join(lines)


def _nothing_yet(plan: Plan, unit: UnitFigures) -> str:
    total = f"tổng số {number(unit.total)} {counted_word(plan)}" if unit.total else "chưa có tổng số"
    return f"chưa ai ghi nhà nào, {total}"


def _in_all_of(plan: Plan, whole: Whole, unit: UnitFigures | None) -> str:
    if unit and unit.total is None:
        return f"Tổng cộng: {number(unit.done)} {counted_word(plan)} xong, chưa có tổng số."
    return in_all(plan, whole)


def _not_done(plan: Plan, whole: Whole) -> list[str]:
    """The houses logged and not done, as `còn` counts them, and those whom the plan leaves out of every total."""
    left: list[str] = []
    outside: list[str] = []
    for outcome in plan.outcomes:
        if not outcome.done and (count := whole.by_outcome.get(outcome.code)):
            (outside if outcome.leaves_out else left).append(f"{number(count)} {outcome.said}")
    said = [f"Nhà đã ghi mà chưa xong: {', '.join(left)}."] if left else []
    return said + ([f"Nhà ngoài diện, không tính vào tổng: {', '.join(outside)}."] if outside else [])


def _pace_from_today(plan: Plan, whole: Whole, today: date) -> list[str]:
    way = pace(whole, plan, today)
    if way is None:
        return []
    if way.left == 0:
        return [f"Đã đạt mục tiêu{target_words(plan.indicator)}, hạn {short_day(way.last_day)}. Cảm ơn mọi người!"]
    if not way.days:
        return [f"Đã quá hạn {short_day(way.last_day)}."]
    return [days_to_go(way.last_day, today, way.left, counted_word(plan), plan.indicator) + "."]


def _page(
    plan: Plan, units: Sequence[UnitFigures], page: int, told: Mapping[int, Standing], beside: Mapping[int, str]
) -> list[str]:
    last = pages(units)
    page = min(max(page, 1), last)
    shown = units[(page - 1) * UNITS_A_PAGE : page * UNITS_A_PAGE]
    said = [
        f"• {unit_line(plan, unit)}{totals.short(told.get(unit.unit_id))}{beside.get(unit.unit_id, '')}"
        for unit in shown
    ]
    return [*said, *([f"Trang {page}/{last}"] if last > 1 else [])]


def mine(plan: Plan, own: PersonFigures, today: date) -> str:
    """`tôi`: one's own figures and quota; never anybody else's."""
    if not own.houses_all:
        lines = ["Bạn chưa ghi nhà nào. Gõ “ghi” để bắt đầu nhé."]
    else:
        now = f"đã ghi {number(own.houses_today)} nhà" if own.houses_today else "chưa ghi nhà nào"
        lines = [f"Hôm nay {short_day(today)} bạn {now}.", _mine_in_all(own)]
    return "\n".join([*lines, *_quota(own)])


def _mine_in_all(own: PersonFigures) -> str:
    installs = f", {number(own.installs_all)} người cài" if own.installs_all else ""
    return f"Từ đầu đến giờ: {number(own.houses_all)} nhà, trong đó {number(own.done_all)} hộ đã xong{installs}."


def _quota(own: PersonFigures) -> list[str]:
    if own.quota is None:
        return []
    counted, missing = COUNTED[own.quota.counts], own.quota.least - own.quota_done
    rest = f"còn {number(missing)} {counted} nữa." if missing > 0 else "đủ rồi, cảm ơn bạn!"
    return [f"Chỉ tiêu {own.quota.who}: {number(own.quota_done)}/{number(own.quota.least)} {counted}, {rest}"]
