"""Papers in Excel: titles, a frozen header with filters, and cells that are text or numbers but never a formula."""

import math
from collections.abc import Callable, Sequence
from datetime import date
from types import TracebackType
from typing import Any, BinaryIO

import xlsxwriter

from papers.cells import cell, printable
from papers.order import Order
from papers.spool import spool
from texts import papers as texts

_FONT = {"font_name": "Times New Roman", "font_size": 13, "valign": "vcenter"}
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
Step = Callable[[], None]
LINE = 17.5  # points a line of 13-point text needs
_MOST_LINES = 20
COUNT = r"[>=1000000]#\.###\.##0;[>=1000]#\.##0;0"  # 1.234 whatever the reader's own system writes thousands with
_LETTERS = 0.94  # of our letters fit where a column's width says 1: so many zeros of Excel's own font


class Book:
    """One sheet written from top to bottom, each row gone from memory when the next begins (with `long`)."""

    def __init__(self, out: BinaryIO, order: Order, *, sheet: str, landscape: bool, long: bool) -> None:
        self.book = xlsxwriter.Workbook(out, _SAFE | spool(long=long))
        self.sheet = self.book.add_worksheet(sheet)
        self.sheet.set_default_row(LINE)
        self._print(landscape)
        self._wide: list[int] = []
        who = cell(order.who)[:200]
        about = {"title": texts.FORMS[order.form], "author": who, "comments": texts.made_by(who)}
        self.book.set_properties(about | {"created": order.now.replace(tzinfo=None)})
        self.row = 0
        wrap = {"text_wrap": True, "border": 1}
        self.head = self.format(wrap, bold=True, align="center")
        self.text = self.format(wrap, num_format="@")
        self.centred = self.format(wrap, align="center", num_format="@")
        self.count = self.format(wrap, align="center", num_format=COUNT)
        self.day = self.format(wrap, align="center", num_format="dd/mm/yyyy")

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.book.close()

    def format(self, *parts: dict[str, Any], **more: Any) -> Any:
        merged: dict[str, Any] = dict(_FONT)
        for part in parts:
            merged |= part
        return self.book.add_format(merged | more)

    def _print(self, landscape: bool) -> None:
        """A4 with the decree's margins (inches), as wide as one page, numbered on top."""
        sheet = self.sheet
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=1.18, right=0.79, top=0.79, bottom=0.79)
        sheet.fit_to_pages(1, 0)
        sheet.set_header('&C&"Times New Roman,Regular"&13&P', {"margin": 0.4})

    def widths(self, *letters: int) -> None:
        self._wide = list(letters)
        for place, width in enumerate(letters):
            self.sheet.set_column(place, place, width)

    def hidden(self, place: int) -> None:
        """A column for us alone: it goes along when rows are sorted, and nobody need look at it."""
        self.sheet.set_column(place, place, 16, None, {"hidden": True})

    def title(self, *lines: tuple[str, dict[str, Any]]) -> None:
        """Lines over the table, centred across its columns without merging: rows stay whole for filters."""
        for text, look in lines:
            across = self.format(look, align="center_across")
            self.sheet.write_string(self.row, 0, cell(text), across)
            for place in range(1, len(self._wide)):
                self.sheet.write_blank(self.row, place, None, across)
            self.row += 1
        self.row += 1

    def paragraphs(self, *lines: tuple[str, dict[str, Any]]) -> None:
        """Lines over the whole width, wrapped, each row as high as its text needs."""
        for text, look in lines:
            self.across(0, len(self._wide) - 1, text, self.format({"text_wrap": True}, look))
            self.high([(text, sum(self._wide))])
            self.row += 1

    def across(self, first: int, last: int, text: str, look: Any) -> None:
        self.sheet.merge_range(self.row, first, self.row, last, "", look)
        self.sheet.write_string(self.row, first, printable(text), look)

    def high(self, texts: Sequence[tuple[str, float]]) -> None:
        """Make the row as high as the longest of these texts needs in a column of that width; never less than a line.

        Excel would find the height by itself, other programs do not.
        """
        lines = max((_lines(text, wide) for text, wide in texts), default=1)
        if lines > 1:
            self.sheet.set_row(self.row, LINE * min(lines, _MOST_LINES))

    def header(self, heads: Sequence[str]) -> None:
        for place, text in enumerate(heads):
            self.sheet.write_string(self.row, place, printable(text), self.head)
        self.high(list(zip(heads, (0.85 * wide for wide in self._wide), strict=False)))
        self.sheet.freeze_panes(self.row + 1, 0)
        self.sheet.repeat_rows(self.row)
        self.first, self.columns = self.row, len(heads)
        self.row += 1

    def line(self, *values: str | int | date | None) -> None:
        """One row; text is text whatever it begins with, also a phone."""
        for place, value in enumerate(values):
            self.put(place, value)
        self.high([(value, wide) for value, wide in zip(values, self._wide, strict=False) if isinstance(value, str)])
        self.row += 1

    def put(self, place: int, value: str | int | date | None, look: Any = None) -> None:
        if isinstance(value, int):
            self.sheet.write_number(self.row, place, value, look or self.count)
        elif isinstance(value, date):
            self.sheet.write_datetime(self.row, place, value, look or self.day)
        elif value:
            self.sheet.write_string(self.row, place, printable(value), look or self.text)
        else:
            self.sheet.write_blank(self.row, place, None, look or self.text)

    def filters(self) -> None:
        """Over the header and every row written so far."""
        self.sheet.autofilter(self.first, 0, max(self.row - 1, self.first), self.columns - 1)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:L{self.row + 1}"})


def _lines(text: str, wide: float) -> int:
    """How many lines a text takes in a column of that width."""
    letters = wide * _LETTERS
    if len(text) <= letters and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(len(part) / letters)) for part in text.split("\n"))
