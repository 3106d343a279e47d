"""Duties that are no households, one line each: “phát thanh 2”, “họp 1”, “khách 45/50”, “cán bộ 18/20: 1 ốm”."""

from datetime import date, datetime, timedelta
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.sifting import Sifted
from handlers.words import Tapped
from rules import duty_line
from rules.duty_line import DutyLine, read
from rules.plan import Plan
from rules.plan_parts import Duty
from rules.refusals import NotFound
from rules.reply import Choice, Reply
from rules.roles import Role
from rules.spelling import fold
from storage import redo, reported
from storage.tables import Person, Reported, Unit
from texts import duties as texts

_ANSWERING = (Role.HEAD, Role.POLICE)


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


async def asked(_: Message, duty: Duty, session: AsyncSession, me: Person, plan: Plan, today: date) -> Reply:
    unit = await session.get_one(Unit, me.unit_id)
    return Reply(texts.how_to_say(unit.name, duty, await _standing(session, plan, unit, duty, today)))


async def said(
    _: Message, line: DutyLine, session: AsyncSession, me: Person, plan: Plan, now: datetime, today: date, source: str
) -> Reply:
    if not line.adds_up:
        return Reply(texts.does_not_add_up(line))
    unit, duty = await session.get_one(Unit, me.unit_id), line.duty
    row = await reported.add(
        session, me, unit, what=duty.slug, day=today, done=line.done, total=line.total,
        adds=duty.counts != "staff", reasons=_coded(line, plan) or None, now=now, source=source,
    )  # fmt: skip
    so_far = await so_far_of(session, unit, duty, today)
    back = ((Choice(texts.TAKE_BACK, f"dy|{row.id}"),),) if row else ()
    return Reply(texts.noted(unit.name, line, so_far), back)


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
    if duty.counts != "staff":
        return texts.standing(duty, await so_far_of(session, unit, duty, today))
    state = (await reported.standing(session, plan.slug, duty.slug, [unit.id or 0], today)).get(unit.id or 0)
    return texts.standing(duty, state.done if state else None, state.total if state else None)


def _coded(line: DutyLine, plan: Plan) -> dict[str, int]:
    """The reasons by the plan's codes, so that papers add them to those found at the doors."""
    words = {fold(word): each.code for each in plan.outcomes for word in (each.said, each.label) if not each.done}
    return duty_line.coded(line.reasons, words)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(said, SaysDuty())
    router.message.register(asked, AsksDuty())
    router.callback_query.register(taken_back, Tapped("dy", card=False))
    return router
