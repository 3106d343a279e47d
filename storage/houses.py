"""What we remember about households: found by what people call them, in the state of their latest visit."""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import SQLModel, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from rules.alleys import Alley, alley_called, alley_in
from rules.entry import house_key
from rules.near_names import differ_in_marks, marked_key
from rules.order import natural
from rules.refusals import NotFound
from storage import rows
from storage.sealing import keyed_hash
from storage.tables import House, Unit, Visit
from storage.units import Scope

# Asked for every house that is said, and mostly to find none: by the table and built once, half the cost of the objects
_TABLE = SQLModel.metadata.tables["house"]
_IN_UNIT = _TABLE.c.unit_id == bindparam("unit")
_NAMED: Any = select(_TABLE.c.id).where(
    _IN_UNIT, or_(_TABLE.c.label_hash == bindparam("usual"), _TABLE.c.label_hash == bindparam("marked"))
)
_LISTED: Any = select(_TABLE.c.id, _TABLE.c.label, _TABLE.c.list_number).where(
    _IN_UNIT, _TABLE.c.list_number.is_not(None)
)


def label_hash(label: str) -> str:
    """Equal for every way to write the same house within a unit ("nhà số 12" = "12")."""
    return keyed_hash(f"house:{house_key(label)}")


def marked_hash(label: str) -> str:
    """Equal for one way to write a name only, marks and all: it tells "ông Tâm" from the "ông Tám" before him."""
    return keyed_hash(f"house with marks:{marked_key(label)}")


def hashes(label: str) -> tuple[str, str]:
    """Either of which may be a house that people call so."""
    return label_hash(label), marked_hash(label)


def is_called(house: House, label: str) -> bool:
    return house.label_hash in hashes(label) and not differ_in_marks(house.label, label)


def phone_hash(digits: str) -> str:
    return keyed_hash(f"phone:{digits}")


def alley_hash(alley: Alley) -> str:
    """Equal for every way to name the same alley ("ngõ 5" = "5")."""
    return keyed_hash(f"alley:{alley.key}")


async def called(session: AsyncSession, unit_id: int, label: str, *, listed: bool = True) -> House | None:
    """The house of that unit that people call so; None when nobody has spoken of it yet.

    "ông Tâm" is not "ông Tám", though both fold alike; who types "ong tam" means the first of them. Without `listed`
    none of the houses in an alley that have this number is meant, but one that is called just so.
    """
    usual, marked = hashes(label)
    found = await session.exec(_NAMED, params={"unit": unit_id, "usual": usual, "marked": marked})
    meant = _meant(await with_ids(session, list(found)), label)
    return meant or (await _in_list(session, unit_id, house_key(label)) if listed else None)


async def in_alley(session: AsyncSession, unit_id: int, label: str, alley: str) -> House | None:
    """The house called so that stands in this part of the unit ("12" in "xóm Đình"), by a list or by earlier visits."""
    named = alley_called(alley)
    if named is None:
        return None
    query = select(House).where(House.unit_id == unit_id, House.alley_hash == alley_hash(named))
    usual, marked = hashes(label)
    found = await session.exec(query.where(col(House.label_hash).in_((usual, marked))))
    return _meant(list(found), label)


async def _in_list(session: AsyncSession, unit_id: int, number: str) -> House | None:
    """The one house of the unit's list that a bare number means: the only "số 12 ngõ 5", or the 12th without a number.

    None when the list has none such, or more than one.
    """
    if not number[:1].isdecimal() or not number.isalnum():
        return None
    listed = await session.exec(_LISTED, params={"unit": unit_id})
    ids = [row.id for row in listed if _is_meant(row.label, row.list_number, number)]
    return (await with_ids(session, ids))[0] if len(ids) == 1 else None


async def with_ids(session: AsyncSession, ids: Collection[int]) -> list[House]:
    """These houses, in the order they were first spoken of."""
    if not ids:
        return []
    return list(await session.exec(select(House).where(col(House.id).in_(ids)).order_by(col(House.id))))


def _is_meant(label: str, list_number: int, number: str) -> bool:
    key = house_key(label)
    if any(map(str.isdecimal, key)):
        return key.startswith(f"{number} ")
    return str(list_number) == number


def _meant(found: list[House], label: str) -> House | None:
    found = [house for house in found if not differ_in_marks(house.label, label)]
    return next((house for house in found if house.label_hash == marked_hash(label)), found[0] if found else None)


async def _folds_alike(session: AsyncSession, unit_id: int, label: str) -> bool:
    """Whether another name that reads the same without its marks has the usual key already."""
    query = select(House.id).where(House.unit_id == unit_id, House.label_hash == label_hash(label))
    return (await session.exec(query)).first() is not None


async def called_or_new(session: AsyncSession, unit: Unit, label: str, now: datetime) -> House:
    """The house of that unit that people call so; a new one goes down with the next flush."""
    house = await called(session, unit.id or 0, label)
    if house is None:
        house = await unheard_of(session, unit, label, now)
        session.add(house)
    return house


async def unheard_of(session: AsyncSession, unit: Unit, label: str, now: datetime, *, alley: str = "") -> House:
    """A house nobody spoke of before, for the caller to store; in this `alley` where its name speaks of none."""
    found = alley_in(label) or (alley_called(alley) if alley else None)
    taken = not label.isascii() and await _folds_alike(session, unit.id or 0, label)
    return rows.made(
        House,
        campaign=unit.campaign,
        unit_id=unit.id or 0,
        label=label,
        label_hash=marked_hash(label) if taken else label_hash(label),
        created_at=now,
        withdrawn=True,
        alley=found.name if found else None,
        alley_hash=alley_hash(found) if found else None,
    )


async def by_id(session: AsyncSession, scope: Scope, house_id: int) -> House:
    """The house, within the scope. Raises NotFound, also for one that lies outside."""
    house = await session.get(House, house_id)
    if house is None or house.unit_id not in scope:
        raise NotFound("house")
    return house


async def settle(session: AsyncSession, house: House, done_codes: Collection[str]) -> None:
    """Bring a house to the state of its latest visit (by day, then as typed); without visits it is withdrawn,
    unless it stands in the household list.
    """
    take_state(house, list(await session.exec(standing_visits(house))), done_codes)
    session.add(house)


def standing_visits(house: House) -> SelectOfScalar[Visit]:
    """Asks for the visits that stand, by day, then as typed."""
    query = select(Visit).where(Visit.house_id == house.id, col(Visit.undone_at).is_(None))
    return query.order_by(col(Visit.day), col(Visit.id))


def take_state(house: House, visits: list[Visit], done_codes: Collection[str]) -> None:
    """Bring the house to the state that these visits, in order, leave it in."""
    for name, value in state_after(house, visits, done_codes).items():
        setattr(house, name, value)


def state_after(house: House, visits: list[Visit], done_codes: Collection[str]) -> dict[str, Any]:
    """The fields that these visits, in order, leave a house with."""
    last = visits[-1] if visits else None
    return {
        "withdrawn": last is None and house.list_number is None,
        "visit_id": last.id if last else None,
        "outcome": last.outcome if last else None,
        "installs": last.installs if last else 0,
        "visited_on": last.day if last else None,
        "come_back_on": last.come_back_on if last else None,
        "come_back_time": last.come_back_time if last else "",
        "done_on": done_since([(visit.day, visit.outcome) for visit in visits], done_codes),
    }


def done_since(history: Sequence[tuple[date, str]], done_codes: Collection[str]) -> date | None:
    """The day of the first of the done visits (day, outcome) that close the history; None when the last is not done."""
    since = None
    for day, outcome in reversed(history):
        if outcome not in done_codes:
            break
        since = day
    return since


async def with_outcome(session: AsyncSession, scope: Scope, code: str) -> list[House]:
    """Every house of the scope in this state, in the order people know them."""
    query = select(House).where(
        col(House.unit_id).in_(scope.unit_ids), House.outcome == code, col(House.withdrawn).is_(False)
    )
    found = list(await session.exec(query))
    return sorted(found, key=lambda house: (house.unit_id, natural(house.label)))


async def in_pages(session: AsyncSession, unit_id: int, size: int = 1000) -> AsyncIterator[list[Any]]:
    """A unit's known houses as they were first spoken of, a page at a time: only what a paper says of them."""
    wanted = (House.id, House.label, House.head_name, House.phone, House.phone_hash, House.address, House.outcome,
              House.installs, House.visited_on, House.done_on, House.come_back_on)  # fmt: skip
    last = 0
    while True:
        query: Any = select(*map(col, wanted)).where(
            House.unit_id == unit_id, col(House.withdrawn).is_(False), col(House.id) > last
        )
        page = list(await session.exec(query.order_by(col(House.id)).limit(size)))
        if not page:
            return
        last = page[-1].id
        yield page


async def visited_in(session: AsyncSession, unit: Unit) -> list[House]:
    """A unit's houses that somebody logged, in the order people know them."""
    query = select(House).where(
        House.unit_id == unit.id, col(House.withdrawn).is_(False), col(House.outcome).is_not(None)
    )
    return sorted(await session.exec(query), key=lambda house: natural(house.label))


async def promised_on(session: AsyncSession, campaign: str, day: date) -> dict[int, list[House]]:
    """The houses that were promised a visit on a day, by the person who promised it."""
    query = (
        select(Visit.person_id, House)
        .join(House, col(House.visit_id) == col(Visit.id))
        .where(House.campaign == campaign, House.come_back_on == day, col(House.withdrawn).is_(False))
    )
    found: dict[int, list[House]] = {}
    for person_id, house in await session.exec(query):
        found.setdefault(person_id, []).append(house)
    return {person: sorted(of, key=lambda house: natural(house.label)) for person, of in found.items()}
