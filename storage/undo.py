"""hoàn tác: everything one's last message did, taken back together or, with the reason, not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.plan import Plan
from rules.refusals import ChangedSince, NothingToUndo
from storage import audit, hand_overs, house_edits, listed, place_aliases, redo, reported, visits
from storage.tables import HandOver, House, HouseEdit, ListedPerson, Person, PlaceAlias, Reported, Visit, VisitHistory
from storage.visits import RECENT, Logged

_MOST = 2000  # acts looked through for what came before the last message


@dataclass(slots=True)
class Undone:
    """What was taken back: visits with their act ("log", "correct", "remove"), figures, people of a list, houses given,
    houses that an edited register had changed, places whose unit was learnt.

    `of_list`: a message that spoke of several houses.
    """

    visits: list[tuple[str, Logged]] = field(default_factory=list)
    figures: list[Reported] = field(default_factory=list)
    people: int = 0
    given: list[HandOver] = field(default_factory=list)
    edited: list[House] = field(default_factory=list)
    places: list[PlaceAlias] = field(default_factory=list)
    of_list: bool = False


async def last(session: AsyncSession, plan: Plan, person: Person, *, now: datetime, source: str) -> Undone:
    """Take back what one's last message of seven days did. Raises NothingToUndo, ChangedSince.

    Where that message was a `làm lại`, what it brought back goes again.
    """
    said_in = await _last_message(session, person, now)
    again = await redo.redone_last(session, person, now)
    if again and _order(again.redone_in) > _order(said_in):
        if again.about.startswith("v"):
            one = await visit(session, plan, person, int(again.about[1:]), now=now, source=source)
            return Undone(visits=[one])
        said_in = again.about
    return await message(session, plan, person, said_in, now=now, source=source)


async def removed_last(session: AsyncSession, person: Person, now: datetime) -> bool:
    """Whether the last thing one did, `hoàn tác` and `làm lại` included, was to take visits off as its own act."""
    said_in = await _last_message(session, person, now)
    acts = await _of(session, VisitHistory, person, said_in, now) if said_in else []
    taken, again = await redo.latest(session, person, now), await redo.redone_last(session, person, now)
    since = max(_order(taken.source) if taken else -1, _order(again.redone_in) if again else -1)
    return bool(acts) and all(act.act == "remove" for act in acts) and since < _order(said_in)


async def before_last(
    session: AsyncSession, person: Person, now: datetime, *, visit_id: int = 0
) -> tuple[str, list[str]]:
    """The message before the last of which anything stands, and the houses it speaks of; ("", []) for none.

    None also where the last message did not touch the visit `visit_id`: then there is nothing in the way.
    """
    last_one = await _last_message(session, person, now)
    touched = {act.visit_id for act in await _of(session, VisitHistory, person, last_one, now)} if visit_id else {0}
    said_in = await _last_message(session, person, now, before=last_one) if visit_id in touched else ""
    acts = await _of(session, VisitHistory, person, said_in, now) if said_in else []
    named = select(House.label).join(Visit, col(Visit.house_id) == col(House.id))
    named = named.where(col(Visit.id).in_({act.visit_id for act in acts})).order_by(col(Visit.id))
    return said_in, list(dict.fromkeys(await session.exec(named))) if acts else []


async def message(
    session: AsyncSession, plan: Plan, person: Person, said_in: str, *, now: datetime, source: str
) -> Undone:
    """Take back all that this message ("u417") did and that still stands, a whole list exactly.

    Raises NothingToUndo, and ChangedSince, with nothing taken back, where somebody else has changed any of it since.
    """
    if not said_in:
        raise NothingToUndo
    acts = await _with_later(session, person, await _of(session, VisitHistory, person, said_in, now))
    figures = await _of(session, Reported, person, said_in, now)
    people = await _of(session, ListedPerson, person, said_in, now)
    given = await _of(session, HandOver, person, said_in, now)
    edits = await _of(session, HouseEdit, person, said_in, now)
    learnt = await _of(session, PlaceAlias, person, said_in, now)
    if not (acts or figures or people or given or edits or learnt):
        raise NothingToUndo
    await _check_untouched(session, person, acts)
    for each in given:
        await hand_overs.check_unchanged(session, each)
    for edit in edits:
        await house_edits.check_unchanged(session, edit)
    undone = Undone(figures=figures, people=len(people), given=given, of_list=any("." in act.source for act in acts))
    stood: list[tuple[VisitHistory, dict[str, Any]]] = []
    for act in acts:
        stood.append((act, visits.as_it_stands(await session.get_one(Visit, act.visit_id))))
        undone.visits.append((act.act, await visits.undo(session, plan, act, now)))
    undone.places = place_aliases.unlearn(session, learnt, person, now=now, source=source)
    for row in figures:
        reported.take_back(session, row, person, now=now, source=source)
    for one in people:
        listed.take_off(session, one, person, now=now, source=source)
    for each in given:
        await hand_overs.undo(session, each, person, now=now, source=source)
    for edit in edits:
        undone.edited.append(await house_edits.undo(session, edit, person, now=now, source=source))
    if undone.of_list:
        audit.note(session, "list.taken_back", f"list:{said_in}", now=now, by=person, source=source)
    for _act, logged in undone.visits if not undone.of_list else ():
        audit.note(session, "visit.taken_back", f"visit:{logged.visit.id}", now=now, by=person, source=source)
    await redo.note(
        session, person, said_in, now=now, source=source, acts=stood, figures=figures, people=people, given=given,
        edits=edits, places=learnt,
    )  # fmt: skip
    return undone


async def visit(
    session: AsyncSession, plan: Plan, person: Person, visit_id: int, *, now: datetime, source: str
) -> tuple[str, Logged]:
    """Take back one's last act on this visit. Raises NothingToUndo, and ChangedSince after somebody else's change."""
    of_visit = _standing(VisitHistory, person, now).where(VisitHistory.visit_id == visit_id)
    act = (await session.exec(of_visit.order_by(col(VisitHistory.id).desc()).limit(1))).first()
    if act is None:
        raise NothingToUndo
    await _check_untouched(session, person, [act])
    stood = visits.as_it_stands(await session.get_one(Visit, visit_id))
    logged = await visits.undo(session, plan, act, now)
    audit.note(session, "visit.taken_back", f"visit:{visit_id}", now=now, by=person, source=source)
    await redo.note(session, person, f"v{visit_id}", now=now, source=source, acts=[(act, stood)])
    return act.act, logged


async def was_there(session: AsyncSession, person: Person, *, visit_id: int = 0, said_in: str = "-") -> bool:
    """Whether this person ever did anything to that visit, or by that message: what is gone, not somebody else's."""
    by_it = col(VisitHistory.source).startswith(f"{said_in}.", autoescape=True)
    about = VisitHistory.visit_id == visit_id if visit_id else by_it
    query = select(VisitHistory.id).where(VisitHistory.person_id == person.id, about)
    return (await session.exec(query.limit(1))).first() is not None


async def _last_message(session: AsyncSession, person: Person, now: datetime, before: str = "") -> str:
    """The latest message (`before` that one) by whose source anything of this person's stands; "" for none."""
    found: list[str] = []
    for table in (VisitHistory, Reported, ListedPerson, HandOver, HouseEdit, PlaceAlias):
        query = _standing(table, person, now).order_by(col(table.id).desc()).limit(_MOST if before else 1)
        sources = [row.source.partition(".")[0] for row in await session.exec(query)]
        found += [source for source in sources if not before or _order(source) < _order(before)][:1]
    return max(found, key=_order, default="")


def _order(source: str) -> int:
    """Messages are numbered as they come: "u417" is the 417th."""
    return int(source[1:]) if source[1:].isdecimal() else -1


def _standing(table: Any, person: Person, now: datetime) -> Any:
    """One's own acts of seven days that were not taken back."""
    at = table.created_at if table in (Reported, ListedPerson) else table.at
    return select(table).where(table.person_id == person.id, col(table.undone_at).is_(None), at >= now - RECENT)


async def _of(session: AsyncSession, table: Any, person: Person, said_in: str, now: datetime) -> list[Any]:
    """What one message did in this table, newest first."""
    by_it = or_(col(table.source) == said_in, col(table.source).startswith(f"{said_in}.", autoescape=True))
    return list(await session.exec(_standing(table, person, now).where(by_it).order_by(col(table.id).desc())))


async def _with_later(session: AsyncSession, person: Person, acts: Sequence[VisitHistory]) -> list[VisitHistory]:
    """These acts and one's own later ones on the same visits, newest first: they cannot stand without them."""
    first = {act.visit_id: act.id or 0 for act in acts}  # the oldest comes last
    query = select(VisitHistory).where(
        col(VisitHistory.visit_id).in_(first),
        VisitHistory.person_id == person.id,
        col(VisitHistory.undone_at).is_(None),
    )
    found = await session.exec(query.order_by(col(VisitHistory.id).desc()))
    return [act for act in found if (act.id or 0) >= first[act.visit_id]]


async def _check_untouched(session: AsyncSession, person: Person, acts: Sequence[VisitHistory]) -> None:
    """Raises ChangedSince with the houses whose record somebody else has changed after one of these acts."""
    first = {act.visit_id: act.id or 0 for act in acts}
    query = (
        select(VisitHistory, House)
        .join(Visit, col(Visit.id) == col(VisitHistory.visit_id))
        .join(House, col(House.id) == col(Visit.house_id))
        .where(
            col(VisitHistory.visit_id).in_(first),
            VisitHistory.person_id != person.id,
            col(VisitHistory.undone_at).is_(None),
        )
    )
    changed = [house.label for act, house in await session.exec(query) if (act.id or 0) > first[act.visit_id]]
    if changed:
        raise ChangedSince(tuple(dict.fromkeys(changed)))
