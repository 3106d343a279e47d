"""Which houses whom: given to a member of the unit, given back, handed on, free again after a week without a visit."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import day_in_vietnam
from rules.plan import Plan
from rules.refusals import NotFound
from rules.roles import Role
from rules.shares import Give
from rules.spelling import fold
from storage import audit, hand_overs, houses, people
from storage.tables import House, Person
from storage.units import Scope

HELD_FOR = timedelta(days=7)


async def member_called(session: AsyncSession, scope: Scope, name: str, *, also_left: bool = False) -> Person:
    """The one volunteer or head of the scope with that name, or that given name. Raises NotFound."""
    query = select(Person).where(
        col(Person.unit_id).in_(scope.unit_ids), col(Person.role).in_((Role.VOLUNTEER, Role.HEAD))
    )
    wanted = fold(name).split()
    found = [one for one in await session.exec(query) if also_left or one.left_at is None]
    named = [one for one in found if wanted and fold(one.name or "").split()[-len(wanted) :] == wanted]
    exact = [one for one in named if fold(one.name or "").split() == wanted] or named
    here = [one for one in exact if one.left_at is None] or exact
    if len(here) != 1:
        raise NotFound("person")
    return here[0]


async def release_stale(session: AsyncSession, campaign: str, now: datetime) -> int:
    """Houses held for seven days that nobody went to are nobody's again; how many."""
    free = {"assigned_to": None, "assigned_at": None}
    stale = update(House).where(*_stale(campaign, now)).values(**free)
    return int((await session.exec(stale.execution_options(synchronize_session="fetch"))).rowcount)


async def any_stale(session: AsyncSession, campaign: str, now: datetime) -> bool:
    return (await session.exec(select(House.id).where(*_stale(campaign, now)).limit(1))).first() is not None


def _stale(campaign: str, now: datetime) -> tuple[Any, ...]:
    since = now - HELD_FOR
    idle = or_(col(House.visited_on).is_(None), col(House.visited_on) < day_in_vietnam(since))
    return col(House.campaign) == campaign, col(House.assigned_to).is_not(None), col(House.assigned_at) < since, idle


async def meant(session: AsyncSession, scope: Scope, to: Person, order: Give) -> tuple[list[House], list[str]]:
    """The houses of an order, and of those it names by number the ones we do not know. Raises NotFound."""
    if order.houses:
        known = [(label, await houses.called(session, to.unit_id, label)) for label in order.houses]
        found = {house.id: house for _, house in known if house}  # "giao nhà 4, 4" names it once
        return list(found.values()), [label for label, house in known if not house]
    query = select(House).where(House.unit_id == to.unit_id, col(House.withdrawn).is_(False))
    if order.of:
        former = await member_called(session, scope, order.of, also_left=True)
        left_by = await hand_overs.left_by(session, former) if former.left_at else []
        theirs: Any = House.assigned_to == former.id
        query = query.where(or_(theirs, and_(col(House.id).in_(left_by), col(House.assigned_to).is_(None))))
    elif order.alley:
        query = query.where(House.alley_hash == houses.alley_hash(order.alley))
    return list(await session.exec(query)), []


def give(session: AsyncSession, found: Sequence[House], to: Person, by: Person, *, now: datetime, source: str) -> None:
    """These houses are that person's from now on."""
    hand_overs.write(session, found, to.id, "given", by, now=now, source=source)
    ids = [house.id for house in found]
    audit.note(session, "houses.given", f"person:{to.id}", now=now, by=by, source=source, detail={"houses": ids})


def give_back(session: AsyncSession, house: House, by: Person, *, now: datetime, source: str) -> None:
    hand_overs.write(session, [house], None, "back", by, now=now, source=source)
    audit.note(session, "house.given_back", f"house:{house.id}", now=now, by=by, source=source)


async def held(session: AsyncSession, plan: Plan, unit_id: int) -> tuple[list[tuple[str, int, int]], int]:
    """Who holds how many houses and how many of them are open, and how many open ones nobody holds."""
    query = select(House).where(House.unit_id == unit_id, col(House.withdrawn).is_(False))
    closed = plan.done_codes | plan.left_out_codes
    everything: Counter[int | None] = Counter()
    still_open: Counter[int | None] = Counter()
    for house in await session.exec(query):
        everything[house.assigned_to] += 1
        still_open[house.assigned_to] += house.outcome not in closed
    holders = {one: await people.by_id(session, one) for one in everything if one is not None}
    rows = [((who and who.name) or "?", everything[one], still_open[one]) for one, who in holders.items()]
    return sorted(rows, key=lambda row: fold(row[0])), still_open[None]


async def heads_of(session: AsyncSession, plan: Plan, unit_id: int) -> list[Person]:
    return [one for one in await people.with_roles(session, plan.slug, (Role.HEAD,)) if one.unit_id == unit_id]
