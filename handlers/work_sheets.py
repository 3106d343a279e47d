"""in ngõ 5, in danh sách: the houses still to do on paper, a page per alley, whose numbers are typed back."""

import re
from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import named_units, paper_line
from rules.alleys import Alley, alley_called
from rules.plan import Plan
from rules.refusals import NotAllowed
from rules.reply import Document, Reply
from rules.roles import Role
from rules.spelling import clean, plain
from storage import alley_list, handouts, settings
from storage.tables import Chat, Person, Unit
from texts import exporting
from texts import work_sheets as texts

_MAY = (Role.VOLUNTEER, Role.HEAD, Role.OFFICER)
_LONGEST = 120
_ASKS = re.compile(
    r"(?:(?:cho|xin|lay|xuat) )*(?:in|phieu)(?P<what>(?: (?:ra|giay|phieu|danh sach|ds|cac|nha|ho|con lai|can den|"
    r"chua xong|di|theo ngo))*)(?: (?P<alley>(?:ngo|ngach|hem|kiet|day|xom|duong) (?:so )?\w+))?"
    r"(?: (?:cua |cho )?(?P<unit>(?:to|tdp|thon|khu|ap|ban|lang|don vi|phuong|xa)\b.*?))?"
    r"(?: (?:nhe|nha|a|giup|voi|di))*"
)


class AsksForSheet(Filter):
    """ "in ngõ 5", "in danh sách tổ 3", "phiếu ngõ 5": hands over the `alley` (None for all) and the unit's `named`."""

    async def __call__(self, message: Message, me: Person | None) -> bool | dict[str, Any]:
        typed = message.text or ""
        if me is None or message.forward_origin or len(typed) > _LONGEST:
            return False
        said = clean(typed)
        found = _ASKS.fullmatch(plain(said))
        if not found or not (found["what"] or found["alley"]):
            return False
        alley = alley_called(said[slice(*found.span("alley"))]) if found["alley"] else None
        return {"alley": alley, "named": said[slice(*found.span("unit"))] if found["unit"] else ""}


async def asked(
    _: Message, alley: Alley | None, named: str, session: AsyncSession, chat: Chat, me: Person, plan: Plan,
    now: datetime, today: date, source: str,
) -> Reply:  # fmt: skip
    if Role(me.role) not in _MAY:
        raise NotAllowed("còn")
    if chat.platform == "zalo" and not await settings.get(session, settings.PUBLIC_URL):
        return Reply(exporting.NO_LINKS)
    unit = await _unit(session, me, named)
    if unit is None:
        return Reply(texts.SAY_UNIT)
    key = alley.key if alley else ""
    found = await alley_list.open_by_alley(session, unit, plan.done_codes | plan.left_out_codes, key=key)
    if not found:
        return Reply(texts.nothing(unit, alley.name if alley else ""))
    recipe = {"kind": "doors", "unit_id": unit.id, "alley": key, "named": Role(me.role) is not Role.VOLUNTEER}
    token, _id = await handouts.order(
        session, me, recipe, name=paper_line.stem(f"phieu {key}", unit, today), content_type="application/pdf",
        now=now, source=source,
    )  # fmt: skip
    said = texts.caption(unit, sum(len(houses) for _, houses in found), len(found))
    return Reply(said, document=Document(token))


async def _unit(session: AsyncSession, me: Person, named: str) -> Unit | None:
    """The unit named, or the own one; None where an officer names none. Raises NotFound."""
    if not named and Role(me.role) is Role.OFFICER:
        return None
    return await named_units.unit_called(session, me, named)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(asked, AsksForSheet())
    return router
