"""Reading a unit's households from a sheet: titles above the header, alleys as lines of their own, sums below."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from papers.house_headers import columns_of
from papers.table import BadCell, Cell, Rows, UnreadableSheet, below_header, is_sum, text_of
from rules import phones
from rules.alleys import Alley, alley_called, alley_in, care_of, door_of
from rules.private import forbidden
from rules.spelling import clean, fold, has_foreign_letters, title_name
from storage.house_import import HouseLine
from storage.unit_import import Fault

__all__ = ["Sheet", "UnreadableSheet", "read"]

_MOST = {"number": 40, "head_name": 80, "phone": 60, "address": 200, "notes": 500, "alley": 60, "order": 20}
_UNSAID = frozenset(["", "x", "chua co", "khong ro", "n a", "khong"])
_PART_ROW = 2  # a line with fewer cells filled names an alley or a group, no house
_NUMBERING = 3  # so many column numbers in a row make the row of column numbers


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: usable lines, faulty ones, and how many lines were no household (sums, groups, signatures)."""

    lines: list[HouseLine]
    faults: list[Fault]
    passed_over: int


def read(file: Path | BinaryIO, *, step: Callable[[], object] = lambda: None) -> Sheet:
    """The households in the first sheet that has a header we know; `step` is called after each line.

    Raises FileNotFoundError, UnreadableSheet. Lines are numbered as the spreadsheet numbers them.
    """
    with below_header(file, columns_of) as (rows, columns):
        return _read_below(rows, columns, step)


def _read_below(rows: Rows, columns: dict[int, str], step: Callable[[], object]) -> Sheet:
    lines: list[HouseLine] = []
    faults: list[Fault] = []
    passed_over = 0
    alley: Alley | None = None
    for number, row in rows:
        step()
        said = [text for text in map(text_of, row) if text]
        if not said or (not lines and _is_numbering(said)):
            continue
        cells = {field: row[place] for place, field in columns.items() if place < len(row) and text_of(row[place])}
        if is_sum(row) or not _is_house(cells, said):
            alley = alley_in(said[0]) or (alley_called(said[0]) if _is_alley(said) else None) or alley
            passed_over += 1
            continue
        line = _line(number, cells, alley, len(lines) + len(faults) + 1)
        (faults if isinstance(line, Fault) else lines).append(line)  # type: ignore[arg-type]
    return Sheet(lines, faults, passed_over)


def _is_numbering(said: list[str]) -> bool:
    """The row "1 2 3 4" or "(1) (2) (3)" that forms carry under their header."""
    numbers = [text.strip("()") for text in said]
    return len(said) >= _NUMBERING and numbers in (
        [str(nth) for nth in range(1, len(said) + 1)],
        [chr(ord("A") + nth) for nth in range(len(said))],
    )


def _is_house(cells: dict[str, Cell], said: list[str]) -> bool:
    names = cells.keys() & {"number", "head_name", "address"}
    if "order" in cells and text_of(cells["order"]).rstrip(".").isdecimal():
        return True
    return bool(names) and len(said) >= _PART_ROW


def _is_alley(said: list[str]) -> bool:
    return len(said) == 1 and bool(re.match(r"(ngo|ngach|hem|kiet|xom|cum|day|duong|pho|tuyen)\b", fold(said[0])))


def _line(number: int, cells: dict[str, Cell], group: Alley | None, nth: int) -> HouseLine | Fault:
    said: dict[str, str] = {}
    for column, cell in cells.items():
        try:
            said[column] = _read_cell(column, cell)
        except BadCell as bad:
            return Fault(number, bad.why, bad.said, column)
    own = alley_called(said["alley"]) if said.get("alley") else group
    label, alley = _label(said, own)
    if not label:
        return Fault(number, "no_number")
    order = said.get("order", "").rstrip(".")
    notes = said.get("notes", "")
    return HouseLine(
        number=number,
        label=label,
        place=int(order) if order.isdecimal() and len(order) < 6 else nth,
        head_name=title_name(said["head_name"]) if said.get("head_name") else None,
        phone=said.get("phone") or None,
        address=said.get("address") or None,
        notes=notes or None,
        alley=alley,
        care=care_of(notes),
    )


def _label(said: dict[str, str], own: Alley | None) -> tuple[str, Alley | None]:
    """What people will call the house, and its alley: "12", "12/5", "số 8 ngõ 3", or the head's name."""
    door = _door(said.get("number", "")) or door_of(said.get("address", ""))
    inside = alley_in(door) or (alley_in(said.get("address", "")) if not own else None)
    if door and not alley_in(door) and (own or inside):
        alley = own or inside
        return (f"số {door} {alley.name}" if alley and re.fullmatch(r"\d+[A-Za-z]?", door) else door), alley
    return door or title_name(said.get("head_name", "")), inside or own


def _door(number: str) -> str:
    return re.sub(r"^(?:(?:số )?nhà|số|sn)[ :.]*(?=\d+\w?$|\d+/)", "", number, flags=re.IGNORECASE)


def _read_cell(column: str, cell: Cell) -> str:
    """What a cell says in that column; "" when it says nothing. Raises BadCell."""
    value, kind = cell
    if kind == "f":
        raise BadCell("formula")
    if kind == "e":
        raise BadCell("error_value", str(value)[:20])
    said = text_of(cell)
    if len(said) > _MOST[column]:
        raise BadCell("too_long", f"{len(said)} chữ, nhiều nhất {_MOST[column]}")
    if fold(said) in _UNSAID:
        return ""
    return _checked(column, _as_number(value, said) if column == "number" else said)


def _as_number(value: Any, said: str) -> str:
    """Excel takes "12/5" for a day: 12 May; it is turned back."""
    if hasattr(value, "day") and hasattr(value, "month"):
        return f"{value.day}/{value.month}"
    return said


def _checked(column: str, said: str) -> str:
    if has_foreign_letters(said):
        raise BadCell("foreign_letters", said)
    if column != "phone" and (kind := forbidden(said)):
        raise BadCell("private", kind)
    return _phone(said) if column == "phone" else said


def _phone(said: str) -> str:
    """The first number of the cell; Excel drops the leading zero, which is put back."""
    first = next(iter(_several(said)), "")
    try:
        return phones.read(first).digits
    except phones.BadPhone as bad:
        if bad.why in ("none", "empty"):
            return ""
        raise BadCell("no_phone", clean(said[:40])) from None


def _several(said: str) -> Iterator[str]:
    yield from (part.strip() for part in re.split(r"[;,/]| - ", said) if part.strip())
