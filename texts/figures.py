"""The words of figures: the day's digest, reminders, `tiến độ` and `tôi`. No resident is ever named here."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from rules.deadlines import days_left, pace_needed
from rules.figures import PersonFigures, UnitFigures, Whole, add_up, farthest_behind, pace
from rules.plan import Deadline, Indicator, Plan
from texts.plan import COUNTED

MOST_LINES = 12
MOST_NAMES = 6
MOST_LATE = 60
UNITS_A_PAGE = 20
_LONGEST_NAME = 40


def number(count: int) -> str:
    """1234 as "1.234"."""
    return f"{count:,}".replace(",", ".")


def percent(share: float) -> str:
    """87.5 as "87,5%", 40.0 as "40%"."""
    return f"{share:.1f}".removesuffix(".0").replace(".", ",") + "%"


def short_day(day: date) -> str:
    return f"{day:%d/%m}"


def _counted(plan: Plan) -> str:
    return COUNTED[plan.indicator.counts]


# The digest


def digest(plan: Plan, whole: Whole, day: date, *, nth: int, since: date) -> str:
    """The day's bulletin: at most 12 lines, exceptions first, and the rest by what is farthest behind.

    `nth` is its running number; `since` before `day` says that it makes up for days whose bulletin could not be sent.
    """
    lines = [
        f"Bản tin {plan.time.digest_at} ngày {short_day(day)} – số {nth}, {plan.place.name}",
        *_today(plan, whole, day, since),
        _in_all(plan, whole),
        *_pace_of_the_whole(plan, whole, day),
        *_exceptions(plan, whole, day),
    ]
    return "\n".join([*lines, *_farthest_behind(plan, whole, MOST_LINES - len(lines))])


def _today(plan: Plan, whole: Whole, day: date, since: date) -> list[str]:
    line = f"Hôm nay: +{number(whole.done_today)} {_counted(plan)} xong, đã ghi {number(whole.visited_today)} nhà."
    if since >= day:
        return [line]
    last = day - timedelta(days=1)
    days = f"ngày {short_day(since)}" if since == last else f"các ngày {short_day(since)}–{short_day(last)}"
    return [line, f"Gồm cả {days} chưa có bản tin: tính từ đó +{number(whole.done_since)} {_counted(plan)}."]


def _in_all(plan: Plan, whole: Whole) -> str:
    counted = _counted(plan)
    if whole.total is None:
        missing = _units(plan, whole.units)
        where = f"{number(whole.unknown_totals)} {missing} chưa có tổng số" if whole.units else "chưa có tổng số"
        return f"Tổng cộng: {number(whole.done)} {counted} xong; {where}, nên chưa tính được phần trăm."
    if whole.over:
        return f"Tổng cộng: {_over(whole)}."
    return f"Tổng cộng: {_share(whole, counted)}, còn {number(whole.left or 0)}."


def _share(figures: UnitFigures | Whole, counted: str) -> str:
    """As in “46/60 hộ (76,7%)”, for figures with a total."""
    said = f"{number(figures.done)}/{number(figures.total or 0)} {counted}"
    return f"{said} ({percent(figures.percent)})" if figures.percent is not None else said


def _over(figures: UnitFigures | Whole) -> str:
    return f"đã ghi {number(figures.done)} nhưng tổng mới khai {number(figures.total or 0)}, cần xem lại tổng"


def _pace_of_the_whole(plan: Plan, whole: Whole, day: date) -> list[str]:
    """At the digest's hour today is spent, so what is left falls on the days from tomorrow."""
    way, counted = pace(whole, plan, day, from_tomorrow=True), _counted(plan)
    if way is None:
        return []
    until = short_day(way.last_day)
    if way.left == 0:
        return [f"Đã đạt mục tiêu{_target(plan.indicator)}, hạn {until}."]
    if way.needed is not None:
        return [f"Từ mai cần {number(way.needed)} {counted}/ngày để kịp {until}, hôm nay +{number(whole.done_today)}."]
    rest = f", còn {number(way.left)} {counted}" if way.left else ""
    if way.days:
        return [f"Còn {way.days} ngày nữa đến hết {until}."]
    return [f"Hôm nay {until} là hạn cuối{rest}." if way.last_day == day else f"Đã quá hạn {until}{rest}."]


def _target(indicator: Indicator) -> str:
    return "" if indicator.target_percent == 100 else f" {indicator.target_percent}%"


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
    lines = [f"• {_unit(plan, unit)}" for unit in shown]
    if rest := len(units) - len(shown):
        lines.append(f"và {rest} {_units(plan, units)} khác: gõ “tiến độ” để xem")
    return lines


def _unit(plan: Plan, unit: UnitFigures) -> str:
    """One unit in one line; done and left make the total, and without one there is no percent."""
    counted, name = _counted(plan), _clipped(unit.name)
    if not unit.reported:
        return f"{name}: chưa báo cáo" + (f" (tổng {number(unit.total)} {counted})" if unit.total else "")
    if unit.total is None:
        return f"{name}: {number(unit.done)} {counted}, chưa có tổng số"
    if unit.over:
        return f"{name}: {_share(unit, counted)}, cần xem lại tổng"
    return f"{name}: {_share(unit, counted)}, " + (f"còn {number(unit.left)}" if unit.left else "đủ")


# Names of units


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
        name, is_one = _clipped(unit.name), unit.name.casefold().startswith(f"{word.casefold()} ")
        short = name[len(word) + 1 :] if is_one and word_said else name
        word_said = is_one
        said.append(f"{short} ({note(unit)})" if note else short)
    rest = len(units) - len(said)
    return ", ".join(said) + (f" và {rest} {_units(plan, units)} khác" if rest > 0 else "")


def _clipped(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


def _units(plan: Plan, units: Sequence[UnitFigures]) -> str:
    """The plan's word for units when they are all of that sort, else "đơn vị"."""
    return plan.place.unit_word if all(unit.kind == "village" for unit in units) else "đơn vị"


# tiến độ


def pages(units: Sequence[UnitFigures]) -> int:
    """How many pages `progress` has."""
    return max(1, -(-len(units) // UNITS_A_PAGE))


def progress(plan: Plan, units: Sequence[UnitFigures], today: date, *, name: str = "", page: int = 1) -> str:
    """`tiến độ`: one unit in full, or the whole (called `name`) with its units, twenty a page, pages from 1."""
    whole, unit = add_up(units), units[0] if len(units) == 1 else None
    title = unit.name if unit else name or plan.place.name
    lines = [f"{title[:1].upper()}{title[1:]}, đến ngày {short_day(today)}"]
    if unit and not unit.reported:
        lines.append(f"Chưa báo cáo: {_nothing_yet(plan, unit)}.")
    else:
        lines += [*_today(plan, whole, today, today), _in_all_of(plan, whole, unit), *_not_done(plan, whole)]
    lines += _pace_from_today(plan, whole, today)
    if unit is None:
        lines += _page(plan, units, page)
    return "\n".join(lines)


def _nothing_yet(plan: Plan, unit: UnitFigures) -> str:
    total = f"tổng số {number(unit.total)} {_counted(plan)}" if unit.total else "chưa có tổng số"
    return f"chưa ai ghi nhà nào, {total}"


def _in_all_of(plan: Plan, whole: Whole, unit: UnitFigures | None) -> str:
    if unit and unit.total is None:
        return f"Tổng cộng: {number(unit.done)} {_counted(plan)} xong, chưa có tổng số."
    return _in_all(plan, whole)


def _not_done(plan: Plan, whole: Whole) -> list[str]:
    found = [
        f"{number(whole.by_outcome[outcome.code])} {outcome.said}"
        for outcome in plan.outcomes
        if not outcome.done and whole.by_outcome.get(outcome.code)
    ]
    return [f"Nhà đã ghi mà chưa xong: {', '.join(found)}."] if found else []


def _pace_from_today(plan: Plan, whole: Whole, today: date) -> list[str]:
    way = pace(whole, plan, today)
    if way is None:
        return []
    if way.left == 0:
        return [f"Đã đạt mục tiêu{_target(plan.indicator)}, hạn {short_day(way.last_day)}. Cảm ơn mọi người!"]
    if not way.days:
        return [f"Đã quá hạn {short_day(way.last_day)}."]
    return [_days_to_go(way.last_day, today, way.left, _counted(plan), plan.indicator) + "."]


def _days_to_go(last_day: date, today: date, left: int | None, counted: str, indicator: Indicator) -> str:
    """As in “còn 4 ngày tính cả hôm nay, cần 4 hộ/ngày để kịp 30/06”, as a sentence's start."""
    days, until = days_left(last_day, today), short_day(last_day)
    if days == 1:
        return f"Hôm nay {until} là hạn cuối"
    said = f"Còn {days} ngày tính cả hôm nay"
    if left is None:
        return f"{said}, hạn {until}"
    goal = f"đạt{_target(indicator)} đúng hạn" if indicator.target_percent < 100 else "kịp"
    return f"{said}, cần {number(pace_needed(left, days))} {counted}/ngày để {goal} {until}"


def _page(plan: Plan, units: Sequence[UnitFigures], page: int) -> list[str]:
    last = pages(units)
    page = min(max(page, 1), last)
    shown = units[(page - 1) * UNITS_A_PAGE : page * UNITS_A_PAGE]
    return [*(f"• {_unit(plan, unit)}" for unit in shown), *([f"Trang {page}/{last}"] if last > 1 else [])]


# tôi


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


# Reminders


def reminder(lines: Sequence[str], *, asks_left: bool) -> str:
    """One message of everything a person is reminded of; `asks_left` points at the list of who is left."""
    said = [
        "Mình nhắc bạn một việc:" if len(lines) == 1 else "Mình nhắc bạn mấy việc:",
        *(f"• {line}" for line in lines),
    ]
    return "\n".join([*said, *(["Gõ “còn” để xem những nhà chưa xong."] if asks_left else [])])


def reminder_left(unit: str, whole: Whole, indicator: Indicator, last_day: date, today: date) -> str:
    """As in “Tổ dân phố 3 còn 14/60 hộ. Còn 4 ngày tính cả hôm nay, cần 4 hộ/ngày để kịp 30/06.”"""
    counted, left = COUNTED[indicator.counts], whole.to_goal(indicator.target_percent)
    if left is None:
        state = f"{unit} chưa có tổng số; đã ghi {number(whole.done)} {counted}"
    else:
        goal = f" nữa để đạt{_target(indicator)}" if indicator.target_percent < 100 else ""
        state = f"{unit} còn {number(left)}/{number(whole.total or 0)} {counted}{goal}"
    return f"{state}. {_days_to_go(last_day, today, left, counted, indicator)}."


def reminder_duty(deadline: Deadline, last_day: date, today: date) -> str:
    """A duty that no figure can show done, in the plan's own words."""
    days = days_left(last_day, today)
    when = "hôm nay là hạn cuối" if days == 1 else f"còn {days} ngày tính cả hôm nay"
    return f"{deadline.what[:1].upper()}{deadline.what[1:]}, {deadline.says} ({when})."


def reminder_overdue(plan: Plan, units: Sequence[UnitFigures], indicator: Indicator, last_day: date) -> str:
    """To officers, the morning after: which units have something left, and of which nobody can tell."""
    counted, target = COUNTED[indicator.counts], indicator.target_percent
    known = [unit for unit in units if unit.total is not None]
    unknown = [unit for unit in units if unit.total is None]
    said = [f"Đã quá hạn {short_day(last_day)}."]
    if known:
        left = names(plan, known, lambda unit: f"còn {number(unit.to_goal(target) or 0)} {counted}", most=MOST_LATE)
        said.append(f"Chưa xong: {left}.")
    if unknown:
        said.append(
            f"Chưa có tổng số: {names(plan, unknown, lambda unit: f'đã ghi {number(unit.done)}', most=MOST_LATE)}."
        )
    return " ".join(said)
