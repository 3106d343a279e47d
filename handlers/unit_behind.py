"""A word of the menu with a unit's name behind it: "tiến độ tổ dân phố 3", "xem thôn Đông"."""

from typing import Any

from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.named_units import unit_called
from handlers.sifting import Sifted
from handlers.words import Spoken
from rules.refusals import NotFound
from storage.tables import Person

_LONGEST = 80


class UnitBehind(Sifted):
    """The word and the name of a unit of one's own part, handed over as `unit`; a name that is none is no such line,
    whether the unit lies outside one's part or nowhere."""

    def __init__(self, word: str) -> None:
        self.word = word

    async def __call__(
        self, message: Message, session: AsyncSession, me: Person | None, heard: Spoken | None = None
    ) -> bool | dict[str, Any]:
        if me is None or heard is None or heard.word != self.word or not 0 < len(heard.rest) <= _LONGEST:
            return False
        try:
            return {"unit": await unit_called(session, me, heard.rest)}
        except NotFound:
            return False
