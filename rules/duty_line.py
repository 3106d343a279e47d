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
_REASON = re.compile(r"(\d{1,6}) (?:(?:người|nguoi|đồng chí|dong chi|đ/c|đc)\b ?)?(.+)")

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty and what is said of it; `total` where one is said, `reasons` for those not done."""

    duty: Duty
    done: int
    total: int | None = None
    reasons: dict[str, int] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Whether done fits in the total, and the reasons in what is left."""
        if self.total is None:
            return not self.reasons
        return self.done + sum(self.reasons.values()) <= self.total


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
        if fold(head) == fold(duty.word) and (found := _LINE.fullmatch(rest.casefold())):
            done, total = int(found[1]), int(found[2]) if found[2] else None
            tail = rest[found.start(3) :] if found[3] else ""
            return DutyLine(duty, min(done, MOST), total, _reasons(tail))
    return None


def asked(text: str, duties: Iterable[Duty]) -> Duty | None:
    """The duty whose word stands alone in the line, as a person types who wants to know how it is reported."""
    if len(text) > _LONGEST:
        return None
    said = fold(clean(text, most=_LONGEST))
    return next((duty for duty in duties if said in (fold(duty.word), f"bao {fold(duty.word)}")), None)


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
