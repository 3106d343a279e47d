"""Carries what is said unprompted to the messengers: pressing first, paced, tried again, given up with a reason."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, Protocol

from rules.clock import Clock
from storage import outbox, people
from storage.database import Database, Job
from storage.tables import Outbox

log = logging.getLogger(__name__)
_LONGEST_WAIT = timedelta(minutes=10)


class Failure(Protocol):
    """What a messenger's refusal tells us (see bot.channels.SendFailure)."""

    why: str
    retry_after: float | None
    gone: bool
    moved_to: str
    stop: bool


Send = Callable[[Outbox], Awaitable[Failure | None]]
Bots = Callable[[], Awaitable[Sequence[str]]]


class Delivery:
    """Sends what is due. `send` says one message and returns None, or the failure.

    `bots`: asked each time whose messages are ours to send; None: all.
    """

    def __init__(self, database: Database, send: Send, clock: Clock, bots: Bots | None = None) -> None:
        self._database, self._send, self._clock, self._bots = database, send, clock, bots
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Something new may be due."""
        self._wake.set()

    async def run(self, every: float = 1.0) -> None:
        """Deliver until `stop`; looks every second, or at once when woken."""
        while not self._stopping:
            try:
                while await self.deliver_due() and not self._stopping:
                    pass
            except Exception as error:
                log.warning("delivery rests: %s", type(error).__name__)
            try:
                await asyncio.wait_for(self._wake.wait(), every)
            except TimeoutError:
                continue
            finally:
                self._wake.clear()

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()

    async def deliver_due(self) -> int:
        """Send what is due now, one message a chat. Returns how many were sent."""
        bots = await self._bots() if self._bots else None
        async with self._database.reading() as session:
            rows = await outbox.due(session, self._clock.now(), bots=bots)
        results = await asyncio.gather(*(self._one(row) for row in rows))
        return sum(results)

    async def _one(self, row: Outbox) -> bool:
        failure = await self._send(row)
        now = self._clock.now()
        if failure is None:
            await self._note(partial(outbox.sent, ids=[row.id or 0], now=now))
            return True
        if failure.moved_to:
            await self._follow(row, failure.moved_to)
        elif failure.retry_after is None:
            await self._give_up(row, failure)
        elif now - row.created_at > _patience(row, failure):
            await self._note(partial(outbox.give_up, row_id=row.id or 0, error=failure.why))
        else:
            wait = max(timedelta(seconds=failure.retry_after), min(timedelta(seconds=2**row.attempts), _LONGEST_WAIT))
            await self._note(
                partial(
                    outbox.put_off, row_id=row.id or 0, until=now + wait, error=failure.why, counted=not failure.stop
                )
            )
        log.warning("a message did not go out: %s", failure.why)
        return False

    async def _give_up(self, row: Outbox, failure: Failure) -> None:
        if failure.gone:
            await self._note(partial(outbox.gone, row=row, now=self._clock.now(), error=failure.why))
        else:
            await self._note(partial(outbox.give_up, row_id=row.id or 0, error=failure.why))

    async def _follow(self, row: Outbox, external_id: str) -> None:
        """The group goes by another id: what waits for it follows, and is sent at the next look."""
        to_key = f"{row.bot_key}:{external_id}"
        await self._note(partial(people.moved, chat_key=row.chat_key, to_key=to_key, external_id=external_id))

    async def _note(self, job: Job[Any]) -> None:
        """What became of a message. While the database refuses, it is noted again; the message is not said again."""
        while True:
            try:
                await self._database.write(job)
                return
            except Exception as error:
                log.warning("delivery not noted yet (%s)", type(error).__name__)
                await asyncio.sleep(1)


def _patience(row: Outbox, failure: Failure) -> timedelta:
    """How long a message is worth its while. Where nothing may go it is not its fault; only old figures help nobody."""
    return outbox.HELD_AT_MOST if failure.stop and row.priority != outbox.DIGEST else outbox.GIVE_UP_AFTER
