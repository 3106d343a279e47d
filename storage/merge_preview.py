"""What `units merge` would do, told before it is done: by the same rules, and nothing is changed."""

from dataclasses import dataclass

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import merging
from storage.tables import House, Reported, Unit

_BESIDE = ("invitation", "listed_person", "difficulty", "place_alias", "proposal", "recheck")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """`houses` and `people` that move; `renamed` are labels before and after, `totals` those of the unit that stays:
    its field, what it is now, what it would be (None: not known). `numbers` is by how much list numbers go up,
    `numbered` of how many houses. `beside` is what else goes along, by table; `told` are figures that stay behind.
    """

    houses: int
    people: int
    renamed: tuple[tuple[str, str], ...]
    numbers: int
    numbered: int
    totals: tuple[tuple[str, int | None, int | None], ...]
    beside: dict[str, int]
    told: int


async def foresee(session: AsyncSession, gone: Unit, into: Unit) -> Foreseen:
    """Raises CannotMerge."""
    await merging.check(session, gone, into)
    houses, people = await merging.foreseen(session, gone)
    moving = list(await session.exec(select(House).where(House.unit_id == gone.id).order_by(col(House.id))))
    taken = await merging.taken_labels(session, into)
    renamed = [(one.label, merging.renamed(one.label, gone)) for one in moving if merging.is_renamed(one, taken)]
    hanging = {table.__tablename__: table for table in merging.MOVING}
    counts = {name: await _count(session, hanging[name], gone) for name in _BESIDE}
    told = select(func.count()).select_from(Reported).where(
        Reported.unit_id == gone.id, col(Reported.adds).is_(False), col(Reported.undone_at).is_(None)
    )  # fmt: skip
    return Foreseen(
        houses, people, tuple(renamed), await merging.last_number(session, into),
        sum(one.list_number is not None for one in moving), tuple(merging.totals_after(gone, into)),
        {name: count for name, count in counts.items() if count}, (await session.exec(told)).one(),
    )  # fmt: skip


async def _count(session: AsyncSession, table: type, unit: Unit) -> int:
    query = select(func.count()).select_from(table).where(table.unit_id == unit.id)  # type: ignore[attr-defined]
    return int((await session.exec(query)).one())
