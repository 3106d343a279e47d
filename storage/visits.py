"""What we remember about visits: written once, corrected with their history, taken back exactly."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.plan import Plan
from rules.refusals import NotFound
from storage import audit, houses, rows
from storage.tables import House, Person, Unit, Visit, VisitHistory

RECENT = timedelta(days=7)
_VISIT_FIELDS = (
    "house_id",
    "unit_id",
    "outcome",
    "installs",
    "come_back_on",
    "come_back_time",
    "reason",
    "note",
    "day",
)
_HOUSE_FIELDS = ("head_name", "phone", "phone_hash")


@dataclass(frozen=True, slots=True)
class Said:
    """What someone says happened at a door. `phone` is ten digits; days are calendar days in Vietnam.

    `anew`: it is none of the houses known so far that have this number. `alley` is the part of the unit it stands in,
    where the house's own words do not tell.
    """

    house: str
    outcome: str
    day: date
    installs: int = 0
    come_back_on: date | None = None
    reason: str | None = None
    note: str | None = None
    name: str | None = None
    phone: str | None = None
    come_back_time: str = ""
    anew: bool = False
    alley: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """A visit with its house: whether it had been said before in the very same way, whether the house is new to us."""

    visit: Visit
    house: House
    again: bool = False
    is_new: bool = False


async def log(
    session: AsyncSession,
    plan: Plan,
    person: Person,
    unit: Unit,
    said: Said,
    *,
    now: datetime,
    source: str,
    said_in: str = "",
) -> Logged:
    """Write down a visit. The same words by the same person on the same house and day stay one visit (`again`)."""
    known = await houses.called(session, unit.id or 0, said.house, listed=not said.anew)
    house = known or await houses.unheard_of(session, unit, said.house, now, alley=said.alley)
    same = await _said_already(session, person, house, said)
    if same:
        return Logged(same, house, again=True)
    offered = _offered(said)
    before = {"visit": None, "house": _fields(house, _HOUSE_FIELDS), "offered": offered}
    visit = rows.made(
        Visit,
        campaign=plan.slug,
        house_id=house.id or 0,  # a new house gets its id first, in `_write`
        unit_id=unit.id or 0,
        person_id=person.id or 0,
        day=said.day,
        outcome=said.outcome,
        installs=said.installs,
        come_back_on=said.come_back_on,
        come_back_time=said.come_back_time,
        reason=said.reason,
        note=said.note,
        source=source,
        said_in=said_in,
        created_at=now,
    )
    if offered:
        _offer(house, offered)
    act = {"person_id": person.id or 0, "act": "log", "before": before, "source": source, "at": now}
    await session.run_sync(_write, house, visit, act, plan.done_codes)
    audit.note(session, "visit.logged", f"visit:{visit.id}", now=now, by=person, source=source)
    return Logged(visit, house, is_new=known is None)


def _write(session: Session, house: House, visit: Visit, act: dict[str, Any], done_codes: Collection[str]) -> None:
    """A new visit with its history; its house before them, if it is new, and after them in the state they leave it in.

    In one go: each step awaited by itself costs a tenth of a visit.
    """
    is_new = house.id is None
    visit.house_id = house.id or rows.insert(session, house)
    rows.store(session, VisitHistory, visit_id=rows.insert(session, visit), **act)
    stand = [visit] if is_new else list(session.scalars(houses.standing_visits(house)))
    rows.update(session, house, houses.state_after(house, stand, done_codes))


async def _said_already(session: AsyncSession, person: Person, house: House, said: Said) -> Visit | None:
    """The visit that already says this, if it is what that house was last said to be on that day."""
    known = {"head_name": house.head_name, "phone": house.phone}
    if house.visit_id is None or not _offered(said).items() <= known.items():
        return None
    that_day = select(Visit).where(Visit.house_id == house.id, Visit.day == said.day, col(Visit.undone_at).is_(None))
    visit = (await session.exec(that_day.order_by(col(Visit.id).desc()).limit(1))).first()
    if visit is None or visit.person_id != person.id:
        return None
    new = (said.outcome, said.installs, said.come_back_on, said.come_back_time, said.reason, said.note)
    old = (visit.outcome, visit.installs, visit.come_back_on, visit.come_back_time, visit.reason, visit.note)
    return visit if new == old else None


def _offered(said: Said) -> dict[str, str]:
    """What residents offered of themselves at this visit."""
    offered = (("head_name", said.name), ("phone", said.phone))
    return {key: value for key, value in offered if value is not None}  # "" takes back what was offered before


def _offer(house: House, offered: dict[str, str]) -> None:
    house.head_name = offered.get("head_name", house.head_name) or None
    house.phone = offered.get("phone", house.phone) or None
    house.phone_hash = houses.phone_hash(house.phone) if house.phone else None


async def _settle_offers(session: AsyncSession, house: House) -> None:
    """Name and phone as the visits that stand offered them, the latest word last: an undone one leaves no trace."""
    query = select(VisitHistory).join(Visit, col(Visit.id) == col(VisitHistory.visit_id))
    query = query.where(
        Visit.house_id == house.id, col(Visit.undone_at).is_(None), col(VisitHistory.undone_at).is_(None)
    )
    offered: dict[str, str] = {}
    for act in await session.exec(query.order_by(col(VisitHistory.id))):
        offered |= (act.before or {}).get("offered", {})
    house.head_name, house.phone = house.listed_name, house.listed_phone
    _offer(house, offered)


def _fields(row: House | Visit, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _remember(
    session: AsyncSession, visit: Visit, person: Person, act: str, before: dict[str, Any], now: datetime, source: str
) -> None:
    act_of = VisitHistory(
        visit_id=visit.id or 0, person_id=person.id or 0, act=act, before=before, source=source, at=now
    )
    act_of.visit = visit
    session.add(act_of)


async def own(session: AsyncSession, person: Person, visit_id: int, now: datetime) -> Logged:
    """One's own visit of the last seven days. Raises NotFound for any other, and for one taken back."""
    visit = await session.get(Visit, visit_id)
    if visit is None or visit.person_id != person.id or visit.undone_at or visit.created_at < now - RECENT:
        raise NotFound("visit")
    house = await session.get(House, visit.house_id)
    if house is None:
        raise NotFound("visit")
    return Logged(visit, house)


async def latest(session: AsyncSession, person: Person, now: datetime, most: int = 5) -> list[Logged]:
    """One's own latest visits of the last seven days, newest first."""
    query = (
        select(Visit, House)
        .join(House, col(House.id) == col(Visit.house_id))
        .where(Visit.person_id == person.id, col(Visit.undone_at).is_(None), Visit.created_at >= now - RECENT)
        .order_by(col(Visit.id).desc())
        .limit(most)
    )
    return [Logged(visit, house) for visit, house in await session.exec(query)]


async def correct(
    session: AsyncSession,
    plan: Plan,
    person: Person,
    logged: Logged,
    said: Said,
    *,
    now: datetime,
    source: str,
    unit: Unit | None = None,
) -> Logged:
    """Change a visit to what is said now (`unit`: it was there); what it was stays in its history."""
    visit, house = logged.visit, logged.house
    fields = {"visit": _fields(visit, _VISIT_FIELDS), "house": _fields(house, _HOUSE_FIELDS)}
    before = fields | {"offered": _offered(said)}
    moved = await _house_of(session, visit, said.house, house, now, unit)
    visit.house_id, visit.unit_id = moved.id or 0, moved.unit_id
    visit.day, visit.outcome, visit.installs = said.day, said.outcome, said.installs
    visit.come_back_time = said.come_back_time
    visit.come_back_on, visit.reason, visit.note = said.come_back_on, said.reason, said.note
    session.add(visit)
    _remember(session, visit, person, "correct", before, now, source)
    await _settle(session, plan, house, moved)
    audit.note(session, "visit.corrected", f"visit:{visit.id}", now=now, by=person, source=source)
    return replace(logged, house=moved)


async def _house_of(
    session: AsyncSession, visit: Visit, label: str, present: House, now: datetime, unit: Unit | None
) -> House:
    if houses.is_called(present, label) and (unit is None or unit.id == present.unit_id):
        return present
    if unit is None:
        unit = await session.get_one(Unit, visit.unit_id)
    house = await houses.called_or_new(session, unit, label, now)
    await session.flush()
    return house


async def amend(
    session: AsyncSession,
    plan: Plan,
    person: Person,
    house: House,
    fields: dict[str, Any],
    offered: dict[str, str],
    *,
    now: datetime,
    today: date,
    source: str,
) -> None:
    """The office's word on a house's latest visit, whoever made it, or its first visit where there was none.

    `fields` are those of the visit that change ("visited_on" is its day), `offered` the name and phone as they are from
    now on, "" for none. The visit stays its volunteer's; what it was stays in its history, and can be taken back.
    """
    changes = {("day" if name == "visited_on" else name): value for name, value in fields.items()}
    visit = await session.get(Visit, house.visit_id) if house.visit_id else None
    act, before = "correct", dict[str, Any](house=_fields(house, _HOUSE_FIELDS), offered=offered)
    if visit is None:
        act, visit = "log", _first_visit(house, person, changes, now, today, source)
    before["visit"] = _fields(visit, _VISIT_FIELDS) if act == "correct" else None
    for name, value in changes.items():
        setattr(visit, name, value)
    if "outcome" in changes:
        visit.come_back_time, visit.reason = "", None
    session.add(visit)
    _remember(session, visit, person, act, before, now, source)
    await _settle(session, plan, house)


def _first_visit(
    house: House, person: Person, fields: dict[str, Any], now: datetime, today: date, source: str
) -> Visit:
    return Visit(
        campaign=house.campaign,
        house_id=house.id or 0,
        unit_id=house.unit_id,
        person_id=person.id or 0,
        day=fields.get("day", today),
        outcome=fields["outcome"],
        source=source,
        created_at=now,
    )


async def remove(
    session: AsyncSession, plan: Plan, person: Person, logged: Logged, *, now: datetime, source: str
) -> None:
    """Take a visit off as an act of its own, that can itself be taken back."""
    visit = logged.visit
    _remember(session, visit, person, "remove", {"visit": _fields(visit, _VISIT_FIELDS)}, now, source)
    visit.undone_at = now
    session.add(visit)
    await _settle(session, plan, logged.house)
    audit.note(session, "visit.removed", f"visit:{visit.id}", now=now, by=person, source=source)


async def undo(session: AsyncSession, plan: Plan, act: VisitHistory, now: datetime) -> Logged:
    """Take back one act, the latest that stands on its visit: exactly what it changed is as it was before."""
    act.undone_at = now
    session.add(act)
    visit = await session.get_one(Visit, act.visit_id)
    present = await session.get_one(House, visit.house_id)
    if act.act == "log":
        visit.undone_at = now
    elif act.act == "remove":
        visit.undone_at = None
    else:
        _put_back(visit, (act.before or {})["visit"])
    session.add(visit)
    former = await session.get_one(House, visit.house_id)
    await _settle(session, plan, present, former)
    return Logged(visit, former)


def as_it_stands(visit: Visit) -> dict[str, Any]:
    """All that can be said of a visit, in a shape that can be kept; `undone` whether it was taken back."""
    return _fields(visit, _VISIT_FIELDS) | {"undone": visit.undone_at is not None}


async def redo(session: AsyncSession, plan: Plan, act: VisitHistory, stood: dict[str, Any], now: datetime) -> Logged:
    """Bring back one act that was taken back: the visit as it `stood` (see `as_it_stands`) before that."""
    act.undone_at = None
    visit = await session.get_one(Visit, act.visit_id)
    present = await session.get_one(House, visit.house_id)
    _put_back(visit, {name: value for name, value in stood.items() if name in _VISIT_FIELDS})
    visit.undone_at = (visit.undone_at or now) if stood["undone"] else None
    session.add_all([act, visit])
    house = await session.get_one(House, visit.house_id)
    await _settle(session, plan, present, house)
    return Logged(visit, house)


async def _settle(session: AsyncSession, plan: Plan, *touched: House) -> None:
    """Each house as the visits that stand now say, whoever made them."""
    await session.flush()
    for house in {house.id: house for house in touched}.values():
        await _settle_offers(session, house)
        await houses.settle(session, house, plan.done_codes)


def _put_back(row: Visit, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        is_day = name in ("day", "come_back_on") and isinstance(value, str)
        setattr(row, name, date.fromisoformat(value) if is_day else value)


async def unit_of(session: AsyncSession, visit: Visit) -> Unit:
    return await session.get_one(Unit, visit.unit_id)


async def history(session: AsyncSession, visit: Visit) -> list[VisitHistory]:
    """Every earlier wording of a visit, oldest first."""
    query = select(VisitHistory).where(VisitHistory.visit_id == visit.id).order_by(col(VisitHistory.id))
    return list(await session.exec(query))


def as_said(logged: Logged) -> Said:
    """A visit in the words it was said, to change one of them."""
    visit = logged.visit
    return Said(
        house=logged.house.label,
        outcome=visit.outcome,
        day=visit.day,
        installs=visit.installs,
        come_back_on=visit.come_back_on,
        come_back_time=visit.come_back_time,
        reason=visit.reason,
        note=visit.note,
    )


async def who_logged(session: AsyncSession, campaign: str, day: date) -> frozenset[int]:
    """Everyone who logged a visit of that day that stands."""
    query = select(Visit.person_id).where(Visit.campaign == campaign, Visit.day == day, col(Visit.undone_at).is_(None))
    return frozenset(await session.exec(query.distinct()))
