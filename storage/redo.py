"""làm lại: what a `hoàn tác` took back is kept, and brought back exactly; or, with the reason, not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.plan import Plan
from rules.refusals import NotAsItWas, NothingToRedo
from storage import audit, hand_overs, house_edits, listed, visits
from storage.tables import (
    HandOver,
    House,
    HouseEdit,
    ListedPerson,
    Person,
    PlaceAlias,
    Reported,
    TakenBack,
    Unit,
    Visit,
    VisitHistory,
)
from storage.visits import RECENT, Logged

_TABLES: dict[str, Any] = {
    "figures": Reported, "people": ListedPerson, "given": HandOver, "edits": HouseEdit, "places": PlaceAlias,
}  # fmt: skip


@dataclass(slots=True)
class Redone:
    """What was brought back; `about` is the message or visit that it is (see `TakenBack`)."""

    about: str
    visits: list[tuple[str, Logged]] = field(default_factory=list)
    figures: list[Reported] = field(default_factory=list)
    people: list[ListedPerson] = field(default_factory=list)
    given: list[HandOver] = field(default_factory=list)
    edited: list[House] = field(default_factory=list)
    places: list[PlaceAlias] = field(default_factory=list)


async def note(
    session: AsyncSession, person: Person, about: str, *, now: datetime, source: str,
    acts: Sequence[tuple[VisitHistory, dict[str, Any]]] = (), **rows: Sequence[Any],
) -> TakenBack:  # fmt: skip
    """Keep what was just taken back: each act with how its visit stood before, and the `rows` by kind (`_TABLES`).

    What was once brought back of the same message is taken back again: only this one counts from now on.
    """
    await session.flush()
    before = select(TakenBack).where(TakenBack.person_id == person.id, TakenBack.about == about)
    for old in await session.exec(before):
        await session.delete(old)
    stand = {str(act.visit_id): visits.as_it_stands(await session.get_one(Visit, act.visit_id)) for act, _ in acts}
    newest = (await session.exec(select(func.max(Visit.id)))).one() or 0
    what = {"acts": [[act.id, stood] for act, stood in acts], "stand": stand, "newest": newest}
    what |= {kind: [row.id for row in found] for kind, found in rows.items() if found}
    row = TakenBack(campaign=person.campaign, person_id=person.id or 0, about=about, what=what, source=source, at=now)
    session.add(row)
    await session.flush()
    return row


async def also_places(session: AsyncSession, person: Person, about: str, places: Sequence[PlaceAlias]) -> None:
    """Places that were unlearnt with the same `hoàn tác`."""
    query = select(TakenBack).where(TakenBack.person_id == person.id, TakenBack.about == about)
    for row in await session.exec(query.order_by(col(TakenBack.id).desc()).limit(1)):
        row.what = (row.what or {}) | {"places": [place.id for place in places]}
        session.add(row)


async def latest(session: AsyncSession, person: Person, now: datetime) -> TakenBack | None:
    """What one took back last within seven days and has not brought back."""
    query = select(TakenBack).where(
        TakenBack.person_id == person.id, TakenBack.redone_in == "", TakenBack.at >= now - RECENT
    )
    return (await session.exec(query.order_by(col(TakenBack.id).desc()).limit(1))).first()


async def redone_last(session: AsyncSession, person: Person, now: datetime) -> TakenBack | None:
    """What one brought back last, and has not taken back again since."""
    query = select(TakenBack).where(
        TakenBack.person_id == person.id, TakenBack.redone_in != "", TakenBack.at >= now - RECENT
    )
    found = list(await session.exec(query))
    return max(found, key=lambda row: int(row.redone_in[1:]) if row.redone_in[1:].isdecimal() else -1, default=None)


async def bring_back(
    session: AsyncSession, plan: Plan, person: Person, *, now: datetime, source: str, taken_id: int = 0
) -> Redone:
    """Bring back what was taken back last (or that one). Raises NothingToRedo; NotAsItWas, and then nothing is done."""
    row = await session.get(TakenBack, taken_id) if taken_id else await latest(session, person, now)
    if row is None or row.person_id != person.id or row.redone_in or row.at < now - RECENT:
        raise NothingToRedo
    rows = {kind: await _rows(session, table, (row.what or {}).get(kind, [])) for kind, table in _TABLES.items()}
    acts = await _acts(session, row)
    await _check(session, row, acts, rows)
    done = Redone(row.about, figures=rows["figures"], people=rows["people"], given=rows["given"], places=rows["places"])
    for act, stood in reversed(acts):
        done.visits.append((act.act, await visits.redo(session, plan, act, stood, now)))
    for each in rows["given"]:
        await hand_overs.redo(session, each, person, now=now, source=source)
    for edit in reversed(rows["edits"]):
        done.edited.append(await house_edits.redo(session, edit, person, now=now, source=source))
    for one in [*rows["figures"], *rows["people"], *rows["places"]]:
        one.undone_at = None
        session.add(one)
    row.redone_in = source
    session.add(row)
    audit.note(session, "taken_back.redone", f"taken_back:{row.id}", now=now, by=person, source=source,
               detail={"about": row.about})  # fmt: skip
    await session.flush()
    return done


async def _acts(session: AsyncSession, row: TakenBack) -> list[tuple[VisitHistory, dict[str, Any]]]:
    """The acts as they were taken back, the newest first. Raises NothingToRedo where one is gone for good."""
    told = (row.what or {}).get("acts", [])
    found = {act.id: act for act in await _rows(session, VisitHistory, [number for number, _ in told])}
    return [(found[number], stood) for number, stood in told]


async def _rows(session: AsyncSession, table: Any, ids: Sequence[int]) -> list[Any]:
    """These rows in this order. Raises NothingToRedo where one was forgotten or stands already."""
    if not ids:
        return []
    found = {row.id: row for row in await session.exec(select(table).where(col(table.id).in_(ids)))}
    if any(number not in found or found[number].undone_at is None for number in ids):
        raise NothingToRedo
    return [found[number] for number in ids]


async def _check(
    session: AsyncSession,
    row: TakenBack,
    acts: Sequence[tuple[VisitHistory, dict[str, Any]]],
    rows: dict[str, list[Any]],
) -> None:
    """Raises NotAsItWas where any of it is not as the `hoàn tác` left it."""
    await _check_visits(session, row.what or {}, acts)
    for each in rows["given"]:
        await hand_overs.check_as_before(session, each)
    for edit in rows["edits"]:
        await house_edits.check_as_before(session, edit)
    for figure in rows["figures"]:
        await _check_figure(session, figure)
    here = [one.name for one in rows["people"] if await _is_listed(session, one)]
    if here:
        raise NotAsItWas("person", tuple(here))
    for place in rows["places"]:
        same = select(PlaceAlias.id).where(
            PlaceAlias.place_hash == place.place_hash, PlaceAlias.person_id == place.person_id,
            col(PlaceAlias.undone_at).is_(None),
        )  # fmt: skip
        if (await session.exec(same.limit(1))).first():
            raise NotAsItWas("place", (place.place,))


async def _check_visits(
    session: AsyncSession, what: dict[str, Any], acts: Sequence[tuple[VisitHistory, dict[str, Any]]]
) -> None:
    """Each visit is as it was left, and nobody has been to its house since."""
    changed: list[str] = []
    houses: set[int] = {stood["house_id"] for _, stood in acts}
    for number, left in what.get("stand", {}).items():
        visit = await session.get_one(Visit, int(number))
        houses.add(visit.house_id)
        if visits.as_it_stands(visit) != left:
            changed.append((await session.get_one(House, visit.house_id)).label)
    since = select(House.label).join(Visit, col(Visit.house_id) == col(House.id)).where(
        col(House.id).in_(houses), col(Visit.id) > what.get("newest", 0), col(Visit.undone_at).is_(None)
    )  # fmt: skip
    changed += list(await session.exec(since.order_by(col(Visit.id)))) if houses else []
    if changed:
        raise NotAsItWas("house", tuple(dict.fromkeys(changed)))


async def _check_figure(session: AsyncSession, row: Reported) -> None:
    later = select(Reported.id).where(
        Reported.campaign == row.campaign, Reported.unit_id == row.unit_id, Reported.what == row.what,
        col(Reported.id) > row.id, col(Reported.undone_at).is_(None), col(Reported.adds) == row.adds,
    )  # fmt: skip
    if not row.adds and (await session.exec(later.limit(1))).first():
        raise NotAsItWas("figure", ((await session.get_one(Unit, row.unit_id)).name,))


async def _is_listed(session: AsyncSession, row: ListedPerson) -> bool:
    entry = listed.Entry(name=row.name, phone=row.phone)
    same = await listed.same_as(session, row.campaign, entry)
    return any(one.unit_id == row.unit_id and one.name_hash == row.name_hash for one in same)
