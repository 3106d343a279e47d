"""One row of the printed list by itself, "12 c": as it would be read among others, asked where the list knows no such
house, since "c" alone may be anything.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from aiogram import Router
from aiogram.types import Message

from handlers import drafts
from handlers.desk import AtDesk, Desk
from handlers.sifting import Sifted
from handlers.words import Spoken, need
from rules.entry import Entry
from rules.plan import Plan
from rules.reply import Reply
from rules.roles import Role, may
from rules.sheet_row import read_row
from storage import doors, houses
from storage.tables import Chat, House, Person, Unit

_ANSWERED_OTHERWISE = ("Visiting:reason", "Visiting:place", "Visiting:which")


class RowOfSheet(Sifted):
    """ "12 c" between conversations or in the middle of a visit, handed over as `entry`."""

    async def __call__(
        self, message: Message, heard: Spoken, chat: Chat, me: Person | None, plan: Plan, today: date
    ) -> bool | dict[str, Any]:
        text, state = message.text or "", chat.state or "Visiting:"
        is_open = state.startswith("Visiting:") and state not in _ANSWERED_OTHERWISE
        if me is None or heard.word or message.forward_origin or not is_open or not may(Role(me.role), "ghi"):
            return False
        entry = read_row(text, plan, today)
        return {"entry": entry} if entry else False


async def row_said(_: Message, entry: Entry, desk: Desk) -> Reply:
    need(desk.me, "ghi")
    draft = drafts.of_entry(entry, desk.plan, desk.today)
    await desk.set_aside()
    return await desk.go_on(replace(draft, sure=await _is_listed(desk, draft.house)))


async def _is_listed(desk: Desk, label: str) -> bool:
    """Whether the office's list has this house, or these, of which it is asked which is meant."""
    unit = await desk.session.get_one(Unit, desk.me.unit_id)
    door = await doors.meant(desk.session, desk.me, unit, label)
    house = await houses.called(desk.session, unit.id or 0, door.label)
    return any(map(_has_row, [*door.several, *([house] if house else [])]))


def _has_row(house: House) -> bool:
    return house.list_number is not None


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.filter(AtDesk())
    router.message.register(row_said, RowOfSheet())
    return router
