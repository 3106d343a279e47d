"""Being the one of several processes on one PostgreSQL that polls and pushes for a bot.

A turn is an advisory lock on a connection of its own: the server gives it to one, and takes it back when that one's
connection ends, however it ends. Whoever holds it asks every two seconds whether the connection still stands, so it
steps back before a server that lost sight of it (after `_LOST_SIGHT`) lets another one in. On SQLite there is one
process only, by the lock file, and the turn is always its own. A pooler that lends connections by transaction
(pgbouncer) does not keep such locks: give DATABASE_URL the server itself.
"""

import asyncio
import logging
from contextlib import suppress
from hashlib import sha256

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.database import Database

log = logging.getLogger(__name__)
_EVERY = 2.0  # seconds between two looks
_PATIENCE = 3.0
_LOST_SIGHT = {"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"}


class Turn:
    """One bot's turn, `name`d alike by every process."""

    def __init__(self, database: Database, name: str, *, every: float = _EVERY) -> None:
        self._name, self._every = name, every
        self._key = int.from_bytes(sha256(f"turn:{name}".encode()).digest()[:8], "big", signed=True)
        self._mine, self._lost, self._stopping = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self._connection: AsyncConnection | None = None
        self._engine = None if database.is_sqlite else _engine(database.url)
        if self._engine is None:
            self._mine.set()

    @property
    def is_mine(self) -> bool:
        return self._mine.is_set()

    async def until_mine(self) -> None:
        await self._mine.wait()

    async def until_lost(self) -> None:
        await self._lost.wait()

    async def run(self) -> None:
        """Try to get the turn, and see that it is still ours, until `stop`; the turn is kept until `close`."""
        while self._engine and not self._stopping.is_set():
            await (self.confirmed() if self.is_mine else self.tried())
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._every)

    async def confirmed(self) -> bool:
        """Whether the turn is ours at this moment, by the server's word."""
        if self._engine is None or not self.is_mine:
            return self.is_mine
        async with self._one_at_a_time:
            try:
                await self._asked("SELECT 1")
            except Exception as error:
                log.warning("the turn of %s is lost (%s)", self._name, type(error).__name__)
                await self._let_go()
        return self.is_mine

    async def tried(self) -> None:
        """Take the turn if nobody has it."""
        if self._engine is None:
            return
        async with self._one_at_a_time:
            try:
                got = await self._asked(f"SELECT pg_try_advisory_lock({self._key})")
            except Exception as error:
                log.warning("no turn of %s to be had (%s)", self._name, type(error).__name__)
                await self._let_go()
                return
        if got:
            log.info("it is our turn with %s", self._name)
            self._lost.clear()
            self._mine.set()

    async def _asked(self, question: str) -> object:
        if self._connection is None and self._engine:
            self._connection = await self._engine.connect()
        assert self._connection  # noqa: S101
        return (await self._connection.execute(text(question))).scalar()

    async def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        self._mine.clear()
        self._lost.set()
        if connection:
            with suppress(Exception):
                await asyncio.wait_for(connection.invalidate(), _PATIENCE)
                await connection.close()

    def stop(self) -> None:
        self._stopping.set()

    async def close(self) -> None:
        """Give the turn to whoever waits for it."""
        self.stop()
        if self._engine:
            async with self._one_at_a_time:
                await self._let_go()
            await self._engine.dispose()


def _engine(url: str) -> AsyncEngine:
    known = {"server_settings": _LOST_SIGHT, "timeout": _PATIENCE, "command_timeout": _PATIENCE}
    return create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=known)
