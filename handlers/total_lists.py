"""Several units' totals in one message, as an officer gathers them: each line kept or said back with why."""

import re
from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import totals
from handlers.sifting import Sifted
from handlers.words import Spoken
from rules.plan import Plan
from rules.refusals import Refusal
from rules.reply import Choice, Reply
from rules.roles import Role, may
from rules.unit_total import read_unit_total
from storage import unread
from storage.tables import Chat, Person
from texts import totals as texts

_PARTS = re.compile(r"[\n;]|,(?=\s*[^\W\d])")
_MOST = 200


class SaysTotals(Sifted):
    """Lines of which two or more are a unit's total, from an officer; heads write theirs among the houses of a list."""

    async def __call__(
        self, message: Message, heard: Spoken, me: Person | None, chat: Chat, today: date
    ) -> bool | dict[str, Any]:
        text = message.text or ""
        tells = me is not None and Role(me.role) in totals.TELL and not may(Role(me.role), "ghi")
        if not tells or heard.word or message.forward_origin or chat.state:
            return False
        parts = [part.strip() for part in _PARTS.split(text) if part.strip()][:_MOST]
        figures = sum(read_unit_total(part, today) is not None for part in parts)
        return {"parts": parts} if figures > 1 else False


async def totals_said(
    _: Message, parts: list[str], session: AsyncSession, chat: Chat, me: Person, plan: Plan, now: datetime,
    today: date, source: str,
) -> Reply:  # fmt: skip
    kept: list[str] = []
    unkept: list[tuple[str, str]] = []
    for nth, part in enumerate(parts):
        try:
            told = await totals.kept_of_list(
                session, me, plan, part, today=today, now=now, source=f"{source}.t{nth}", alone=False
            )
        except Refusal as refusal:
            unkept.append((part, type(refusal).__name__))
            continue
        if told:
            kept.append(told)
        else:
            figure = read_unit_total(part, today)
            unkept.append((part, "unclear" if figure is None or figure.is_possible else "impossible"))
    for said, _why in unkept:
        unread.keep(session, chat, said, "total", now)
    choices = ((Choice("Hoàn tác cả danh sách", f"htl|{source}"),),) if kept else ()
    return Reply(texts.several(kept, unkept), choices, takes_numbers=True)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(totals_said, SaysTotals())
    return router
