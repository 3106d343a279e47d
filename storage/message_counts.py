"""How many messages a bot received and sent, day by day: a plan that counts the month's is watched by this."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import day_in_vietnam
from rules.quota import FREE, PACE_DAYS, Allowance, Room, room
from storage import outbox, settings
from storage.tables import Chat, MessageCount, Person, Visit

_TABLE = SQLModel.metadata.tables["message_count"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Messages of one bot, each way."""

    incoming: int = 0
    outgoing: int = 0

    def used(self, *, incoming_counts: bool) -> int:
        """What the plan takes off, by either reading of it."""
        return self.outgoing + (self.incoming if incoming_counts else 0)


async def add(session: AsyncSession, bot_key: str, day: date, *, incoming: int = 0, outgoing: int = 0) -> None:
    """Count messages on `day` (a day in Vietnam)."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    fresh = insert(_TABLE).values(bot_key=bot_key, day=day, incoming=incoming, outgoing=outgoing)
    more = {"incoming": _TABLE.c.incoming + incoming, "outgoing": _TABLE.c.outgoing + outgoing}
    await session.exec(fresh.on_conflict_do_update(index_elements=["bot_key", "day"], set_=more))


async def of_month(session: AsyncSession, bot_key: str, day: date) -> Counts:
    """What the bot's plan counts in the month of `day`, up to that day."""
    days = await by_day(session, bot_key, day.replace(day=1), day)
    return Counts(sum(one.incoming for one in days.values()), sum(one.outgoing for one in days.values()))


async def by_day(session: AsyncSession, bot_key: str, first: date, last: date) -> dict[date, Counts]:
    """The days from `first` to `last` on which there was anything to count."""
    query = select(MessageCount).where(
        MessageCount.bot_key == bot_key, col(MessageCount.day) >= first, col(MessageCount.day) <= last
    )
    return {row.day: Counts(row.incoming, row.outgoing) for row in await session.exec(query)}


def _stopped_key(bot_key: str) -> str:
    """Where the month is kept in which this bot's messenger took no more of its messages."""
    return f"quota:{bot_key}"


async def stop(session: AsyncSession, bot_key: str, now: datetime) -> None:
    """The messenger takes no more of this bot's messages (429): for all we know, until the month turns."""
    await settings.put(session, _stopped_key(bot_key), _month(now))


async def is_stopped(session: AsyncSession, bot_key: str, now: datetime) -> bool:
    return await settings.get(session, _stopped_key(bot_key)) == _month(now)


def _month(now: datetime) -> str:
    return f"{day_in_vietnam(now):%Y-%m}"


async def resume(session: AsyncSession, bot_key: str, now: datetime) -> int:
    """The operator knows that messages may go again: those that waited go at `now`. Returns how many they are."""
    await settings.drop(session, _stopped_key(bot_key))
    return await outbox.release(session, bot_key, now)


async def keep_allowance(session: AsyncSession, allowance: Allowance) -> None:
    """Keep what the messenger's plan grants, for those who know of no settings."""
    await settings.put(session, settings.ALLOWANCE, json.dumps(asdict(allowance)))


async def room_of(session: AsyncSession, bot_key: str, now: datetime, more: int = 0) -> Room:
    """What this bot's month has for messages nobody waits for, with `more` of them today; see `rules.quota.room`."""
    if await is_stopped(session, bot_key, now):
        return "none"
    kept, today = await settings.get(session, settings.ALLOWANCE), day_in_vietnam(now)
    allowance = Allowance(**json.loads(kept)) if kept else FREE
    days = await by_day(session, bot_key, min(today.replace(day=1), today - timedelta(days=PACE_DAYS)), today)
    counted = {day: one.used(incoming_counts=allowance.incoming_counts) for day, one in days.items()}
    return room(counted, allowance.messages, today, more)


async def bots(session: AsyncSession, platform: str) -> list[str]:
    """Every bot of a messenger that has ever counted or been written to, by key."""
    counted = select(MessageCount.bot_key).where(col(MessageCount.bot_key).startswith(f"{platform}:"))
    met = select(Chat.bot_key).where(Chat.platform == platform)
    return sorted({*await session.exec(counted.distinct()), *await session.exec(met.distinct())})


async def people_of(session: AsyncSession, bot_key: str) -> dict[str, int]:
    """How many people who joined each bot serves now, by role."""
    query = (
        select(Person.role, func.count(func.distinct(Person.id)))
        .join(Chat, col(Chat.person_id) == col(Person.id))
        .where(Chat.bot_key == bot_key, col(Person.left_at).is_(None))
        .group_by(Person.role)
    )
    return dict((await session.exec(query)).all())


async def households_of(session: AsyncSession, bot_key: str, first: date, last: date) -> int:
    """How many visits the people whom this bot serves logged for these days."""
    people = select(Chat.person_id).where(Chat.bot_key == bot_key, col(Chat.person_id).is_not(None))
    query = select(func.count()).where(
        col(Visit.person_id).in_(people), Visit.day >= first, Visit.day <= last, col(Visit.undone_at).is_(None)
    )
    return int((await session.exec(query)).one())
