"""The words of the day's digest: exceptions first, and no resident ever named."""

from collections.abc import Sequence
from datetime import date

from rules.figures import SMALL_TOTAL, UnitFigures, Whole, farthest_behind, pace, ranks
from rules.frozen import Correction
from rules.plan import Plan
from rules.plan_changes import Change
from texts import digest_beside, plan_changes
from texts.digest_beside import NOTHING, Beside
from texts.figure_words import (
    clipped,
    counted_word,
    in_all,
    names,
    number,
    percent,
    short_day,
    target_words,
    today_lines,
    unit_line,
    units_word,
)

LOOK = "Xem"
MOST_LINES = 12
LEAST_UNITS = 3  # lines kept for units where there is much else to say
MOST_LETTERS = 1900  # of the 2,000 that Zalo takes in one message
FEWER_NAMES = (20, 12, 6, 3, 1)  # tried in turn until the text fits
MOST_CHANGES = 4
Corrected = Sequence[tuple[Correction, str]]
Changed = Sequence[tuple[date, Sequence[Change]]]


def digest(
    plan: Plan,
    whole: Whole,
    day: date,
    *,
    nth: int,
    since: date,
    corrected: Corrected = (),
    beside: Beside = NOTHING,
    changed: Changed = (),
) -> str:
    """The day's bulletin: at most 12 lines, exceptions first, and the rest by what is farthest behind.

    `nth` is its running number; `since` before `day` says that it makes up for days whose bulletin could not be sent;
    `corrected` is what it sets right of earlier ones, each with its unit's name; `beside` what it says besides;
    `changed` how the plan was changed since the last one.
    """
    said = ""
    for most in FEWER_NAMES:
        said = _digest(plan, whole, day, nth, since, corrected, beside, changed, most)
        if len(said) <= MOST_LETTERS:
            break
    return said


def _digest(
    plan: Plan, whole: Whole, day: date, nth: int, since: date, corrected: Corrected, beside: Beside,
    changed: Changed, most: int,
) -> str:  # fmt: skip
    first = [
        f"Bản tin {plan.time.digest_at} ngày {short_day(day)} – số {nth}, {plan.place.name}",
        *today_lines(plan, whole, day, since),
        in_all(plan, whole),
        *_pace_of_the_whole(plan, whole, day),
        *plan_changes.line(changed, min(most, MOST_CHANGES)),
        *_corrections(corrected, most),
        *_exceptions(plan, whole, day, most),
        *digest_beside.police(plan, beside),
    ]
    then = [
        *digest_beside.bodies(plan, beside.bodies, most),
        *_checks(whole),
        *digest_beside.doubles(plan, whole, beside, most),
        *digest_beside.guides(plan, beside),
    ]
    lines = [*first, *(then if len(first) + len(then) <= MOST_LINES - LEAST_UNITS else _joined(then))]
    return "\n".join([*lines, *_farthest_behind(plan, whole, MOST_LINES - len(lines))])


def _joined(lines: list[str]) -> list[str]:
    return [" ".join(lines)] if lines else []


def _corrections(corrected: Corrected, most: int) -> list[str]:
    """As in “Đính chính: 12/6, Thôn 3: 41 → 40”; what was sent stays as it was sent."""
    if not corrected:
        return []
    said = [f"{_day(each)}, {clipped(name)}: {number(each.old)} → {number(each.new)}" for each, name in corrected]
    rest = len(said) - most
    return [f"Đính chính: {'; '.join(said[:most])}" + (f" và {rest} chỗ khác" if rest > 0 else "")]


def _day(correction: Correction) -> str:
    return f"{correction.day.day}/{correction.day.month}"


def _checks(whole: Whole) -> list[str]:
    """The share of houses that a head looked at again and found as logged."""
    if not whole.checked:
        return []
    tenths = (whole.right * 2000 + whole.checked) // (2 * whole.checked)
    share = percent((min(tenths, 999) if whole.right < whole.checked else tenths) / 10)
    return [f"Kiểm tra lại tại nhà: {number(whole.right)}/{number(whole.checked)} đúng như đã ghi ({share})."]


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


def _exceptions(plan: Plan, whole: Whole, day: date, most: int) -> list[str]:
    silent, unreported = whole.silent(day), whole.unreported
    lines = []
    if silent:
        late = names(plan, silent, lambda u: f"{u.silent_for(day)} ngày", most)
        lines.append(f"Từ 2 ngày nay chưa ghi thêm: {late}")
    if unreported:
        lines.append(f"Chưa báo cáo: {names(plan, unreported, most=most)}")
    if doubts := _doubts(plan, whole, most):
        lines.append(doubts)
    return lines


def _doubts(plan: Plan, whole: Whole, most: int) -> str:
    """Figures that want a second look: totals outgrown, and totals reported without each house logged."""
    over = names(plan, whole.overfull, _done_of_total, most)
    told = names(plan, whole.told_only, _told, most)
    said = [f"Ghi vượt tổng đã khai, cần xem lại tổng: {over}"] if over else []
    return "; ".join([*said, f"Báo tổng mà chưa ghi từng nhà: {told}"] if told else said)


def _done_of_total(unit: UnitFigures) -> str:
    return f"{number(unit.done)}/{number(unit.total or 0)}"


def _told(unit: UnitFigures) -> str:
    return f"báo {number(unit.told or 0)}, ghi {number(unit.done)}"


def _farthest_behind(plan: Plan, whole: Whole, room: int) -> list[str]:
    """Unit by unit, the farthest behind first; those named above as unreported or over are left out."""
    reported = [unit for unit in whole.units if unit.reported and not unit.over]
    behind, place = farthest_behind(reported), ranks(whole.units)
    units = [*behind, *(unit for unit in reported if unit not in behind)]
    shown = units if len(units) <= room else units[: max(0, room - 1)]
    lines = [f"• {unit_line(plan, unit)}{_standing(plan, unit, place)}" for unit in shown]
    if (rest := len(units) - len(shown)) and room > 0:
        lines.append(f"và {rest} {units_word(plan, units)} khác: gõ “tiến độ” để xem")
    return lines


def _standing(plan: Plan, unit: UnitFigures, place: dict[int, int]) -> str:
    """The unit's rank among those that can be compared, and what the checks made of its share."""
    found = f", kiểm tra lại còn {percent(_tenths(unit))}" if unit.trust < 1 and unit.total else ""
    if unit.is_small:
        return f"{found} (dưới {SMALL_TOTAL} {counted_word(plan)}, xếp riêng)"
    return f"{found}, hạng {place[unit.unit_id]}/{len(place)}" if unit.unit_id in place and len(place) > 1 else found


def _tenths(unit: UnitFigures) -> float:
    """The share that is left of it, in percent with one decimal."""
    return float(unit.share * 1000 // 1) / 10
