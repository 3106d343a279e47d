"""A sheet as offices keep it: opened, its header found below the titles, its lines handed on without noise."""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from rules.spelling import clean, fold

_HEADER_WITHIN = 20
_MOST_LINES = 20_000
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Z])\)?")
_SUMS = re.compile(r"(tong( so| cong)?|cong)( (phuong|xa|toan|ca) .*)?|toan (phuong|xa|thanh pho)")

Cell = tuple[Any, str]  # what openpyxl read, and its type: "f" for a formula, "e" for an error
Rows = Iterator[tuple[int, list[Cell]]]
Columns = Callable[[list[str]], dict[int, str]]  # which column of a header row is what; empty when it is none


class UnreadableSheet(Exception):
    """The file is no list we can read. `why`: not_xlsx, no_header, two_columns, too_long; `said` names the columns."""

    def __init__(self, why: str, said: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.said = said


class BadCell(Exception):
    """A cell that cannot be used, and why."""

    def __init__(self, why: str, said: str = "") -> None:
        super().__init__(why)
        self.why, self.said = why, said


@contextmanager
def below_header(
    file: Path | BinaryIO, columns_of: Columns, *, most: int = _MOST_LINES
) -> Iterator[tuple[Rows, dict[int, str]]]:
    """The rows under the first header that `columns_of` knows, and its columns by place.

    Raises FileNotFoundError, UnreadableSheet. Rows are numbered as the spreadsheet numbers them.
    """
    try:
        book = load_workbook(file, read_only=True, data_only=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise UnreadableSheet("not_xlsx") from None
    try:
        yield _found(book, columns_of, most)
    finally:
        book.close()


def _found(book: Any, columns_of: Columns, most: int) -> tuple[Rows, dict[int, str]]:
    for sheet in book.worksheets:
        rows = _rows(sheet, most)
        if columns := _header(rows, columns_of):
            return rows, columns
    raise UnreadableSheet("no_header")


def _rows(sheet: Any, most: int) -> Iterator[tuple[int, list[Cell]]]:
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # some writers state a wrong size, and the rest would not be read
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > most:
            raise UnreadableSheet("too_long", str(most))
        yield number, [(cell.value, getattr(cell, "data_type", "n")) for cell in row]


def _header(rows: Rows, columns_of: Columns) -> dict[int, str]:
    """The columns by place, once the header row has been passed; empty if there is none near the top."""
    for number, row in rows:
        headers = [text_of(cell) for cell in row]
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


def is_noise(row: list[Cell]) -> bool:
    """An empty row, or the row of column numbers that forms carry under their header."""
    said = [text for text in map(text_of, row) if text]
    return not said or all(map(_COLUMN_NUMBER.fullmatch, said))


def is_sum(row: list[Cell]) -> bool:
    """A line that adds up the others: "Tổng cộng", "Toàn phường"."""
    return any(_SUMS.fullmatch(fold(text)) for text in [text for text in map(text_of, row) if text][:2])


def text_of(cell: Cell) -> str:
    """What a cell shows, on one clean line."""
    value = cell[0]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else clean(str(value)[:4000], compatible=True)
