"""Which house a bare number means, where a unit has that number in several alleys."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import SQLModel, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules import unit_names
from rules.entry import house_key
from rules.order import natural
from rules.spelling import fold
from storage import former_units, houses
from storage.tables import House, Person, Unit, Visit

_TABLE = SQLModel.metadata.tables["house"]  # see `houses`
_IN_ALLEYS: Any = select(_TABLE.c.id, _TABLE.c.label, _TABLE.c.list_number).where(
    _TABLE.c.unit_id == bindparam("unit"),
    _TABLE.c.withdrawn.is_(False),
    or_(_TABLE.c.alley_hash.is_not(None), _TABLE.c.list_number == bindparam("nth")),
)


@dataclass(frozen=True, slots=True)
class Door:
    """`label` is the house's own name, or what was said where that is clear; `several` to ask about where it is not.

    `near` is a house that may be the same as the one named: said so behind the echo, never merged silently.
    """

    label: str
    several: tuple[House, ...] = ()
    near: House | None = None


def is_bare_number(label: str) -> bool:
    """ "12", "nhà số 12", "12a"; not "12/5" nor "số 12 ngõ 5"."""
    key = house_key(label)
    return key[:1].isdecimal() and key.isalnum()


async def meant(session: AsyncSession, person: Person, unit: Unit, label: str, *, said_unit: str = "") -> Door:
    """The house that these words mean when this person says them, or the houses that they may mean.

    `said_unit` are the words for the unit, if there were any: the old name of a merged one tells which "12" is meant.

    A number that only one of one's own houses has is that one. The number by itself stands where the list says so,
    where one logged it so before, where no alley of the unit has such a number, or a single one that no list knows of:
    whether the two are one house is then asked behind the echo.
    """
    if said_unit and (old := await _of_former(session, unit, label, said_unit)):
        return Door(old.label)
    if not is_bare_number(label):
        return Door(label)
    others = await _with_number(session, unit.id or 0, label)
    if not others:
        return Door(label)
    plain = await _by_itself(session, unit, label)
    everyone = [*([plain] if plain else []), *others]
    own = [house for house in everyone if house.assigned_to == person.id]
    if len(own) == 1:
        return Door(own[0].label)
    if plain and (plain.list_number is not None or await _was_there(session, person, plain)):
        return Door(plain.label)
    if not plain and len(others) == 1:
        return Door(others[0].label) if others[0].list_number is not None else Door(label, near=others[0])
    return Door(label, tuple(sorted(everyone, key=lambda house: natural(house_key(house.label)))))


async def _with_number(session: AsyncSession, unit_id: int, label: str) -> list[House]:
    """The unit's houses with that number in an alley, and the one without a number that is so numbered in its list."""
    number = house_key(label)
    nth = int(number) if number.isdecimal() and len(number) < 5 else -1
    found = await session.exec(_IN_ALLEYS, params={"unit": unit_id, "nth": nth})
    ids = [row.id for row in found if _has_number(row.label, row.list_number, number, nth)]
    return await houses.with_ids(session, ids)


def _has_number(label: str, list_number: int | None, number: str, nth: int) -> bool:
    key = house_key(label)
    if any(map(str.isdecimal, key)):
        return key.startswith(f"{number} ")
    return list_number == nth


async def _by_itself(session: AsyncSession, unit: Unit, label: str) -> House | None:
    query = select(House).where(
        House.unit_id == unit.id, House.label_hash == houses.label_hash(label), col(House.withdrawn).is_(False)
    )
    return (await session.exec(query)).first()


async def _was_there(session: AsyncSession, person: Person, house: House) -> bool:
    query = select(Visit.id).where(
        Visit.house_id == house.id, Visit.person_id == person.id, col(Visit.undone_at).is_(None)
    )
    return (await session.exec(query.limit(1))).first() is not None


async def _of_former(session: AsyncSession, unit: Unit, label: str, said_unit: str) -> House | None:
    """The house that came with a merged unit of this name."""
    if fold(said_unit) == unit.name_key:
        return None
    old = await former_units.of(session, unit.campaign, into=unit.id)
    at = unit_names.called(said_unit, [each.name for each in old])
    return (
        await houses.called(session, unit.id or 0, f"{label} {old[at[0]].name}", listed=False) if len(at) == 1 else None
    )
