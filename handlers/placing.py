"""Where "xóm Đình" is: places within a unit, known from an earlier answer, or to be asked about once."""

from dataclasses import replace
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import named_units
from handlers.drafts import Draft
from rules import unit_names
from rules.entry import Entry
from rules.refusals import NotFound
from rules.spelling import fold
from storage import houses, place_aliases, units
from storage.tables import Person, PlaceAlias, Unit
from storage.units import scope_of

_ANY_DAY = date.min


async def placed(session: AsyncSession, me: Person, draft: Draft) -> tuple[Draft, Unit] | None:
    """The draft and its unit, a known place being part of one; None when it is to be asked which unit a place is in.

    Raises NotFound for what can only be a unit and is none in scope. Whether one outside is called so never matters:
    both answers are the same then.
    """
    try:
        return draft, await named_units.unit_called(session, me, draft.unit)
    except NotFound:
        found = await _known(session, me, draft.unit)
    return await _at(session, draft, found) if found else None


async def check(session: AsyncSession, me: Person, name: str) -> None:
    """Raises NotFound for what is neither a unit nor a place that may be asked about."""
    try:
        await named_units.unit_called(session, me, name)
    except NotFound:
        await _known(session, me, name)


async def entry_placed(session: AsyncSession, me: Person, entry: Entry) -> Entry:
    """The same for a line that mends: a known place becomes its unit and part of the house's name; others stay."""
    if not entry.unit:
        return entry
    try:
        found = await placed(session, me, Draft(day=_ANY_DAY, house=entry.house or "", unit=entry.unit))
    except NotFound:
        return entry
    return replace(entry, unit=found[0].unit, house=found[0].house or None) if found else entry


async def _at(session: AsyncSession, draft: Draft, where: PlaceAlias) -> tuple[Draft, Unit]:
    """In that unit; the place stays in the house's name, since "12 xóm Đình" is not "12 xóm Chùa" of the same thôn.

    Where the place is only another name of the whole unit, it tells no houses apart.
    """
    unit = await session.get_one(Unit, where.unit_id)
    if where.whole or not draft.house:
        return replace(draft, unit=unit.name), unit
    known = await houses.in_alley(session, where.unit_id, draft.house, where.place)
    label = known.label if known else with_place(draft.house, where.place)
    return replace(draft, unit=unit.name, house=label, alley=where.place), unit


async def may_be_taught(session: AsyncSession, me: Person, place: str) -> bool:
    """Whether these words may name a place within a unit that nobody has told us of."""
    reach = await units.within(session, await scope_of(session, me))
    return unit_names.may_be_part(place, [unit.name for unit in reach])


def with_place(house: str, place: str) -> str:
    return house if f" {fold(place)}" in f" {fold(house)}" else f"{house} {place}"


def is_same(one: str, other: str) -> bool:
    return bool(one) and place_aliases.place_hash(one) == place_aliases.place_hash(other)


async def offered(session: AsyncSession, me: Person) -> list[Unit]:
    """The units it may lie in, the own one first; a commune as a whole is no answer where it has units below."""
    reach = await units.within(session, await scope_of(session, me))
    first = sorted(reach, key=lambda unit: unit.id != me.unit_id)
    return [unit for unit in first if unit.kind != "commune"] or first


async def _known(session: AsyncSession, me: Person, place: str) -> PlaceAlias | None:
    scope = await scope_of(session, me)
    reach = await units.within(session, scope)
    if not unit_names.may_be_part(place, [unit.name for unit in reach]):
        raise named_units.unknown_unit(me, place, reach)
    return await place_aliases.meant(session, me, scope, place)
