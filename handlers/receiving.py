"""A spreadsheet sent in chat: noted → (fetched and read outside) → what would change → written, or left.

A head sends the own unit's household list, an officer or operator any unit's, or the list of units; all of them the
register they were given, with what they edited in it.
"""

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import paper_line, sheet_changes
from handlers.free_text import FreeText
from handlers.sheet_desk import MAY, AtDesk, Desk, desk_of, number_of, reach_of, unit_of
from handlers.sifting import Sifted
from papers.received_sheet import BIGGEST, MOST_LINES, REGISTER, UNITS
from rules.plan import Plan
from rules.refusals import NotFound
from rules.reply import Choice, Reply, rows
from rules.roles import Role
from rules.spelling import clean, fold
from storage import received, units
from storage.tables import Chat, Person, Unit
from storage.units import scope_of
from texts import house_import as house_texts
from texts import receiving as texts

_MOST_NAMED = 8
_OUT = (Choice("Huỷ", "w|huỷ"),)


class Receiving(StatesGroup):
    unit = State()


class Sheet(Sifted):
    """A file from somebody whose lists we take, on the messenger that carries files."""

    async def __call__(self, message: Message, me: Person | None, chat: Chat) -> bool:
        is_file = message.document is not None and message.animation is None
        return is_file and me is not None and Role(me.role) in MAY and chat.platform == "telegram"


async def sent(message: Message, session: AsyncSession, chat: Chat, me: Person, now: datetime, source: str) -> Reply:
    """Note it; it is fetched and read after the commit."""
    file = message.document
    name = clean((file.file_name if file else "") or "", most=1000)
    if file is None or not name.lower().endswith(".xlsx"):
        return Reply(texts.ONLY_XLSX)
    if (file.file_size or 0) > BIGGEST:
        return Reply(texts.TOO_BIG)
    about = {"file_id": file.file_id, "name": name[:80], "caption": clean(message.caption or "", most=4096)}
    await received.keep(session, me, bot_key=chat.bot_key, chat_key=chat.key, about=about, now=now, source=source)
    return Reply(texts.READING)


async def read(_: CallbackQuery, desk: Desk | None) -> Reply:
    """The file is here and read."""
    if desk is None:
        return Reply(texts.GONE)
    name = (desk.file.about or {}).get("name", "")
    if desk.file.status == received.UNREADABLE:
        await received.let_go(desk.session, desk.file)
        why, said = desk.content["why"], desk.content["said"]
        return Reply(texts.LOST if why == "lost" else house_texts.unreadable(f"“{name}”", why, said))
    if len(desk.content["lines"]) > MOST_LINES:
        await received.let_go(desk.session, desk.file)
        return Reply(texts.too_many(MOST_LINES))
    if desk.content["list"] == UNITS:
        return await _units_read(desk)
    if desk.content["list"] == REGISTER:
        return await _report(desk, None)
    caption = fold((desk.file.about or {}).get("caption", ""))
    reach = await reach_of(desk)
    found = reach if len(reach) == 1 else paper_line.called(reach, caption)
    return await _report(desk, found[0]) if len(found) == 1 else await _ask_unit(desk, found or reach)


async def _ask_unit(desk: Desk, among: list[Unit]) -> Reply:
    await desk.state.set_state(Receiving.unit)
    await desk.state.set_data({"file": desk.file.id})
    named = [Choice(unit.name, f"fu|{desk.file.id}.{unit.id}") for unit in among[:_MOST_NAMED]]
    return Reply(texts.WHICH_UNIT, (*rows(named), _OUT))


async def unit_tapped(_: CallbackQuery, desk: Desk | None, more: str) -> Reply:
    if desk is None:
        return Reply(texts.GONE)
    return await _report(desk, await unit_of(desk, number_of(more)))


async def unit_typed(
    _: Message, text: str, session: AsyncSession, state: FSMContext, me: Person, plan: Plan, now: datetime, source: str
) -> Reply:
    desk = await desk_of(session, state, me, plan, now, source, (await state.get_data()).get("file", 0))
    if desk is None:
        await state.clear()
        return Reply(texts.GONE)
    found = paper_line.called(await reach_of(desk), fold(clean(text, most=200)))
    if not found:
        raise NotFound("unit")
    return await _report(desk, found[0]) if len(found) == 1 else await _ask_unit(desk, found)


async def _units_read(desk: Desk) -> Reply:
    """The list of units is the whole campaign's: for those who serve all of it."""
    scope = await scope_of(desk.session, desk.me)
    whole = any(unit.parent_id is None for unit in await units.within(desk.session, scope))
    if Role(desk.me.role) is Role.HEAD or not whole:
        await received.let_go(desk.session, desk.file)
        return Reply(texts.UNITS_NOT_YOURS)
    return await _report(desk, None)


async def _report(desk: Desk, unit: Unit | None, before: str = "") -> Reply:
    """What would change, and the question whether it may."""
    await desk.state.clear()
    proposed = await sheet_changes.proposed_by(desk, unit)
    faults, can_write = sheet_changes.every_fault(desk, proposed), sheet_changes.changes_anything(proposed)
    lines = sheet_changes.in_words(desk, unit, proposed)
    said = "\n".join(filter(None, (before, texts.report(lines, len(faults), can_write=can_write))))
    if not can_write:
        await received.let_go(desk.session, desk.file)
        return Reply(said if desk.content["lines"] else f"{texts.EMPTY}\n{said}")
    desk.file.content = desk.content | {"unit_id": unit.id if unit else None, "print": sheet_changes.print_of(proposed)}
    desk.session.add(desk.file)
    write = Choice(texts.WRITE_GOOD if faults else texts.WRITE, f"fg|{desk.file.id}")
    return Reply(said, ((write, Choice(texts.LEAVE, f"ft|{desk.file.id}")),))


async def agreed(_: CallbackQuery, desk: Desk | None) -> Reply:
    if desk is None or "print" not in desk.content:
        return Reply(texts.GONE)
    number = desk.content["unit_id"]
    unit = await unit_of(desk, number) if number else None
    proposed = await sheet_changes.proposed_by(desk, unit)
    if sheet_changes.print_of(proposed) != desk.content["print"]:
        return await _report(desk, unit, texts.CHANGED_MEANWHILE)
    said = await sheet_changes.write(desk, unit, proposed)
    await received.let_go(desk.session, desk.file)
    return Reply(said, in_place=True)


async def left(_: CallbackQuery, desk: Desk | None) -> Reply:
    if desk is None:
        return Reply(texts.GONE)
    await received.let_go(desk.session, desk.file)
    return Reply(texts.LEFT, in_place=True)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(sent, Sheet())
    router.callback_query.register(read, AtDesk("fr"))
    router.callback_query.register(unit_tapped, AtDesk("fu"))
    router.callback_query.register(agreed, AtDesk("fg"))
    router.callback_query.register(left, AtDesk("ft"))
    router.message.register(unit_typed, StateFilter(Receiving.unit), FreeText())
    return router
