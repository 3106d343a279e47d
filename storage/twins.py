"""Records that may be of one household: said to whoever logs while they remember, never merged silently."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.near_names import Named, also_written, may_be_one, taken_apart, written_otherwise
from storage import houses
from storage.tables import House, Person, Visit
from storage.visits import Logged

NEAR_DAYS = timedelta(days=7)
_PASSING = ("nobody_home", "come_back")  # whatever follows these is progress, no contradiction


async def of_others(session: AsyncSession, person: Person, logged: Sequence[Logged]) -> dict[int, Visit]:
    """By house: the latest visit that somebody else logged there within seven days of this one."""
    known = {one.house.id or 0: one.visit for one in logged if not (one.is_new or one.again)}
    if not known:
        return {}
    query = select(Visit).where(
        col(Visit.house_id).in_(known), Visit.person_id != person.id, col(Visit.undone_at).is_(None)
    )
    found: dict[int, Visit] = {}
    for visit in await session.exec(query.order_by(col(Visit.day), col(Visit.id))):
        if abs(visit.day - known[visit.house_id].day) <= NEAR_DAYS:
            found[visit.house_id] = visit
    return found


def in_order(one: Visit, other: Visit) -> tuple[Visit, Visit]:
    """As they happened: by day, then as they were typed. The second of them stands."""
    earlier, later = sorted((one, other), key=lambda visit: (visit.day, visit.id or 0))
    return earlier, later


def contradict(one: Visit, other: Visit) -> bool:
    """Whether two people's words on one house cannot both be so; "vắng", then "đã cài" can, typed in either order."""
    earlier, later = in_order(one, other)
    return earlier.outcome != later.outcome and earlier.outcome not in _PASSING


async def near_names(session: AsyncSession, logged: Sequence[Logged]) -> list[tuple[House, House]]:
    """Each house that is new by name, with one of its unit that may be the same."""
    fresh = [one.house for one in logged if one.is_new and not any(map(str.isdecimal, one.house.label))]
    pairs: list[tuple[House, House]] = []
    for unit_id in {house.unit_id for house in fresh}:
        query = select(House).where(House.unit_id == unit_id, col(House.withdrawn).is_(False))
        found = await session.exec(query.order_by(col(House.id)))
        known = [(house, _names_of(house)) for house in found]
        for house in (house for house in fresh if house.unit_id == unit_id):
            other = _nearest(house, known)
            pairs += [(house, other)] if other else []
    return pairs


def _names_of(house: House) -> list[Named]:
    names = [taken_apart(name) for name in (house.label, house.head_name or "")]
    return [name for name in names if name]


def _nearest(fresh: House, known: Sequence[tuple[House, list[Named]]]) -> House | None:
    """Rather the one whose name differs in its marks alone."""
    name = taken_apart(fresh.label)
    if name is None:
        return None
    near = [one for one, names in known if one.id != fresh.id and any(may_be_one(each, name) for each in names)]
    return next((one for one in near if written_otherwise(one.label, fresh.label)), near[0] if near else None)


async def written_another_way(session: AsyncSession, logged: Sequence[Logged]) -> list[tuple[House, House]]:
    """Each house that is new as it is written, with the one of its unit that may be meant: "số 5 ngõ 12", "12/5"."""
    asked = {
        (one.house.unit_id, houses.label_hash(label)): one.house
        for one in logged
        if one.is_new
        for label in also_written(one.house.label)
    }
    if not asked:
        return []
    hashes, units = {each for _, each in asked}, {unit for unit, _ in asked}
    query = select(House).where(col(House.unit_id).in_(units), col(House.label_hash).in_(hashes))
    found = await session.exec(query.where(col(House.withdrawn).is_(False)).order_by(col(House.id)))
    pairs = [(asked.get((known.unit_id, known.label_hash)), known) for known in found]
    return [(fresh, known) for fresh, known in pairs if fresh and fresh.id != known.id]


async def same_phone(session: AsyncSession, logged: Sequence[Logged]) -> list[tuple[House, House]]:
    """Each house whose phone, said now, another house of the campaign has too."""
    asked = {one.house.phone_hash: one.house for one in logged if one.house.phone_hash and not one.again}
    if not asked:
        return []
    campaign = next(iter(asked.values())).campaign
    query = select(House).where(
        House.campaign == campaign, col(House.phone_hash).in_(asked), col(House.withdrawn).is_(False)
    )
    found = await session.exec(query.order_by(col(House.id)))
    pairs = [(asked[other.phone_hash or ""], other) for other in found]
    return [(house, other) for house, other in pairs if house.id != other.id]


async def sharing_phones(session: AsyncSession, campaign: str) -> dict[int, int]:
    """How many houses of each unit have a phone that another house of the campaign has too, by unit id."""
    here = (House.campaign == campaign, col(House.withdrawn).is_(False), col(House.phone_hash).is_not(None))
    shared = select(House.phone_hash).where(*here).group_by(col(House.phone_hash)).having(func.count() > 1)
    query: Any = select(House.unit_id, func.count()).where(*here, col(House.phone_hash).in_(shared))
    return dict(list(await session.exec(query.group_by(House.unit_id))))
