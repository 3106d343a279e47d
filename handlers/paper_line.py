"""What is asked for in one line: "phụ lục 01 thôn 3", "danh sách tổ 5 excel lý do đối chiếu"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from papers.order import FORMS, Form, Kind
from rules import unit_names
from rules.spelling import clean, fold
from storage.tables import Unit
from texts import exporting as texts
from texts.papers import FORMS as LABELS

_REASON = re.compile(r"(?:^|[\s,;.:(])(?:lý do|ly do|lí do|li do|để)\b[\s:]*", re.IGNORECASE)
_BESIDE = frozenset(["cho", "cua", "file", "tep", "mau", "don", "vi", "nhe", "nha", "a", "giup", "minh", "voi", "di"])


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line says of a paper; None or "" for what it leaves open. `unit` is folded."""

    form: Form | None = None
    kind: Kind | None = None
    unit: str = ""
    reason: str = ""


def read(said: str, offered: Sequence[Form]) -> Asked:
    """The parts of a line, in any order; the reason last."""
    what, reason = _parted(clean(said))
    words = fold(what).split()
    kind = next((known for known in ("docx", "xlsx") if _take(words, texts.KINDS_TYPED[known])), None)
    form = _form(words, offered)
    while words and words[0] in _BESIDE:
        words.pop(0)
    while words and words[-1] in _BESIDE:
        words.pop()
    return Asked(form, kind, " ".join(words), reason)  # type: ignore[arg-type]


def _parted(said: str) -> tuple[str, str]:
    found = _REASON.search(said)
    return (said[: found.start()], said[found.end() :].strip()) if found else (said, "")


def _form(words: list[str], offered: Sequence[Form]) -> Form | None:
    """The offered form with the longest name in the line, which is taken out of it."""
    names = [(fold(name), form) for form in FORMS if form in offered for name in _names(form)]
    for name, form in sorted(names, key=lambda pair: -len(pair[0])):
        if _take(words, (name,)):
            return form
    return None


def _names(form: Form) -> Iterable[str]:
    return (*texts.FORMS_TYPED.get(form, ()), LABELS[form], form)


def _take(words: list[str], names: Iterable[str]) -> bool:
    """Take the first of these names out of the line, whole words only."""
    for name in sorted(map(fold, names), key=len, reverse=True):
        wanted = name.split()
        for at in range(len(words) - len(wanted) + 1):
            if words[at : at + len(wanted)] == wanted:
                del words[at : at + len(wanted)]
                return True
    return False


def called(among: Sequence[Unit], said: str) -> list[Unit]:
    """The unit of this name or number, else those that have all these words."""
    return [among[at] for at in unit_names.called(said, [unit.name for unit in among], part=True)]


def stem(form: str, unit: Unit, day: date) -> str:
    """A file's name without its end: letters that any machine takes."""
    return "-".join(re.findall(r"[a-z0-9]+", f"{form} {fold(unit.name)}"))[:80] + f"-{day:%Y-%m-%d}"
