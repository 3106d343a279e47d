"""A token that a messenger no longer knows: asked about again, and told to the operators by a bot that still works."""

import logging
from collections.abc import Iterable, Mapping
from functools import partial
from time import monotonic
from typing import Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.channels.standing import Standing
from rules.clock import Clock
from rules.reply import Reply
from rules.roles import Role
from storage import outbox, people, settings
from storage.database import Database
from texts import troubles

log = logging.getLogger(__name__)
ASK_AGAIN = 60.0  # seconds


class Guarded(Protocol):
    """One bot, as far as its token is concerned."""

    platform: str
    bot_key: str
    standing: Standing

    async def recheck(self) -> None:
        """Ask whether the token is known now; `standing` tells the answer, and stays as it was while there is none."""
        ...


class Guard:
    """Looks after the tokens of these bots. That an alarm went out is kept, so that no restart repeats it."""

    def __init__(self, database: Database, campaigns: Iterable[str], bots: Mapping[str, Guarded], clock: Clock) -> None:
        self._database, self._campaigns, self._bots, self._clock = database, list(campaigns), bots, clock
        self._asked_at: dict[str, float] = {}
        self._may_have_told = set(bots)

    async def look(self) -> None:
        """Ask again about each refused token, once a minute; the alarm goes out when the answer is still no."""
        for bot in self._bots.values():
            if bot.standing.token_refused:
                await self._refused(bot)
            elif bot.bot_key in self._may_have_told:
                await self._database.write(partial(settings.drop, key=_key(bot)))
                self._may_have_told.discard(bot.bot_key)

    async def _refused(self, bot: Guarded) -> None:
        if monotonic() - self._asked_at.get(bot.bot_key, -ASK_AGAIN) < ASK_AGAIN:
            return
        self._asked_at[bot.bot_key] = monotonic()
        await bot.recheck()
        if bot.standing.token_refused:
            log.error("%s does not know the token of %s any more", bot.platform, bot.bot_key)
            self._may_have_told.add(bot.bot_key)
            await self._database.write(lambda session: self._alarm(session, bot))

    async def _alarm(self, session: AsyncSession, bot: Guarded) -> None:
        """To every operator whom another bot reaches, once until the token is good again."""
        if await settings.get(session, _key(bot)):
            return
        now, silent = self._clock.now(), [key for key, one in self._bots.items() if one.standing.token_refused]
        said = Reply(troubles.token_refused(bot.platform, bot.bot_key.partition(":")[2]))
        told = False
        for campaign in self._campaigns:
            for operator in await people.with_roles(session, campaign, [Role.OPERATOR]):
                key = f"token:{bot.bot_key}:{now:%Y%m%dT%H%M%S}:{operator.id}"
                told |= await outbox.push(
                    session, operator, said, key=key, now=now, priority=outbox.URGENT, not_by=silent
                )
        if told:
            await settings.put(session, _key(bot), now.isoformat())


def _key(bot: Guarded) -> str:
    return f"refused:{bot.bot_key}"
