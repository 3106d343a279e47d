"""What we remember of the people on the plan's DANH SÁCH: who installed, listed by which unit."""

from collections.abc import AsyncIterator, Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, union_all
from sqlalchemy import select as sa_select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.refusals import NothingToUndo
from rules.spelling import fold
from storage import audit
from storage.houses import phone_hash
from storage.sealing import keyed_hash
from storage.tables import House, ListedPerson, Person, Unit

RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list as it was said. `phone` is ten digits or None; `at_work`: the address is the workplace."""

    name: str
    phone: str | None = None
    workplace: str | None = None
    address: str | None = None
    at_work: bool = False
    house_id: int | None = None


def name_hash(name: str) -> str:
    """Equal for names that read the same without accents, spaces and capitals."""
    return keyed_hash(f"name:{fold(name)}")


async def add(
    session: AsyncSession, person: Person, unit: Unit, entry: Entry, *, day: date, now: datetime, source: str
) -> ListedPerson | None:
    """Put a person on the unit's list; None when this very line (`source`) was put there before."""
    row = ListedPerson(
        campaign=unit.campaign,
        unit_id=unit.id or 0,
        house_id=entry.house_id,
        person_id=person.id or 0,
        name=entry.name,
        name_hash=name_hash(entry.name),
        phone=entry.phone,
        phone_hash=phone_hash(entry.phone) if entry.phone else None,
        workplace=entry.workplace,
        address=entry.address,
        at_work=entry.at_work,
        day=day,
        source=source,
        created_at=now,
    )
    try:
        async with session.begin_nested():
            session.add(row)
            await session.flush()
    except IntegrityError:
        return None
    audit.note(session, "person.listed", f"listed:{row.id}", now=now, by=person, source=source)
    return row


async def same_as(session: AsyncSession, campaign: str, entry: Entry) -> list[ListedPerson]:
    """Those already on any list of the campaign with this phone; without a phone, with this name."""
    alike = (
        ListedPerson.phone_hash == phone_hash(entry.phone)
        if entry.phone
        else ListedPerson.name_hash == name_hash(entry.name)
    )
    query = select(ListedPerson).where(ListedPerson.campaign == campaign, alike, col(ListedPerson.undone_at).is_(None))
    return list(await session.exec(query.order_by(col(ListedPerson.id))))


async def of_units(session: AsyncSession, campaign: str, unit_ids: Iterable[int]) -> list[ListedPerson]:
    """Everybody on the lists of these units, in the order they were put there."""
    query = select(ListedPerson).where(
        ListedPerson.campaign == campaign,
        col(ListedPerson.unit_id).in_(list(unit_ids)),
        col(ListedPerson.undone_at).is_(None),
    )
    return list(await session.exec(query.order_by(col(ListedPerson.id))))


async def in_pages(session: AsyncSession, campaign: str, unit_id: int, size: int = 1000) -> AsyncIterator[list[Any]]:
    """One unit's list in the order people were put on it, a page at a time, so that memory does not grow with it."""
    wanted = (ListedPerson.id, ListedPerson.name, ListedPerson.phone, ListedPerson.phone_hash,
              ListedPerson.workplace, ListedPerson.address, ListedPerson.at_work, ListedPerson.house_id)  # fmt: skip
    last = 0
    while True:
        query: Any = select(*map(col, wanted)).where(
            ListedPerson.campaign == campaign,
            ListedPerson.unit_id == unit_id,
            col(ListedPerson.undone_at).is_(None),
            col(ListedPerson.id) > last,
        )
        page = list(await session.exec(query.order_by(col(ListedPerson.id)).limit(size)))
        if not page:
            return
        last = page[-1].id
        yield page


async def shared_phones(session: AsyncSession, campaign: str, unit_ids: Iterable[int]) -> set[str]:
    """The phones (hashed) that stand on more than one line, of these units' lists and heads of houses together."""
    ids = list(unit_ids)
    people = select(col(ListedPerson.phone_hash)).where(
        ListedPerson.campaign == campaign,
        col(ListedPerson.unit_id).in_(ids),
        col(ListedPerson.phone_hash).is_not(None),
        col(ListedPerson.undone_at).is_(None),
    )
    heads = select(col(House.phone_hash)).where(
        House.campaign == campaign,
        col(House.unit_id).in_(ids),
        col(House.phone_hash).is_not(None),
        col(House.withdrawn).is_(False),
    )
    lines = union_all(people, heads).subquery()
    query: Any = sa_select(lines.c.phone_hash).group_by(lines.c.phone_hash).having(func.count() > 1)
    return {phone for (phone,) in await session.exec(query)}


async def staff_keys(
    session: AsyncSession, campaign: str, unit_ids: Iterable[int], phones: Container[str]
) -> set[tuple[str, str]]:
    """Who of those with one of these phones (hashed) is listed with the workplace, as (name, phone) hashes."""
    query: Any = select(ListedPerson.name_hash, ListedPerson.phone_hash).where(
        ListedPerson.campaign == campaign,
        col(ListedPerson.unit_id).in_(list(unit_ids)),
        col(ListedPerson.at_work).is_(True),
        col(ListedPerson.undone_at).is_(None),
        col(ListedPerson.phone_hash).is_not(None),
    )
    return {(name, phone) for name, phone in await session.exec(query) if phone in phones}


@dataclass(frozen=True, slots=True)
class Overlap:
    """Lines on the lists of where people live (`villages`) and work (`units`), and how many are on `both`."""

    villages: int
    units: int
    both: int

    @property
    def whole(self) -> int:
        """How many people that is, each counted once."""
        return self.villages + self.units - self.both


async def unnamed(session: AsyncSession, campaign: str, unit_ids: Iterable[int], done: Iterable[str]) -> int:
    """How many houses of these units are done (one of the outcomes `done`) and have nobody's name to put on a list."""
    by_name = select(ListedPerson.house_id).where(
        ListedPerson.campaign == campaign,
        col(ListedPerson.house_id).is_not(None),
        col(ListedPerson.undone_at).is_(None),
    )
    query: Any = select(func.count()).where(
        House.campaign == campaign,
        col(House.unit_id).in_(list(unit_ids)),
        col(House.withdrawn).is_(False),
        col(House.outcome).in_(list(done)),
        col(House.head_name).is_(None),
        col(House.id).not_in(by_name),
    )
    return int((await session.exec(query)).one())


async def overlap(session: AsyncSession, campaign: str, unit_ids: Iterable[int]) -> Overlap:
    """How many lines these units' lists have, and how many of the people at work are listed at home as well.

    The same phone tells the same person, each line matched once: a couple that shares a phone, one of them listed at
    work, is two people. Without a phone nobody is taken for somebody else.
    """
    query = select(ListedPerson.at_work, ListedPerson.phone_hash, func.count()).where(
        ListedPerson.campaign == campaign,
        col(ListedPerson.unit_id).in_(list(unit_ids)),
        col(ListedPerson.undone_at).is_(None),
    )
    lines: dict[bool, dict[str | None, int]] = {False: {}, True: {}}
    for at_work, phone, count in await session.exec(
        query.group_by(col(ListedPerson.at_work), col(ListedPerson.phone_hash))
    ):
        lines[at_work][phone] = count
    home, work = lines[False], lines[True]
    both = sum(min(count, home.get(phone, 0)) for phone, count in work.items() if phone)
    return Overlap(sum(home.values()), sum(work.values()), both)


async def at_work(session: AsyncSession, campaign: str, day: date) -> dict[int, tuple[int, date]]:
    """How many people each unit listed at their workplace up to a day, and on which day last, by unit id."""
    query = select(ListedPerson.unit_id, func.count(), func.max(ListedPerson.day)).where(
        ListedPerson.campaign == campaign,
        col(ListedPerson.at_work).is_(True),
        ListedPerson.day <= day,
        col(ListedPerson.undone_at).is_(None),
    )
    found = await session.exec(query.group_by(col(ListedPerson.unit_id)))
    return {unit_id: (count, last) for unit_id, count, last in found}


def take_off(session: AsyncSession, row: ListedPerson, person: Person, *, now: datetime, source: str) -> None:
    """Undo one line of a list."""
    row.undone_at = now
    session.add(row)
    audit.note(session, "person.unlisted", f"listed:{row.id}", now=now, by=person, source=source)


async def latest(session: AsyncSession, person: Person, now: datetime) -> ListedPerson | None:
    """The last line one put on a list in the last seven days that still stands."""
    query = select(ListedPerson).where(
        ListedPerson.person_id == person.id,
        col(ListedPerson.undone_at).is_(None),
        ListedPerson.created_at >= now - RECENT,
    )
    return (await session.exec(query.order_by(col(ListedPerson.id).desc()).limit(1))).first()


async def take_off_list(
    session: AsyncSession, person: Person, message: str, *, now: datetime, source: str
) -> list[ListedPerson]:
    """Undo every line that one message put on the list, and return them. Raises NothingToUndo when none stands."""
    query = select(ListedPerson).where(
        ListedPerson.person_id == person.id,
        col(ListedPerson.undone_at).is_(None),
        ListedPerson.created_at >= now - RECENT,
        col(ListedPerson.source).startswith(f"{message}.", autoescape=True),
    )
    rows = list(await session.exec(query))
    if not rows:
        raise NothingToUndo
    for row in rows:
        take_off(session, row, person, now=now, source=source)
    return rows
