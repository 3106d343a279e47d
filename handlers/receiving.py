"""A spreadsheet sent in chat: noted → (fetched and read outside) → what would change → written, or left.

A head sends the own unit's household list, an officer or operator any unit's, or the list of units; all of them the
register they were given, with what they edited in it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import paper_line
from handlers.free_text import FreeText
from handlers.sifting import Sifted
from handlers.words import Tapped
from papers import received_sheet
from papers.received_sheet import BIGGEST, MOST_LINES, REGISTER, UNITS
from rules.clock import day_in_vietnam
from rules.plan import Plan
from rules.refusals import NotFound
from rules.reply import Choice, Reply, rows
from rules.roles import Role
from rules.spelling import clean, fold
from storage import house_import, received, register, unit_import, units
from storage.house_import import HouseProposal
from storage.register import RegisterProposal
from storage.tables import Chat, FileReceived, Person, Unit
from storage.unit_import import Proposal
from storage.units import scope_of
from texts import house_import as house_texts
from texts import receiving as texts
from texts import register as register_texts
from texts import unit_import as unit_texts

_MAY = (Role.HEAD, Role.OFFICER, Role.OPERATOR)
_MOST_NAMED = 8
_OUT = (Choice("Huỷ", "w|huỷ"),)


class Receiving(StatesGroup):
    unit = State()


class Sheet(Sifted):
    """A file from somebody whose lists we take, on the messenger that carries files."""

    async def __call__(self, message: Message, me: Person | None, chat: Chat) -> bool:
        is_file = message.document is not None and message.animation is None
        return is_file and me is not None and Role(me.role) in _MAY and chat.platform == "telegram"


@dataclass(frozen=True, slots=True)
class Desk:
    """What every step here needs at hand, with the file it is about."""

    session: AsyncSession
    state: FSMContext
    me: Person
    plan: Plan
    now: datetime
    source: str
    file: FileReceived
    content: dict[str, Any]


class AtDesk(Sifted):
    """A button `kind|file[.more]` of one's own file that waits to be agreed to: hands over `desk` and `more`."""

    deaf_to = frozenset()

    def __init__(self, kind: str) -> None:
        self.kind, self._tapped = kind, Tapped(kind, card=False)

    async def __call__(
        self, query: CallbackQuery, session: AsyncSession, state: FSMContext, chat: Chat, me: Person | None, plan: Plan,
        now: datetime, source: str,
    ) -> bool | dict[str, Any]:  # fmt: skip
        found = await self._tapped(query, chat)
        if me is None or not isinstance(found, dict):
            return False
        number, _, more = found["value"].partition(".")
        return {"desk": await _desk(session, state, me, plan, now, source, _number(number)), "more": more}


async def _desk(
    session: AsyncSession, state: FSMContext, me: Person, plan: Plan, now: datetime, source: str, number: int
) -> Desk | None:
    file = await received.own(session, me, number, now) if Role(me.role) in _MAY else None
    if file is None or file.content is None:
        return None
    return Desk(session, state, me, plan, now, source, file, file.content)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


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
    reach = await _reach(desk)
    found = reach if len(reach) == 1 else paper_line.called(reach, caption)
    return await _report(desk, found[0]) if len(found) == 1 else await _ask_unit(desk, found or reach)


async def _reach(desk: Desk) -> list[Unit]:
    """Whose households this person may write down: a head the own unit's, the others any in their scope."""
    if Role(desk.me.role) is Role.HEAD:
        return [await desk.session.get_one(Unit, desk.me.unit_id)]
    found = await units.within(desk.session, await scope_of(desk.session, desk.me))
    above = {unit.parent_id for unit in found}
    return [unit for unit in found if unit.id not in above]


async def _ask_unit(desk: Desk, among: list[Unit]) -> Reply:
    await desk.state.set_state(Receiving.unit)
    await desk.state.set_data({"file": desk.file.id})
    named = [Choice(unit.name, f"fu|{desk.file.id}.{unit.id}") for unit in among[:_MOST_NAMED]]
    return Reply(texts.WHICH_UNIT, (*rows(named), _OUT))


async def unit_tapped(_: CallbackQuery, desk: Desk | None, more: str) -> Reply:
    if desk is None:
        return Reply(texts.GONE)
    return await _report(desk, await _unit(desk, _number(more)))


async def _unit(desk: Desk, number: int) -> Unit:
    unit = next((unit for unit in await _reach(desk) if unit.id == number), None)
    if unit is None:
        raise NotFound("unit")
    return unit


async def unit_typed(
    _: Message, text: str, session: AsyncSession, state: FSMContext, me: Person, plan: Plan, now: datetime, source: str
) -> Reply:
    desk = await _desk(session, state, me, plan, now, source, (await state.get_data()).get("file", 0))
    if desk is None:
        await state.clear()
        return Reply(texts.GONE)
    found = paper_line.called(await _reach(desk), fold(clean(text, most=200)))
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


Proposed = HouseProposal | Proposal | RegisterProposal


async def _proposed(desk: Desk, unit: Unit | None) -> Proposed:
    if desk.content["list"] == REGISTER:
        lines, scope = received_sheet.register_lines(desk.content), await scope_of(desk.session, desk.me)
        return await register.propose(desk.session, desk.plan, scope, lines, day_in_vietnam(desk.now))
    if unit is None:
        return await unit_import.propose(desk.session, desk.plan, received_sheet.unit_lines(desk.content))
    return await house_import.propose(desk.session, unit, received_sheet.house_lines(desk.content))


def _print(proposed: Proposed) -> str:
    """By which we see that what was agreed to is still what would be done."""
    return sha256(repr(proposed).encode("utf-8", "replace")).hexdigest()[:16]


async def _report(desk: Desk, unit: Unit | None, before: str = "") -> Reply:
    """What would change, and the question whether it may."""
    await desk.state.clear()
    proposed = await _proposed(desk, unit)
    every = sorted([*received_sheet.faults(desk.content), *proposed.faults], key=lambda fault: fault.number)
    passed, can_write = desk.content["passed_over"], _changes_anything(proposed)
    if isinstance(proposed, RegisterProposal):
        lines = register_texts.proposal(desk.plan, proposed, names=False)
    elif isinstance(proposed, Proposal):
        lines = unit_texts.proposal(replace(proposed, faults=every), passed)
    else:
        lines = house_texts.proposal(unit.name if unit else "", replace(proposed, faults=every), passed)
    said = "\n".join(filter(None, (before, texts.report(lines, len(every), can_write=can_write))))
    if not can_write:
        await received.let_go(desk.session, desk.file)
        return Reply(said if desk.content["lines"] else f"{texts.EMPTY}\n{said}")
    desk.file.content = desk.content | {"unit_id": unit.id if unit else None, "print": _print(proposed)}
    desk.session.add(desk.file)
    write = Choice(texts.WRITE_GOOD if every else texts.WRITE, f"fg|{desk.file.id}")
    return Reply(said, ((write, Choice(texts.LEAVE, f"ft|{desk.file.id}")),))


def _changes_anything(proposed: Proposed) -> bool:
    if isinstance(proposed, RegisterProposal):
        return bool(proposed.changes)
    return bool(proposed.new or proposed.changed)


async def agreed(_: CallbackQuery, desk: Desk | None) -> Reply:
    if desk is None or "print" not in desk.content:
        return Reply(texts.GONE)
    number = desk.content["unit_id"]
    unit = await _unit(desk, number) if number else None
    proposed = await _proposed(desk, unit)
    if _print(proposed) != desk.content["print"]:
        return await _report(desk, unit, texts.CHANGED_MEANWHILE)
    skipped = len(desk.content["faults"]) + len(proposed.faults)
    said = await _written(desk, unit, proposed, skipped)
    await received.let_go(desk.session, desk.file)
    return Reply(said, in_place=True)


async def _written(desk: Desk, unit: Unit | None, proposed: Proposed, skipped: int) -> str:
    if isinstance(proposed, RegisterProposal):
        return await _register_written(desk, proposed)
    by: dict[str, Any] = {"now": desk.now, "by": desk.me, "source": desk.source}
    if isinstance(proposed, Proposal):
        lines = received_sheet.unit_lines(desk.content)
        await unit_import.apply(desk.session, desk.plan, lines, proposed, **by)
        return unit_texts.imported(proposed, skipped)
    assert unit is not None, "households are a unit's"  # noqa: S101
    await house_import.apply(desk.session, unit, received_sheet.house_lines(desk.content), proposed, **by)
    return f"{unit.name}: {house_texts.imported(proposed, skipped)}"


async def _register_written(desk: Desk, proposed: RegisterProposal) -> str:
    lines, scope = received_sheet.register_lines(desk.content), await scope_of(desk.session, desk.me)
    about: dict[str, Any] = {"file": (desk.file.about or {}).get("name", ""), "who": desk.me.name or ""}
    day = day_in_vietnam(desk.now)
    await register.apply(
        desk.session, desk.plan, scope, lines, proposed, desk.me, now=desk.now, today=day, source=desk.source, **about
    )
    return register_texts.imported(proposed, register_texts.BACK_IN_CHAT)


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
