"""What a plan's own words about time mean: "trước ngày 15/03/2026" as moments, reminders and a pace."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from rules.clock import at_vietnam
from rules.refusals import Refusal

if TYPE_CHECKING:
    from rules.plan import Deadline, Plan

# The last day of a span without an end ("sau ngày 30/6/2026"): late enough to compare with, early enough to convert.
NO_END = date(9999, 12, 30)
ONE_DAY = timedelta(days=1)


@dataclass
class UnreadableDeadline(Refusal):
    """The phrase is none we read, or names a day that does not exist; `says` is the phrase as it was written."""

    says: str


@dataclass(frozen=True, slots=True)
class Span:
    """When a duty runs. Days are Vietnam's, both included; moments are UTC, `last_moment` the first one too late.

    A phrase that names no start leaves `first_moment` and `first_day` None; one that names no end ends on NO_END.
    """

    first_moment: datetime | None
    last_moment: datetime
    last_day: date
    first_day: date | None

    @property
    def has_end(self) -> bool:
        return self.last_day < NO_END


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder. `days_before` is 0 on the last day and -1 when overdue; `due_at` is UTC."""

    kind: Literal["before", "day", "overdue"]
    days_before: int
    due_at: datetime


def read(says: str, *, year: int | None) -> Span:
    """The span of a phrase as the five seeds write them; `year` is taken where the phrase names none.

    Readings: "trước" leaves the named day (month, quarter) out; "đến", "đến hết", "hết", "chậm nhất" and a bare day
    take it in; a bare month, quarter or year, or one after "trong", is the whole of it; "sau" starts the day after and
    has no end; "đầu Quý II" is the quarter's first month, "cuối" only ends where the quarter, month or year does.
    Raises UnreadableDeadline.
    """
    try:
        return _span(*_days(_plain(says), year))
    except (ValueError, OverflowError):
        raise UnreadableDeadline(says) from None


def span_of(plan: "Plan", deadline: "Deadline") -> Span:
    """The deadline's span; a day without a year lies in the year the campaign starts. Raises UnreadableDeadline."""
    return read(deadline.says, year=plan.time.start.year)


def ladder(plan: "Plan", deadline: "Deadline") -> list[Step]:
    """When to remind whom the deadline binds, earliest first, up to the morning after; empty where it has no end."""
    span = span_of(plan, deadline)
    if not span.has_end:
        return []
    days = [*sorted(set(plan.time.remind_days_before), reverse=True), -1]
    hour = time.fromisoformat(plan.time.remind_at)
    falls = [(before, span.last_day - timedelta(days=before)) for before in days]
    return [Step(_kind(before), before, at_vietnam(day, hour)) for before, day in falls if day >= plan.time.start]


def days_left(last_day: date, today: date) -> int:
    """Days to work in, today counted: 1 on the last day, 0 once it is over."""
    return max(0, (last_day - today).days + 1)


def pace_needed(left: int, days_left: int) -> int:
    """How many a day, rounded up, to finish `left` in time; all of them when no day is left, 0 when nothing is."""
    return max(0, -(-left // max(1, days_left)))


def _kind(before: int) -> Literal["before", "day", "overdue"]:
    return "before" if before > 0 else "day" if before == 0 else "overdue"


def _span(first: date | None, last: date) -> Span:
    if first and first > last:
        raise ValueError("ends before it starts")
    start = at_vietnam(first, time()) if first else None
    return Span(start, at_vietnam(last + ONE_DAY, time()), last, first)


_BY = r"(?:cham|muon|tre) nhat(?: la)?(?: vao| den| trong)?(?: het)?|khong muon hon|(?:den|toi)(?: het| cuoi)?|het|cuoi"
_RELATION = re.compile(rf"(?:(?P<before>truoc)|(?P<after>sau)|(?P<by>{_BY})|(?P<whole>trong|vao))? ?(?P<period>.+)")
_RANGE = re.compile(r"(?:ke )?tu (.+?) ?(?:-|\bden\b|\btoi\b) ?(.+)")
_OPENING = re.compile(r"(?:ke )?tu (.+)")
_DAY = re.compile(r"(?:ngay )?([0-9]{1,2})/([0-9]{1,2})(?:/(20[0-9]{2}))?")
_MONTH = re.compile(r"thang ([0-9]{1,2})(?:/(20[0-9]{2}))?")
_QUARTER = re.compile(r"(dau )?quy (iv|i{1,3}|[1-4])(?:/(20[0-9]{2}))?")
_YEAR = re.compile(r"nam (20[0-9]{2})")
_NUMERALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _plain(says: str) -> str:
    """Small unmarked letters, one space between words, every date as 30/6/2026; a dash that is left stands for "to"."""
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", says.casefold()) if unicodedata.category(c) not in ("Mn", "Cf")
    )
    text = " ".join(re.sub(r"[\u2010-\u2015\u2212]", "-", bare.replace("đ", "d")).split()).strip(" .,;:/")
    text = re.sub(r"([0-9]) ?[/.] ?(?=[0-9])", r"\1/", text)
    text = re.sub(r"\b([0-9]{1,2})-([0-9]{1,2})-(20[0-9]{2})\b", r"\1/\2/\3", text)
    text = re.sub(r"\bngay ([0-9]{1,2}) thang ([0-9]{1,2})\b", r"ngay \1/\2", text)
    text = re.sub(r"([0-9iv]) ?(?:/|nam) ?(20[0-9]{2})\b", r"\1/\2", text)
    return re.sub(r"^(?:phan dau )?(?:hoan thanh )?(?:xong )?", "", text)


def _days(text: str, year: int | None) -> tuple[date | None, date]:
    """The first day, where the words name one, and the last. Raises ValueError."""
    if spread := _RANGE.fullmatch(text):
        return _from_to(spread[1], spread[2], year)
    if opening := _OPENING.fullmatch(text):
        return _period(opening[1], year)[0], NO_END
    found = _RELATION.fullmatch(text)
    if not found:
        raise ValueError(text)
    first, last = _period(found["period"], year)
    if found["before"]:
        return None, first - ONE_DAY
    if found["after"]:
        return last + ONE_DAY, NO_END
    bare_day = not found["whole"] and first == last
    return (None if found["by"] or bare_day else first), last


def _from_to(start: str, end: str, year: int | None) -> tuple[date | None, date]:
    """Whichever end names no year takes the other's; a start left after the end lies in the year before."""
    named = re.findall(r"20[0-9]{2}", f"{start} {end}")
    last = _days(end, int(named[-1]) if named else year)[1]
    if start == "nay":
        return None, last
    first = _period(start, last.year)[0]
    return (_period(start, last.year - 1)[0] if first > last else first), last


def _period(text: str, year: int | None) -> tuple[date, date]:
    """The first and last day of a day, month, quarter or year. Raises ValueError."""
    if found := _DAY.fullmatch(text):
        day = date(_year(found[3], year), int(found[2]), int(found[1]))
        return day, day
    if found := _MONTH.fullmatch(text):
        return _months(_year(found[2], year), int(found[1]), int(found[1]))
    if found := _QUARTER.fullmatch(text):
        opens = 3 * (_NUMERALS.get(found[2]) or int(found[2])) - 2
        return _months(_year(found[3], year), opens, opens if found[1] else opens + 2)
    if found := _YEAR.fullmatch(text):
        return _months(int(found[1]), 1, 12)
    raise ValueError(text)


def _year(written: str | None, otherwise: int | None) -> int:
    if not written and otherwise is None:
        raise ValueError("no year")
    return int(written or otherwise or 0)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
