"""The register come back from a spreadsheet: compared with what is there, written, taken back.

A house is found by its id, within a scope. What changed in a visit's result becomes a correction of the house's latest
visit (or its first visit); what changed in the house itself is kept in `house_edit`. Both can be undone exactly.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.plan import Plan
from storage import audit, house_edits, houses, units, visits
from storage.register_reading import Bad, RegisterLine, read_changes
from storage.register_rows import EDITABLE, mark, same, shown
from storage.tables import Audit, House, Person, Visit
from storage.unit_import import ChangedMeanwhile, Fault
from storage.units import Scope

EDITED = "house.edited"
_AT_ONCE = 500
_IN_A_VISIT = frozenset(("outcome", "installs", "visited_on", "come_back_on"))


@dataclass(frozen=True, slots=True)
class RegisterChange:
    """One house that would change: field → (what the register shows now, what the sheet says), both as shown.

    `print` tells this very row from every other, to know it again when the same file comes once more.
    """

    number: int
    house_id: int
    unit: str
    label: str
    differences: dict[str, tuple[str, str]]
    values: dict[str, object]
    print: str


@dataclass(frozen=True, slots=True)
class RegisterProposal:
    """What an import would do. `newer` are rows nobody edited whose house has changed since the export."""

    changes: list[RegisterChange] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unchanged: int = 0
    newer: int = 0


async def propose(
    session: AsyncSession, plan: Plan, scope: Scope, lines: Sequence[RegisterLine], today: date
) -> RegisterProposal:
    """Compare the sheet's rows with the register, as far as the scope reaches; nothing is written."""
    there = await _houses(session, scope, {line.house_id for line in lines})
    names = {unit.id: unit.name for unit in await units.within(session, scope)}
    taken = await _taken(session, {house.unit_id for house in there.values()})
    seen: dict[int, int] = {}
    proposal = RegisterProposal()
    counts = {"unchanged": 0, "newer": 0}
    for line in lines:
        house = there.get(line.house_id)
        try:
            if house is None:
                raise Bad("unknown_id", line.said_id)
            if line.house_id in seen:
                raise Bad("twice", str(seen[line.house_id]))
            seen[line.house_id] = line.number
            found = _compared(plan, line, house, names[house.unit_id], today, taken)
            await _keeps_the_order(session, house, found)
        except Bad as bad:
            if bad.why == "conflict" and await _came_before(session, line):
                counts["unchanged"] += 1
                continue
            proposal.faults.append(Fault(line.number, bad.why, bad.said, bad.column))
            continue
        if isinstance(found, str):
            counts[found] += 1
        else:
            proposal.changes.append(found)
    return RegisterProposal(proposal.changes, proposal.faults, **counts)


def _print(line: RegisterLine) -> str:
    return mark(line.house_id, line.mark, line.cells)


async def _came_before(session: AsyncSession, line: RegisterLine) -> bool:
    """Whether this very row was written before: a file mended after its first good rows went in is sent again."""
    query = select(Audit).where(Audit.act == EDITED, Audit.thing == f"house:{line.house_id}")
    return any((act.detail or {}).get("print") == _print(line) for act in await session.exec(query))


async def _houses(session: AsyncSession, scope: Scope, ids: Collection[int]) -> dict[int, House]:
    wanted, found = sorted(ids), dict[int, House]()
    for first in range(0, len(wanted), _AT_ONCE):
        query = select(House).where(
            col(House.id).in_(wanted[first : first + _AT_ONCE]), col(House.withdrawn).is_(False)
        )
        found |= {house.id or 0: house for house in await session.exec(query) if house.unit_id in scope}
    return found


async def _taken(session: AsyncSession, unit_ids: Collection[int]) -> set[tuple[int, str]]:
    """What houses are called already, as (unit, label hash)."""
    query = select(House.unit_id, House.label_hash).where(col(House.unit_id).in_(unit_ids))
    return {(unit_id, hashed) for unit_id, hashed in await session.exec(query)}


def _compared(
    plan: Plan, line: RegisterLine, house: House, unit: str, today: date, taken: set[tuple[int, str]]
) -> RegisterChange | str:
    """The change; or "unchanged", or "newer" where only the register moved on. Raises Bad."""
    now = shown(plan, house)
    cells = now | line.cells
    differing = [name for name in now if not same(now[name], cells[name])]
    if line.unit and not same(line.unit, unit):
        raise Bad("foreign_unit", unit)
    if not differing:
        return "unchanged"
    if line.mark != mark(house.id or 0, unit, now):
        if line.mark == mark(house.id or 0, unit, cells):
            return "newer"
        raise Bad("conflict" if line.mark else "no_mark", now[differing[0]] or "trống", differing[0])
    if "done_on" in differing:
        raise Bad("computed", column="done_on")
    values = read_changes(plan, house, {name: cells[name] for name in differing}, line.bad, today)
    called = houses.label_hash(str(values.get("label", house.label)))
    if "label" in values and called != house.label_hash and (house.unit_id, called) in taken:
        raise Bad("label_taken", str(values["label"]))
    said = {name: (now[name], cells[name]) for name in EDITABLE if name in differing}
    return RegisterChange(line.number, house.id or 0, unit, house.label, said, values, _print(line))


async def _keeps_the_order(session: AsyncSession, house: House | None, found: RegisterChange | str) -> None:
    """The latest visit stays the latest. Raises Bad."""
    day = None if isinstance(found, str) else found.values.get("visited_on")
    if not isinstance(day, date) or house is None or house.visit_id is None:
        return
    query = select(func.max(Visit.day)).where(
        Visit.house_id == house.id, Visit.id != house.visit_id, col(Visit.undone_at).is_(None)
    )
    former = (await session.exec(query)).one()
    if former is not None and former > day:
        raise Bad("before_former", f"{former:%d/%m/%Y}", "visited_on")


async def apply(
    session: AsyncSession,
    plan: Plan,
    scope: Scope,
    lines: Sequence[RegisterLine],
    agreed: RegisterProposal,
    person: Person,
    *,
    file: str,
    who: str,
    now: datetime,
    today: date,
    source: str,
    step: Callable[[], object] = lambda: None,
) -> None:
    """Do what was agreed to, in the caller's transaction; each change audited with the file's name and the person.

    `source` names the import ("u417", or "x1760…" at the machine): by it `undo.message` takes the whole back.
    Raises ChangedMeanwhile when the same rows would now do something else.
    """
    if await propose(session, plan, scope, lines, today) != agreed:
        raise ChangedMeanwhile
    note = {"file": file, "who": who}
    for nth, change in enumerate(agreed.changes, 1):
        house = await session.get_one(House, change.house_id)
        await _write(session, plan, person, house, change.values, now=now, today=today, source=f"{source}.{nth}")
        detail = note | {"row": change.number, "fields": sorted(change.differences), "print": change.print}
        audit.note(session, EDITED, f"house:{house.id}", now=now, by=person, source=source, detail=detail)
        step()
    detail = note | {"changed": len(agreed.changes), "left_out": len(agreed.faults)}
    audit.note(session, "register.imported", f"campaign:{plan.slug}", now=now, by=person, source=source, detail=detail)


async def _write(
    session: AsyncSession,
    plan: Plan,
    person: Person,
    house: House,
    values: dict[str, object],
    *,
    now: datetime,
    today: date,
    source: str,
) -> None:
    """A visit's part goes to the visit; name and phone with it where there is one, else into the household list."""
    visited = {name: value for name, value in values.items() if name in _IN_A_VISIT}
    offered = {name: value for name, value in values.items() if name in ("head_name", "phone")}
    own = {name: value for name, value in values.items() if name in ("label", "address")}
    if visited or (offered and house.visit_id):
        people = {name: str(offered.get(name, getattr(house, name)) or "") for name in ("head_name", "phone")}
        await visits.amend(session, plan, person, house, visited, people, now=now, today=today, source=source)
    elif offered:
        own |= offered | {f"listed_{'name' if name == 'head_name' else name}": value for name, value in offered.items()}
    if own:
        await house_edits.change(session, house, person, own, now=now, source=source)
    await session.flush()
