"""Days as people say them: "hôm qua", "t7", "18/6" behind us; "mai", "thứ bảy 9h", "tuần sau" ahead of us.

A day is a calendar day in Vietnam, and `today` is handed in. Patterns run on `spelling.plain`, whose places are the
line's own; a word that carries marks must carry the right ones, so that "tới" is not "tối" and "bà" not "ba".
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from rules.spelling import clean, plain

_Said = re.Match[str]
_Meaning = Callable[[_Said, date], date | None]

_WORD = re.compile(r"[^\W\d_]+")
_SPELT = frozenset(
    _WORD.findall(
        "hôm bữa ngày sáng sớm trưa chiều tối muộn đêm thứ bảy bẩy sáu tư năm chủ nhật nhựt tuần này trước rồi vừa "
        "tháng giữa đầu cuối mốt hồi nãy lúc lát tí chút nữa cách đây giờ rưỡi phút tới một hai ba vào khoảng tầm độ "
        "hẹn lại đến hqua qua kia mai nay bốn"
    )
)
_OF_WEEK = frozenset(
    re.findall(r"\w+", "tuần tuan tháng thang thứ thu t chủ chu cn c")
)  # "thứ 7 này"; "nhà này" is no day
_NTH = {**{str(nth): nth - 2 for nth in range(2, 8)}, "hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_COUNT = {**{str(count): count for count in range(1, 31)}, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5}
_PART = r"(?:sang som|sang|trua|chieu toi|chieu|toi muon|toi|dem|som)"
_WEEKDAY = (
    r"(?:(?:hom|ngay) )?(?:(?:thu ?|t)(?P<nth>[2-7])|thu (?P<word>hai|ba|tu|nam|sau|bay)|chu nhat|chu nhut|c\.?n)"
)
_DATE = (
    r"(?:(?:hom|ngay|nga) ?){0,2}(?:(?P<iy>\d{4})-(?P<im>\d{1,2})-(?P<id>\d{1,2})"
    r"|(?P<d>\d{1,2})(?: ?[/.\-] ?| ?(?:thang|thg) ?)(?P<m>\d{1,2})(?:(?: ?[/.\-] ?| nam )(?P<y>\d{4}|\d{2}))?)"
)
_NOW = r"(?<!tuan )(?<!thang )(?<!nam )nay"  # "2 tháng nay" is no day
_ALONE = r"(?:hom )?ngay (?P<alone>\d{1,2})"
_TIME = re.compile(
    r"(?:\b(?P<ahead>sang|trua|chieu|toi|dem) )?(?:\b(?:luc|vao|khoang|tam|do|sau) )*(?<![\w/])(?P<hour>\d{1,2})"
    r"(?: ?(?:h|g|gio|:)(?![a-z])(?: ?(?P<minute>[0-5]\d|ruoi))?| (?P<half>ruoi))"
    r"(?![\d/])(?: ?(?:p|phut)\b)?(?: (?P<part>sang|trua|chieu|toi|dem)\b)?"
)
_PART_ALONE = re.compile(r"\b(?P<part>sang|trua|chieu|toi|dem)\b")
_COMING_WORD = re.compile(r"\btới\b", re.IGNORECASE)  # "chủ nhật tới" is no evening
_WEEK = re.compile(r"(?<![\w/])(?:trong )?tuan (?:sau|toi)(?![\w/])")
_PART_OF_WEEK = re.compile(rf"(?<!\w)(?:dau|giua|cuoi)(?= tuan)|(?<!\w){_WEEKDAY}(?!\w)|\d ?(?:h|g|gio|[/.-] ?\d)")
WHOLE_WEEK = "tuần"  # in the place of the hour: any day of the week that begins on the day said
_AROUND = re.compile(r"(?:\b(?:hen|vao|luc|khoang|tam|den|quay|lai|a|nhe|nha)\b|[,()])+")
_FAR = 183  # days: a date without a year lies at most this far on the wrong side of today
_LATELY = 15  # days: "ngày 18" looks back at most this far, or it is a day to come


def read_day(text: str, today: date) -> date | None:
    """The day a visit was, or None. A day to come is returned too, for the caller to refuse; 31/02 is None."""
    return _whole(text, today, _PAST)


def read_coming_day(text: str, today: date) -> date | None:
    """The day somebody is to come back, a time of day beside it allowed ("t7 9h", "mai 8 rưỡi"), or None."""
    text = clean(text[:400])
    at = find_time(text)
    return _whole(f"{text[: at[0]]} {text[at[1] :]}" if at else text, today, _COMING)


def says_whole_week(text: str) -> bool:
    """Whether a promise names a week and no day of it: "tuần sau", not "thứ ba tuần sau" or "đầu tuần sau"."""
    said = plain(clean(text[:400]))
    return bool(_WEEK.search(said)) and not _PART_OF_WEEK.search(said)


def read_time(text: str) -> str | None:
    """The time of day in a promise, as "09:00", or as "sáng", "chiều", "tối" when only that was said, or None."""
    said = plain(_COMING_WORD.sub(" ", clean(text[:400])))
    at = _TIME.search(said)
    part = (at and (at["part"] or at["ahead"])) or next((found["part"] for found in _PART_ALONE.finditer(said)), "")
    if not at:
        return {"sang": "sáng", "trua": "trưa", "chieu": "chiều", "toi": "tối", "dem": "tối"}.get(part)
    hour = int(at["hour"]) + (12 if part in ("chieu", "toi", "dem") and int(at["hour"]) < 12 else 0)
    minute = 30 if at["half"] or at["minute"] == "ruoi" else int(at["minute"] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 else None


def find_day(text: str, today: date) -> tuple[int, int, date] | None:
    """The first past-or-today day said inside a line, as (start, end, day)."""
    return _inside(text, today, _PAST)


def find_coming_day(text: str, today: date) -> tuple[int, int, date] | None:
    """The first day to come said inside a line, as (start, end, day)."""
    return _inside(text, today, _COMING)


def find_time(text: str) -> tuple[int, int] | None:
    """Where a time of day stands inside a line."""
    at = _TIME.search(plain(text))
    return at.span() if at else None


def day_words(day: date, today: date) -> str:
    """How an answer names a day: "hôm nay", "hôm qua", "18/06", with the year only when it is another."""
    if day == today:
        return "hôm nay"
    if day == today - timedelta(days=1):
        return "hôm qua"
    return f"{day:%d/%m}" if day.year == today.year else f"{day:%d/%m/%Y}"


def _ago(days: int) -> _Meaning:
    return lambda said, today: today - timedelta(days=days)


def _ahead(days: int) -> _Meaning:
    return _ago(-days)


def _days_ago(said: _Said, today: date) -> date:
    return today - timedelta(days=_COUNT[said["count"]])


def _days_ahead(said: _Said, today: date) -> date:
    return today + timedelta(days=_COUNT[said["count"]] * (7 if said["unit"] == "tuan" else 1))


def _weekday(said: _Said) -> int:
    return _NTH[said["nth"] or said["word"]] if said["nth"] or said["word"] else 6


def _of_week(today: date, weekday: int, weeks: int) -> date:
    """That weekday of the week `weeks` from this one; a week begins on Monday."""
    return today + timedelta(days=weekday - today.weekday() + 7 * weeks)


def _last_weekday(said: _Said, today: date) -> date:
    if said["week"]:
        return _of_week(today, _weekday(said), 0 if said["week"] == "nay" else -1)
    return today - timedelta(days=(today.weekday() - _weekday(said)) % 7)


def _next_weekday(said: _Said, today: date) -> date:
    if said["week"] and said["week"] != "nay":
        return _of_week(today, _weekday(said), 1)
    return today + timedelta(days=(_weekday(said) - today.weekday() - 1) % 7 + 1)


def _next_week(said: _Said, today: date) -> date:
    return _of_week(today, {"cuoi": 5, "giua": 2}.get(said["at"], 0), 1 if said["week"] else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dated(said: _Said, today: date) -> tuple[date | None, bool]:
    """The date said, and whether its year was left to us."""
    if said["iy"]:
        return _day(int(said["iy"]), int(said["im"]), int(said["id"])), False
    year = int(said["y"] or today.year)
    return _day(year + 2000 if year < 100 else year, int(said["m"]), int(said["d"])), not said["y"]


def _past_date(said: _Said, today: date) -> date | None:
    """In January "28/12" is last December; with its year a date is what it is."""
    day, free = _dated(said, today)
    return _day(day.year - 1, day.month, day.day) if free and day and (day - today).days > _FAR else day


def _coming_date(said: _Said, today: date) -> date | None:
    day, free = _dated(said, today)
    return _day(day.year + 1, day.month, day.day) if free and day and (today - day).days > _FAR else day


def _past_alone(said: _Said, today: date) -> date | None:
    """ "ngày 18": the last 18th if that was lately, else the next one, which the caller refuses as not yet come."""
    days = (today - timedelta(days=back) for back in range(_LATELY + 1))
    return next((day for day in days if day.day == int(said["alone"])), None) or _coming_alone(said, today)


def _coming_alone(said: _Said, today: date) -> date | None:
    days = (today + timedelta(days=ahead) for ahead in range(62))
    return next((day for day in days if day.day == int(said["alone"])), None)


def _month_edge(said: _Said, today: date) -> date:
    """ "cuối tháng" is the month's last day, "tháng sau" the next one's first."""
    first_of_next = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    return first_of_next - timedelta(days=1) if said["edge"] == "cuoi thang" else first_of_next


_Table = tuple[tuple[re.Pattern[str], _Meaning], ...]


def _table(rows: Iterable[tuple[str, _Meaning]]) -> _Table:
    return tuple((re.compile(rf"(?<![\w/.])(?:{pattern})(?![\w/])"), meaning) for pattern, meaning in rows)


_PAST = _table(
    [
        (rf"(?:{_PART} )?(?:hom|bua|hum) nay|h\.?nay|{_PART} nay|{_NOW}|(?:hoi|ban) {_PART}", _ago(0)),
        (r"(?:hoi|ban|luc|vua) nay|vua xong", _ago(0)),
        (rf"(?:{_PART} )?(?:hom|bua|hum) qua|(?:{_PART} )?h\.?qua|{_PART} qua", _ago(1)),
        (rf"(?:{_PART} )?(?:hom|bua|hum) kia|{_PART} kia", _ago(2)),
        (r"(?P<count>\d{1,2}|mot|hai|ba|bon|nam) (?:hom|ngay|bua) truoc", _days_ago),
        (r"cach day (?P<count>\d{1,2}|mot|hai|ba|bon|nam) (?:hom|ngay|bua)", _days_ago),
        (rf"(?:{_PART} )?{_DATE}", _past_date),
        (rf"(?:{_PART} )?{_ALONE}", _past_alone),
        (rf"(?:{_PART} )?{_WEEKDAY}(?: (?:tuan )?(?P<week>nay|truoc|roi|qua)| vua roi)?", _last_weekday),
    ]
)
_COMING = _table(
    [
        (rf"(?:{_PART} |ngay |bua )?mai", _ahead(1)),
        (rf"(?:{_PART} |ngay |bua )?mot|(?:{_PART} |ngay |bua )kia", _ahead(2)),
        (rf"(?:{_PART} |hom |bua )nay|(?:ti|lat|chut) nua|lat", _ahead(0)),
        (r"(?P<count>\d{1,2}|mot|hai|ba|bon|nam) (?P<unit>hom|ngay|bua|tuan) nua", _days_ahead),
        (rf"(?:{_PART} )?{_DATE}", _coming_date),
        (rf"(?:{_PART} )?{_ALONE}", _coming_alone),
        (
            rf"(?:{_PART} )?{_WEEKDAY}(?: toi)?"
            r"(?: (?:tuan (?=nay|sau|toi))?(?P<week>nay|sau(?! ?(?:\d|gio|khi|bua|luc))|(?<=tuan )toi))?",
            _next_weekday,
        ),
        (r"(?:(?P<at>dau|giua|cuoi) )?tuan (?P<week>sau|toi)", _next_week),
        (r"(?P<at>cuoi) tuan(?: nay)?(?P<week>)", _next_week),
        (r"(?P<edge>cuoi thang|(?:dau )?thang (?:sau|toi))", _month_edge),
    ]
)


def _meant(said: _Said, meaning: _Meaning, typed: str, today: date) -> date | None:
    """The day, unless a mark says another word: "này" alone is not "nay", and "mot" is also one."""
    words = _WORD.findall(typed.lower())
    if (
        words in (["mot"], ["một"])
        or ("này" in words and not _OF_WEEK & set(words))
        or not all(word.isascii() or word in _SPELT for word in words)
    ):
        return None
    try:
        return meaning(said, today)
    except (KeyError, OverflowError):
        return None


def _whole(text: str, today: date, table: _Table) -> date | None:
    typed = clean(text[:400])
    said = " ".join(_AROUND.sub(" ", plain(typed)).split()).strip(". ")
    for pattern, meaning in table:
        whole = pattern.fullmatch(said)
        if whole:
            return _meant(whole, meaning, typed, today)
    return None


def _inside(text: str, today: date, table: _Table) -> tuple[int, int, date] | None:
    said = plain(text)
    for pattern, meaning in table:
        for found in pattern.finditer(said):
            day = _meant(found, meaning, text[slice(*found.span())], today)
            if day:
                return *found.span(), day
    return None
