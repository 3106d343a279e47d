"""nhật ký: one's own lines of a day."""

from collections.abc import Sequence
from datetime import date

from rules.clock import VIETNAM
from rules.days import day_words
from rules.plan import Plan
from storage.tables import House, Visit
from texts.visiting import house_name, outcome_words


def page(plan: Plan, found: Sequence[tuple[Visit, House]], *, first: int, of: int, day: date, today: date) -> str:
    when = day_words(day, today)
    if not of:
        return f"Bạn chưa ghi nhà nào {when}. Xem ngày khác: nhật ký 12/6."
    lines = [_line(plan, visit, house, day, today, first + nth) for nth, (visit, house) in enumerate(found, 1)]
    return "\n".join([f"Bạn đã ghi {of} lượt {when}:", *lines])


def _line(plan: Plan, visit: Visit, house: House, day: date, today: date, nth: int) -> str:
    at = f"{visit.created_at.astimezone(VIETNAM):%H:%M}"
    other = "" if visit.day == day else f" · đến {day_words(visit.day, today)}"
    return f"{nth}. {at} {house_name(house.label)}: {outcome_words(plan, visit, today)}{other}"
