"""What we remember of what we said unprompted: digests and reminders as they were sent, and whose turn it is."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import exists, func, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.roles import Role
from storage.tables import Bulletin, Chat, Outbox, Person, Setting

DAILY, REMINDER, EVENING, CHECKS, HANDOFF = "daily", "reminder", "evening", "checks", "handoff"
REMEMBERED = timedelta(days=31)  # how far back a sent figure is set right in the next digest


async def awaiting(session: AsyncSession, campaign: str, roles: tuple[Role, ...], kind: str, day: date) -> list[Person]:
    """Who has one of the roles now, can be reached, and has not had this kind of bulletin for the day."""
    had = exists().where(
        col(Bulletin.person_id) == col(Person.id), col(Bulletin.kind) == kind, col(Bulletin.day) == day
    )
    chat = exists().where(col(Chat.person_id) == col(Person.id), col(Chat.unreachable_since).is_(None))
    query = select(Person).where(
        Person.campaign == campaign, col(Person.role).in_(roles), col(Person.left_at).is_(None), chat, ~had
    )
    return list(await session.exec(query.order_by(col(Person.id))))


def keep(
    session: AsyncSession,
    person: Person,
    kind: str,
    day: date,
    said: str,
    *,
    now: datetime,
    covers_from: date,
    figures: dict[str, Any] | None = None,
) -> None:
    """Freeze what was said to a person; `covers_from` is the first day it speaks of. Once per person, kind and day."""
    session.add(
        Bulletin(
            campaign=person.campaign,
            person_id=person.id or 0,
            kind=kind,
            day=day,
            said=said,
            covers_from=covers_from,
            said_hash=sha256(said.encode()).hexdigest(),
            figures=figures,
            made_at=now,
        )
    )


async def sent_to(session: AsyncSession, person: Person, kind: str, before: date) -> list[Bulletin]:
    """A person's bulletins of that kind with their figures, of the last REMEMBERED before a day, oldest first."""
    query = select(Bulletin).where(
        Bulletin.person_id == person.id,
        Bulletin.kind == kind,
        Bulletin.day < before,
        Bulletin.day >= before - REMEMBERED,
        col(Bulletin.figures).is_not(None),
    )
    return list(await session.exec(query.order_by(col(Bulletin.day))))


async def sent_on(session: AsyncSession, campaign: str, kind: str, day: date) -> list[tuple[str, str]]:
    """The texts of a day as they were sent, each with the role of whom it went to."""
    query: Any = select(Bulletin.said, Person.role).join(Person, col(Person.id) == col(Bulletin.person_id))
    query = query.where(Bulletin.campaign == campaign, Bulletin.kind == kind, Bulletin.day == day)
    return [(said, role) for said, role in await session.exec(query.order_by(col(Bulletin.id)))]


async def latest(session: AsyncSession, person: Person, kind: str) -> Bulletin | None:
    """A person's latest bulletin of that kind."""
    query = select(Bulletin).where(Bulletin.person_id == person.id, Bulletin.kind == kind)
    return (await session.exec(query.order_by(col(Bulletin.day).desc()).limit(1))).first()


async def figures_of(session: AsyncSession, campaign: str, kind: str, day: date) -> Bulletin | None:
    """The first bulletin of a day that carries its figures: what its picture is drawn from."""
    query = select(Bulletin).where(
        Bulletin.campaign == campaign, Bulletin.kind == kind, Bulletin.day == day, col(Bulletin.figures).is_not(None)
    )
    return (await session.exec(query.order_by(col(Bulletin.id)).limit(1))).first()


async def latest_days(session: AsyncSession, campaign: str, kind: str, before: date) -> dict[int, date]:
    """The day of each person's latest bulletin of that kind before a day, by person id."""
    query: Any = select(Bulletin.person_id, func.max(Bulletin.day))
    query = query.where(Bulletin.campaign == campaign, Bulletin.kind == kind, col(Bulletin.day) < before)
    return dict(list(await session.exec(query.group_by(Bulletin.person_id))))


async def next_number(session: AsyncSession, campaign: str, kind: str, day: date) -> int:
    """The running number of a day's bulletin in its campaign, from 1: the same for everyone who gets it."""
    days = select(func.count(func.distinct(Bulletin.day)))
    query = days.where(Bulletin.campaign == campaign, Bulletin.kind == kind, col(Bulletin.day) < day)
    return int((await session.exec(query)).one()) + 1


def _turn(campaign: str, kind: str, day: date) -> str:
    return f"turn:{campaign}:{kind}:{day}"


async def turn_taken(session: AsyncSession, campaign: str, kind: str, day: date) -> bool:
    """Whether it was already decided who hears what of this kind on the day."""
    return await session.get(Setting, _turn(campaign, kind, day)) is not None


async def take_turn(session: AsyncSession, campaign: str, kind: str, day: date, now: datetime) -> bool:
    """Be the one that decides who hears what of this kind on the day; False when that was decided before."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {"key": _turn(campaign, kind, day), "value": now.isoformat()}
    added = await session.exec(insert(Setting).values(row).on_conflict_do_nothing(index_elements=["key"]))
    return int(added.rowcount) == 1


async def any_expired(session: AsyncSession, now: datetime) -> bool:
    """Whether the outbox holds a message past its time (the partial index on pending rows answers)."""
    query = select(Outbox.id).where(text("status = 'pending'"), col(Outbox.expires_at) < now)
    return (await session.exec(query.limit(1))).first() is not None
