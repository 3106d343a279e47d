"""xuất: which paper → of which unit → for names, why → the file. A line that says all of it asks nothing."""

from dataclasses import replace
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers import paper_line
from handlers.free_text import FreeText
from handlers.paper_orders import AtDesk, Desk, Wanted, hand_out, has, number_of, offered, own_unit, reach_of, wanted_of
from handlers.sifting import NUMBER, Sifted
from handlers.words import Spoken, Tapped, Word, card_choice, fresh_card, need
from papers.order import FORMS, NAMES, kinds
from rules.refusals import NotFound, NotUnderstood
from rules.reply import Choice, Reply, rows
from rules.roles import Role, may
from rules.spelling import clean, fold
from storage import handouts, settings
from storage.tables import Person, Unit
from texts import exporting as texts
from texts.reporting import makers_of

UNITS_A_PAGE = 8
_OUT = (Choice("Huỷ", "w|huỷ"),)


class Exporting(StatesGroup):
    form = State()
    unit = State()
    reason = State()


class Asks(Sifted):
    """The word alone or with a paper behind it. "xuất khẩu lao động, nhà 12 vắng" is a line of whoever logs houses."""

    deaf_to = frozenset({NUMBER})

    async def __call__(self, message: Message, heard: Spoken, me: Person | None) -> bool | dict[str, Any]:
        if heard.word != "xuất" or me is None:
            return False
        is_paper = not heard.rest or paper_line.read(heard.rest, FORMS).form is not None
        return {"rest": heard.rest} if is_paper or not may(Role(me.role), "ghi") else False


async def asked(_: Message | CallbackQuery, rest: str, desk: Desk) -> Reply:
    role = need(desk.me, "xuất")
    await desk.state.clear()
    if desk.chat.platform == "zalo" and not await settings.get(desk.session, settings.PUBLIC_URL):
        return Reply(texts.NO_LINKS)
    if rest or role is Role.POLICE:
        return await _line_read(desk, rest, role)
    return await _ask_form(desk, texts.WHICH_FORM)


async def form_typed(_: Message, text: str, desk: Desk) -> Reply:
    return await _line_read(desk, text, need(desk.me, "xuất"))


async def _line_read(desk: Desk, said: str, role: Role) -> Reply:
    forms = offered(desk.plan, role, desk.me.unit)
    line = paper_line.read(said, forms)
    form = line.form or (forms[0] if len(forms) == 1 else None)
    if form is None:
        return await _ask_form(desk, texts.NO_SUCH_FORM)
    kind = line.kind if line.kind in kinds(form) else kinds(form)[0]
    wanted = Wanted(form, kind or kinds(form)[0], reason=line.reason[: texts.LONGEST_REASON])
    if not line.unit:
        return await _go_on(desk, replace(wanted, unit=await own_unit(desk)))
    return await _unit_said(desk, wanted, line.unit)


async def _ask_form(desk: Desk, words: str) -> Reply:
    forms, card = offered(desk.plan, Role(desk.me.role), desk.me.unit), fresh_card(desk.chat)
    if not forms:
        return Reply(texts.NO_FORMS)
    await desk.state.set_state(Exporting.form)
    pairs = [(form, kind, len(kinds(form)) > 1) for form in forms for kind in kinds(form)]
    named = [
        card_choice(texts.form_label(form, kind, several=several), "ef", f"{form}.{kind}", card)
        for form, kind, several in pairs
    ]
    return Reply(words, (*rows(named), _OUT))


async def form_tapped(_: CallbackQuery, value: str, desk: Desk) -> Reply:
    wanted = wanted_of(desk, value)
    if Role(desk.me.role) is Role.HEAD:
        return await _go_on(desk, replace(wanted, unit=await own_unit(desk)))
    return await _ask_unit(desk, wanted, in_place=True)


async def _ask_unit(
    desk: Desk, wanted: Wanted, among: list[Unit] | None = None, *, page: int = 1, in_place: bool = False
) -> Reply:
    found = among or [unit for unit in await reach_of(desk) if has(desk.plan, wanted.form, unit)]
    if len(found) == 1:
        return await _go_on(desk, replace(wanted, unit=found[0]))
    await _keep(desk, wanted, Exporting.unit)
    card, last = fresh_card(desk.chat), max(1, -(-len(found) // UNITS_A_PAGE))
    page, what = min(max(page, 1), last), f"{wanted.form}.{wanted.kind}"
    shown = found[(page - 1) * UNITS_A_PAGE : page * UNITS_A_PAGE]
    ids = {unit.parent_id for unit in found}
    labels = [texts.whole(unit.name) if unit.id in ids else unit.name for unit in shown]
    named = [card_choice(label, "eu", f"{what}.{unit.id}", card) for label, unit in zip(labels, shown, strict=True)]
    turns = ((page - 1, texts.PREVIOUS_PAGE), (page + 1, texts.NEXT_PAGE))
    turn = () if among else tuple(card_choice(to, "ep", f"{what}.{at}", card) for at, to in turns if 1 <= at <= last)
    said = texts.which_unit(wanted.form, page, last)
    return Reply(said, (*rows(named), *((turn,) if turn else ()), _OUT), in_place=in_place)


async def page_turned(_: CallbackQuery, value: str, desk: Desk) -> Reply:
    what, _dot, page = value.rpartition(".")
    return await _ask_unit(desk, wanted_of(desk, what), page=number_of(page), in_place=True)


async def unit_tapped(_: CallbackQuery, value: str, desk: Desk) -> Reply:
    what, _dot, number = value.rpartition(".")
    wanted = wanted_of(desk, what)
    unit = next((unit for unit in await reach_of(desk) if unit.id == number_of(number)), None)
    if unit is None:
        raise NotFound("unit")
    return await _go_on(desk, replace(wanted, unit=unit, reason=(await desk.state.get_data()).get("reason", "")))


async def unit_typed(_: Message, text: str, desk: Desk) -> Reply:
    data = await desk.state.get_data()
    wanted = replace(wanted_of(desk, data["what"]), reason=data.get("reason", ""))
    return await _unit_said(desk, wanted, fold(clean(text, most=200)))


async def _unit_said(desk: Desk, wanted: Wanted, said: str) -> Reply:
    reach = await reach_of(desk)
    if said in map(fold, texts.WHOLE_TYPED):
        return await _go_on(desk, replace(wanted, unit=reach[0]))
    found = paper_line.called(reach, said)
    if not found:
        raise NotFound("unit")
    return await _ask_unit(desk, wanted, found)


async def _keep(desk: Desk, wanted: Wanted, state: State) -> None:
    kept = {"what": f"{wanted.form}.{wanted.kind}", "reason": wanted.reason}
    await desk.state.set_state(state)
    await desk.state.set_data(kept | ({"unit": wanted.unit.id} if wanted.unit else {}))


async def _go_on(desk: Desk, wanted: Wanted) -> Reply:
    """Ask why, where an officer wants names; else the file."""
    unit = wanted.unit or await own_unit(desk)
    if not has(desk.plan, wanted.form, unit):
        return Reply(texts.no_report(unit.name, makers_of(desk.plan)), (_OUT,))
    needs_reason = wanted.form in NAMES and Role(desk.me.role) is Role.OFFICER
    if needs_reason and not _says_something(wanted.reason):
        await _keep(desk, replace(wanted, unit=unit), Exporting.reason)
        card = fresh_card(desk.chat)
        named = [card_choice(reason, "er", str(number), card) for number, reason in enumerate(texts.REASONS)]
        return Reply(texts.ask_reason(wanted.form, unit.name), (*rows(named), _OUT))
    await desk.state.clear()
    return await hand_out(desk, wanted, unit)


def _says_something(reason: str) -> bool:
    return sum(map(str.isalpha, reason)) >= 3


async def reason_tapped(_: CallbackQuery, value: str, desk: Desk) -> Reply:
    number = number_of(value)
    if number >= len(texts.REASONS):
        raise NotFound("reason")
    return await _reason_given(desk, texts.REASONS[number])


async def reason_typed(_: Message, text: str, desk: Desk) -> Reply:
    reason = clean(text, most=texts.LONGEST_REASON)
    if not _says_something(reason):
        raise NotUnderstood("reason", reason)
    return await _reason_given(desk, reason)


async def _reason_given(desk: Desk, reason: str) -> Reply:
    data = await desk.state.get_data()
    wanted = replace(wanted_of(desk, data.get("what", "")), reason=reason)
    unit = next((unit for unit in await reach_of(desk) if unit.id == data.get("unit")), None)
    if unit is None:
        raise NotFound("unit")
    return await _go_on(desk, replace(wanted, unit=unit))


async def other_kind_tapped(_: CallbackQuery, value: str, desk: Desk) -> Reply:
    """The same paper for Word or Excel, with the reason given for the first."""
    number, _dot, kind = value.partition(".")
    file = await handouts.own(desk.session, desk.me, number_of(number), desk.now)
    recipe = (file.recipe if file else None) or {}
    wanted = replace(wanted_of(desk, f"{recipe.get('form', '')}.{kind}"), reason=recipe.get("reason", ""))
    unit = next((unit for unit in await reach_of(desk) if unit.id == recipe.get("unit_id")), None)
    if unit is None:
        raise NotFound("unit")
    return await hand_out(desk, wanted, unit)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.filter(AtDesk())
    router.callback_query.filter(AtDesk())
    router.message.register(asked, Asks())
    router.callback_query.register(asked, Word("xuất"))
    router.callback_query.register(form_tapped, Tapped("ef"))
    router.callback_query.register(page_turned, Tapped("ep"))
    router.callback_query.register(unit_tapped, Tapped("eu"))
    router.callback_query.register(reason_tapped, Tapped("er"))
    router.callback_query.register(other_kind_tapped, Tapped("ea", card=False))
    router.message.register(form_typed, StateFilter(Exporting.form), FreeText())
    router.message.register(unit_typed, StateFilter(Exporting.unit), FreeText())
    router.message.register(reason_typed, StateFilter(Exporting.reason), FreeText())
    return router
