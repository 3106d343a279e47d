"""Which of this installation's bots this process polls and pushes for, and what it takes over with a turn.

Webhooks and the handling of updates are every process's: they go by rows of the database. Polling and pushing are one
process's at a time. Answers are said by whoever handled the update; what a process left unsaid when it died is said by
the one that has the turn.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Protocol

from bot.answers import Answers
from rules.clock import Clock
from storage.database import Database
from storage.inbox import Arrival
from storage.turns import Turn

log = logging.getLogger(__name__)
_SETTLED = 5.0  # seconds until what was committed here is in our own hands
_SWEEP = 60.0
ORPHANED = timedelta(minutes=10)  # no process that lives holds an answer so long, but while its messenger is away
Store = Callable[[list[Arrival]], Awaitable[None]]


@contextmanager
def quietly() -> Iterator[None]:
    """The database may be away: then it waits for the next look."""
    try:
        yield
    except Exception as error:
        log.warning("what was left unsaid waits (%s)", type(error).__name__)


class Line(Protocol):
    async def listen(self, store: Store) -> None:
        """Receive until cancelled."""
        ...


class Shifts:
    """The turns of these bots, by key. On SQLite every turn is ours from the start."""

    def __init__(self, database: Database, bots: Sequence[str], answers: Answers, clock: Clock) -> None:
        self._is_alone = database.is_sqlite
        self._answers, self._clock = answers, clock
        self.turns = {bot_key: Turn(database, bot_key) for bot_key in bots}

    async def begin(self) -> list[asyncio.Task[None]]:
        """Take what turns there are. What a crash left unsaid goes first, where nobody else could be saying it."""
        for turn in self.turns.values():
            await turn.tried()
        await self._answers.recover([bot_key for bot_key, turn in self.turns.items() if turn.is_mine])
        return [asyncio.create_task(turn.run(), name="turn") for turn in self.turns.values()]

    async def mine(self) -> list[str]:
        """The bots that this process pushes for at this moment."""
        return [bot_key for bot_key, turn in self.turns.items() if await turn.confirmed()]

    async def work(self, bot_key: str, line: Line, store: Store) -> None:
        """Listen whenever it is our turn, until cancelled."""
        turn = self.turns[bot_key]
        while True:
            await turn.until_mine()
            listening = asyncio.create_task(line.listen(store))
            try:
                await self._hold(bot_key, turn)
            finally:
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)

    async def _hold(self, bot_key: str, turn: Turn) -> None:
        """Until the turn is lost; meanwhile what another process left unsaid is said."""
        if self._is_alone:
            await turn.until_lost()
        await self._take_over(bot_key)
        while turn.is_mine:
            with suppress(TimeoutError):
                await asyncio.wait_for(turn.until_lost(), _SWEEP)
            with quietly():
                await self._answers.recover([bot_key], before=self._clock.now() - ORPHANED)

    async def _take_over(self, bot_key: str) -> None:
        """What is unsaid now, and is neither said in a while nor in our hands, the one before us left."""
        with quietly():
            unsaid = await self._answers.unsaid([bot_key])
            await asyncio.sleep(_SETTLED)
            await self._answers.recover([bot_key], among=unsaid)

    def stop(self) -> None:
        for turn in self.turns.values():
            turn.stop()

    async def close(self) -> None:
        """Give every turn to whoever waits for it: nothing of ours is on its way any more."""
        await asyncio.gather(*(turn.close() for turn in self.turns.values()))
