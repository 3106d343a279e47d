"""What we remember of the people on the plan's DANH SÁCH: who installed, listed by which unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.spelling import fold
from storage import audit
from storage.houses import phone_hash
from storage.sealing import keyed_hash
from storage.tables import ListedPerson, Person, Unit


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


def take_off(session: AsyncSession, row: ListedPerson, person: Person, *, now: datetime, source: str) -> None:
    """Undo one line of a list."""
    row.undone_at = now
    session.add(row)
    audit.note(session, "person.unlisted", f"listed:{row.id}", now=now, by=person, source=source)
