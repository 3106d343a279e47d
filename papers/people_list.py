"""Who stands on the DANH SÁCH: people listed by the unit, and heads of houses where it is done; each person once."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from papers.cells import cell
from papers.order import Order
from rules.plan import Plan
from storage import houses, listed, units
from storage.tables import Unit
from texts import papers as texts


@dataclass(frozen=True, slots=True)
class Row:
    """One line: name, phone, body, address, none of them blank."""

    name: str
    phone: str
    body: str
    address: str

    @property
    def cells(self) -> tuple[str, str, str, str]:
        return self.name, self.phone, self.body, self.address


class Seen:
    """Remembers who is on the paper already: the same name with the same phone is one person.

    Without a phone nobody is taken for another, because many share a name. Staff stand where they work.
    """

    def __init__(self, staff: set[tuple[str, str | None]]) -> None:
        self._staff, self._keys = staff, set[int]()

    def is_new(self, name_hash: str, phone_hash: str | None, *, at_work: bool) -> bool:
        if phone_hash is None:
            return True
        key = (name_hash, phone_hash)
        if hash(key) in self._keys or (key in self._staff and not at_work):
            return False
        self._keys.add(hash(key))
        return True


async def rows(session: AsyncSession, plan: Plan, order: Order) -> AsyncIterator[Row]:
    """The list of the unit and all below it, unit by unit in the order people know them, in constant memory."""
    scope = await units.below(session, order.unit)
    seen = Seen(await listed.staff_keys(session, plan.slug, scope.unit_ids))
    for unit in await units.within(session, scope):
        on_list: set[int | None] = set()
        async for page in listed.in_pages(session, plan.slug, unit.id or 0):
            on_list.update(row.house_id for row in page)
            for row in page:
                if seen.is_new(row.name_hash, row.phone_hash, at_work=row.at_work):
                    yield _listed(plan, unit, row)
        async for page in houses.in_pages(session, unit.id or 0):
            for house in page:
                if house.outcome in plan.done_codes and house.head_name and house.id not in on_list:
                    name_hash = listed.name_hash(house.head_name)
                    if seen.is_new(name_hash, house.phone_hash, at_work=False):
                        yield _head(plan, unit, house)


def _listed(plan: Plan, unit: Unit, row: Any) -> Row:
    """Staff with the workplace, everybody else with the home (the form's two notes)."""
    body = cell(row.workplace or unit.name)
    address = cell(row.address or "")
    if not address:
        address = texts.where(plan, body if row.at_work else cell(unit.name))
    return Row(cell(row.name), row.phone or texts.NO_PHONE, body, address)


def _head(plan: Plan, unit: Unit, house: Any) -> Row:
    home = cell(house.address or "") or f"{texts.house_at(cell(house.label))}, {texts.where(plan, cell(unit.name))}"
    return Row(cell(house.head_name), house.phone or texts.NO_PHONE, cell(unit.name), home)
