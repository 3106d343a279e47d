"""Where to go next: the houses still to do, in the order to go to them, and today's appointments."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.order import natural
from rules.plan import Plan
from storage.tables import House, Person, Unit, Visit


@dataclass(frozen=True, slots=True)
class Left:
    """Houses still to do, in the order to go to them; how many are known at all (`known`), and how many nobody has
    spoken of yet (None: unknown). `unvisited` of them nobody has been to, `own` are held by the one who asks.
    """

    houses: list[House]
    known: int
    unspoken: int | None
    unvisited: int = 0
    own: int = 0


async def left(session: AsyncSession, plan: Plan, unit: Unit, today: date, me: Person | None = None) -> Left:
    """A unit's houses not yet done: one's own first, then those nobody holds.

    Among them appointments by day and hour, elderly and vulnerable houses, the longest unvisited; refusals last.
    """
    query = select(House).where(House.unit_id == unit.id, col(House.withdrawn).is_(False))
    known = list(await session.exec(query))
    closed = plan.done_codes | plan.left_out_codes
    open_houses = [house for house in known if house.outcome not in closed]
    open_houses.sort(key=lambda house: (_holder(house, me), *_urgency(house, today)))
    total = getattr(unit, plan.indicator.out_of) if plan.indicator.counts == "household" else None
    reached = sum(1 for house in known if house.outcome not in plan.left_out_codes)
    unspoken = None if total is None else max(total - reached, 0)
    unvisited = sum(house.outcome is None for house in open_houses)
    return Left(open_houses, len(known), unspoken, unvisited, sum(_holder(house, me) == 0 for house in open_houses))


def _holder(house: House, me: Person | None) -> int:
    """0: one's own; 1: nobody's; 2: somebody else's. A head holds nothing and sees all alike."""
    if house.assigned_to is None or me is None:
        return 1
    return 0 if house.assigned_to == me.id else 2


def _urgency(house: House, today: date) -> tuple[int, date, object, object]:
    name = natural(house.label)
    if house.outcome == "come_back":
        return (0, house.come_back_on or today, house.come_back_time or "99", name)
    if house.outcome == "refused":
        return (3, house.visited_on or today, "", name)
    return (1 if house.care else 2, house.visited_on or date.min, "", name)


async def any_today(session: AsyncSession, campaign: str, today: date) -> bool:
    """Whether anybody is expected anywhere today."""
    query = select(House.id).where(House.campaign == campaign, House.come_back_on == today)
    return (await session.exec(query.limit(1))).first() is not None


async def of_today(session: AsyncSession, plan: Plan, today: date) -> list[tuple[House, int]]:
    """Today's appointments at houses that are still open, by hour, each with whose it is: its holder's, or of the one
    who made it.
    """
    query = (
        select(House, Visit.person_id)
        .join(Visit, col(Visit.id) == col(House.visit_id))
        .where(House.campaign == plan.slug, House.come_back_on == today, col(House.withdrawn).is_(False))
    )
    closed = plan.done_codes | plan.left_out_codes
    found = [(house, maker) for house, maker in await session.exec(query) if house.outcome not in closed]
    found.sort(key=lambda each: (each[0].come_back_time or "99", natural(each[0].label)))
    return [(house, house.assigned_to or maker) for house, maker in found]
