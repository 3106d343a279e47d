"""A unit's households from a list: what would be new, changed, the same; and writing it, audited."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.alleys import Alley
from storage import audit, houses
from storage.tables import House, Person, Unit
from storage.unit_import import ChangedMeanwhile, Fault


@dataclass(frozen=True, slots=True)
class HouseLine:
    """One household as a list gives it; `number` is its line there, `place` its number in the unit's list.

    None means that the list does not say: what is known is kept.
    """

    number: int
    label: str
    place: int
    head_name: str | None = None
    phone: str | None = None
    address: str | None = None
    notes: str | None = None
    alley: Alley | None = None
    care: str = ""


@dataclass(frozen=True, slots=True)
class HouseChange:
    """A house that is there and would change, and which of its fields."""

    line: HouseLine
    house_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HouseProposal:
    """What an import would do, before it does anything."""

    new: list[HouseLine] = field(default_factory=list)
    changed: list[HouseChange] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)


async def propose(session: AsyncSession, unit: Unit, lines: Sequence[HouseLine]) -> HouseProposal:
    """Compare the lines with the unit's houses; of two lines for one house the second is a fault."""
    there = await _by_hash(session, unit)
    firsts: dict[str, HouseLine] = {}
    faults, new, changed = [], [], []
    for line in lines:
        first = firsts.setdefault(houses.label_hash(line.label), line)
        if first is not line:
            faults.append(Fault(line.number, "twice", f"{line.label} (dòng {first.number})"))
    for line in firsts.values():
        house = _present(there, line, firsts.values())
        if house is None:
            new.append(line)
        elif fields := _differing(line, house):
            changed.append(HouseChange(line, house.id or 0, fields))
    return HouseProposal(new, changed, len(firsts) - len(new) - len(changed), faults)


async def apply(
    session: AsyncSession,
    unit: Unit,
    lines: Sequence[HouseLine],
    agreed: HouseProposal,
    *,
    now: datetime,
    step: Callable[[], object] = lambda: None,
    by: Person | None = None,
    source: str = "import",
) -> None:
    """Do what was agreed to, in the caller's transaction; `step` is called after each house.

    Raises ChangedMeanwhile when the same lines would now do something else.
    """
    if await propose(session, unit, lines) != agreed:
        raise ChangedMeanwhile
    for line in agreed.new:
        house = House(campaign=unit.campaign, unit_id=unit.id or 0, label="", label_hash="", created_at=now)
        _fill(house, line)
        session.add(house)
        step()
    for change in agreed.changed:
        house = await session.get_one(House, change.house_id)
        _fill(house, change.line)
        session.add(house)
        step()
    audit.note(session, "houses.imported", f"unit:{unit.id}", now=now, campaign=unit.campaign, source=source, by=by,
               detail={"new": len(agreed.new), "changed": len(agreed.changed)})  # fmt: skip


async def _by_hash(session: AsyncSession, unit: Unit) -> dict[str, House]:
    return {house.label_hash: house for house in await session.exec(select(House).where(House.unit_id == unit.id))}


def _present(there: dict[str, House], line: HouseLine, lines: Iterable[HouseLine]) -> House | None:
    """The house a line means. "số 12 ngõ 5" may have been logged as "12", while no list told the alleys apart."""
    known = there.get(houses.label_hash(line.label))
    if known or not line.alley or not line.label.startswith("số "):
        return known
    door = line.label.split()[1]
    doors = [other for other in lines if other.label.split()[1:2] == [door] or other.label == door]
    bare = there.get(houses.label_hash(door))
    return bare if bare and bare.list_number is None and len(doors) == 1 else None


def _said(line: HouseLine) -> dict[str, object]:
    """The fields a line speaks of."""
    said: dict[str, object] = {"label": line.label, "list_number": line.place, "listed_name": line.head_name}
    said |= {"listed_phone": line.phone, "address": line.address, "notes": line.notes}
    said |= {"alley": line.alley.name if line.alley else None, "care": line.care if line.notes else None}
    return {name: value for name, value in said.items() if value is not None}


def _differing(line: HouseLine, house: House) -> tuple[str, ...]:
    same_house = houses.label_hash(line.label) == house.label_hash
    return tuple(
        name
        for name, value in _said(line).items()
        if getattr(house, name) != value and not (name == "label" and same_house)
    )


def _fill(house: House, line: HouseLine) -> None:
    """What the list says goes into the house; a name or phone that residents gave at a visit stands before it."""
    former = house.listed_name, house.listed_phone
    for name, value in _said(line).items():
        setattr(house, name, value)
    house.label_hash = houses.label_hash(line.label)
    house.alley_hash = houses.alley_hash(line.alley) if line.alley else house.alley_hash
    house.head_name = house.listed_name if house.head_name in (None, former[0]) else house.head_name
    house.phone = house.listed_phone if house.phone in (None, former[1]) else house.phone
    house.phone_hash = houses.phone_hash(house.phone) if house.phone else None
    house.withdrawn = False
