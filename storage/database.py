"""The database: one code for SQLite and PostgreSQL, and one writer that commits what has queued.

A write is a job: a function of a session that may be run again. Jobs that wait together share one transaction and one
fsync; when any of them fails, all are rolled back and each is tried alone, so one job's trouble is never another's.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakSet

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit
from storage.sqlite_connection import Connection, connector, end
from storage.writer_connection import WriterSession, writer_engine

T = TypeVar("T")
Job = Callable[[AsyncSession], Awaitable[T]]
_MOST_JOBS = 64
_PRAGMAS: dict[str, str | int] = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "busy_timeout": 5000,
    "foreign_keys": "ON",
    "trusted_schema": "OFF",
    "wal_autocheckpoint": 1000,
    "journal_size_limit": 67108864,
}


class AnotherCopyRuns(Exception):
    """A second process must not write to the same SQLite file."""


def is_passing(error: BaseException) -> bool:
    """Whether the database itself is at fault for now (locked, full, out of reach): try again, blame nobody."""
    if isinstance(error, (OperationalError, InterfaceError, ConnectionError, TimeoutError)):
        return True
    return isinstance(error, DBAPIError) and (error.connection_invalidated or _is_retry_state(error))


def _is_retry_state(error: DBAPIError) -> bool:
    """PostgreSQL: connection lost, deadlock, disk full, lock not to be had, cancelled (class 08, 40, 53, 55P03, 57)."""
    state = str(getattr(error.orig, "sqlstate", "") or "")
    return state.startswith(("08", "40", "53", "55P03", "57"))


def async_url(url: str) -> str:
    """The same URL with the async driver we use. Raises ValueError for a database we do not speak."""
    parsed = make_url(url)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
    backend = parsed.drivername.split("+")[0]
    if backend not in drivers:
        raise ValueError(f"DATABASE_URL: không biết loại “{backend}”; dùng sqlite:///… hoặc postgresql://…")
    return parsed.set(drivername=drivers[backend]).render_as_string(hide_password=False)


def sqlite_file(url: str) -> Path | None:
    """The file behind a SQLite URL; None for PostgreSQL or a database in memory."""
    parsed = make_url(url)
    if not parsed.drivername.startswith("sqlite") or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))


def _tune_readers(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(dbapi: Any, _record: Any) -> None:
        dbapi.isolation_level = None
        cursor = dbapi.cursor()
        for name, value in _PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")


@dataclass(slots=True)
class _Waiting:
    job: Job[Any]
    done: asyncio.Future[Any]


class Database:
    """Opens what DATABASE_URL names. `write` for jobs that change something, `reading` for the rest."""

    def __init__(self, url: str) -> None:
        self.url = async_url(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self.file = sqlite_file(self.url)
        self._lock_file: int | None = None
        self._waiting: list[_Waiting] = []
        self._work = asyncio.Event()
        self._clerk: asyncio.Task[None] | None = None
        self._connections: WeakSet[Connection] = WeakSet()
        if self.is_sqlite:
            self._open_sqlite()
        else:
            options = {"lock_timeout": "3s", "statement_timeout": "60s", "idle_in_transaction_session_timeout": "60s"}
            self.engine = self.readers = create_async_engine(
                self.url, pool_pre_ping=True, pool_size=5, connect_args={"server_settings": options}
            )

    def _open_sqlite(self) -> None:
        if not self.file:
            raise ValueError("DATABASE_URL: SQLite cần một tệp, ví dụ sqlite:///var/gotungnha.db")
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.engine = writer_engine(str(self.file), _PRAGMAS)
        self.readers = create_async_engine(self.url, async_creator=connector(str(self.file), self._connections.add))
        _tune_readers(self.readers)

    def take_lock(self) -> None:
        """Be the one process that writes to this SQLite file. Raises AnotherCopyRuns."""
        if not self.file:
            return
        self._lock_file = os.open(f"{self.file}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._lock_file)
            self._lock_file = None
            raise AnotherCopyRuns(str(self.file)) from None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session to ask questions with; what it changes is not kept."""
        async with AsyncSession(self.readers, expire_on_commit=False) as session:
            yield session

    async def write(self, job: Job[T]) -> T:
        """Run the job in a transaction; what it returned, once that is on disk. Raises what the job raised."""
        waiting = _Waiting(job, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._work.set()
        if self._clerk is None or self._clerk.done():
            self._clerk = asyncio.create_task(self._commit_what_queues(), name="database-writer")
        result: T = await waiting.done
        return result

    async def _commit_what_queues(self) -> None:
        while True:
            await self._work.wait()
            together, self._waiting = self._waiting[:_MOST_JOBS], self._waiting[_MOST_JOBS:]
            if not self._waiting:
                self._work.clear()
            together = [waiting for waiting in together if not waiting.done.cancelled()]
            if together and not await self._all_together(together):
                for waiting in together:
                    await self._alone(waiting)

    async def _all_together(self, together: list[_Waiting]) -> bool:
        try:
            async with self.engine.begin() as connection:
                results = [await self._run(waiting.job, connection) for waiting in together]
        except Exception as error:
            if len(together) == 1:
                _settle(together[0], error=error)
            return len(together) == 1
        for waiting, result in zip(together, results, strict=True):
            _settle(waiting, result)
        return True

    async def _run(self, job: Job[Any], connection: AsyncConnection) -> Any:
        kind = WriterSession if self.is_sqlite else AsyncSession
        async with kind(connection, expire_on_commit=False, autoflush=True) as session:
            result = await job(session)
            await session.flush()
            await audit.write_down(session)
            return result

    async def _alone(self, waiting: _Waiting) -> None:
        if not waiting.done.cancelled():
            await self._all_together([waiting])

    async def close(self) -> None:
        if self._clerk:
            self._clerk.cancel()
            await asyncio.gather(self._clerk, return_exceptions=True)
        await self.engine.dispose()
        if self.readers is not self.engine:
            await self.readers.dispose()
        await end(list(self._connections))
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None


def _settle(waiting: _Waiting, result: Any = None, error: Exception | None = None) -> None:
    if waiting.done.done():
        return
    if error:
        waiting.done.set_exception(error)
    else:
        waiting.done.set_result(result)
