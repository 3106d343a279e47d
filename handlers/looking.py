"""xem: behind a digest's figures, unit by unit and house by house, as far as one's own part of the tree goes."""

from datetime import date

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.unit_behind import UnitBehind
from handlers.words import Tapped, Word, need
from rules.plan import Plan
from rules.refusals import NotFound
from rules.reply import Choice, Reply, rows
from rules.roles import Role
from storage import figures, houses, units
from storage.tables import Person, Unit
from texts import looking as texts
from texts.figure_words import clipped

PAGE = 10


async def asked(_: Message | CallbackQuery, session: AsyncSession, me: Person, plan: Plan, today: date) -> Reply:
    return await _units(session, me, plan, today, 0)


async def named(_: Message, unit: Unit, session: AsyncSession, me: Person, plan: Plan) -> Reply:
    need(me, "xem")
    return await _houses(session, me, plan, unit, 0)


async def turned(_: CallbackQuery, value: str, session: AsyncSession, me: Person, plan: Plan, today: date) -> Reply:
    reply = await _units(session, me, plan, today, _number(value))
    return Reply(reply.text, reply.choices, in_place=True)


async def opened(_: CallbackQuery, value: str, session: AsyncSession, me: Person, plan: Plan) -> Reply:
    """One unit's houses; `value` is its id and the first house of the page."""
    need(me, "xem")
    unit_id, _dot, first = value.partition(".")
    unit = await units.by_id(session, await units.scope_of(session, me), _number(unit_id))
    reply = await _houses(session, me, plan, unit, _number(first or "0"))
    back = (Choice(texts.BACK, "xp|0"),)
    return Reply(reply.text, (*reply.choices, back), in_place=True)


async def _units(session: AsyncSession, me: Person, plan: Plan, today: date, first: int) -> Reply:
    need(me, "xem")
    rows_of = await figures.of_units(session, plan, await units.scope_of(session, me), today)
    if len(rows_of) == 1:
        return await _houses(session, me, plan, await session.get_one(Unit, rows_of[0].unit_id), 0)
    first = first if first < len(rows_of) else 0
    shown = rows_of[first : first + PAGE]
    doors = [Choice(clipped(row.name), f"xu|{row.unit_id}") for row in shown]
    said = texts.which_unit(plan, shown, first=first, of=len(rows_of))
    return Reply(said, (*rows(doors), *_turns("xp|", first, len(rows_of))))


async def _houses(session: AsyncSession, me: Person, plan: Plan, unit: Unit, first: int) -> Reply:
    found = await houses.visited_in(session, unit)
    first = first if first < len(found) else 0
    shown, veiled = found[first : first + PAGE], Role(me.role) is Role.LEADER
    said = texts.houses_of(plan, unit, shown, first=first, of=len(found), veiled=veiled)
    return Reply(said, _turns(f"xu|{unit.id}.", first, len(found)))


def _turns(data: str, first: int, of: int) -> tuple[tuple[Choice, ...], ...]:
    back = [Choice(texts.PREVIOUS_PAGE, f"{data}{max(first - PAGE, 0)}")] if first else []
    on = [Choice(texts.NEXT_PAGE, f"{data}{first + PAGE}")] if first + PAGE < of else []
    return ((*back, *on),) if back or on else ()


def _number(value: str) -> int:
    if not value.isdecimal() or len(value) > 18:
        raise NotFound("page")
    return int(value)


def build_named_router() -> Router:
    """Asked before any question at hand, as the word alone is."""
    router = Router(name=f"{__name__}.named")
    router.message.register(named, UnitBehind("xem"))
    return router


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(asked, Word("xem"))
    router.callback_query.register(asked, Word("xem"))
    router.callback_query.register(turned, Tapped("xp", card=False))
    router.callback_query.register(opened, Tapped("xu", card=False))
    return router
