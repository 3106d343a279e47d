"""Places people speak of that are no units of their own ("xóm Đình"), and the unit they were said to lie in."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.near_names import differ_in_marks
from rules.roles import Role
from rules.spelling import fold
from storage import audit
from storage.sealing import keyed_hash
from storage.tables import Person, PlaceAlias, Unit
from storage.units import Scope

_ANSWER = (Role.HEAD, Role.OFFICER)  # whose word on a place holds for all who see the unit


def place_hash(place: str) -> str:
    """Equal for every way to write the same place, marks or none."""
    return keyed_hash(f"place:{fold(place)}")


async def meant(session: AsyncSession, person: Person, scope: Scope, place: str) -> PlaceAlias | None:
    """Where this place lies, for this person; None when it is still to be asked, or learnt outside the scope only.

    A head or an officer answers for the unit, so their word holds for all who see the unit. A volunteer's holds for
    that volunteer alone, until a second one says the same: one slip of the thumb must not send a whole unit's houses
    astray.
    """
    found = await _known(session, scope, place)
    agreed = next((row for row in found if len(_who_say_so(row, found)) > 1), None)
    own = [row for row in found if row.person_id == person.id]
    heads = [row for row in found if row.by_head]
    return next(iter([*(row for row in own if row.by_head), *heads, *own]), agreed)


async def learn(
    session: AsyncSession, person: Person, place: str, unit: Unit, *, whole: bool, now: datetime, source: str
) -> PlaceAlias:
    """Remember it for the campaign, as this person said; `whole`: the place is the unit by another name."""
    row = PlaceAlias(
        campaign=unit.campaign,
        place=place,
        place_hash=place_hash(place),
        unit_id=unit.id or 0,
        whole=whole,
        person_id=person.id or 0,
        by_head=Role(person.role) in _ANSWER,
        source=source,
        at=now,
    )
    session.add(row)
    await session.flush()
    audit.note(session, "place.learnt", f"place:{row.id}", now=now, by=person, source=source)
    return row


def unlearn(
    session: AsyncSession, rows: Sequence[PlaceAlias], person: Person, *, now: datetime, source: str
) -> list[PlaceAlias]:
    """These places are asked about again."""
    for row in rows:
        row.undone_at = now
        session.add(row)
        audit.note(session, "place.unlearnt", f"place:{row.id}", now=now, by=person, source=source)
    return list(rows)


async def learnt_by(session: AsyncSession, person: Person, source: str) -> list[PlaceAlias]:
    """What this person's message taught and still stands."""
    query = select(PlaceAlias).where(
        PlaceAlias.person_id == person.id, PlaceAlias.source == source, col(PlaceAlias.undone_at).is_(None)
    )
    return list(await session.exec(query))


async def changeable(session: AsyncSession, person: Person, scope: Scope, place: str) -> list[PlaceAlias]:
    """What this person may unlearn of a place: one's own word; a head or an officer every word on a unit in scope."""
    found = await _known(session, scope, place)
    return found if Role(person.role) in _ANSWER else [row for row in found if row.person_id == person.id]


async def _known(session: AsyncSession, scope: Scope, place: str) -> list[PlaceAlias]:
    """What was said of this place within the scope, newest first; "xóm Định" is not "xóm Đình"."""
    query = select(PlaceAlias).where(
        PlaceAlias.campaign == scope.campaign,
        PlaceAlias.place_hash == place_hash(place),
        col(PlaceAlias.unit_id).in_(scope.unit_ids),
        col(PlaceAlias.undone_at).is_(None),
    )
    rows = await session.exec(query.order_by(col(PlaceAlias.id).desc()))
    return [row for row in rows if not differ_in_marks(row.place, place)]


def _who_say_so(row: PlaceAlias, found: Sequence[PlaceAlias]) -> set[int]:
    return {other.person_id for other in found if (other.unit_id, other.whole) == (row.unit_id, row.whole)}
