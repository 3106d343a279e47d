"""Asking every messenger, at a start, who our bots are, and what follows when one does not know a token."""

import logging
from collections.abc import Sequence
from typing import Protocol

from sqlmodel import select

from bot.channels import WrongToken
from bot.channels.standing import Standing
from storage.database import Database
from storage.tables import Chat

log = logging.getLogger(__name__)


class Met(Protocol):
    """What of a channel matters here."""

    @property
    def bot_key(self) -> str: ...
    @property
    def standing(self) -> Standing: ...


class Line(Protocol):
    """One bot and its way in."""

    @property
    def channel(self) -> Met: ...
    async def meet(self) -> None:
        """Raises WrongToken."""
        ...


async def meet(database: Database, lines: Sequence[Line]) -> None:
    """Ask about each token. Raises WrongToken: a wrong token stops the start.

    But for a restart: a bot that people here have written to is silent by itself, as it is when its token is withdrawn
    while we run (see `bot.guard`), and the others go on. Where no bot is left that could, the start stops as well.
    """
    refused = [(line, wrong) for line in lines if (wrong := await _refused(line))]
    for line, wrong in refused:
        if len(refused) == len(lines) or not await _has_served(database, line.channel.bot_key):
            raise wrong
    for line, wrong in refused:
        line.channel.standing.token_refused = True
        log.error("the token in %s is not known any more; its bot is silent, the others go on", wrong)


async def _refused(line: Line) -> WrongToken | None:
    try:
        await line.meet()
    except WrongToken as wrong:
        return wrong
    return None


async def _has_served(database: Database, bot_key: str) -> bool:
    async with database.reading() as session:
        return (await session.exec(select(Chat.id).where(Chat.bot_key == bot_key).limit(1))).first() is not None
