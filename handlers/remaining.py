"""còn: the houses still to do, ten a page; for the police those that wait for a level-2 VNeID."""

from datetime import date, datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.words import Tapped, Word, need, word_choice
from rules.plan import Plan
from rules.reply import Choice, Reply, rows
from rules.roles import Role
from storage import houses, revisits, shares, units
from storage.tables import House, Person, Unit
from texts import visiting as texts

PAGE = 10
NO_VNEID = "no_vneid2"


async def asked(
    _: Message | CallbackQuery, session: AsyncSession, me: Person, plan: Plan, today: date, now: datetime
) -> Reply:
    return await _page(session, me, plan, today, now, 0)


async def turned(
    _: CallbackQuery, value: str, session: AsyncSession, me: Person, plan: Plan, today: date, now: datetime
) -> Reply:
    first = int(value) if value.isdecimal() and len(value) < 6 else 0
    reply = await _page(session, me, plan, today, now, first)
    return Reply(reply.text, reply.choices, in_place=True)


async def _page(session: AsyncSession, me: Person, plan: Plan, today: date, now: datetime, first: int) -> Reply:
    if need(me, "còn") is Role.POLICE:
        return await _police_page(session, me, first)
    unit = await session.get_one(Unit, me.unit_id)
    await shares.release_stale(session, plan.slug, now)
    asks = me if me.role == Role.VOLUNTEER else None
    left = await revisits.left(session, plan, unit, today, asks)
    first = first if first < len(left.houses) else 0
    shown = left.houses[first : first + PAGE]
    if not left.known:
        return Reply(texts.nothing_known(unit, left.unspoken), ((word_choice("ghi"),),))
    text = texts.remaining(plan, unit, shown, first=first, left=left, today=today, me=asks.id if asks else None)
    doors = [Choice(house.label[:20], f"ch|{house.id}") for house in shown]
    return Reply(text, (*rows(doors, 5), *_turns(first, len(left.houses))))


async def _police_page(session: AsyncSession, me: Person, first: int) -> Reply:
    scope = await units.scope_of(session, me)
    found = await houses.with_outcome(session, scope, NO_VNEID)
    first = first if first < len(found) else 0
    names = {unit.id: unit.name for unit in await units.within(session, scope)}
    shown: list[tuple[House, str]] = [(house, names.get(house.unit_id, "")) for house in found[first : first + PAGE]]
    return Reply(texts.without_vneid(shown, first=first, of=len(found)), _turns(first, len(found)))


def _turns(first: int, of: int) -> tuple[tuple[Choice, ...], ...]:
    turns = []
    if first:
        turns.append(Choice("‹ Trang trước", f"cp|{max(first - PAGE, 0)}"))
    if first + PAGE < of:
        turns.append(Choice("Xem tiếp ›", f"cp|{first + PAGE}"))
    return (tuple(turns),) if turns else ()


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(asked, Word("còn"))
    router.callback_query.register(asked, Word("còn"))
    router.callback_query.register(turned, Tapped("cp", card=False))
    return router
