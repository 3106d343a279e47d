"""Houses that change hands, written down so that it can be taken back exactly: given, given back, left behind."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.refusals import ChangedSince, NotAsItWas
from storage import audit
from storage.tables import HandOver, House, Person

GIVEN, BACK, LEFT = "given", "back", "left"


def write(
    session: AsyncSession,
    found: Sequence[House],
    to: int | None,
    act: str,
    by: Person,
    *,
    now: datetime,
    source: str,
) -> None:
    """These houses are from now on that person's, or (None) nobody's."""
    if not found:
        return
    before: dict[str, list[int | str | None]] = {}
    for house in found:
        before[str(house.id)] = [house.assigned_to, _iso(house.assigned_at)]
        house.assigned_to, house.assigned_at = to, now if to else None
        session.add(house)
    row = HandOver(campaign=by.campaign, unit_id=found[0].unit_id, person_id=by.id or 0, to_id=to, act=act,
                   before=before, source=source, at=now)  # fmt: skip
    session.add(row)


async def left(session: AsyncSession, person: Person, *, now: datetime, source: str) -> None:
    """Who leaves the campaign holds nothing any more."""
    held = list(await session.exec(select(House).where(House.assigned_to == person.id)))
    write(session, held, None, LEFT, person, now=now, source=source)


async def left_by(session: AsyncSession, person: Person) -> list[int]:
    """The houses that someone held on leaving, by id."""
    query = select(HandOver).where(HandOver.person_id == person.id, HandOver.act == LEFT)
    return [int(number) for row in await session.exec(query) for number in row.before or {}]


def holders(found: Sequence[House]) -> dict[int, int]:
    """Who holds these houses now, and how many of them each."""
    return dict(Counter(house.assigned_to for house in found if house.assigned_to is not None))


def had(row: HandOver) -> dict[int, int]:
    """Whose the houses were before, and how many of them each."""
    return dict(Counter(int(holder) for holder, _since in (row.before or {}).values() if holder))


async def untold(session: AsyncSession, campaign: str) -> list[HandOver]:
    """What was left behind and no head has been told of yet."""
    query = select(HandOver).where(HandOver.campaign == campaign, HandOver.act == LEFT, col(HandOver.told_at).is_(None))
    return list(await session.exec(query.order_by(col(HandOver.id))))


async def houses_of(session: AsyncSession, row: HandOver) -> list[House]:
    ids = [int(number) for number in row.before or {}]
    return list(await session.exec(select(House).where(col(House.id).in_(ids)).order_by(col(House.id))))


async def check_unchanged(session: AsyncSession, row: HandOver) -> None:
    """Raises ChangedSince where one of the houses has changed hands again."""
    wanted = (row.to_id, row.at if row.to_id else None)
    found = await houses_of(session, row)
    if changed := [house.label for house in found if (house.assigned_to, house.assigned_at) != wanted]:
        raise ChangedSince(tuple(changed))


async def undo(session: AsyncSession, row: HandOver, person: Person, *, now: datetime, source: str) -> None:
    """Each house is whose it was before."""
    row.undone_at = now
    session.add(row)
    for house in await houses_of(session, row):
        holder, since = (row.before or {})[str(house.id)]
        house.assigned_to, house.assigned_at = holder, datetime.fromisoformat(since) if since else None
        session.add(house)
    audit.note(session, "houses.taken_back", f"hand_over:{row.id}", now=now, by=person, source=source)


async def check_as_before(session: AsyncSession, row: HandOver) -> None:
    """Raises NotAsItWas where one of the houses is no longer whose it was before this act."""
    found = await houses_of(session, row)
    stand = {str(house.id): [house.assigned_to, _iso(house.assigned_at)] for house in found}
    if changed := [house.label for house in found if (row.before or {})[str(house.id)] != stand[str(house.id)]]:
        raise NotAsItWas("house", tuple(changed))


async def redo(session: AsyncSession, row: HandOver, person: Person, *, now: datetime, source: str) -> None:
    """What was taken back holds again: each house is whose this act made it."""
    row.undone_at = None
    session.add(row)
    for house in await houses_of(session, row):
        house.assigned_to, house.assigned_at = row.to_id, row.at if row.to_id else None
        session.add(house)
    audit.note(session, "houses.given_again", f"hand_over:{row.id}", now=now, by=person, source=source)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
