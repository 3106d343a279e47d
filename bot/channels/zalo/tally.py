"""Counts what a bot receives and sends, for the plan counts it too; written down in lots, so that nothing waits."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import Clock, day_in_vietnam
from rules.quota import FREE, Allowance, Stage, stage
from storage import message_counts
from storage.database import Database
from storage.message_counts import Counts

log = logging.getLogger(__name__)
_LOT_SECONDS = 2.0
_LATELY = 256  # a batch with a fault is tried again one by one
Told = Callable[[AsyncSession, date, int], Awaitable[None]]


class Tally:
    """One bot's messages, each way. A crash forgets the last two seconds of counting, never a message.

    `told` is asked in the transaction that counts, with what the plan takes off, to tell whom it concerns.
    """

    def __init__(
        self, database: Database, bot_key: str, clock: Clock, allowance: Allowance = FREE, told: Told | None = None
    ) -> None:
        self._database, self._bot_key, self._clock = database, bot_key, clock
        self._allowance, self._told = allowance, told
        self._incoming = self._outgoing = 0
        self._lately: deque[int] = deque(maxlen=_LATELY)
        self._writing: asyncio.Task[None] | None = None

    def received(self, seq: int) -> None:
        """Counted once, however often its handling is tried."""
        if seq in self._lately:
            return
        self._lately.append(seq)
        self._incoming += 1
        self._soon()

    def sent(self) -> None:
        self._outgoing += 1
        self._soon()

    def _soon(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_later())

    async def _write_later(self) -> None:
        while self._incoming or self._outgoing:
            await asyncio.sleep(_LOT_SECONDS)
            await self.write()

    async def write(self) -> None:
        """Write down what was counted; what cannot be written is kept for the next time."""
        incoming, outgoing = self._incoming, self._outgoing
        self._incoming = self._outgoing = 0
        job = partial(self._count, day=self._day(), incoming=incoming, outgoing=outgoing)
        try:
            await self._database.write(job)
        except Exception as error:
            log.warning("messages not counted yet (%s)", type(error).__name__)
            self._incoming += incoming
            self._outgoing += outgoing

    async def _count(self, session: AsyncSession, *, day: date, incoming: int, outgoing: int) -> None:
        await message_counts.add(session, self._bot_key, day, incoming=incoming, outgoing=outgoing)
        if self._told:
            month = await message_counts.of_month(session, self._bot_key, day)
            await self._told(session, day, month.used(incoming_counts=self._allowance.incoming_counts))

    async def stage(self) -> Stage:
        """How far this month's messages are used up."""
        used = (await self.of_month()).used(incoming_counts=self._allowance.incoming_counts)
        return stage(used, self._allowance.messages)

    async def of_month(self) -> Counts:
        """This month's counts, the latest included."""
        if self._incoming or self._outgoing:
            await self.write()
        async with self._database.reading() as session:
            return await message_counts.of_month(session, self._bot_key, self._day())

    async def close(self) -> None:
        if self._writing:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)
        if self._incoming or self._outgoing:
            await self.write()

    def _day(self) -> date:
        return day_in_vietnam(self._clock.now())
