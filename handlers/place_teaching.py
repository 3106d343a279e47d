"""A place taught in words, before anybody asks: "xóm Đình thuộc tổ 3", "xóm Chùa là tên khác của tổ 9"."""

import re
from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import named_units
from rules import unit_names
from rules.refusals import NotFound
from rules.reply import Reply
from rules.roles import Role
from rules.spelling import clean, plain
from storage import place_aliases, units
from storage.tables import Person, Unit
from storage.units import scope_of
from texts import placing as texts

_MAY = (Role.VOLUNTEER, Role.HEAD, Role.OFFICER)
_LONGEST = 160
_MOST_WORDS = 5
_SAYS = re.compile(
    r"(?P<place>.+?),? (?:(?P<whole>(?:chinh )?la ten (?:khac|cu|goi khac) cua|chinh la)|"
    r"(?:la )?(?:thuoc(?: ve)?|nam (?:o|trong)|o trong|cua)|la o) (?P<unit>.+?)(?: (?:nhe|nha|a|do))*[.!]?"
)


class Teaches(Filter):
    """Which unit a place is in, said by whoever the unit is in scope of: hands over `place`, `unit`, `whole`."""

    async def __call__(self, message: Message, session: AsyncSession, me: Person | None) -> bool | dict[str, Any]:
        typed = message.text or ""
        if me is None or message.forward_origin or Role(me.role) not in _MAY or len(typed) > _LONGEST:
            return False
        said = clean(typed)
        found = _SAYS.fullmatch(plain(said))
        if not found or len(found["place"].split()) > _MOST_WORDS:
            return False
        place, named = said[slice(*found.span("place"))], said[slice(*found.span("unit"))]
        reach = await units.within(session, await scope_of(session, me))
        if not unit_names.may_be_part(place, [unit.name for unit in reach]):
            return False
        try:
            unit = await named_units.unit_called(session, me, named)
        except NotFound:
            return False
        return {"place": place, "unit": unit, "whole": bool(found["whole"])}


async def taught(
    _: Message, place: str, unit: Unit, whole: bool, session: AsyncSession, me: Person, now: datetime, source: str
) -> Reply:
    row = await place_aliases.learn(session, me, place, unit, whole=whole, now=now, source=source)
    return Reply(texts.learnt(row, unit, only_own=not row.by_head), takes_numbers=True)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(taught, Teaches())
    return router
