"""The unit that a line names, within one's scope; what lies outside is answered like what is not there."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from rules import unit_names
from rules.refusals import UnknownUnit
from storage import former_units, units
from storage.tables import Person, Unit
from storage.units import scope_of


async def unit_called(session: AsyncSession, me: Person, name: str) -> Unit:
    """The unit a line names, the own unit when it names none. Raises UnknownUnit outside one's scope.

    The old name of a unit that became part of another means that other one.
    """
    if not name:
        return await session.get_one(Unit, me.unit_id)
    reach = await units.within(session, await scope_of(session, me))
    if found := unit_names.called(name, [unit.name for unit in reach]):
        meant = [reach[at] for at in found]
    else:
        old = await former_units.of(session, me.campaign)
        gone = [old[at].id or 0 for at in unit_names.called(name, [unit.name for unit in old])]
        ends = await former_units.ends(session, me.campaign) if gone else {}
        meant = [unit for unit in reach if unit.id in {ends[each] for each in gone}]
    if len(meant) != 1:
        raise unknown_unit(me, name, reach)
    return meant[0]


def unknown_unit(me: Person, name: str, reach: Sequence[Unit]) -> UnknownUnit:
    """The same for a name that nobody has and for a unit outside of `reach`: what may be named instead."""
    own = [unit.name for unit in reach if unit.id == me.unit_id and unit.kind != "commune"]
    others = unit_names.nearest(name, [unit.name for unit in reach if unit.kind != "commune"])
    return UnknownUnit("unit", name, tuple(dict.fromkeys([*own, *others])))
