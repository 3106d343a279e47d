"""A SQLite connection whose thread is ended once, whoever asks, and is gone before the event loop is.

aiosqlite's thread answers into the loop. A reader cancelled twice (a stop that would not wait) leaves it at work: its
answer then met a loop that was closed, and a second `stop` waited for good for a thread that had ended at the first.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any

import aiosqlite

_LONGEST = 1.0  # seconds; an interrupted statement ends at once


class Connection(aiosqlite.Connection):
    """aiosqlite's, but for how it ends."""

    _is_stopped = False

    def stop(self) -> asyncio.Future[Any] | None:
        """End the thread once it has done what it was given; None where that was asked for before."""
        if self._is_stopped:
            return None
        self._is_stopped = True
        future: asyncio.Future[Any] | None = super().stop()
        return future

    async def end(self) -> None:
        """Let go of whatever is still asked, and wait until the thread is gone."""
        if not self._thread.is_alive():
            return
        asked = self._connection
        with suppress(sqlite3.ProgrammingError):  # closed in between
            if asked is not None:
                asked.interrupt()
        self.stop()
        await asyncio.to_thread(self._thread.join, _LONGEST)


async def end(connections: Iterable[Connection]) -> None:
    """Every one of these that still lives."""
    await asyncio.gather(*(connection.end() for connection in connections))


def connector(file: str, opened: Callable[[Connection], object]) -> Callable[[], Awaitable[Connection]]:
    """What SQLAlchemy calls for a connection to this file; `opened` hears of each."""

    async def connect() -> Connection:
        connection = Connection(partial(sqlite3.connect, file, check_same_thread=False), iter_chunk_size=64)
        connection._thread.daemon = True  # as SQLAlchemy does with its own: an abandoned one must not hold the exit
        opened(connection)
        await connection
        return connection

    return connect
