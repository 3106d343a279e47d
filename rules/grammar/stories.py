"""Several houses told as a story: one left out of a run, or where one went and then what was there."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from rules.grammar.doors import doors
from rules.grammar.house_names import house_key
from rules.grammar.record import Entry
from rules.grammar.words import Line

Read = Callable[[str], list[Entry] | Literal["range"]]
_EXCEPT_FIRST = re.compile(
    r"(?:chỉ )?(?:trừ|ngoại trừ|trừ ra|tru|ngoai tru) (?P<one>[^;.]{3,60}?)(?: (?:ra|thôi))?(?: thì|,| thi) "
    r"(?P<rest>.+)",
    re.IGNORECASE,
)
_EXCEPT_LAST = re.compile(
    r"(?P<rest>.+?),? (?:chỉ trừ|ngoại trừ|trừ|riêng|mỗi|chỉ có|chi tru|ngoai tru|tru|rieng) (?P<one>[^;]{3,60})",
    re.IGNORECASE,
)


def of_exception(line: str, read: Read) -> list[Entry]:
    """ "trừ nhà 25 vắng ra thì 23, 27, 29 đều đã cài": the one that is told apart, and the rest without it.

    Nothing where the one has no outcome of its own: whoever reads that must ask.
    """
    found = _EXCEPT_FIRST.fullmatch(line) or _EXCEPT_LAST.fullmatch(line)
    one, rest = (read(found["one"]), read(found["rest"])) if found else ([], [])
    if one == "range" or rest == "range" or len(one) != 1 or len(rest) < 2:
        return []
    if not all(each.sure for each in (*one, *rest)):
        return []
    key = house_key(one[0].house or "")
    left = [each for each in rest if house_key(each.house or "") != key]
    apart = replace(one[0], unit=one[0].unit or left[0].unit, day=one[0].day or left[0].day)
    return [apart, *left] if found and _EXCEPT_FIRST.fullmatch(line) else [*left, apart]


def of_visits(parts: list[str], read: Read) -> list[Entry]:
    """ "Em đến nhà 41. Chị Loan cài xong rồi. Sang nhà 43 thì vắng": what follows a house is told of it."""
    visits: list[str] = []
    for part in parts:
        if doors(Line(part), set()) or not visits:
            visits.append(part)
        else:
            visits[-1] += f", {part}"
    told = [read(visit) for visit in visits]
    if len(visits) < 2 or any(entries == "range" or len(entries) != 1 for entries in told):
        return []
    entries = [entry for each in told for entry in each if isinstance(entry, Entry)]
    return entries if all(entry.sure for entry in entries) else []
