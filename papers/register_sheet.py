"""Reading the register back from Excel: our own columns in any order, found by their heads; formulas never count."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from papers.table import Cell, UnreadableSheet, below_header
from rules.spelling import clean, fold
from storage.register_reading import RegisterLine
from texts.papers import REGISTER_HEADS, REGISTER_MARK

__all__ = ["UnreadableSheet", "read"]

_FIELDS = ("id", "unit", "label", "head_name", "phone", "address", "outcome", "installs", "visited_on", "done_on",
           "come_back_on", "mark")  # fmt: skip
_BY_HEAD = dict(zip(map(fold, (*REGISTER_HEADS, REGISTER_MARK)), _FIELDS, strict=True))
_DAYS = frozenset(("visited_on", "done_on", "come_back_on"))
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MOST_LINES = 200_000
_MOST_LETTERS = 4000


def read(file: Path | BinaryIO, *, step: Callable[[], object] = lambda: None) -> list[RegisterLine]:
    """The rows of an edited register, numbered as the spreadsheet numbers them.

    Raises FileNotFoundError, UnreadableSheet.
    """
    lines = []
    with below_header(file, columns_of, most=_MOST_LINES) as (rows, columns):
        for number, row in rows:
            step()
            cells = {field: row[place] for place, field in columns.items() if place < len(row)}
            if any(_text(field, cell) for field, cell in cells.items()):
                lines.append(_line(number, cells, columns))
    return lines


def columns_of(headers: Sequence[str]) -> dict[int, str]:
    """Column number → field; empty where it is no header of a register: its ids and marks must be there."""
    named = {place: _BY_HEAD[fold(head)] for place, head in enumerate(headers) if fold(head) in _BY_HEAD}
    return named if {"id", "mark"} <= set(named.values()) else {}


def _line(number: int, cells: dict[str, Cell], columns: dict[int, str]) -> RegisterLine:
    said = {field: _text(field, cells[field]) if field in cells else "" for field in columns.values()}
    bad = {field: "formula" if kind == "f" else "error_value" for field, (_, kind) in cells.items() if kind in "fe"}
    number_said = said.pop("id")
    known = int(number_said) if number_said.isdecimal() and len(number_said) < 18 and "id" not in bad else 0
    return RegisterLine(number, known, number_said[:20], said.pop("unit", ""), said.pop("mark"), said, bad)


def _text(field: str, cell: Cell) -> str:
    """What a cell says: days as YYYY-MM-DD, whole numbers without a point, text on one clean line."""
    value: Any = cell[0]
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    said = "" if value is None else clean(str(value)[:_MOST_LETTERS], most=_MOST_LETTERS)
    return _iso(said) if field in _DAYS else said


def _iso(said: str) -> str:
    """A day typed as text, as people write it: 12/6/2026."""
    found = _DAY.fullmatch(said)
    return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else said
