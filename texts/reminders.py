"""The words of reminders: what is left, a duty, and to officers what is overdue."""

from collections.abc import Sequence
from datetime import date

from rules.days import WHOLE_WEEK
from rules.deadlines import days_left
from rules.figures import UnitFigures, Whole
from rules.plan import Deadline, Indicator, Plan
from storage.tables import House
from texts.figure_words import days_to_go, names, number, short_day, target_words
from texts.plan import COUNTED
from texts.visiting import hour_words, house_name

MOST_LATE = 60


def reminder(lines: Sequence[str], *, asks_left: bool, tells: str = "") -> str:
    """One message of everything a person is reminded of; `asks_left` points at the list of who is left, `tells` says
    how a figure is reported that no house stands behind."""
    said = [
        "Mình nhắc bạn một việc:" if len(lines) == 1 else "Mình nhắc bạn mấy việc:",
        *(f"• {line}" for line in lines),
    ]
    said += ["Gõ “còn” để xem những nhà chưa xong."] if asks_left else []
    return "\n".join([*said, *([tells] if tells else [])])


def reminder_left(unit: str, whole: Whole, indicator: Indicator, last_day: date, today: date) -> str:
    """As in “Tổ dân phố 3 còn 14/60 hộ. Còn 4 ngày tính cả hôm nay, cần 4 hộ/ngày để kịp 30/06.”"""
    counted, left = COUNTED[indicator.counts], whole.to_goal(indicator.target_percent)
    if left is None:
        state = f"{unit} chưa có tổng số; đã ghi {number(whole.done)} {counted}"
    else:
        goal = f" nữa để đạt{target_words(indicator)}" if indicator.target_percent < 100 else ""
        state = f"{unit} còn {number(left)}/{number(whole.total or 0)} {counted}{goal}"
    return f"{state}. {days_to_go(last_day, today, left, counted, indicator)}."


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


def appointments(houses: list[House]) -> str:
    """ "Hôm nay bạn hẹn 2 nhà: …", by the hour."""
    lines = [f"• {_expected(house)}" for house in houses]
    return "\n".join([f"Hôm nay bạn có hẹn {len(houses)} nhà:", *lines, "Chạm một nhà để ghi khi đến xong nhé."])


def _expected(house: House) -> str:
    """ "9h nhà 12"; on the first day of a week that was said whole, that it is any day of it."""
    if house.come_back_time == WHOLE_WEEK:
        return f"{house_name(house.label)} (hẹn trong tuần này)"
    return hour_words(house.come_back_time) + house_name(house.label)
