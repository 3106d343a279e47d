"""The visits of the last seven days that someone may still mean: found by house, by name, by message."""

from datetime import datetime
from typing import Any

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.entry import house_key
from rules.near_names import are_near
from rules.refusals import NotFound
from storage import doors, houses
from storage.tables import House, Person, Visit
from storage.units import Scope
from storage.visits import RECENT, Logged

_MOST = 200


async def own_at(
    session: AsyncSession, person: Person, label: str, now: datetime, house: House | None, *, anywhere: bool
) -> list[Logged]:
    """One's own visits to this house, newest first; `anywhere`: also to houses called so in other units."""
    there: Any = Visit.house_id == (house.id if house else 0)
    if anywhere:
        there = or_(there, col(House.label_hash).in_(houses.hashes(label)))
    found = await _standing(session, now, Visit.person_id == person.id, there)
    return [one for one in found if one.house is house or houses.is_called(one.house, label)]


async def anyones_at(session: AsyncSession, house: House | None, now: datetime) -> list[Logged]:
    """Everybody's visits to the house, newest first."""
    return await _standing(session, now, Visit.house_id == house.id) if house else []


async def within(session: AsyncSession, scope: Scope, label: str, now: datetime) -> list[Logged]:
    """Everybody's visits to houses that are called so, wherever in the scope, newest first."""
    called = col(House.label_hash).in_(houses.hashes(label))
    found = await _standing(session, now, called, col(Visit.unit_id).in_(scope.unit_ids))
    return [one for one in found if houses.is_called(one.house, label)]


async def own_numbered(session: AsyncSession, person: Person, label: str, now: datetime) -> list[Logged]:
    """One's own visits to houses in an alley with this bare number: "12" for "12 ngõ 3"."""
    if not doors.is_bare_number(label):
        return []
    number = f"{house_key(label)} "
    latest = await _standing(session, now, Visit.person_id == person.id, col(House.alley_hash).is_not(None))
    return [one for one in latest if house_key(one.house.label).startswith(number)]


async def is_at(session: AsyncSession, logged: Logged, label: str) -> bool:
    """Whether this visit was to the house that people call so."""
    if houses.is_called(logged.house, label):
        return True
    house = await houses.called(session, logged.house.unit_id, label)
    return house is not None and house.id == logged.house.id


async def own_near(session: AsyncSession, person: Person, label: str, now: datetime) -> list[Logged]:
    """One's own visits to houses called nearly so ("ông Tám" for "ông Tám ngã ba"), newest first, one a house."""
    latest = await _standing(session, now, Visit.person_id == person.id)
    near = [one for one in latest if are_near(one.house.label, label) or are_near(one.house.head_name or "", label)]
    return list({one.house.id: one for one in reversed(near)}.values())[::-1]


async def said_in(session: AsyncSession, person: Person, message: str, now: datetime) -> list[Logged]:
    """What one's own message logged, in its order, as far as it still stands."""
    return (await _standing(session, now, Visit.person_id == person.id, Visit.said_in == message))[::-1]


async def mendable(session: AsyncSession, person: Person, visit_id: int, now: datetime, led: Scope | None) -> Logged:
    """A visit that this person may change: the own one, or one within what they lead. Raises NotFound."""
    found = await _standing(session, now, Visit.id == visit_id)
    if not found or (found[0].visit.person_id != person.id and not (led and found[0].visit.unit_id in led)):
        raise NotFound("visit")
    return found[0]


async def _standing(session: AsyncSession, now: datetime, *where: Any) -> list[Logged]:
    query = (
        select(Visit, House)
        .join(House, col(House.id) == col(Visit.house_id))
        .where(col(Visit.undone_at).is_(None), Visit.created_at >= now - RECENT, *where)
        .order_by(col(Visit.id).desc())
        .limit(_MOST)
    )
    return [Logged(visit, house) for visit, house in await session.exec(query)]


async def of_others(session: AsyncSession, person: Person, scope: Scope, now: datetime, most: int) -> list[Logged]:
    """What others of the scope logged last, newest first."""
    found = await _standing(session, now, Visit.person_id != person.id, col(Visit.unit_id).in_(scope.unit_ids))
    return found[:most]


async def listed_by(session: AsyncSession, person: Person, source: str, now: datetime) -> list[Logged]:
    """What one's pasted list logged."""
    of_list = col(Visit.source).startswith(f"{source}.", autoescape=True)
    return (await _standing(session, now, Visit.person_id == person.id, of_list))[::-1]
