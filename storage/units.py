"""What we remember about units: the tree, and who may see which part of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.order import natural
from rules.refusals import NotFound
from rules.roles import Role
from rules.spelling import fold
from storage.tables import Person, Unit

_BODIES = ("agency", "police")  # kinds of units that have no households of their own
_SERVING = (Role.OFFICER, Role.LEADER, Role.POLICE, Role.OPERATOR)


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of a campaign one person may see: every query about units, houses and visits takes it."""

    campaign: str
    unit_ids: frozenset[int]

    def __contains__(self, unit_id: int | None) -> bool:
        return unit_id in self.unit_ids


async def all_of(session: AsyncSession, campaign: str) -> list[Unit]:
    """Every open unit of the campaign, in the order people know them (numbers as numbers)."""
    found = await session.exec(select(Unit).where(Unit.campaign == campaign, col(Unit.closed_at).is_(None)))
    return sorted(found, key=lambda unit: natural(unit.name))


async def scope_of(session: AsyncSession, person: Person) -> Scope:
    """What this person may see: the own unit and everything below it.

    The office, the leaders and the police who sit in one of the commune's bodies serve the whole commune.
    """
    units = await all_of(session, person.campaign)
    kind = next((unit.kind for unit in units if unit.id == person.unit_id), "")
    serves_whole = kind in _BODIES and Role(person.role) in _SERVING
    root = _commune_of(units, person.unit_id) if serves_whole else person.unit_id
    return Scope(person.campaign, frozenset(_below(units, root)))


async def below(session: AsyncSession, unit: Unit) -> Scope:
    """This unit and everything below it."""
    return Scope(unit.campaign, frozenset(_below(await all_of(session, unit.campaign), unit.id or 0)))


def _commune_of(units: Iterable[Unit], unit_id: int) -> int:
    """The nearest unit above (or this one) that is a commune; the topmost where none is."""
    by_id = {unit.id: unit for unit in units}
    unit = by_id.get(unit_id)
    while unit and unit.kind != "commune" and unit.parent_id in by_id:
        unit = by_id[unit.parent_id]
    return (unit.id if unit else None) or unit_id


def _below(units: Iterable[Unit], root: int) -> set[int]:
    children: dict[int | None, list[int]] = {}
    for unit in units:
        children.setdefault(unit.parent_id, []).append(unit.id or 0)
    found, waiting = {root}, [root]
    while waiting:
        for child in children.get(waiting.pop(), []):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found


async def by_name(session: AsyncSession, campaign: str, name: str) -> Unit:
    """The unit people call so, accents or not. Raises NotFound."""
    query = select(Unit).where(Unit.campaign == campaign, Unit.name_key == fold(name), col(Unit.closed_at).is_(None))
    unit = (await session.exec(query)).first()
    if unit is None:
        raise NotFound(name)
    return unit


async def by_id(session: AsyncSession, scope: Scope, unit_id: int) -> Unit:
    """The unit with this id, within the scope. Raises NotFound, also for one that lies outside."""
    unit = await session.get(Unit, unit_id) if unit_id in scope else None
    if unit is None:
        raise NotFound("unit")
    return unit


async def within(session: AsyncSession, scope: Scope) -> list[Unit]:
    """The units of a scope, in the order people know them."""
    return [unit for unit in await all_of(session, scope.campaign) if unit.id in scope]
