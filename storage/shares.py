"""Which houses whom: given to a member of the unit, given back, handed on, free again after a week without a visit."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import day_in_vietnam
from rules.plan import Plan
from rules.refusals import NotFound
from rules.roles import Role
from rules.shares import Give
from rules.spelling import fold
from storage import audit, houses, people
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


async def release_stale(session: AsyncSession, unit_id: int, now: datetime) -> None:
    """Houses held for seven days that nobody went to are nobody's again."""
    since = now - HELD_FOR
    idle = or_(col(House.visited_on).is_(None), col(House.visited_on) < day_in_vietnam(since))
    held = (col(House.unit_id) == unit_id, col(House.assigned_to).is_not(None), col(House.assigned_at) < since)
    free = {"assigned_to": None, "assigned_at": None}
    await session.exec(update(House).where(*held, idle).values(**free).execution_options(synchronize_session="fetch"))


async def meant(session: AsyncSession, scope: Scope, to: Person, order: Give) -> tuple[list[House], list[str]]:
    """The houses of an order, and of those it names by number the ones we do not know. Raises NotFound."""
    if order.houses:
        known = [(label, await houses.called(session, to.unit_id, label)) for label in order.houses]
        return [house for _, house in known if house], [label for label, house in known if not house]
    query = select(House).where(House.unit_id == to.unit_id, col(House.withdrawn).is_(False))
    if order.of:
        former = await member_called(session, scope, order.of, also_left=True)
        query = query.where(House.assigned_to == former.id)
    elif order.alley:
        query = query.where(House.alley_hash == houses.alley_hash(order.alley))
    return list(await session.exec(query)), []


def give(session: AsyncSession, found: Sequence[House], to: Person, by: Person, *, now: datetime, source: str) -> None:
    """These houses are that person's from now on."""
    for house in found:
        house.assigned_to, house.assigned_at = to.id, now
        session.add(house)
    ids = [house.id for house in found]
    audit.note(session, "houses.given", f"person:{to.id}", now=now, by=by, source=source, detail={"houses": ids})


def give_back(session: AsyncSession, house: House, by: Person, *, now: datetime, source: str) -> None:
    house.assigned_to = house.assigned_at = None
    session.add(house)
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
