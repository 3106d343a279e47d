"""A spreadsheet sent in chat as every step about it finds it: whose it is, what it says, whose houses it may name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.sifting import Sifted
from handlers.words import Tapped
from rules.plan import Plan
from rules.refusals import NotFound
from rules.roles import Role
from storage import received, units
from storage.tables import Chat, FileReceived, Person, Unit
from storage.units import scope_of

MAY = (Role.HEAD, Role.OFFICER, Role.OPERATOR)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every step here needs at hand, with the file it is about."""

    session: AsyncSession
    state: FSMContext
    me: Person
    plan: Plan
    now: datetime
    source: str
    file: FileReceived
    content: dict[str, Any]


class AtDesk(Sifted):
    """A button `kind|file[.more]` of one's own file that waits to be agreed to: hands over `desk` and `more`."""

    deaf_to = frozenset()

    def __init__(self, kind: str) -> None:
        self.kind, self._tapped = kind, Tapped(kind, card=False)

    async def __call__(
        self, query: CallbackQuery, session: AsyncSession, state: FSMContext, chat: Chat, me: Person | None, plan: Plan,
        now: datetime, source: str,
    ) -> bool | dict[str, Any]:  # fmt: skip
        found = await self._tapped(query, chat)
        if me is None or not isinstance(found, dict):
            return False
        number, _, more = found["value"].partition(".")
        return {"desk": await desk_of(session, state, me, plan, now, source, number_of(number)), "more": more}


async def desk_of(
    session: AsyncSession, state: FSMContext, me: Person, plan: Plan, now: datetime, source: str, number: int
) -> Desk | None:
    file = await received.own(session, me, number, now) if Role(me.role) in MAY else None
    if file is None or file.content is None:
        return None
    return Desk(session, state, me, plan, now, source, file, file.content)


def number_of(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


async def reach_of(desk: Desk) -> list[Unit]:
    """Whose households this person may write down: a head the own unit's, the others any in their scope."""
    if Role(desk.me.role) is Role.HEAD:
        return [await desk.session.get_one(Unit, desk.me.unit_id)]
    found = await units.within(desk.session, await scope_of(desk.session, desk.me))
    above = {unit.parent_id for unit in found}
    return [unit for unit in found if unit.id not in above]


async def unit_of(desk: Desk, number: int) -> Unit:
    unit = next((unit for unit in await reach_of(desk) if unit.id == number), None)
    if unit is None:
        raise NotFound("unit")
    return unit
