"""Reading units from a sheet as offices keep it: titles above the header, columns in any order, totals below."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from papers.table import BadCell, Cell, Rows, UnreadableSheet, below_header, is_noise, is_sum, text_of
from papers.unit_headers import columns_of, kind_of_name, kind_of_word
from rules.refusals import TooLong
from rules.spelling import clean, fold, has_foreign_letters, title_name
from storage.unit_import import MOST_LETTERS, TOTALS, Fault, UnitLine

__all__ = ["Sheet", "UnreadableSheet", "read"]

_MOST_COUNT = 100_000_000
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d+")
_UNSAID = frozenset(["", "-", "—", "–", "?", "x", "chua co", "khong ro", "n/a"])


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: usable lines, faulty ones, and how many lines were sums, which we work out ourselves."""

    lines: list[UnitLine]
    faults: list[Fault]
    sums: int


def read(file: Path | BinaryIO, *, step: Callable[[], object] = lambda: None) -> Sheet:
    """The units in the first sheet that has a header we know; `step` is called after each line.

    Raises FileNotFoundError, UnreadableSheet. Lines are numbered as the spreadsheet numbers them.
    """
    with below_header(file, columns_of) as (rows, columns):
        return _read_below(rows, columns, step)


def _read_below(rows: Rows, columns: dict[int, str], step: Callable[[], object]) -> Sheet:
    lines: list[UnitLine] = []
    faults: list[Fault] = []
    sums = 0
    for number, row in rows:
        step()
        if is_noise(row):
            continue
        if is_sum(row):
            sums += 1
            continue
        line = _line(number, {field: row[place] for place, field in columns.items() if place < len(row)})
        if isinstance(line, Fault):
            faults.append(line)
        else:
            lines.append(line)
    return Sheet(lines, faults, sums)


def _line(number: int, cells: dict[str, Cell]) -> UnitLine | Fault:
    read: dict[str, Any] = {}
    for column, cell in cells.items():
        try:
            read[column] = _read_cell(column, cell)
        except BadCell as bad:
            return Fault(number, bad.why, bad.said, column)
    if not read.get("name"):
        return Fault(number, "no_name")
    return UnitLine(number, looks_like=kind_of_name(read["name"]), **read)


def _read_cell(column: str, cell: Cell) -> object:
    """What a cell says in that column; None when it says nothing. Raises BadCell."""
    value, kind = cell
    if kind == "f":
        raise BadCell("formula")
    if kind == "e":
        raise BadCell("error_value", str(value)[:20])
    return _count(cell) if column in TOTALS else _words(column, _short(cell))


def _short(cell: Cell) -> str:
    try:
        return clean(str(text_of(cell)), most=MOST_LETTERS)
    except TooLong as long:
        raise BadCell("too_long", str(long.got)) from None


def _words(column: str, said: str) -> str | None:
    if has_foreign_letters(said):
        raise BadCell("foreign_letters", said)
    if not said or (column != "name" and fold(said) in _UNSAID):
        return None
    if column == "kind":
        kind = kind_of_word(said)
        if kind is None:
            raise BadCell("unknown_kind", said)
        return kind
    if column == "name" and not fold(said):
        raise BadCell("no_name")
    return title_name(said) if column == "head_name" else said


def _count(cell: Cell) -> int | None:
    """A count of 0 or more: 120, 120.0, "1.234", "1 234"; None for an empty or dashed cell."""
    value, _ = cell
    if isinstance(value, bool):
        raise BadCell("no_count", str(value))
    said = text_of(cell)
    if said.casefold() in _UNSAID or fold(said) in _UNSAID:
        return None
    if said.startswith(("-", "−", "–")) and said[1:].strip().isdigit():
        raise BadCell("negative", said)
    if (isinstance(value, float) and not value.is_integer()) or not _GROUPED.fullmatch(said):
        raise BadCell("no_count", said[:40])
    count = int(re.sub(r"[. ]", "", said))
    if count > _MOST_COUNT:
        raise BadCell("too_many", said[:40])
    return count
