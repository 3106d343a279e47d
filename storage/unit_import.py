"""Units from a list: what would be new, changed, the same; which lines cannot be used; and writing it, audited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.plan import Plan
from rules.spelling import fold
from storage import audit
from storage.roots import ROOT_KIND, ensure_root
from storage.tables import Person, Unit

TOTALS = ("households", "smartphone_households", "people", "staff")
MOST_LETTERS = 80


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit as a list gives it; `number` is its line there. None means that the list does not say: it is kept.

    `looks_like` is the kind that a new unit's name speaks of.
    """

    number: int
    name: str
    kind: str | None = None
    looks_like: str = "village"
    parent: str | None = None
    head_name: str | None = None
    households: int | None = None
    smartphone_households: int | None = None
    people: int | None = None
    staff: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be used. `why` is one of the words that `texts.unit_import` has a sentence for."""

    number: int
    why: str
    said: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A unit that is there and would change: field → (old, new)."""

    line: UnitLine
    differences: dict[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an import would do, before it does anything."""

    new: list[UnitLine] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)


class ChangedMeanwhile(Exception):
    """Someone changed the units between the question and the answer."""


async def propose(session: AsyncSession, plan: Plan, lines: Sequence[UnitLine]) -> Proposal:
    """Compare the lines with the campaign's units; a line whose parent cannot be used cannot be used either."""
    there = await _by_key(session, plan)
    root_key = _root_key(plan, there)
    there.setdefault(root_key, Unit(campaign=plan.slug, kind=ROOT_KIND, name=plan.place.name, name_key=root_key))
    usable: list[UnitLine] = list(lines)
    faults: list[Fault] = []
    while found := _faults(usable, there, root_key):
        faults += found
        bad = {fault.number for fault in found}
        usable = [line for line in usable if line.number not in bad]
    new = [line for line in usable if fold(line.name) not in there]
    known = [(line, _differences(line, there, root_key)) for line in usable if fold(line.name) in there]
    changed = [Change(line, differences) for line, differences in known if differences]
    return Proposal(new, changed, len(known) - len(changed), sorted(faults, key=lambda fault: fault.number))


async def apply(
    session: AsyncSession,
    plan: Plan,
    lines: Sequence[UnitLine],
    agreed: Proposal,
    *,
    now: datetime,
    step: Callable[[], object] = lambda: None,
    by: Person | None = None,
    source: str = "import",
) -> None:
    """Do what was agreed to, with an audit row each, in the caller's transaction; `step` is called after each unit.

    Raises ChangedMeanwhile when the same lines would now do something else.
    """
    if await propose(session, plan, lines) != agreed:
        raise ChangedMeanwhile
    root = await ensure_root(session, plan)
    there = await _by_key(session, plan)
    for line in _parents_first(agreed.new):
        unit = await _added(session, plan, line, _parent_id(line, there, root))
        there[unit.name_key] = unit
        audit.note(session, "unit.added", f"unit:{unit.id}", now=now, campaign=plan.slug, source=source, by=by)
        step()
    for change in agreed.changed:
        unit = there[fold(change.line.name)]
        _set(unit, change, there, root)
        session.add(unit)
        audit.note(session, "unit.changed", f"unit:{unit.id}", now=now, campaign=plan.slug, source=source, by=by,
                   detail=_told(change))  # fmt: skip
        step()


async def _by_key(session: AsyncSession, plan: Plan) -> dict[str, Unit]:
    """Every unit of the campaign by its key, closed ones too: an import opens them again."""
    return {unit.name_key: unit for unit in await session.exec(select(Unit).where(Unit.campaign == plan.slug))}


def _root_key(plan: Plan, there: dict[str, Unit]) -> str:
    roots = (key for key, unit in there.items() if unit.kind == ROOT_KIND and unit.parent_id is None)
    return next(roots, fold(plan.place.name))


def _faults(lines: Sequence[UnitLine], there: dict[str, Unit], root_key: str) -> list[Fault]:
    firsts: dict[str, UnitLine] = {}
    for line in lines:
        firsts.setdefault(fold(line.name), line)
    parents = _parents(firsts, there, root_key)
    judged = (_fault(line, firsts, there, root_key, parents) for line in lines)
    return [fault for fault in judged if fault]


def _fault(
    line: UnitLine, firsts: dict[str, UnitLine], there: dict[str, Unit], root_key: str, parents: dict[str, str]
) -> Fault | None:
    key = fold(line.name)
    if firsts[key] is not line:
        return Fault(line.number, "twice", f"{line.name} (dòng {firsts[key].number})")
    if key != root_key and line.parent and fold(line.parent) not in firsts.keys() | there.keys():
        return Fault(line.number, "unknown_parent", line.parent)
    if _goes_round(key, parents):
        return Fault(line.number, "round", line.parent or "")
    households, smart = (_after(line, there.get(key), name) for name in ("households", "smartphone_households"))
    if households is not None and smart is not None and smart > households:
        return Fault(line.number, "more_smart", f"{smart} > {households}")
    return None


def _parents(firsts: dict[str, UnitLine], there: dict[str, Unit], root_key: str) -> dict[str, str]:
    """Each unit's parent as it would be after the import, by key."""
    keys = {unit.id: key for key, unit in there.items()}
    parents = {key: keys[unit.parent_id] for key, unit in there.items() if unit.parent_id is not None}
    said = {key: fold(line.parent) for key, line in firsts.items() if line.parent and key != root_key}
    return parents | said


def _goes_round(key: str, parents: dict[str, str]) -> bool:
    """Whether going up from a unit one comes back to it."""
    seen = set()
    above = parents.get(key)
    while above is not None and above not in seen:
        if above == key:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def _after(line: UnitLine, unit: Unit | None, name: str) -> int | None:
    said: int | None = getattr(line, name)
    return said if said is not None else getattr(unit, name, None)


def _differences(line: UnitLine, there: dict[str, Unit], root_key: str) -> dict[str, tuple[object, object]]:
    key = fold(line.name)
    unit = there[key]
    names = {other.id: other.name for other in there.values()}
    found: dict[str, tuple[object, object]] = {}
    if unit.name != line.name:
        found["name"] = (unit.name, line.name)
    for name in ("kind", "head_name", *TOTALS) if key != root_key else ("head_name", *TOTALS):
        old, new = getattr(unit, name), getattr(line, name)
        if new is not None and old != new:
            found[name] = (old, new)
    if line.parent and key != root_key and fold(names.get(unit.parent_id, "")) != fold(line.parent):
        found["parent"] = (names.get(unit.parent_id), line.parent)
    if unit.closed_at:
        found["closed_at"] = (unit.closed_at, None)
    return found


def _parents_first(lines: Sequence[UnitLine]) -> list[UnitLine]:
    waiting = {fold(line.name): line for line in lines}
    ordered: list[UnitLine] = []
    while waiting:
        ready = [key for key, line in waiting.items() if fold(line.parent or "") not in waiting]
        ordered += [waiting.pop(key) for key in ready]
    return ordered


async def _added(session: AsyncSession, plan: Plan, line: UnitLine, parent_id: int | None) -> Unit:
    totals = {name: getattr(line, name) for name in TOTALS}
    unit = Unit(
        campaign=plan.slug,
        parent_id=parent_id,
        kind=line.kind or line.looks_like,
        name=line.name,
        name_key=fold(line.name),
        head_name=line.head_name,
        **totals,
    )
    session.add(unit)
    await session.flush()
    return unit


def _parent_id(line: UnitLine, there: dict[str, Unit], root: Unit) -> int | None:
    return there[fold(line.parent)].id if line.parent else root.id


def _set(unit: Unit, change: Change, there: dict[str, Unit], root: Unit) -> None:
    for name, (_, new) in change.differences.items():
        if name == "parent":
            unit.parent_id = _parent_id(change.line, there, root)
        else:
            setattr(unit, name, new)


def _told(change: Change) -> dict[str, object]:
    """What the audit keeps of a change: old and new, but of a head's name only that it changed."""
    return {
        name: True if name == "head_name" else [str(old) if old is not None else None, new]
        for name, (old, new) in change.differences.items()
    }
