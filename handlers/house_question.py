"""A question about one house, "nhà 12 cài chưa?": what is known of it, within one's scope, without name or phone."""

from typing import Any

from aiogram import Router
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import named_units, placing
from handlers.desk import Visiting
from handlers.sifting import Sifted
from handlers.words import Spoken, need
from rules.entry import Entry
from rules.grammar.asked import Asked, read_asked
from rules.plan import Plan
from rules.reply import Reply
from rules.roles import Role, may
from storage import houses
from storage.tables import Chat, Person
from texts import looking as texts


class AsksOfHouse(Sifted):
    """Asked between conversations or between two houses, by somebody who goes to the doors."""

    async def __call__(self, message: Message, heard: Spoken, me: Person | None, chat: Chat) -> bool | dict[str, Any]:
        text = message.text or ""
        state = chat.state or ""
        is_between = not state or bool((chat.data or {}).get("ready")) or state.startswith("Visiting:")
        is_between &= state != Visiting.reason.state  # there words are kept as they are
        if (
            me is None
            or heard.word not in (None, "còn", "tôi")
            or not is_between
            or message.forward_origin
            or not may(Role(me.role), "ghi")
        ):
            return False
        asked = read_asked(text) or (read_asked(heard.rest) if heard.rest else None)
        return {"asked": asked} if asked else False


async def answered(_: Message, asked: Asked, session: AsyncSession, me: Person, plan: Plan) -> Reply:
    need(me, "ghi")
    there = await placing.entry_placed(session, me, Entry(house=asked.house, unit=asked.unit))
    label = there.house or asked.house
    unit = await named_units.unit_called(session, me, there.unit or "")
    house = await houses.called(session, unit.id or 0, label)
    known = house if house and house.outcome and not house.withdrawn else None
    return Reply(texts.house_stands(plan, unit, known, label), takes_numbers=True)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(answered, AsksOfHouse())
    return router
