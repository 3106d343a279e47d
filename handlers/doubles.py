"""What is beside a record that was just written: another's visit, a near name, the same phone; the head is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.words import Tapped, need
from rules.plan import Plan
from rules.reply import Choice, Reply
from rules.roles import Role
from storage import houses, outbox, people, recent, twins, visits
from storage.tables import House, Person, Visit
from storage.units import scope_of
from storage.visits import Logged, as_said
from texts import doubles as texts

_MOST_PHONES = 10


async def beside(
    session: AsyncSession,
    plan: Plan,
    me: Person,
    logged: Sequence[Logged],
    with_phone: Sequence[Logged],
    *,
    now: datetime,
    today: date,
    source: str,
    near: Sequence[tuple[House, House]] = (),
) -> tuple[str, list[Choice]]:
    """Lines to add to the echo, and for a single record its taps: the same house after all, or another.

    `near` are new houses, each with one that may be the same (see `storage.doors`).
    """
    one = logged[0] if len(logged) == 1 else None
    lines: list[str] = []
    choices: list[Choice] = []
    others = await twins.of_others(session, me, logged)
    if others:
        shared = [each.house.label for each in logged if each.house.id in others]
        lines.append(texts.others_were_there(shared, alone=one is not None))
        choices += [another_house(one.visit)] if one else []
    alike = [*await twins.near_names(session, logged), *await twins.written_another_way(session, logged), *near]
    for fresh, known in alike:
        lines.append(texts.near_name(fresh.label, known.label))
        choices += [Choice(texts.same_as(known.label), f"sg|{one.visit.id}.{known.id}")] if one else []
    sharing: dict[str, list[str]] = {}
    same_phone = await twins.same_phone(session, with_phone)
    asks = bool(one) and len(same_phone) == 1 and same_phone[0][1].unit_id == me.unit_id and not choices
    if one and asks:
        choices.append(Choice(texts.same_as(same_phone[0][1].label), f"sg|{one.visit.id}.{same_phone[0][1].id}"))
    for house, other in same_phone:
        sharing.setdefault(house.label, []).append(other.label if other.unit_id == me.unit_id else "")
    lines += [texts.same_phone(label, others, asks=asks) for label, others in list(sharing.items())[:_MOST_PHONES]]
    lines += [texts.more_phones(len(sharing) - _MOST_PHONES)] if len(sharing) > _MOST_PHONES else []
    clashing = [each for each in logged if each.house.id in others]
    clashing = [each for each in clashing if twins.contradict(others[each.house.id or 0], each.visit)]
    if clashing:
        pairs = [(each, others[each.house.id or 0]) for each in clashing]
        await _tell_heads(session, plan, me, pairs, now, today, source)
    return "".join(f"\n{line}" for line in lines), choices


def another_house(visit: Visit) -> Choice:
    """One tap, and the house gets another name."""
    return Choice(texts.ANOTHER_HOUSE, f"sh|{visit.id}")


async def _tell_heads(
    session: AsyncSession, plan: Plan, me: Person, pairs: list[tuple[Logged, Visit]], now: datetime,
    today: date, source: str,
) -> None:  # fmt: skip
    """The pair, both kept, to the heads over that unit; once per message."""
    unit_ids = {one.visit.unit_id for one, _ in pairs}
    names: dict[int, str] = {me.id or 0: me.name or ""}
    for _, other in pairs:
        person = await people.by_id(session, other.person_id)
        names[other.person_id] = person.name or "" if person else ""
    for head in await people.with_roles(session, plan.slug, [Role.HEAD]):
        if head.id == me.id or head.unit_id not in unit_ids:
            continue
        theirs = [pair for pair in pairs if pair[0].visit.unit_id == head.unit_id]
        news = Reply(texts.conflict(plan, theirs, names, today))
        not_before = outbox.after_quiet(now, plan.time.quiet_from, plan.time.quiet_to)
        await outbox.push(session, head, news, key=f"conflict:{source}:{head.id}", now=now, not_before=not_before)


async def same_house(
    _: CallbackQuery, value: str, session: AsyncSession, me: Person, plan: Plan, now: datetime, source: str
) -> Reply:
    """The near name was the same house: the visit goes over to it, and can be taken back."""
    need(me, "sửa")
    visit_id, _dot, house_id = value.partition(".")
    logged = await recent.mendable(session, me, _number(visit_id), now, None)
    house = await houses.by_id(session, await scope_of(session, me), _number(house_id))
    after = replace(as_said(logged), house=house.label)
    moved = await visits.correct(session, plan, me, logged, after, now=now, source=source)
    back = Choice("Hoàn tác", f"ht|{moved.visit.id}")
    return Reply(texts.joined(logged.house.label, moved.house.label), ((back,),), in_place=True)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def build_router() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(same_house, Tapped("sg", card=False))
    return router
