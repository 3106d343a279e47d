"""Telling the operators that a bot's messages run out: at 80 %, when notices are held, when nothing goes; once each."""

from collections.abc import Sequence
from datetime import date
from itertools import chain

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import Clock
from rules.quota import Allowance, stage
from rules.reply import Reply
from rules.roles import Role
from storage import outbox, people
from storage.tables import Person
from texts import quota as texts


class Warner:
    """One bot's. Whom it told is in the outbox, under a key a month, so that a restart does not tell it twice.

    `campaigns` are those the bot serves: their operators are told.
    """

    def __init__(self, bot_key: str, campaigns: Sequence[str], allowance: Allowance, clock: Clock) -> None:
        self._bot_key, self._campaigns, self._allowance, self._clock = bot_key, campaigns, allowance, clock

    async def tell(self, session: AsyncSession, day: date, used: int) -> None:
        """`used`: what the plan took off in the month of `day`."""
        reached = stage(used, self._allowance.messages)
        turn = "warn" if reached == "warn" else "hold"
        key = f"quota:{turn}:{self._bot_key}:{day:%Y-%m}"
        if reached == "free":
            return
        say = texts.warning if turn == "warn" else texts.holding
        said = Reply(say(self._bot_key.partition(":")[2], used, self._allowance.messages))
        for operator in await self._operators(session):
            await outbox.push(
                session, operator, said, key=f"{key}:{operator.id}", now=self._clock.now(), priority=outbox.URGENT
            )

    async def stopped(self, session: AsyncSession, day: date) -> None:
        """Zalo takes no more unprompted messages of this bot: told through another one, once a month."""
        said = Reply(texts.stopped(self._bot_key.partition(":")[2]))
        for operator in await self._operators(session):
            key = f"quota:stopped:{self._bot_key}:{day:%Y-%m}:{operator.id}"
            await outbox.push(
                session, operator, said, key=key, now=self._clock.now(), priority=outbox.URGENT, not_by=[self._bot_key]
            )

    async def _operators(self, session: AsyncSession) -> list[Person]:
        there = [await people.with_roles(session, campaign, [Role.OPERATOR]) for campaign in self._campaigns]
        return list(chain.from_iterable(there))
