"""One door to every paper: an order in, the file out, and how many rows it has."""

from typing import BinaryIO

from sqlmodel.ext.asyncio.session import AsyncSession

from papers import excel, people_list, report, word
from papers.content import letter
from papers.order import NotInExcel, NotInWord, Order, TooLongForWord, kinds
from papers.workbook import Step
from rules.plan import Plan


def _no_step() -> None:
    """Nobody watches."""


async def write(session: AsyncSession, plan: Plan, order: Order, out: BinaryIO, step: Step = _no_step) -> int:
    """Write the paper; `step` is called for each row of the long ones.

    Raises TooLongForWord, NotInWord, NotInExcel, and NoReport for a báo cáo that the plan does not order.
    """
    if order.kind not in kinds(order.form):
        raise NotInWord if order.kind == "docx" else NotInExcel
    if order.form == "phu-luc-01":
        return await _phu_luc_01(session, plan, order, out)
    if order.form == "cong-an":
        return await excel.for_police(session, plan, order, out, step)
    if order.form == "bao-cao":
        content = await report.letter(session, plan, order)
        out.write(word.bao_cao(content, order))
        return sum(len(section.rows) for section in content.sections)
    if order.form == "register":
        return await excel.register(session, plan, order, out, step)
    if order.kind == "xlsx":
        return await excel.danh_sach(plan, people_list.rows(session, plan, order), order, out, step)
    return await _danh_sach_in_word(session, plan, order, out, step)


async def _phu_luc_01(session: AsyncSession, plan: Plan, order: Order, out: BinaryIO) -> int:
    content = await letter(session, plan, order)
    if order.kind == "xlsx":
        excel.phu_luc_01(content, order, out)
    else:
        out.write(word.phu_luc_01(content, order))
    return len(content.rows)


async def _danh_sach_in_word(session: AsyncSession, plan: Plan, order: Order, out: BinaryIO, step: Step) -> int:
    rows: list[people_list.Row] = []
    async for row in people_list.rows(session, plan, order):
        rows.append(row)
        step()
        if len(rows) > word.MOST_ROWS:
            raise TooLongForWord(word.MOST_ROWS)
    out.write(word.danh_sach(plan, rows, order))
    return len(rows)
