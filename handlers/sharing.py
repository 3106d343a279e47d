"""giao, trả, ai giữ: houses given to members of the unit, given back with a reason, and who has what."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.sifting import Sifted
from rules.plan import Plan
from rules.refusals import NotAllowed, NotFound
from rules.reply import Reply
from rules.roles import Role
from rules.shares import Give, GiveBack, asks_how_to_give_back, asks_who_holds, read_give, read_give_back
from storage import hand_overs, houses, outbox, people, shares, units
from storage.tables import House, Person, Unit
from texts import shares as texts

GIVERS = (Role.HEAD, Role.OFFICER)
GOERS = (Role.VOLUNTEER, Role.HEAD)


class Reads(Sifted):
    """A text that one of the readers of `rules.shares` understands, handed over as `order`."""

    def __init__(self, reader: Callable[[str], object]) -> None:
        self.reader = reader

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        order = self.reader(message.text) if message.text and not message.forward_origin else None
        return {"order": order} if order else False


async def given(
    _: Message, order: Give, session: AsyncSession, me: Person, plan: Plan, now: datetime, source: str
) -> Reply:
    _need(me, GIVERS, "giao")
    scope = await units.scope_of(session, me)
    try:
        to = await shares.member_called(session, scope, order.who)
        await shares.release_stale(session, plan.slug, now)
        found, unknown = await shares.meant(session, scope, to, order)
    except NotFound:
        return Reply(texts.UNKNOWN_MEMBER)
    if not found:
        return Reply(texts.NOTHING_GIVEN)
    before = hand_overs.holders(found)
    shares.give(session, found, to, me, now=now, source=source)
    await _tell_former(session, me, plan, before, to, now=now, source=source)
    if to.id != me.id:
        told = Reply(texts.given_to_you(me.name or "Tổ trưởng", order, len(found)))
        await outbox.push(session, to, told, key=f"given:{to.id}:{source}", now=now, not_before=_morning(plan, now))
    return Reply(texts.given(order, len(found), to.name or order.who, unknown))


async def _tell_former(
    session: AsyncSession, me: Person, plan: Plan, before: dict[int, int], to: Person, *, now: datetime, source: str
) -> None:
    """Whoever held some of the houses until now hears that somebody else goes there, and need not."""
    for person_id, count in before.items():
        former = await people.by_id(session, person_id)
        if former is None or former.left_at or former.id in (me.id, to.id):
            continue
        told = Reply(texts.given_on(me.name or "Tổ trưởng", count, to.name or "người khác"))
        key = f"given on:{former.id}:{source}"
        await outbox.push(session, former, told, key=key, now=now, not_before=_morning(plan, now))


async def given_back(
    _: Message, order: GiveBack, session: AsyncSession, me: Person, plan: Plan, now: datetime, source: str
) -> Reply:
    _need(me, GOERS, "trả")
    house, more = await _called(session, me.unit_id, order)
    if order.bare and (house is None or house.assigned_to != me.id):
        raise SkipHandler
    if house is None:
        return Reply(texts.UNKNOWN_HOUSE)
    if house.assigned_to not in (None, me.id) and me.role != Role.HEAD:
        return Reply(texts.HELD_BY_OTHER)
    shares.give_back(session, house, me, now=now, source=source)
    why = f"{more} {order.why}".strip()
    told = Reply(texts.came_back(me.name or "Có người", house.label, why))
    for head in await shares.heads_of(session, plan, me.unit_id):
        if head.id != me.id:
            key = f"given back:{head.id}:{source}"
            await outbox.push(session, head, told, key=key, now=now, not_before=_morning(plan, now))
    return Reply(texts.given_back(house.label, why))


async def _called(session: AsyncSession, unit_id: int, order: GiveBack) -> tuple[House | None, str]:
    """The house, and what stood behind its name without a sign between: "trả nhà 14 xa quá"."""
    words = order.house.split()
    for end in range(len(words), 0, -1):
        if house := await houses.called(session, unit_id, " ".join(words[:end])):
            return house, " ".join(words[end:])
    return None, ""


async def how_to_give_back(_: Message, me: Person) -> Reply:
    _need(me, GOERS, "trả")
    return Reply(texts.HOW_TO_GIVE_BACK)


async def who_holds(_: Message, session: AsyncSession, me: Person, plan: Plan, now: datetime) -> Reply:
    _need(me, (*GIVERS, Role.VOLUNTEER), "ai giữ")
    said = []
    await shares.release_stale(session, plan.slug, now)
    for unit in await _units(session, me):
        rows, free = await shares.held(session, plan, unit.id or 0)
        if rows or unit.id == me.unit_id:
            said.append(texts.who_holds(unit.name, rows, free))
    return Reply("\n\n".join(said))


async def _units(session: AsyncSession, me: Person) -> list[Unit]:
    if me.role == Role.OFFICER:
        return await units.within(session, await units.scope_of(session, me))
    return [await session.get_one(Unit, me.unit_id)]


def _need(me: Person, roles: tuple[Role, ...], word: str) -> None:
    if Role(me.role) not in roles:
        raise NotAllowed(word)


def _morning(plan: Plan, now: datetime) -> datetime:
    return outbox.after_quiet(now, plan.time.quiet_from, plan.time.quiet_to)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(given, Reads(read_give))
    router.message.register(given_back, Reads(read_give_back))
    router.message.register(how_to_give_back, Reads(asks_how_to_give_back))
    router.message.register(who_holds, Reads(asks_who_holds))
    return router
