"""The papers as .xlsx: Phụ lục 01, DANH SÁCH, the register and the list for the police, the long ones row by row."""

from collections.abc import AsyncIterator
from typing import Any, BinaryIO

from sqlmodel.ext.asyncio.session import AsyncSession

from papers.cells import cell
from papers.content import Letter
from papers.order import Order
from papers.people_list import Row
from papers.summary import Line
from papers.workbook import Book, Step
from rules.plan import Plan
from storage import houses, units
from storage.register_rows import mark, shown
from texts import papers as texts

NO_VNEID = "no_vneid2"
_BOLD: dict[str, Any] = {"bold": True}
_ITALIC: dict[str, Any] = {"italic": True}
_BIG: dict[str, Any] = {"bold": True, "font_size": 14}


def phu_luc_01(letter: Letter, order: Order, out: BinaryIO) -> None:
    """The same letter as in Word: letterhead, two-row header, rows, sum, signer."""
    with Book(out, order, sheet="Phụ lục 01", landscape=False, long=False) as book:
        book.widths(6, 28, 11, 12, 13, 46)
        _letterhead(book, letter)
        _two_row_header(book)
        for number, row in enumerate(letter.rows, 1):
            _summary_line(book, number, row)
        book.filters()
        _summary_line(book, None, letter.whole, bold=True)
        book.row += 1
        book.title((letter.closing, {}))
        _signature(book, letter)


def _letterhead(book: Book, letter: Letter) -> None:
    centre: dict[str, Any] = {"align": "center", "text_wrap": True}
    pairs: tuple[tuple[str, dict[str, Any], str, dict[str, Any]], ...] = (
        (letter.above, {}, texts.NATION, _BOLD),
        (letter.sender, _BOLD, texts.MOTTO, _BIG | {"underline": 1}),
        (letter.number, {}, letter.dated, _ITALIC | {"font_size": 14}),
        (letter.abstract, {"font_size": 12}, "", {}),
    )
    for left, left_look, right, right_look in pairs:
        book.sheet.merge_range(book.row, 0, book.row, 2, left, book.format(centre, left_look))
        book.sheet.merge_range(book.row, 3, book.row, 5, right, book.format(centre, right_look))
        book.sheet.set_row(book.row, 34)
        book.row += 1
    _across(book, f"Kính gửi: {letter.to}", centre | {"font_size": 14})
    for basis in letter.bases:
        _across(book, basis, _ITALIC | {"text_wrap": True}, letters=95)
    _across(book, letter.opening, {"text_wrap": True}, letters=95)
    _across(book, letter.counted, _ITALIC | {"align": "right"})


def _across(book: Book, text: str, look: dict[str, Any], letters: int = 0) -> None:
    """A paragraph over the whole width, its row as high as its text needs."""
    book.sheet.merge_range(book.row, 0, book.row, 5, text, book.format(look))
    book.sheet.set_row(book.row, 18 * (1 + len(text) // letters if letters else 1))
    book.row += 1


def _two_row_header(book: Book) -> None:
    top, sheet = book.row, book.sheet
    stt, name, counts, why = texts.HEADS
    for place, text in ((0, stt), (1, name), (5, why)):
        sheet.merge_range(top, place, top + 1, place, text, book.head)
    sheet.merge_range(top, 2, top, 4, counts, book.head)
    for place, text in enumerate(texts.COUNTS, 2):
        sheet.write_string(top + 1, place, text, book.head)
    sheet.freeze_panes(top + 2, 0)
    sheet.repeat_rows(top, top + 1)
    book.first, book.columns, book.row = top + 1, 6, top + 2


def _summary_line(book: Book, number: int | None, row: Line, *, bold: bool = False) -> None:
    look = {"border": 1, "text_wrap": True, "bold": bold}
    text, count = book.format(look, num_format="@"), book.format(look, align="center", num_format="#,##0")
    book.put(0, number if number else "", count)
    book.put(1, row.name, text)
    book.put(2, row.total_said if row.total is None else row.total, count)
    book.put(3, row.done_said if row.done is None else row.done, count)
    book.put(4, row.left_said if row.left is None else row.left, count)
    book.put(5, row.why, text)
    book.row += 1


def _signature(book: Book, letter: Letter) -> None:
    for text, look in (
        (letter.signer, _BIG),
        (letter.signs_how, _ITALIC),
        ("", {}),
        ("", {}),
        (letter.signed_by, _BIG),
    ):
        book.sheet.merge_range(book.row, 3, book.row, 5, text, book.format(look, align="center"))
        book.row += 1


async def danh_sach(plan: Plan, rows: AsyncIterator[Row], order: Order, out: BinaryIO, step: Step) -> int:
    """The list, however long; returns how many stand on it."""
    with Book(out, order, sheet="Danh sách", landscape=True, long=True) as book:
        book.widths(7, 28, 16, 38, 48)
        book.title((texts.list_title(plan), _BIG), (texts.where(plan, cell(order.unit.name)), _ITALIC))
        book.header(texts.LIST_HEADS)
        count = 0
        async for row in rows:
            count += 1
            book.line(count, *row.cells)
            step()
        book.filters()
        book.row += 1
        book.title((texts.NOTE, _BOLD), *((note, {}) for note in texts.notes(plan)))
    return count


async def register(session: AsyncSession, plan: Plan, order: Order, out: BinaryIO, step: Step) -> int:
    """Every known house of the unit and below, in its present state; returns how many."""
    with Book(out, order, sheet="Sổ theo dõi", landscape=True, long=True) as book:
        book.widths(8, 22, 18, 26, 16, 34, 24, 12, 14, 14, 14)
        book.hidden(len(texts.REGISTER_HEADS))
        book.title((texts.register_title(plan), _BIG), (texts.where(plan, cell(order.unit.name)), _ITALIC))
        book.header((*texts.REGISTER_HEADS, texts.REGISTER_MARK))
        count = 0
        for unit in await units.within(session, await units.below(session, order.unit)):
            async for page in houses.in_pages(session, unit.id or 0):
                for house in page:
                    cells = shown(plan, house)
                    words = (cells[name] for name in ("label", "head_name", "phone", "address", "outcome"))
                    days = (house.visited_on, house.done_on, house.come_back_on)
                    installs = house.installs if house.outcome else None
                    same = mark(house.id, unit.name, cells)
                    book.line(str(house.id), cell(unit.name), *words, installs, *days, same)
                    count += 1
                    step()
        book.filters()
    return count


async def for_police(session: AsyncSession, plan: Plan, order: Order, out: BinaryIO, step: Step) -> int:
    """Only what the police need to make the appointment: who waits for a level-2 account, and where they live."""
    with Book(out, order, sheet="Chờ VNeID mức 2", landscape=True, long=True) as book:
        book.widths(7, 24, 22, 28, 16, 40, 14)
        book.title((texts.police_title(plan), _BIG), (texts.where(plan, cell(order.unit.name)), _ITALIC))
        book.header(texts.POLICE_HEADS)
        scope = await units.below(session, order.unit)
        names = {unit.id: unit.name for unit in await units.within(session, scope)}
        codes = sorted(plan.handed_codes | {NO_VNEID})
        waiting = [house for code in codes for house in await houses.with_outcome(session, scope, code)]
        for number, house in enumerate(waiting, 1):
            who = (house.head_name or "", house.phone or "", house.address or "")
            book.line(number, *map(cell, (names.get(house.unit_id, ""), house.label, *who)), house.visited_on)
            step()
        book.filters()
    return len(waiting)
