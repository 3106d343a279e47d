"""What a unit says of a duty in one line: “phát thanh 2”, “khách 45/50”, “cán bộ 18/20: 1 nghỉ thai sản, 1 đi học”."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rules import duty_spoken
from rules.plan_parts import Duty
from rules.spelling import clean, fold

MOST = 100_000
_LINE = re.compile(
    r"(?:đã |da |được |duoc |: ?|là |la )*(\d{1,6})(?: ?(?:/|trên|tren) ?(\d{1,6}))?\b ?[^\d,;:(]{0,20}?"
    r"((?:[,;.:(]|\b(?:vì|vi|do|còn|con)\b) ?.*)?"
)
_PARTS = re.compile(r"[,;:(]|\b(?:vì|vi|do|còn|con|và|va)\b(?= ?\d)")
# "khách 50 người, 48 đã cài", "cán bộ tổng 30, đã cài 20": the whole first, then how many of it.
_PEOPLE = r"(?: (?:người|nguoi|lượt|luot|khách|khach|đồng chí|dong chi))*"
_DONE = r"(?:(?:đã|da|được|duoc) )*(?:cài|cai|xong|hướng dẫn|huong dan|đăng nhập|dang nhap)(?: (?:đặt|dat))?"
_WHOLE = rf"(?:(?:tổng|tong|số|so|cộng|cong|có|co|là|la|:) ?)*(\d{{1,6}})\b{_PEOPLE} ?[,;:.]? ?"
_THEN = r"(?:(?:trong đó|trong do|có|co|thì|thi) )*"
_WHOLE_FIRST = (
    re.compile(rf"{_WHOLE}{_THEN}(?:(?:đã|da) )?(\d{{1,6}})\b{_PEOPLE} {_DONE}\b([^\d]{{0,30}}|[,;.:(].*)"),
    re.compile(rf"{_WHOLE}{_THEN}{_DONE} ?:? ?(\d{{1,6}})\b{_PEOPLE}([,;.:(].*)?"),
)
_LEFT = frozenset(["chua", "chua cai", "chua cai dat", "chua xong", "nguoi chua cai", "chua dang nhap", "con lai"])
_REASON = re.compile(r"(\d{1,6}) (?:(?:người|nguoi|đồng chí|dong chi|đ/c|đc)\b ?)?(.+)")

_COUNT = re.compile(
    r"\d{1,6}(?: (?:số|so|tin|bài|bai|buổi|buoi|cuộc|cuoc|người|nguoi))?"
    r"|\d{1,6} ?(?:/|trên|tren) ?\d{1,6}(?: ?[,;:(].*)?"
)
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty and what is said of it; `total` and `left` where they are said, `reasons` for those not done."""

    duty: Duty
    done: int
    total: int | None = None
    reasons: dict[str, int] = field(default_factory=dict)
    left: int | None = None

    @property
    def adds_up(self) -> bool:
        """Whether done fits in the total, done and left make it, and the reasons fit in what is left."""
        if self.total is None:
            return not self.reasons
        return self.done + sum(self.reasons.values()) <= self.total and self.left in (None, self.total - self.done)


def read(text: str, duties: Sequence[Duty]) -> DutyLine | None:
    """The duty of these that the line begins with the word of, or is all about; None where it is something else."""
    if not duties or len(text) > _LONGEST or "\n" in text.strip():
        return None  # a list of houses, not one line
    said = clean(text, most=_LONGEST)
    return _by_its_word(said, duties) or _spoken(said, duties)


def _spoken(said: str, duties: Sequence[Duty]) -> DutyLine | None:
    """A whole sentence; reasons only where a total leaves room for them."""
    spoken = duty_spoken.read(said, duties)
    if spoken is None or (spoken.reasons_at >= 0 and spoken.total is None):
        return None
    reasons = _reasons(said[spoken.reasons_at :]) if spoken.reasons_at >= 0 else {}
    return DutyLine(spoken.duty, min(spoken.done, MOST), spoken.total, reasons)


def _by_its_word(said: str, duties: Sequence[Duty]) -> DutyLine | None:
    for duty in sorted(duties, key=lambda duty: -len(duty.word)):
        words = len(duty.word.split())
        head, rest = " ".join(said.split()[:words]), " ".join(said.split()[words:])
        if fold(head) != fold(duty.word):
            continue
        forms = _WHOLE_FIRST if duty.counts in ("staff", "visitors") else ()
        if found := next(filter(None, (form.fullmatch(rest.casefold()) for form in forms)), None):
            return _line(duty, int(found[2]), int(found[1]), rest[found.start(3) :] if found[3] else "")
        if found := _LINE.fullmatch(rest.casefold()):
            total = int(found[2]) if found[2] else None
            return _line(duty, int(found[1]), total, rest[found.start(3) :] if found[3] else "")
    return None


def _line(duty: Duty, done: int, total: int | None, tail: str) -> DutyLine:
    reasons = _reasons(tail)
    left = [reasons.pop(why) for why in list(reasons) if fold(why) in _LEFT] if total is not None else []
    return DutyLine(duty, min(done, MOST), total, reasons, left[0] if len(left) == 1 else None)


def asked(text: str, duties: Iterable[Duty]) -> Duty | None:
    """The duty whose word stands alone in the line, as a person types who wants to know how it is reported."""
    if len(text) > _LONGEST:
        return None
    said = fold(clean(text, most=_LONGEST))
    return next((duty for duty in duties if said in (fold(duty.word), f"bao {fold(duty.word)}")), None)


def is_count(text: str) -> bool:
    """Whether the text is a count by itself, with its total and reasons: “20/30: 6 vắng”, “2 số”; "12 vắng" is none."""
    return len(text) <= _LONGEST and bool(_COUNT.fullmatch(clean(text, most=_LONGEST).casefold()))


def coded(reasons: Mapping[str, int], words: Mapping[str, str]) -> dict[str, int]:
    """Reasons that a plan has a code for go by it (`words`: a folded wording and its code), the others as they read."""
    found: dict[str, int] = {}
    for why, count in reasons.items():
        name = words.get(fold(why), why)
        found[name] = found.get(name, 0) + count
    return found


def _reasons(tail: str) -> dict[str, int]:
    """Behind what was done: how many, and why."""
    found: dict[str, int] = {}
    for part in _PARTS.split(tail):
        if match := _REASON.fullmatch(part.strip(" .)")):
            found[match[2]] = found.get(match[2], 0) + int(match[1])
    return found
