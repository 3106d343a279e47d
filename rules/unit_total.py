"""A unit's own figure, as its head says it: "thôn 3: 41/60", "tổ 5 được 12 hộ hôm nay".

It is kept as a reported figure, apart from logged households. What might as well be a house ("tổ 3 đã cài 12/36") or
may count from the start or from today ("tổ 4 được 20 hộ") comes back with `sure` false; "tổ 3 12/36 đã cài" is a house.
"""

import re
from dataclasses import dataclass
from datetime import date

from rules import days
from rules.grammar.units import units
from rules.grammar.words import Line, spelt
from rules.private import forbidden
from rules.spelling import clean

_MOST_LETTERS = 400
_N = r"(?:\d{1,3}\.\d{3}|\d{1,5})"
_HOUSES = r"(?:hộ gia đình|hộ dân|hộ|nhà|gia đình)"
_DONE = r"(?:được|cài đặt|cài|xong|hoàn thành|hoàn tất|đạt|đăng ký|vận động|hướng dẫn|thêm|làm)"
_WORD = (
    r"(?:báo cáo|bc|dạ|em|cháu|mình|tôi|xin|gửi|số liệu|kết quả|kq|tổng hợp|tổng|tổng số|tổng cộng|tiến độ|hiện|"
    r"hiện tại|hiện nay|đến nay|tính|đến|giờ|luỹ kế|là|thì|có|ạ|thưa|số|buổi|mới|đã|tăng|rồi|app|smart|hải|phòng|"
    r"nhé|nha|thành công|được rồi|cả thảy|lúc|nâng|lên|các anh|các chị|anh|chị|bác|trong|như sau)"
)
_ABOVE = rf"(?:(?:{_WORD}|{_DONE}) )*(?:(?:{_WORD}|{_DONE}) )*(?:(?:{_WORD}|{_DONE}) )*"
_BEHIND = rf"(?: (?:{_WORD}|{_DONE}))*(?: (?:{_WORD}|{_DONE}))*"
_MORE = rf"(?:thêm(?: được)? (?P<more>{_N})(?: {_HOUSES})? (?=.*{_N}))?"
_OVER = r"(?:/|trên|trong)(?: (?:tổng số|tổng|số))*"
_OUT_OF = spelt(
    rf"{_ABOVE}{_MORE}{_ABOVE}(?P<done>{_N})(?: (?P<counted>{_HOUSES}))?(?P<between>(?: (?:đã|cài|xong|rồi))*)"
    rf" {_OVER} (?P<all>{_N})(?: (?P<counted2>{_HOUSES}))?(?P<behind>{_BEHIND})"
)
_ALL_FIRST = spelt(
    rf"(?:(?:{_WORD}) )*(?P<all>{_N}) (?P<counted>{_HOUSES}) (?:thì )?(?:(?:đã|mới|hiện) )*(?:{_DONE} )+"
    rf"(?P<done>{_N})(?: {_HOUSES})?(?P<behind>{_BEHIND})"
)
_DONE_ONLY = spelt(rf"{_ABOVE}(?P<done>{_N}) (?P<counted>{_HOUSES})(?P<behind>{_BEHIND})")
_SAYS_DONE = spelt(_DONE)
_SAYS_INSTALLED = spelt(r"cài|cài đặt|xong|đăng ký")
_STATE = spelt(
    r"đến nay|hiện|hiện tại|hiện nay|tổng|tổng số|tổng cộng|luỹ kế|cả thảy|tính đến|đến giờ|đến hôm nay|đến ngày"
)
_ADDS = spelt(r"thêm|trong ngày|tăng")
_MY_OWN = spelt(r"(?:em|cháu|mình|tôi|con) (?:đã|cài|làm|vận động|được|mới|hướng dẫn|đi)")
_OWN_UNIT = spelt(
    r"(?:(?:cả|toàn) )?(?:tổ dân phố|tổ dp|tổ|tdp|thôn|xóm|khu|đơn vị|bên) "
    r"(?:mình|em|cháu|tôi|ta|chúng em|bọn em|tụi em)"
    r"|(?:cả|toàn) (?:tổ dân phố|tổ|tdp|thôn|xóm|khu|đơn vị)"
)
_PERCENT = re.compile(r"\b(?:là|tức|bằng|đạt|được|tỷ lệ|tỉ lệ|khoảng)?\s*\(?\d{1,3}(?:[.,]\d+)?\s?%\)?", re.IGNORECASE)
_LEFT = spelt(rf"(?:hiện |vẫn )?còn(?: lại)? (?P<left>{_N})(?: {_HOUSES})?(?: (?:nữa|chưa cài|chưa xong|chưa))*")
_AT = re.compile(r"^(?:ở|tại|thuộc|bên|o|tai|thuoc|ben) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UnitTotal:
    """What a unit stands at, or with `adds` what a day added.

    `unit` is as typed ("thôn 3"), None for the speaker's own; `day` None means today was not spoken of.
    """

    unit: str | None
    done: int
    total: int | None = None
    adds: bool = False
    day: date | None = None
    sure: bool = True

    @property
    def is_possible(self) -> bool:
        """Whether no more are done than there are."""
        return self.total is None or self.done <= self.total


def read_unit_total(line: str, today: date) -> UnitTotal | None:
    """The figure a line reports for a whole unit, or None when it speaks of a house, of people, or of nothing."""
    text = clean(line[: _MOST_LETTERS * 4], most=_MOST_LETTERS * 4)
    if len(text) > _MOST_LETTERS or "?" in text or not any(map(str.isdigit, text)) or forbidden(text):
        return None
    words = Line(text)
    own = [places for _, places in words.find(_OWN_UNIT)]
    named = [places for places in units(words) if not any(set(places) & set(ours) for ours in own)]
    if len(named) > 1:
        return None
    unit = _AT.sub("", words.typed(named[0])) if named else None
    taken = {place for places in (*named, *own) for place in places}
    return _figure(words, taken, unit, bool(own or named), today)


def _figure(words: Line, taken: set[int], unit: str | None, is_unit: bool, today: date) -> UnitTotal | None:
    """The figure in what is left without the unit; a bare "5/12" is a figure before it is a day."""
    for start, end, day in [(0, 0, None), *_days(words, taken, today)]:
        beside = taken | set(words.under(start, end) if day else ())
        said, left = _said(words, beside)
        found = _OUT_OF.fullmatch(said) or _ALL_FIRST.fullmatch(said) or _DONE_ONLY.fullmatch(said)
        if found:
            return _checked(words, said, found, left, unit, is_unit, day, today)
    return None


def _days(words: Line, taken: set[int], today: date) -> list[tuple[int, int, date]]:
    letters = list(words.text)
    for place in taken:
        letters[words.words[place].start : words.words[place].end] = "|" * len(words.words[place].typed)
    found = days.find_day("".join(letters), today)
    return [found] if found else []


def _said(words: Line, taken: set[int]) -> tuple[str, int | None]:
    """What is left to read, without signs and percentages, and how many are said to be left over."""
    shown = " ".join(word.full for place, word in enumerate(words.words) if place not in taken)
    shown = re.sub(rf"(?<!\S)({_N})/({_N})(?!\S)", r"\1 / \2", shown.replace(" %", "%"))
    shown = _PERCENT.sub(" ", shown)
    shown = " ".join(word for word in shown.split() if word == "/" or any(map(str.isalnum, word)))
    left = _LEFT.search(shown)
    shown = " ".join(_LEFT.sub(" ", shown, count=1).split())
    return shown, _number(left["left"]) if left else None


def _checked(
    words: Line, said: str, found: re.Match[str], left: int | None, unit: str | None, is_unit: bool, day: date | None,
    today: date,
) -> UnitTotal | None:  # fmt: skip
    parts = found.groupdict()
    counted = bool(parts.get("counted") or parts.get("counted2"))
    total = _number(parts["all"]) if parts.get("all") else None
    done = _number(parts["done"])
    says_done = bool(_SAYS_DONE.search(said))
    if total and not counted and ":" not in words.text and _SAYS_INSTALLED.search(parts["behind"]):
        return None
    if (total is None and not says_done) or not (is_unit or (counted and (total or _STATE.search(said)))):
        return None
    state = bool(_STATE.search(words.said)) or total is not None
    adds = not state and bool(day or _ADDS.search(words.said))
    sure = bool(counted or not re.search(r"(?<!\S)(?:cài|cai|xong|đăng)(?!\S)", said))
    sure &= (state or adds) and left in (None, (total or done) - done) and not _MY_OWN.search(said)
    sure &= day is None or day <= today
    return UnitTotal(unit, done, total, adds, day, sure and (total is None or done <= total))


def _number(said: str) -> int:
    return int(said.replace(".", ""))
