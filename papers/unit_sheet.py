"""Reading units from a sheet as offices keep it: titles above the header, columns in any order, totals below."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from papers.unit_headers import columns_of, kind_of_name, kind_of_word
from rules.refusals import TooLong
from rules.spelling import clean, fold, has_foreign_letters, title_name
from storage.unit_import import MOST_LETTERS, TOTALS, Fault, UnitLine

_HEADER_WITHIN = 20
_MOST_LINES = 20_000
_MOST_COUNT = 100_000_000
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d+")
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Z])\)?")
_UNSAID = frozenset(["", "-", "—", "–", "?", "x", "chua co", "khong ro", "n/a"])
_SUMS = re.compile(r"(tong( so| cong)?|cong)( (phuong|xa|toan|ca) .*)?|toan (phuong|xa|thanh pho)")

Cell = tuple[Any, str]  # what openpyxl read, and its type: "f" for a formula, "e" for an error


class UnreadableSheet(Exception):
    """The file is no list of units. `why`: not_xlsx, no_header, two_columns, too_long; `said` names the columns."""

    def __init__(self, why: str, said: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.said = said


class _BadCell(Exception):
    def __init__(self, why: str, said: str = "") -> None:
        super().__init__(why)
        self.why, self.said = why, said


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: usable lines, faulty ones, and how many lines were sums, which we work out ourselves."""

    lines: list[UnitLine]
    faults: list[Fault]
    sums: int


def read(file: Path, *, step: Callable[[], object] = lambda: None) -> Sheet:
    """The units in the first sheet that has a header we know; `step` is called after each line.

    Raises FileNotFoundError, UnreadableSheet. Lines are numbered as the spreadsheet numbers them.
    """
    try:
        book = load_workbook(file, read_only=True, data_only=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise UnreadableSheet("not_xlsx") from None
    try:
        for sheet in book.worksheets:
            rows = _rows(sheet)
            if columns := _header(rows):
                return _read_below(rows, columns, step)
    finally:
        book.close()
    raise UnreadableSheet("no_header")


def _rows(sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # some writers state a wrong size, and the rest would not be read
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > _MOST_LINES:
            raise UnreadableSheet("too_long", str(_MOST_LINES))
        yield number, [(cell.value, getattr(cell, "data_type", "n")) for cell in row]


def _header(rows: Iterator[tuple[int, list[Cell]]]) -> dict[int, str]:
    """The columns by place, once the header row has been passed; empty if there is none near the top."""
    for number, row in rows:
        headers = [_text(cell) for cell in row]
        if columns := columns_of(headers):
            _refuse_doubles(columns, headers)
            return columns
        if number >= _HEADER_WITHIN:
            break
    return {}


def _refuse_doubles(columns: dict[int, str], headers: list[str]) -> None:
    fields = list(columns.values())
    doubled = [headers[place] for place, field in columns.items() if fields.count(field) > 1]
    if doubled:
        raise UnreadableSheet("two_columns", ", ".join(f"“{header}”" for header in doubled))


def _read_below(rows: Iterator[tuple[int, list[Cell]]], columns: dict[int, str], step: Callable[[], object]) -> Sheet:
    lines: list[UnitLine] = []
    faults: list[Fault] = []
    sums = 0
    for number, row in rows:
        step()
        said = [text for text in map(_text, row) if text]
        if not said or all(map(_COLUMN_NUMBER.fullmatch, said)):
            continue
        if any(_SUMS.fullmatch(fold(text)) for text in said[:2]):
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
        except _BadCell as bad:
            return Fault(number, bad.why, bad.said, column)
    if not read.get("name"):
        return Fault(number, "no_name")
    return UnitLine(number, looks_like=kind_of_name(read["name"]), **read)


def _read_cell(column: str, cell: Cell) -> object:
    """What a cell says in that column; None when it says nothing. Raises _BadCell."""
    value, kind = cell
    if kind == "f":
        raise _BadCell("formula")
    if kind == "e":
        raise _BadCell("error_value", str(value)[:20])
    return _count(cell) if column in TOTALS else _words(column, _short(cell))


def _text(cell: Cell) -> str:
    value = cell[0]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else clean(str(value)[:4000], compatible=True)


def _short(cell: Cell) -> str:
    try:
        return clean(str(_text(cell)), most=MOST_LETTERS)
    except TooLong as long:
        raise _BadCell("too_long", str(long.got)) from None


def _words(column: str, said: str) -> str | None:
    if has_foreign_letters(said):
        raise _BadCell("foreign_letters", said)
    if not said or (column != "name" and fold(said) in _UNSAID):
        return None
    if column == "kind":
        kind = kind_of_word(said)
        if kind is None:
            raise _BadCell("unknown_kind", said)
        return kind
    if column == "name" and not fold(said):
        raise _BadCell("no_name")
    return title_name(said) if column == "head_name" else said


def _count(cell: Cell) -> int | None:
    """A count of 0 or more: 120, 120.0, "1.234", "1 234"; None for an empty or dashed cell."""
    value, _ = cell
    if isinstance(value, bool):
        raise _BadCell("no_count", str(value))
    said = _text(cell)
    if said.casefold() in _UNSAID or fold(said) in _UNSAID:
        return None
    if said.startswith(("-", "−", "–")) and said[1:].strip().isdigit():
        raise _BadCell("negative", said)
    if (isinstance(value, float) and not value.is_integer()) or not _GROUPED.fullmatch(said):
        raise _BadCell("no_count", said[:40])
    count = int(re.sub(r"[. ]", "", said))
    if count > _MOST_COUNT:
        raise _BadCell("too_many", said[:40])
    return count
