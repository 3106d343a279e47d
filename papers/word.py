"""Papers in Word, from templates an office can edit; what people typed is only ever filled in, never evaluated."""

from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

from papers.cells import cell, printable
from papers.content import Letter
from papers.order import Form, Order
from papers.people_list import Row
from papers.report import ReportLetter
from papers.summary import Line
from rules.plan import Plan
from texts import papers as texts

TEMPLATES = Path(__file__).parent / "templates"
MOST_ROWS = 2000  # Word lays out a longer table slower than anybody waits


def phu_luc_01(letter: Letter, order: Order) -> bytes:
    filled = asdict(letter) | {"rows": [_said(row) for row in letter.rows], "whole": _said(letter.whole)}
    return _written("phu-luc-01", filled, order)


def bao_cao(letter: ReportLetter, order: Order) -> bytes:
    filled = asdict(letter)
    for section, one in zip(filled["sections"], letter.sections, strict=True):
        section |= {"rows": [_said(row) for row in one.rows], "whole": _said(one.whole)}
    return _written("bao-cao", filled, order)


def danh_sach(plan: Plan, rows: list[Row], order: Order) -> bytes:
    filled = {
        "title": texts.list_title(plan),
        "where": texts.where(plan, cell(order.unit.name)),
        "rows": [dict(zip(("name", "phone", "body", "address"), row.cells, strict=True)) for row in rows],
        "notes": texts.notes(plan),
    }
    return _written("danh-sach", filled, order)


def _said(row: Line) -> dict[str, str]:
    figures = {"total": row.total_said, "done": row.done_said, "left": row.left_said, "share": row.share_said}
    return figures | {"name": row.name, "why": row.why}


def _printable(value: Any) -> Any:
    """Every text in it fit for a paper, whoever wrote it: a plan's words as well as people's."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, list | tuple) else value


def _written(form: Form, filled: dict[str, Any], order: Order) -> bytes:
    paper: Any = DocxTemplate(TEMPLATES / f"{form}.docx")
    paper.render(_printable(filled), autoescape=True)
    about = paper.docx.core_properties
    about.author = about.last_modified_by = cell(order.who)[:255]
    about.title, about.comments = texts.FORMS[form], texts.made_by(cell(order.who))[:255]
    about.created = about.modified = order.now.replace(tzinfo=None)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()
