"""What a spreadsheet sent in chat would change, and changing it: households, the list of units, the register."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

from handlers.sheet_desk import Desk
from papers import received_sheet
from papers.received_sheet import REGISTER
from rules.clock import day_in_vietnam
from storage import house_import, register, unit_import
from storage.house_import import HouseProposal
from storage.register import RegisterProposal
from storage.tables import Unit
from storage.unit_import import Fault, Proposal
from storage.units import scope_of
from texts import house_import as house_texts
from texts import register as register_texts
from texts import unit_import as unit_texts

Proposed = HouseProposal | Proposal | RegisterProposal


async def proposed_by(desk: Desk, unit: Unit | None) -> Proposed:
    """What the file would change: in `unit`'s households, or where that is None in what the file itself names."""
    if desk.content["list"] == REGISTER:
        lines, scope = received_sheet.register_lines(desk.content), await scope_of(desk.session, desk.me)
        return await register.propose(desk.session, desk.plan, scope, lines, day_in_vietnam(desk.now))
    if unit is None:
        return await unit_import.propose(desk.session, desk.plan, received_sheet.unit_lines(desk.content))
    return await house_import.propose(desk.session, unit, received_sheet.house_lines(desk.content))


def print_of(proposed: Proposed) -> str:
    """By which we see that what was agreed to is still what would be done."""
    return sha256(repr(proposed).encode("utf-8", "replace")).hexdigest()[:16]


def changes_anything(proposed: Proposed) -> bool:
    if isinstance(proposed, RegisterProposal):
        return bool(proposed.changes)
    return bool(proposed.new or proposed.changed)


def every_fault(desk: Desk, proposed: Proposed) -> list[Fault]:
    """What could not be read and what cannot be done, by line."""
    return sorted([*received_sheet.faults(desk.content), *proposed.faults], key=lambda fault: fault.number)


def in_words(desk: Desk, unit: Unit | None, proposed: Proposed) -> list[str]:
    """What it would change, line by line."""
    every, passed = every_fault(desk, proposed), desk.content["passed_over"]
    if isinstance(proposed, RegisterProposal):
        return register_texts.proposal(desk.plan, proposed, names=False)
    if isinstance(proposed, Proposal):
        return unit_texts.proposal(replace(proposed, faults=every), passed)
    return house_texts.proposal(unit.name if unit else "", replace(proposed, faults=every), passed)


async def write(desk: Desk, unit: Unit | None, proposed: Proposed) -> str:
    """Change it; the sentence that says so."""
    if isinstance(proposed, RegisterProposal):
        return await _register_written(desk, proposed)
    skipped = len(desk.content["faults"]) + len(proposed.faults)
    by: dict[str, Any] = {"now": desk.now, "by": desk.me, "source": desk.source}
    if isinstance(proposed, Proposal):
        lines = received_sheet.unit_lines(desk.content)
        await unit_import.apply(desk.session, desk.plan, lines, proposed, **by)
        return unit_texts.imported(proposed, skipped)
    assert unit is not None, "households are a unit's"  # noqa: S101
    await house_import.apply(desk.session, unit, received_sheet.house_lines(desk.content), proposed, **by)
    return f"{unit.name}: {house_texts.imported(proposed, skipped)}"


async def _register_written(desk: Desk, proposed: RegisterProposal) -> str:
    lines, scope = received_sheet.register_lines(desk.content), await scope_of(desk.session, desk.me)
    about: dict[str, Any] = {"file": (desk.file.about or {}).get("name", ""), "who": desk.me.name or ""}
    day = day_in_vietnam(desk.now)
    await register.apply(
        desk.session, desk.plan, scope, lines, proposed, desk.me, now=desk.now, today=day, source=desk.source, **about
    )
    return register_texts.imported(proposed, register_texts.BACK_IN_CHAT)
