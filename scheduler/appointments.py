"""On the morning of an appointment, whoever made it or holds the house is reminded: once, and only while it is open."""

from collections.abc import Iterable
from datetime import datetime, time

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import at_vietnam, day_in_vietnam
from rules.plan import Plan
from rules.reply import Choice, Reply, rows
from rules.roles import Role
from storage import bulletins, outbox, people, revisits
from storage.tables import House, Person
from texts import reminders as texts

KIND = "appointments"
MORNING, NOON = time(6, 30), time(12)


def _is_time(plan: Plan, now: datetime) -> bool:
    day = day_in_vietnam(now)
    start = outbox.after_quiet(at_vietnam(day, MORNING), plan.time.quiet_from, plan.time.quiet_to)
    return start <= now < at_vietnam(day, NOON)


async def anything_due(session: AsyncSession, plan: Plan, now: datetime) -> bool:
    """Whether the morning has come, somebody is expected today, and nobody was reminded yet."""
    today = day_in_vietnam(now)
    if not _is_time(plan, now) or await bulletins.turn_taken(session, plan.slug, KIND, today):
        return False
    return await revisits.any_today(session, plan.slug, today)


async def make_due(session: AsyncSession, plan: Plan, now: datetime) -> int:
    """Queue one message for each person with appointments today; returns how many."""
    if not await anything_due(session, plan, now):
        return 0
    today = day_in_vietnam(now)
    if not await bulletins.take_turn(session, plan.slug, KIND, today, now):
        return 0
    here = {one.id: one for one in await people.with_roles(session, plan.slug, (Role.VOLUNTEER, Role.HEAD))}
    theirs: dict[int, list[House]] = {}
    for house, person_id in await revisits.of_today(session, plan, today):
        if person := here.get(person_id) or _head_of(house, here.values()):
            theirs.setdefault(person.id or 0, []).append(house)
    return sum([await _remind(session, here[person_id], found, now) for person_id, found in theirs.items()])


def _head_of(house: House, here: Iterable[Person]) -> Person | None:
    """Who made the appointment has left: the unit's head hears of it."""
    return next((one for one in here if one.role == Role.HEAD and one.unit_id == house.unit_id), None)


async def _remind(session: AsyncSession, person: Person, found: list[House], now: datetime) -> bool:
    today = day_in_vietnam(now)
    doors = rows([Choice(house.label[:20], f"ch|{house.id}") for house in found[:10]], 5)
    return await outbox.push(
        session,
        person,
        Reply(texts.appointments(found), doors),
        key=f"appointments:{person.id}:{today}",
        now=now,
        expires_at=at_vietnam(today, NOON),
        priority=outbox.REMINDER,
    )
