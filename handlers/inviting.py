"""mời: as what → into which unit → a code. A head's goes out at once, for a volunteer of the own unit."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.free_text import FreeText
from handlers.words import Tapped, Word, card_choice, fresh_card, need
from rules import unit_names
from rules.plan import Plan
from rules.refusals import NotAllowed, NotFound
from rules.reply import Choice, Reply, rows
from rules.roles import INVITES, Role
from rules.spelling import clean, fold
from storage import invitations, units
from storage.roots import ROOT_KIND
from storage.tables import Chat, Person, Unit
from storage.units import Scope, scope_of
from texts import bots as bot_texts
from texts import inviting as texts
from texts.roles import ROLE_NAMES
from texts.roles_typed import ROLE_WORDS

UNITS_A_PAGE = 8
LONGEST_NAME = 80
_OUT = (Choice("Huỷ", "w|huỷ"),)


class Inviting(StatesGroup):
    role = State()
    unit = State()


async def started(
    _: Message | CallbackQuery,
    state: FSMContext,
    session: AsyncSession,
    chat: Chat,
    me: Person,
    plan: Plan,
    now: datetime,
) -> Reply:
    role = need(me, "mời")
    await state.clear()
    if role == Role.HEAD:
        return await _code(session, chat, me, plan, now, Role.VOLUNTEER, await session.get_one(Unit, me.unit_id))
    await state.set_state(Inviting.role)
    return _ask_role(role, chat)


def _ask_role(role: Role, chat: Chat) -> Reply:
    card = fresh_card(chat)
    roles = [card_choice(texts.role_label(invited), "mr", invited, card) for invited in INVITES[role]]
    return Reply(texts.WHICH_ROLE, (*rows(roles), _OUT))


async def role_tapped(
    _: CallbackQuery, value: str, state: FSMContext, session: AsyncSession, chat: Chat, me: Person
) -> Reply:
    return await _role_chosen(state, session, chat, me, _allowed(me, value), in_place=True)


async def role_typed(_: Message, text: str, state: FSMContext, session: AsyncSession, chat: Chat, me: Person) -> Reply:
    said = fold(clean(text))
    called = {fold(word): Role(role) for role, words in ROLE_WORDS.items() for word in (*words, ROLE_NAMES[Role(role)])}
    if called.get(said) not in INVITES.get(need(me, "mời"), ()):
        return _ask_role(Role(me.role), chat)
    return await _role_chosen(state, session, chat, me, called[said])


def _allowed(me: Person, value: str) -> Role:
    """The role to invite, if this person may. Raises NotAllowed."""
    for role in INVITES.get(need(me, "mời"), ()):
        if role == value:
            return role
    raise NotAllowed("mời")


async def _role_chosen(
    state: FSMContext, session: AsyncSession, chat: Chat, me: Person, role: Role, *, in_place: bool = False
) -> Reply:
    await state.set_state(Inviting.unit)
    await state.set_data({"role": role})
    return _ask_unit(chat, role, await _open_to(session, await scope_of(session, me), role), in_place=in_place)


async def _open_to(session: AsyncSession, scope: Scope, role: Role) -> list[Unit]:
    """Where this role belongs: volunteers and heads in a unit, everyone else first of all in the commune itself."""
    found = await units.within(session, scope)
    roots = [unit for unit in found if unit.kind == ROOT_KIND]
    below = [unit for unit in found if unit.kind != ROOT_KIND]
    return below if role in (Role.VOLUNTEER, Role.HEAD) else roots + below


def _ask_unit(chat: Chat, role: Role, open_to: list[Unit], *, page: int = 1, in_place: bool = False) -> Reply:
    if not open_to:
        return Reply(texts.NO_UNITS)
    card, last = fresh_card(chat), max(1, -(-len(open_to) // UNITS_A_PAGE))
    page = min(max(page, 1), last)
    shown = open_to[(page - 1) * UNITS_A_PAGE : page * UNITS_A_PAGE]
    named = [card_choice(unit.name, "mu", f"{role}.{unit.id}", card) for unit in shown]
    turns = ((page - 1, texts.PREVIOUS_PAGE), (page + 1, texts.NEXT_PAGE))
    turn = tuple(card_choice(label, "mp", f"{role}.{to}", card) for to, label in turns if 1 <= to <= last)
    return Reply(
        texts.which_unit(role, page, last), (*rows(named), *((turn,) if turn else ()), _OUT), in_place=in_place
    )


async def page_turned(_: CallbackQuery, value: str, session: AsyncSession, chat: Chat, me: Person) -> Reply:
    named, page = _pair(value)
    role = _allowed(me, named)
    open_to = await _open_to(session, await scope_of(session, me), role)
    return _ask_unit(chat, role, open_to, page=page, in_place=True)


async def unit_tapped(
    _: CallbackQuery,
    value: str,
    state: FSMContext,
    session: AsyncSession,
    chat: Chat,
    me: Person,
    plan: Plan,
    now: datetime,
) -> Reply:
    """Also "one more" and "with a quota" below a code: role.unit.quota."""
    place, _dot, quota = value.partition("~")
    named, unit_id = _pair(place)
    role = _allowed(me, named)
    unit = await units.by_id(session, await _reach(session, me), unit_id)
    await state.clear()
    return await _code(session, chat, me, plan, now, role, unit, quota if plan.quota(quota) else "")


async def _reach(session: AsyncSession, me: Person) -> Scope:
    """A head invites into the own unit only."""
    scope = await scope_of(session, me)
    return Scope(scope.campaign, frozenset([me.unit_id])) if me.role == Role.HEAD else scope


def _pair(value: str) -> tuple[str, int]:
    """ "volunteer.12" as its parts; a number nobody has for what is none."""
    name, _, number = value.partition(".")
    return name, int(number) if number.isdecimal() and len(number) < 19 else 0


async def unit_typed(
    _: Message,
    text: str,
    state: FSMContext,
    session: AsyncSession,
    chat: Chat,
    me: Person,
    plan: Plan,
    now: datetime,
) -> Reply:
    role = _allowed(me, (await state.get_data())["role"])
    open_to = await _open_to(session, await scope_of(session, me), role)
    found = _called(open_to, clean(text, most=LONGEST_NAME))
    if not found:
        raise NotFound("unit")
    if len(found) > 1:
        return _ask_unit(chat, role, found)
    await state.clear()
    return await _code(session, chat, me, plan, now, role, found[0])


def _called(open_to: list[Unit], said: str) -> list[Unit]:
    """The unit of this name, else those that have all these words."""
    return [open_to[at] for at in unit_names.called(said, [unit.name for unit in open_to], part=True)]


async def _code(
    session: AsyncSession, chat: Chat, me: Person, plan: Plan, now: datetime, role: Role, unit: Unit, quota: str = ""
) -> Reply:
    made = await invitations.assigned(session, campaign=plan.slug, role=role, unit=unit, quota=quota, by=me, now=now)
    until, ways = now + invitations.VALID_FOR, made.ways
    said = texts.invitation(plan, role, unit, plan.quota(quota), made.code, ways.username, until, ways.zalo)
    if made.load and made.load.most is not None and (made.load.free or 0) <= 0:
        said += "\n" + bot_texts.over(made.load.people, made.load.kept, made.load.most)
    return Reply(said, _after(chat, plan, role, unit, quota))


def _after(chat: Chat, plan: Plan, role: Role, unit: Unit, quota: str) -> tuple[tuple[Choice, ...], ...]:
    """One code more of the same kind, or for a volunteer one with a personal quota."""
    card, place = fresh_card(chat), f"{role}.{unit.id}"
    more = card_choice(texts.ONE_MORE, "mu", f"{place}~{quota}", card)
    quotas = plan.quotas if role == Role.VOLUNTEER else ()
    named = [card_choice(texts.with_quota(other), "mu", f"{place}~{other.slug}", card) for other in quotas]
    return ((more,), *((choice,) for choice, other in zip(named, quotas, strict=True) if other.slug != quota))


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(started, Word("mời"))
    router.callback_query.register(started, Word("mời"))
    router.callback_query.register(role_tapped, Tapped("mr"))
    router.callback_query.register(page_turned, Tapped("mp"))
    router.callback_query.register(unit_tapped, Tapped("mu"))
    router.message.register(role_typed, StateFilter(Inviting.role), FreeText())
    router.message.register(unit_typed, StateFilter(Inviting.unit), FreeText())
    return router
