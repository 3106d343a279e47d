"""Rows copied from a table whose first line names its columns: each becomes a line as people say it."""

import re

from rules.grammar.sheets import LETTERS
from rules.spelling import clean, fold

_CELLS = re.compile(r"\t|\s*\|\s*")
_KINDS = {
    "house": "so nha|nha|nha so|ho|sn|dia chi|so",
    "name": "ho ten|ho va ten|ten|chu ho|ten chu ho|ho ten chu ho",
    "outcome": "ket qua|kq|tinh trang|trang thai|ghi nhan|cai dat",
    "count": "so nguoi|nguoi|sl|so luong|so may|so nguoi cai",
    "phone": "sdt|dien thoai|so dien thoai|dt|so dt",
    "unit": "to|thon|don vi|to dan pho|tdp",
    "day": "ngay",
    "note": "ghi chu|ly do",
    "": "stt|tt|s tt",
}
_KIND_OF = {label: kind for kind, labels in _KINDS.items() for label in labels.split("|")}
_ORDER = ("day", "unit", "house", "name", "phone", "outcome", "count", "note")
_FEWEST = 2


def as_lines(rows: list[str]) -> list[str]:
    """The lines of a message, those below a row of column names said as sentences; all others as they are."""
    columns: list[str] | None = None
    said = []
    for row in rows:
        cells = [clean(cell[:400]) for cell in _CELLS.split(row.strip(" |"))]
        named = _columns(cells)
        said.append(_sentence(cells, columns) if columns and not named and len(cells) >= _FEWEST else row)
        columns = named or (columns if len(cells) >= _FEWEST else None)
    return said


def _columns(cells: list[str]) -> list[str] | None:
    kinds = [_KIND_OF.get(fold(cell)) for cell in cells]
    known = {kind for kind in kinds if kind}
    is_table = len(cells) >= _FEWEST and "outcome" in known and known & {"house", "name"}
    return [kind or "" for kind in kinds] if is_table else None


def _sentence(cells: list[str], columns: list[str]) -> str:
    told = {kind: cell for kind, cell in zip(columns, cells, strict=False) if kind and cell}
    outcome = told.get("outcome", "")
    told["outcome"] = LETTERS.get(outcome.lower(), outcome)
    for kind, word in (("house", "nhà"), ("unit", "tổ")):
        if told.get(kind, "")[:1].isdigit():
            told[kind] = f"{word} {told[kind]}"
    if told.get("count", "").isdigit():
        told["count"] += " người"
    return ", ".join(told[kind] for kind in _ORDER if told.get(kind))
