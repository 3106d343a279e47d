"""What we remember of checks: houses said to be done, drawn by lot, and what the village's head found there."""

import random
from collections.abc import Collection
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import case, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.refusals import NotFound
from storage import audit
from storage.tables import House, Person, Recheck, Unit, Visit

A_DAY = 3  # houses a village: twenty answers, from which they count, are there within a week
RIGHT, WRONG, AWAY = "right", "wrong", "away"
ANSWERS = (RIGHT, WRONG, AWAY)


async def draw(
    session: AsyncSession, unit: Unit, head: Person, done_codes: Collection[str], *, day: date, now: datetime
) -> list[Recheck]:
    """The day's houses of a unit for its head, kept; the same campaign, day, unit and houses draw the same.

    Never one the head logged, nor one drawn before; none once the unit had its draw of the day.
    """
    drawn = select(Recheck.id).where(Recheck.unit_id == unit.id, Recheck.day == day)
    if (await session.exec(drawn.limit(1))).first():
        return []
    open_to = await _candidates(session, unit, head, done_codes)
    chosen = sample(open_to, f"{unit.campaign}|{day}|{unit.id}")
    rows = [
        Recheck(
            campaign=unit.campaign, unit_id=unit.id or 0, house_id=house, person_id=head.id or 0, day=day, asked_at=now
        )
        for house in chosen
    ]
    session.add_all(rows)
    await session.flush()
    return rows


def sample(houses: list[int], seed: str, most: int = A_DAY) -> list[int]:
    """At most so many of them by lot; the same for the same houses and seed, on every machine."""
    lot = random.Random(int.from_bytes(sha256(seed.encode()).digest()))
    return lot.sample(sorted(houses), min(most, len(houses)))


async def _candidates(session: AsyncSession, unit: Unit, head: Person, done_codes: Collection[str]) -> list[int]:
    own = select(Visit.house_id).where(Visit.person_id == head.id, col(Visit.undone_at).is_(None))
    before = select(Recheck.house_id).where(Recheck.unit_id == unit.id)
    query = select(House.id).where(
        House.unit_id == unit.id,
        col(House.withdrawn).is_(False),
        col(House.outcome).in_(done_codes),
        col(House.id).not_in(own),
        col(House.id).not_in(before),
    )
    return [house for house in await session.exec(query) if house is not None]


async def next_open(session: AsyncSession, person: Person) -> tuple[Recheck, House] | None:
    """The next house this person was asked about, has not answered for, and that still counts as visited."""
    query = (
        select(Recheck, House)
        .join(House, col(House.id) == col(Recheck.house_id))
        .where(Recheck.person_id == person.id, Recheck.answer == "", col(House.withdrawn).is_(False))
        .order_by(col(Recheck.id).desc())
    )
    return (await session.exec(query.limit(1))).first()


async def how_many_open(session: AsyncSession, person: Person) -> int:
    """For how many houses this person still owes an answer."""
    query: Any = select(func.count(col(Recheck.id))).join(House, col(House.id) == col(Recheck.house_id))
    query = query.where(Recheck.person_id == person.id, Recheck.answer == "", col(House.withdrawn).is_(False))
    return int((await session.exec(query)).one())


async def anything_to_draw(session: AsyncSession, campaign: str, done_codes: Collection[str]) -> bool:
    """Whether some house was said to be done that was never drawn."""
    drawn = select(Recheck.house_id).where(Recheck.campaign == campaign)
    query = select(House.id).where(
        House.campaign == campaign,
        col(House.withdrawn).is_(False),
        col(House.outcome).in_(done_codes),
        col(House.id).not_in(drawn),
    )
    return (await session.exec(query.limit(1))).first() is not None


async def answer(
    session: AsyncSession, person: Person, recheck_id: int, said: str, *, now: datetime, source: str
) -> tuple[Recheck, House]:
    """What the head found; said again it replaces what was said before. Raises NotFound for somebody else's."""
    row = await session.get(Recheck, recheck_id)
    house = await session.get(House, row.house_id) if row else None
    if row is None or house is None or row.person_id != person.id or said not in ANSWERS:
        raise NotFound("recheck")
    row.answer, row.answered_at = said, now
    session.add(row)
    await session.flush()
    audit.note(session, "house.rechecked", f"recheck:{row.id}", now=now, by=person, source=source)
    return row, house


async def by_unit(session: AsyncSession, campaign: str, until: date) -> dict[int, tuple[int, int]]:
    """How many were looked at again up to a day and how many of them were right, by unit id. "away" counts for none."""
    right: Any = func.sum(case((col(Recheck.answer) == RIGHT, 1), else_=0))
    query: Any = select(Recheck.unit_id, func.count(), right)
    query = query.where(
        Recheck.campaign == campaign, Recheck.day <= until, col(Recheck.answer).in_((RIGHT, WRONG))
    ).group_by(col(Recheck.unit_id))
    return {unit_id: (checked, int(found)) for unit_id, checked, found in await session.exec(query)}
