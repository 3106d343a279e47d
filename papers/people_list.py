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

    Without a phone nobody is taken for another, because many share a name. Staff stand where they work. Only the phones
    that stand on more than one line (`shared`) are remembered, so memory does not grow with the list.
    """

    def __init__(self, shared: set[str], staff: set[tuple[str, str]]) -> None:
        self._shared, self._staff = shared, staff
        self._keys = set[tuple[str, str]]()

    def is_new(self, name: str, phone_hash: str | None, *, at_work: bool) -> bool:
        if phone_hash is None or phone_hash not in self._shared:
            return True
        key = (listed.name_hash(name), phone_hash)
        if key in self._keys or (key in self._staff and not at_work):
            return False
        self._keys.add(key)
        return True


async def rows(session: AsyncSession, plan: Plan, order: Order) -> AsyncIterator[Row]:
    """The list of the unit and all below it, unit by unit in the order people know them, in constant memory."""
    scope = await units.below(session, order.unit)
    shared = await listed.shared_phones(session, plan.slug, scope.unit_ids)
    seen = Seen(shared, await listed.staff_keys(session, plan.slug, scope.unit_ids, shared))
    for unit in await units.within(session, scope):
        on_list: set[int | None] = set()
        async for page in listed.in_pages(session, plan.slug, unit.id or 0):
            on_list.update(row.house_id for row in page)
            for row in page:
                if seen.is_new(row.name, row.phone_hash, at_work=row.at_work):
                    yield _listed(plan, unit, row)
        async for page in houses.in_pages(session, unit.id or 0):
            for house in page:
                is_told = house.outcome in plan.done_codes and house.head_name and house.id not in on_list
                if is_told and seen.is_new(house.head_name, house.phone_hash, at_work=False):
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
