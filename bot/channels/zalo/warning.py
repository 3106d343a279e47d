"""Telling the operators that a bot's messages run out: at 80 %, when notices are held, when nothing goes; once each."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import Clock
from rules.plan import Plan
from rules.quota import Allowance, stage
from rules.reply import Reply
from rules.roles import Role
from storage import outbox, people
from texts import quota as texts


class Warner:
    """One bot's. Whom it told is in the outbox, under a key a month, so that a restart does not tell it twice."""

    def __init__(self, bot_key: str, plan: Plan, allowance: Allowance, clock: Clock) -> None:
        self._bot_key, self._plan, self._allowance, self._clock = bot_key, plan, allowance, clock

    async def tell(self, session: AsyncSession, day: date, used: int) -> None:
        """`used`: what the plan took off in the month of `day`."""
        reached = stage(used, self._allowance.messages)
        turn = "warn" if reached == "warn" else "hold"
        key = f"quota:{turn}:{self._bot_key}:{day:%Y-%m}"
        if reached == "free":
            return
        say = texts.warning if turn == "warn" else texts.holding
        said = Reply(say(self._bot_key.partition(":")[2], used, self._allowance.messages))
        for operator in await people.with_roles(session, self._plan.slug, [Role.OPERATOR]):
            await outbox.push(
                session, operator, said, key=f"{key}:{operator.id}", now=self._clock.now(), priority=outbox.URGENT
            )

    async def stopped(self, session: AsyncSession, day: date) -> None:
        """Zalo takes no more unprompted messages of this bot: told through another one, once a month."""
        said = Reply(texts.stopped(self._bot_key.partition(":")[2]))
        for operator in await people.with_roles(session, self._plan.slug, [Role.OPERATOR]):
            key = f"quota:stopped:{self._bot_key}:{day:%Y-%m}:{operator.id}"
            await outbox.push(
                session, operator, said, key=key, now=self._clock.now(), priority=outbox.URGENT, not_by=[self._bot_key]
            )
