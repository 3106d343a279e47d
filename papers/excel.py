"""The papers as .xlsx: Phụ lục 01, DANH SÁCH, the register and the list for the police, the long ones row by row."""

from collections.abc import AsyncIterator
from typing import Any, BinaryIO

from sqlmodel.ext.asyncio.session import AsyncSession

from papers.cells import cell
from papers.content import Letter
from papers.order import Order
from papers.people_list import Row
from papers.summary import Line
from papers.workbook import COUNT, LINE, Book, Step
from rules.plan import Plan
from storage import houses, units
from storage.register_rows import mark, shown
from texts import papers as texts

NO_VNEID = "no_vneid2"
_BOLD: dict[str, Any] = {"bold": True}
_ITALIC: dict[str, Any] = {"italic": True}
_BIG: dict[str, Any] = {"bold": True, "font_size": 14}
_SUMMARY = (6, 22, 11, 12, 12, 34)


def phu_luc_01(letter: Letter, order: Order, out: BinaryIO) -> None:
    """The same letter as in Word: letterhead, two-row header, rows, sum, signer."""
    with Book(out, order, sheet="Phụ lục 01", landscape=False, long=False) as book:
        book.widths(*_SUMMARY)
        _letterhead(book, letter)
        _two_row_header(book)
        for number, row in enumerate(letter.rows, 1):
            _summary_line(book, number, row)
        book.filters()
        _summary_line(book, None, letter.whole, bold=True)
        book.paragraphs((letter.closing, {}))
        book.row += 1
        _signature(book, letter)


def _letterhead(book: Book, letter: Letter) -> None:
    centre: dict[str, Any] = {"align": "center", "valign": "top", "text_wrap": True}
    above: list[tuple[str, dict[str, Any]]] = [(line, {}) for line in letter.above.split("\n")]
    left_side = [*above, (letter.sender, _BOLD), (letter.number, {}), (letter.abstract, {"font_size": 12})]
    motto, dated = (texts.MOTTO, _BIG | {"underline": 1}), (letter.dated, _ITALIC | {"font_size": 14})
    blank: list[tuple[str, dict[str, Any]]] = [("", {})] * (len(above) - 1)
    right_side = [(texts.NATION, _BOLD), motto, *blank, dated, ("", {})]
    for (left, left_look), (right, right_look) in zip(left_side, right_side, strict=True):
        book.across(0, 2, left, book.format(centre, left_look))
        book.across(3, 5, right, book.format(centre, right_look))
        book.high([(left, 0.85 * sum(_SUMMARY[:3])), (right, 1.2 * sum(_SUMMARY[3:]))])
        book.row += 1
    justified = {"align": "justify"}
    book.paragraphs((f"Kính gửi: {letter.to}", centre | {"font_size": 14}))
    book.paragraphs(*((basis, _ITALIC | justified) for basis in letter.bases), (letter.opening, justified))
    book.paragraphs((letter.counted, _ITALIC | {"align": "right"}))


def _two_row_header(book: Book) -> None:
    top, sheet = book.row, book.sheet
    stt, name, counts, why = texts.HEADS
    for place, text in ((0, stt), (1, name), (5, why)):
        sheet.merge_range(top, place, top + 1, place, text, book.head)
    sheet.merge_range(top, 2, top, 4, counts, book.head)
    for place, text in enumerate(texts.COUNTS, 2):
        sheet.write_string(top + 1, place, text, book.head)
    sheet.set_row(top + 1, 2 * LINE)
    sheet.freeze_panes(top + 2, 0)
    sheet.repeat_rows(top, top + 1)
    book.first, book.columns, book.row = top + 1, 6, top + 2


def _summary_line(book: Book, number: int | None, row: Line, *, bold: bool = False) -> None:
    look = {"border": 1, "text_wrap": True, "bold": bold}
    text, count = book.format(look, num_format="@"), book.format(look, align="center", num_format=COUNT)
    book.put(0, number if number else "", count)
    book.put(1, row.name, text)
    book.put(2, row.total_said if row.total is None else row.total, count)
    book.put(3, row.done_said if row.done is None else row.done, count)
    book.put(4, row.left_said if row.left is None else row.left, count)
    book.put(5, row.why, text)
    said = (row.name, row.total_said, row.done_said, row.left_said, row.why)
    book.high(list(zip(said, (wide * (0.9 if bold else 1) for wide in _SUMMARY[1:]), strict=True)))
    book.row += 1


def _signature(book: Book, letter: Letter) -> None:
    """Nơi nhận on the left, who signs on the right, as in Word."""
    small: dict[str, Any] = {"font_size": 11}
    receivers = [(texts.RECEIVERS, {"bold": True, "italic": True, "font_size": 12})]
    left_side = [*receivers, *((line, small) for line in texts.COPIES), *[("", small)] * 2]
    right_side = [(letter.signer, _BIG), (letter.signs_how, _ITALIC), ("", {}), ("", {}), (letter.signed_by, _BIG)]
    for (left, left_look), (right, right_look) in zip(left_side, right_side, strict=True):
        book.across(0, 2, left, book.format(left_look))
        book.across(3, 5, right, book.format(right_look, align="center"))
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
        book.paragraphs((texts.NOTE, _BOLD), *((note, {}) for note in texts.notes(plan)))
    return count


async def register(session: AsyncSession, plan: Plan, order: Order, out: BinaryIO, step: Step) -> int:
    """Every known house of the unit and below, in its present state; returns how many."""
    with Book(out, order, sheet="Sổ theo dõi", landscape=True, long=True) as book:
        book.widths(7, 18, 16, 22, 14, 31, 22, 10, 13, 13, 13)
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
