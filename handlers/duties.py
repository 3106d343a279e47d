"""Duties that are no households, one line each: “phát thanh 2”, “họp 1”, “khách 45/50”, “cán bộ 18/20: 1 ốm”."""

from datetime import date, datetime, timedelta
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.sifting import TAP, WORD, Sifted
from handlers.words import Tapped
from rules import duty_line
from rules.deadlines import span_of
from rules.duty_line import DutyLine, read
from rules.plan import Plan
from rules.plan_parts import Duty
from rules.refusals import NotFound
from rules.reply import Choice, Reply
from rules.roles import Role
from rules.spelling import fold
from storage import redo, reported, units
from storage.reported import Standing
from storage.tables import Chat, Person, Reported, Unit
from storage.units import scope_of
from texts import duties as texts

_ANSWERING = (Role.HEAD, Role.POLICE)
ANSWERED_WITHIN = timedelta(minutes=10)  # later, a number is a house again
_BETWEEN = (None, "Visiting:house")  # no question of another kind is open


def _kind_of(me: Person, unit: Unit) -> str:
    """The police may have been invited into the commune itself: their duties are the police's all the same."""
    return "police" if Role(me.role) is Role.POLICE else unit.kind


class SaysDuty(Sifted):
    """A line that begins with the word of a duty of the head's own unit (or the police's), handed over as `line`."""

    async def __call__(self, message: Message, me: Person | None, plan: Plan) -> bool | dict[str, Any]:
        line = read(message.text or "", duties_of(me, plan))
        return {"line": line} if line else False


class AsksDuty(Sifted):
    """The word of such a duty by itself: how it is reported, handed over as `duty`."""

    async def __call__(self, message: Message, me: Person | None, plan: Plan) -> bool | dict[str, Any]:
        duty = duty_line.asked(message.text or "", duties_of(me, plan))
        return {"duty": duty} if duty else False


def duties_of(me: Person | None, plan: Plan) -> list[Duty]:
    """What this person answers for beside houses: a head for the own unit, the police for theirs."""
    if me is None or me.unit is None or Role(me.role) not in _ANSWERING:
        return []
    return plan.duties_of(_kind_of(me, me.unit), me.unit.name)


class AnswersDuty(Sifted):
    """A count by itself from whom we just told how a duty is reported: “20/30”, “2”, “20/30: 6 vắng”."""

    deaf_to = frozenset({WORD, TAP})

    async def __call__(
        self, message: Message, me: Person | None, plan: Plan, chat: Chat, now: datetime
    ) -> bool | dict[str, Any]:
        waits = (chat.data or {}).get("duty")
        if not waits or chat.state not in _BETWEEN or now > datetime.fromisoformat(waits["until"]):
            return False
        duty = next((each for each in duties_of(me, plan) if each.slug == waits["slug"]), None)
        if duty is None or message.forward_origin or not duty_line.is_count(message.text or ""):
            return False
        line = read(f"{duty.word} {message.text}", [duty])
        return {"line": line} if line else False


async def asked(
    _: Message, duty: Duty, session: AsyncSession, me: Person, plan: Plan, today: date, now: datetime,
    state: FSMContext,
) -> Reply:  # fmt: skip
    unit = await _answered_for(session, me)
    # No step of its own: whatever else is said next is heard as ever.
    await state.update_data({"duty": {"slug": duty.slug, "until": (now + ANSWERED_WITHIN).isoformat()}})
    standing = await _standing(session, plan, unit, duty, today)
    return Reply(texts.how_to_say(unit.name, duty, standing), takes_numbers=True)


async def answered(
    message: Message, line: DutyLine, session: AsyncSession, me: Person, plan: Plan, now: datetime, today: date,
    source: str, state: FSMContext,
) -> Reply:  # fmt: skip
    if line.adds_up:
        await state.set_data({key: value for key, value in (await state.get_data()).items() if key != "duty"})
    return await said(message, line, session, me, plan, now, today, source)


async def _answered_for(session: AsyncSession, me: Person) -> Unit:
    """Whose duty a line reports: one's own unit's; for police in the commune itself, the one police unit there is."""
    unit = await session.get_one(Unit, me.unit_id)
    if Role(me.role) is not Role.POLICE or unit.kind == "police":
        return unit
    own = [each for each in await units.within(session, await scope_of(session, me)) if each.kind == "police"]
    return own[0] if len(own) == 1 else unit


async def said(
    _: Message, line: DutyLine, session: AsyncSession, me: Person, plan: Plan, now: datetime, today: date, source: str
) -> Reply:
    if not line.adds_up:
        return Reply(texts.does_not_add_up(line))
    unit, duty = await _answered_for(session, me), line.duty
    row = await reported.add(
        session, me, unit, what=duty.slug, day=today, done=line.done, total=line.total,
        adds=duty.counts != "staff", reasons=_coded(line, plan) or None, now=now, source=source,
    )  # fmt: skip
    back = ((Choice(texts.TAKE_BACK, f"dy|{row.id}"),),) if row else ()
    if duty.counts == "visitors" and (state := await _state(session, plan, unit, duty, today)):
        return Reply(texts.noted(unit.name, line, state.done, state.total), back)
    return Reply(texts.noted(unit.name, line, await so_far_of(session, unit, duty, today)), back)


async def taken_back(
    _: CallbackQuery, value: str, session: AsyncSession, me: Person, now: datetime, source: str
) -> Reply:
    row = await session.get(Reported, int(value)) if value.isdecimal() and len(value) < 18 else None
    if row is None or row.person_id != me.id or row.undone_at:
        raise NotFound("reported")
    reported.take_back(session, row, me, now=now, source=source)
    await redo.note(session, me, row.source.partition(".")[0], now=now, source=source, figures=[row])
    return Reply(texts.TAKEN_BACK, in_place=True)


async def so_far_of(session: AsyncSession, unit: Unit, duty: Duty, today: date) -> int:
    """What the unit added within the duty's week or month, or since the start."""
    first = {"week": today - timedelta(days=today.weekday()), "month": today.replace(day=1)}.get(duty.every, date.min)
    return (await reported.between(session, unit.campaign, duty.slug, first, today)).get(unit.id or 0, 0)


async def standing(session: AsyncSession, plan: Plan, unit: Unit, today: date) -> list[str]:
    """The unit's duties, a line each, for `tiến độ`."""
    mine = plan.duties_of(unit.kind, unit.name)
    return [f"• {await _standing(session, plan, unit, duty, today)}" for duty in mine]


async def _standing(session: AsyncSession, plan: Plan, unit: Unit, duty: Duty, today: date) -> str:
    if duty.counts not in ("staff", "visitors"):
        return texts.standing(duty, await so_far_of(session, unit, duty, today))
    state, declared = await _state(session, plan, unit, duty, today), unit.staff if duty.counts == "staff" else None
    if state is None:
        return texts.standing(duty, None, declared) + _by(plan, unit, duty, today)
    total = state.total or declared
    said = texts.standing(duty, state.done, total, _in_words(state, plan))
    return said if total and state.done >= total else said + _by(plan, unit, duty, today)


async def _state(session: AsyncSession, plan: Plan, unit: Unit, duty: Duty, today: date) -> Standing | None:
    adds, unit_id = duty.counts == "visitors", unit.id or 0
    return (await reported.standing(session, plan.slug, duty.slug, [unit_id], today, totals_add=adds)).get(unit_id)


def _by(plan: Plan, unit: Unit, duty: Duty, today: date) -> str:
    """The unit's own last day for what the duty counts; "" where the plan sets none."""
    spans = [
        span_of(plan, each)
        for each in plan.deadlines
        if each.indicator and each.indicator == duty.indicator and plan.binds(each, unit.kind, unit.name)
    ]
    ends = [span.last_day for span in spans if span.has_end]
    return texts.by(min(ends), late=min(ends) < today) if ends else ""


def _in_words(state: Standing, plan: Plan) -> dict[str, int]:
    """Its reasons as people say them; what has no code stands as it was told."""
    said = {each.code: each.said for each in plan.outcomes}
    return {said.get(why, why): count for why, count in (state.reasons or {}).items()}


def _coded(line: DutyLine, plan: Plan) -> dict[str, int]:
    """The reasons by the plan's codes, so that papers add them to those found at the doors."""
    words = {fold(word): each.code for each in plan.outcomes for word in (each.said, each.label) if not each.done}
    return duty_line.coded(line.reasons, words)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(said, SaysDuty())
    router.message.register(asked, AsksDuty())
    router.message.register(answered, AnswersDuty())
    router.callback_query.register(taken_back, Tapped("dy", card=False))
    return router
