"""Whose paper `guide` draws: a unit's, every unit's of a commune, or its volunteers', each with their own code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from bot.commands.ground import Stop, now, opened, unit_called
from texts import printing as said

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from rules.plan import Plan
    from storage.tables import Person, Unit


class Place(NamedTuple):
    """The unit's name on the page ("" for the commune), its files' name, the page its codes open or ""."""

    name: str
    stem: str
    page: str


class Whose(NamedTuple):
    """Whose code it is: the units' own, each volunteer's, or those of the volunteer so `named`."""

    each: bool = False
    named: str = ""


async def places(settings: Settings, plan: Plan, name: str, whose: Whose) -> list[Place]:
    """The unit `name`; for the commune itself every unit below, where there is one. Raises Stop."""
    from storage.roots import ensure_root

    async def job(session: AsyncSession) -> list[Place]:
        await ensure_root(session, plan)
        unit = await unit_called(session, plan, name)
        of = _of_volunteers(session, settings, plan, unit, whose) if any(whose) else None
        return await (of or _of_units(session, settings, plan, unit))

    if any(whose) and not settings.public_url:
        raise Stop(said.NO_PAGE)
    async with opened(settings, may_make=True) as database:
        return await database.write(job)


async def _of_units(session: AsyncSession, settings: Settings, plan: Plan, unit: Unit) -> list[Place]:
    from rules.guide_codes import scan_link
    from storage import guide_codes, units
    from storage.roots import ROOT_KIND

    lower = await units.within(session, await units.below(session, unit)) if unit.kind == ROOT_KIND else []
    chosen = [one for one in lower if one.id != unit.id] or [unit]
    url, codes = settings.public_url, {}
    if url:
        codes = await guide_codes.codes_for(session, plan.slug, [u.id or 0 for u in chosen], now=now(settings))
    stems = _stems({one.id: one.name for one in chosen})
    pages = {key: scan_link(url, code) for key, code in codes.items()}
    return [Place(_shown(one), stems[one.id], pages.get(one.id or 0, "")) for one in chosen]


async def _of_volunteers(
    session: AsyncSession, settings: Settings, plan: Plan, unit: Unit, whose: Whose
) -> list[Place]:
    """A page for each volunteer: who it is for stands in the file's name, on the page only their unit does."""
    from rules.guide_codes import scan_link
    from storage import guide_codes

    found = await _volunteers(session, plan, unit, whose)
    stems = _stems({person.id: f"{_unit(person).name} {person.name or ''}" for person in found})
    drawn = []
    for person in found:
        mine = await guide_codes.code_for(session, plan.slug, person.unit_id, person.id or 0, now=now(settings))
        drawn.append(Place(_shown(_unit(person)), stems[person.id], scan_link(settings.public_url, mine.code)))
    return drawn


async def _volunteers(session: AsyncSession, plan: Plan, unit: Unit, whose: Whose) -> list[Person]:
    """Those of the unit and below, by unit and name. Raises Stop when there is nobody, or nobody of that name."""
    from rules.roles import Role
    from rules.spelling import fold
    from storage import people, units

    within = {one.id for one in await units.within(session, await units.below(session, unit))} | {unit.id}
    everybody = await people.with_roles(session, plan.slug, [Role.VOLUNTEER])
    here = [person for person in everybody if person.unit_id in within]
    if not here:
        raise Stop(said.no_volunteers(unit.name))
    called = fold(whose.named)
    found = [person for person in here if f" {fold(person.name or '')}".endswith(f" {called}")] if called else here
    if not found:
        raise Stop(said.no_such_volunteer(whose.named, unit.name))
    return sorted(found, key=lambda person: (fold(_unit(person).name), fold(person.name or ""), person.id or 0))


def _unit(person: Person) -> Unit:
    if person.unit is None:
        raise LookupError(person.id)
    return person.unit


def _shown(unit: Unit) -> str:
    from storage.roots import ROOT_KIND

    return unit.name if unit.kind != ROOT_KIND else ""


def _stems(names: Mapping[int | None, str]) -> dict[int | None, str]:
    """Each name as a file's name; those that would share one get their number behind it."""
    from rules.spelling import fold

    plain = {key: re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:80] or "don-vi" for key, name in names.items()}
    taken = list(plain.values())
    return {key: stem if taken.count(stem) == 1 else f"{stem}-{key}" for key, stem in plain.items()}
