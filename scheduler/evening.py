"""One line in the evening: to volunteers of their own day and tomorrow's appointments, to heads of their unit.

Where the messenger counts messages it is sent while the bot's month has some to spare after answers, reminders and
digests; when it has none the line waits for the person's next answer and goes with it, so that nobody goes without.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import day_in_vietnam
from rules.figures import UnitFigures
from rules.plan import Plan
from rules.quota import Room
from rules.reply import Reply
from rules.roles import Role
from scheduler.digest import runs_on
from storage import asides, bulletins, figures, houses, message_counts, notable, outbox, people, units, visits
from storage.tables import Chat, House, Person
from storage.units import Scope
from texts import evening as texts
from texts.noting import waiting

SAID_AT = "19:30"
HELPS_FOR = timedelta(hours=1)
COUNTED = "zalo"  # the messenger whose plan counts messages


@dataclass(frozen=True, slots=True)
class Evening:
    """A day's end: who logged something, the units' figures, tomorrow's promises by who made them, and how many
    `notes` each unit's head has not seen.
    """

    plan: Plan
    today: date
    busy: frozenset[int]
    rows: dict[int, UnitFigures]
    promised: dict[int, list[House]]
    notes: Counter[int]
    rooms: dict[str, Room] = field(default_factory=dict)


def day_due(plan: Plan, now: datetime) -> date | None:
    """The day whose evening line is to go out now; None if none is."""
    day = day_in_vietnam(now)
    due = plan.at(day, SAID_AT)
    is_time = due <= now < due + HELPS_FOR and not plan.time.is_quiet(SAID_AT)
    return day if is_time and runs_on(plan, day) else None


async def anything_due(session: AsyncSession, plan: Plan, now: datetime) -> bool:
    """Whether the day's line is still to go out."""
    day = day_due(plan, now)
    return day is not None and not await bulletins.turn_taken(session, plan.slug, bulletins.EVENING, day)


async def make_due(session: AsyncSession, plan: Plan, now: datetime) -> int:
    """Queue the day's lines, once; returns how many. Who has nothing to hear hears nothing."""
    day = day_due(plan, now)
    if day is None or not await bulletins.take_turn(session, plan.slug, bulletins.EVENING, day, now):
        return 0
    evening = await _evening(session, plan, day, now)
    made = 0
    for person in await people.with_roles(session, plan.slug, (Role.VOLUNTEER, Role.HEAD)):
        made += await _tell(session, evening, person, now)
    return made


async def _evening(session: AsyncSession, plan: Plan, day: date, now: datetime) -> Evening:
    found = await units.all_of(session, plan.slug)
    whole = Scope(plan.slug, frozenset(unit.id or 0 for unit in found))
    rows = {row.unit_id: row for row in await figures.of_units(session, plan, whole, day)}
    promised = await houses.promised_on(session, plan.slug, day + timedelta(days=1))
    notes = Counter(note.unit_id for note in await notable.of_units(session, plan, whole.unit_ids, now))
    return Evening(plan, day, await visits.who_logged(session, plan.slug, day), rows, promised, notes)


async def _tell(session: AsyncSession, evening: Evening, person: Person, now: datetime) -> bool:
    chat = await outbox.chat_of(session, person)
    if chat is None:
        return False
    said = await _line(session, evening, person)
    if not said:
        return False
    if not await _may_send(session, evening, person, chat, now):
        await asides.keep(session, chat, await _line(session, evening, person, on=evening.today), evening.today)
        return False
    key = f"evening:{person.id}:{evening.today}"
    return await outbox.push(session, person, Reply(said), key=key, now=now, expires_at=now + HELPS_FOR)


async def _may_send(session: AsyncSession, evening: Evening, person: Person, chat: Chat, now: datetime) -> bool:
    """Whether the line is a message of its own: a head's, and one with an appointment, go before thanks."""
    if chat.platform != COUNTED:
        return True
    if chat.bot_key not in evening.rooms:
        more = len(evening.busy)
        evening.rooms[chat.bot_key] = await message_counts.room_of(session, chat.bot_key, now, more)
    room = evening.rooms[chat.bot_key]
    presses = Role(person.role) is Role.HEAD or bool(evening.promised.get(person.id or 0))
    return room == "plenty" or (room == "some" and presses)


async def _line(session: AsyncSession, evening: Evening, person: Person, *, on: date | None = None) -> str:
    """What there is to tell this person, "" for nothing; with `on`, told on a later day."""
    promised = evening.promised.get(person.id or 0, [])
    row = evening.rows.get(person.unit_id)
    if Role(person.role) is Role.HEAD:
        if not row or not (row.visited_today or promised):
            return ""
        note = waiting(evening.notes[person.unit_id])
        return " ".join(said for said in (texts.of_unit(evening.plan, row, promised, on=on), note) if said)
    if not (promised or person.id in evening.busy):
        return ""
    return texts.own(await figures.of_person(session, evening.plan, person, evening.today), promised, on=on)
