"""sửa: which entry → which field → its new value → old → new."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import answers, drafts, questions
from handlers.words import Tapped, Text, Word, card_choice, fresh_card, need
from rules import phones
from rules.days import WHOLE_WEEK, day_words, read_day, read_time, says_whole_week
from rules.numbers import read_number
from rules.plan import Plan
from rules.refusals import NotFound, NotUnderstood, TooLong
from rules.reply import Choice, Reply, rows
from rules.roles import Role, may
from rules.slips import clears
from rules.spelling import clean
from storage import people, recent, visits
from storage.tables import Chat, Person
from storage.units import Scope, scope_of
from storage.visits import Logged, Said
from texts import slips as slip_texts
from texts import visiting as texts

LONGEST_NAME = 80
LONGEST_REASON = 500
MOST_INSTALLS = 50
_MOST_LATEST = 5


class Mending(StatesGroup):
    value = State()


class Choosing(StatesGroup):
    """Which record is meant (`which`), what of it changes (`what`); `one`: "sửa" was said, and nothing since."""

    which = State()
    what = State()
    one = State()


async def led_by(session: AsyncSession, me: Person) -> Scope | None:
    """What a head or an officer answers for, whoever wrote it down."""
    return await scope_of(session, me) if Role(me.role) in (Role.HEAD, Role.OFFICER) else None


async def _mendable(session: AsyncSession, me: Person, value: str | int, now: datetime) -> Logged:
    """The own visit, or one within what this person leads. Raises NotFound."""
    return await recent.mendable(session, me, _visit_id(str(value)), now, await led_by(session, me))


def _visit_id(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 19 else 0


async def asked_which(
    _: Message | CallbackQuery, session: AsyncSession, state: FSMContext, chat: Chat, me: Person, plan: Plan,
    now: datetime, today: date,
) -> Reply:  # fmt: skip
    """Which entry; the field of another that was being asked for is let go, or the next words would mend that one."""
    need(me, "sửa")
    if await state.get_state() == Mending.value.state:
        await state.clear()
    latest = await visits.latest(session, me, now)
    if Role(me.role) is Role.HEAD and len(latest) < _MOST_LATEST:
        others = await recent.of_others(session, me, await scope_of(session, me), now, _MOST_LATEST - len(latest))
        latest = sorted([*latest, *others], key=lambda logged: -(logged.visit.id or 0))
    if not latest:
        return Reply(texts.NOTHING_LOGGED if may(Role(me.role), "ghi") else texts.SAY_WHICH)
    if not chat.state or (await state.get_data()).get("ready"):
        waiting = (await state.get_data()).get("waiting")
        await state.set_state(Choosing.one)
        await state.set_data({"at": now.isoformat()} | ({"ready": True, "waiting": waiting} if waiting else {}))
    named = [Choice(await label_of(session, me, plan, one, today), f"s|{one.visit.id}") for one in latest]
    asked = texts.WHICH_ONE if all(one.visit.person_id == me.id for one in latest) else texts.WHICH_OF_UNIT
    return Reply(asked, rows([*named, Choice("Huỷ", "w|huỷ")], wide=1))


async def label_of(session: AsyncSession, me: Person, plan: Plan, logged: Logged, today: date) -> str:
    """A button's words; a head sees whose record it is."""
    said = texts.one_of_latest(plan, logged.visit, logged.house, today)
    if logged.visit.person_id == me.id:
        return said
    person = await people.by_id(session, logged.visit.person_id)
    return f"{person.name} · {said}" if person and person.name else said


async def asked_what(
    _: CallbackQuery, value: str, session: AsyncSession, chat: Chat, me: Person, plan: Plan, now: datetime, today: date
) -> Reply:
    need(me, "sửa")
    logged = await _mendable(session, me, value, now)
    card = fresh_card(chat)
    fields = [
        card_choice(texts.FIELDS[field], "sf", f"{logged.visit.id}.{field}", card) for field in _fields_of(plan, logged)
    ]
    own = logged.visit.person_id == me.id
    back = Choice("Gỡ cả lượt", f"{'ht' if own else 'hr'}|{logged.visit.id}")
    said = texts.what_to_change(plan, logged.visit, logged.house, today)
    return Reply(said, (*rows(fields), (back, Choice("Huỷ", "w|huỷ"))))


def _fields_of(plan: Plan, logged: Logged) -> list[str]:
    extra = {"installs": "installs", "day": "come_back", "reason": "reason"}.get(
        plan.outcome(logged.visit.outcome).asks
    )
    return ["outcome", *([extra] if extra else []), "day", "house", "name", "phone"]


async def asked_value(
    _: CallbackQuery,
    value: str,
    session: AsyncSession,
    state: FSMContext,
    chat: Chat,
    me: Person,
    plan: Plan,
    now: datetime,
) -> Reply:
    visit_id, _dot, field = value.partition(".")
    await _mendable(session, me, visit_id, now)
    if field not in texts.FIELDS:
        raise NotFound("field")
    await state.set_state(Mending.value)
    await state.set_data({"visit": int(visit_id), "field": field})
    card = fresh_card(chat)
    out = Choice("Huỷ", "w|huỷ")
    if field == "outcome":
        outcomes = [card_choice(one.label, "so", one.code, card) for one in plan.outcomes]
        return Reply(texts.ask_field(field), (*rows(outcomes), (out,)), in_place=True)
    return Reply(texts.ask_field(field), ((out,),), in_place=True, takes_numbers=True)


async def asked_door(
    _: CallbackQuery, value: str, session: AsyncSession, state: FSMContext, me: Person, now: datetime
) -> Reply:
    """ "Hộ khác" under an echo: what is left to say is which house it was."""
    need(me, "sửa")
    logged = await _mendable(session, me, value, now)
    await state.set_state(Mending.value)
    await state.set_data({"visit": logged.visit.id, "field": "house"})
    return Reply(texts.ask_field("house"), ((Choice("Huỷ", "w|huỷ"),),), takes_numbers=True)


async def value_said(
    event: Message | CallbackQuery,
    session: AsyncSession,
    state: FSMContext,
    me: Person,
    plan: Plan,
    now: datetime,
    today: date,
    source: str,
    value: str,
) -> Reply:
    need(me, "sửa")
    if isinstance(event, Message) and drafts.whole_line(value, plan, today):
        raise SkipHandler  # another house came between: `visiting` writes it down
    data = await state.get_data()
    logged = await _mendable(session, me, data["visit"], now)
    field = data["field"]
    before = visits.as_said(logged)
    after = _changed(before, field, value, plan, today)
    old = _shown(field, before, logged, plan, today)
    changed = await visits.correct(session, plan, me, logged, after, now=now, source=source)
    await state.clear()
    new = _shown(field, after, changed, plan, today)
    said = texts.corrected(field, changed.house.label, old, new)
    own = changed.visit.person_id == me.id
    said += "" if own else f"\n{slip_texts.BY_HEAD}"
    return Reply(said, questions.after_saving(changed.visit.id or 0), in_place=isinstance(event, CallbackQuery))


def _changed(said: Said, field: str, value: str, plan: Plan, today: date) -> Said:
    """The same visit with one thing changed. Raises NotUnderstood, TooLong, BadPhone, OutsideTime."""
    match field:
        case "outcome":
            return _with_outcome(said, value, plan)
        case "installs":
            count = read_number(answers.without_people(value))
            if count is None or not 1 <= count <= MOST_INSTALLS:
                raise NotUnderstood("installs", value)
            return replace(said, installs=count)
        case "day":
            day = read_day(value, today)
            if day is None:
                raise NotUnderstood("day", value)
            drafts.check_day(day, plan, today)
            return replace(said, day=day)
        case "come_back":
            coming = drafts.coming_day(value, today)
            if coming is None:
                raise NotUnderstood("come_back", value)
            at = WHOLE_WEEK if says_whole_week(value) else read_time(value)
            kept = "" if said.come_back_time == WHOLE_WEEK else said.come_back_time
            return replace(said, come_back_on=coming, come_back_time=at or kept)
        case "house":
            draft = drafts.from_line(value, plan, today, expected=True)
            if draft is None or not draft.house:
                raise NotUnderstood("house", value)
            return replace(said, house=draft.house)
        case "phone":
            return replace(said, phone="" if clears(value) else phones.read(value).digits)
        case "name":
            return replace(said, name="" if clears(value) else _name(value))
        case _:
            return replace(said, reason=_short(clean(value), LONGEST_REASON))


def _with_outcome(said: Said, value: str, plan: Plan) -> Said:
    code = value if value in {one.code for one in plan.outcomes} else drafts.outcome_called(value, plan)
    if not code:
        raise NotUnderstood("outcome", value)
    installs = max(said.installs, 1) if plan.outcome(code).asks == "installs" else 0
    keeps = code == said.outcome
    return replace(
        said,
        outcome=code,
        installs=installs,
        come_back_on=said.come_back_on if keeps else None,
        reason=said.reason if keeps else None,
    )


def _name(value: str) -> str:
    name = _short(clean(value), LONGEST_NAME)
    if not any(letter.isalpha() for letter in name) or any(letter.isdecimal() for letter in name):
        raise NotUnderstood("name", value)
    return name


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise TooLong(most, len(text))
    if not text:
        raise NotUnderstood("text")
    return text


def _shown(field: str, said: Said, logged: Logged, plan: Plan, today: date) -> str:
    values: dict[str, Any] = {
        "outcome": plan.outcome(said.outcome).said,
        "installs": f"{said.installs} người",
        "day": day_words(said.day, today),
        "come_back": texts.appointment(said.come_back_on, said.come_back_time, today) if said.come_back_on else "",
        "house": said.house,
        "reason": said.reason or "",
        "name": (logged.house.head_name if said.name is None else said.name) or "",
        "phone": (logged.house.phone if said.phone is None else said.phone) or "",
    }
    return str(values[field])


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(asked_which, Word("sửa"))
    router.callback_query.register(asked_which, Word("sửa"))
    router.callback_query.register(asked_what, Tapped("s", card=False))
    router.callback_query.register(asked_value, Tapped("sf"))
    router.callback_query.register(asked_door, Tapped("sh", card=False))
    router.callback_query.register(value_said, StateFilter(Mending.value), Tapped("so"))
    return router


def build_value_router() -> Router:
    """The typed value, asked after every word of the menu: those always win."""
    router = Router(name=f"{__name__}.value")
    router.message.register(value_said, StateFilter(Mending.value), Text("value"))
    return router
