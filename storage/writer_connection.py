"""The SQLite writer: its statements run where they are asked for, and only waiting is done in a thread.

A writer's statement takes microseconds. aiosqlite hands every cursor, statement, fetch and close to its thread, and
SQLAlchemy's adapter switches greenlets at each; both cost more than the statement. Here the dialect for asyncio drives
`sqlite3` itself. What may wait for the disk or for another process still goes to the thread: connecting, COMMIT, and
BEGIN IMMEDIATE where it does not get the lock at once.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import TracebackType
from typing import Any

from sqlalchemy import URL, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import immutabledict
from sqlalchemy.util.concurrency import await_
from sqlmodel.ext.asyncio.session import AsyncSession

_NAME = "sqlite.gotungnha_writer"
_BEGIN = "BEGIN IMMEDIATE"
_BUFFERED = immutabledict({"prebuffer_rows": True})  # as AsyncSession asks: a result outlives the statement behind it


class WriterConnection(sqlite3.Connection):
    """`thread` is where it waits."""

    thread: ThreadPoolExecutor


class WriterDialect(SQLiteDialect_pysqlite):
    """One connection for one transaction at a time; never shared between two that run side by side."""

    driver = "gotungnha_writer"
    is_async = True
    supports_statement_cache = True

    def __init__(self, pragmas: Mapping[str, str | int], **options: Any) -> None:
        super().__init__(**options)
        self._pragmas = pragmas

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        return AsyncAdaptedQueuePool

    def connect(self, file: str, **options: Any) -> Any:
        thread = ThreadPoolExecutor(1, "sqlite-writer")
        connection = _in(thread, partial(self._opened, file, **options))
        connection.thread = thread
        return connection

    def _opened(self, file: str, **options: Any) -> WriterConnection:
        connection = sqlite3.connect(file, isolation_level=None, factory=WriterConnection, **options)
        for name, value in self._pragmas.items():
            connection.execute(f"PRAGMA {name}={value}").close()
        return connection

    def do_begin(self, dbapi_connection: Any) -> None:
        """At once where the lock is free, as it nearly always is."""
        _be_patient(dbapi_connection, 0)
        try:
            dbapi_connection.execute(_BEGIN)
        except sqlite3.OperationalError:
            _be_patient(dbapi_connection, self._pragmas["busy_timeout"])
            _in(dbapi_connection.thread, partial(dbapi_connection.execute, _BEGIN))
        else:
            _be_patient(dbapi_connection, self._pragmas["busy_timeout"])

    def do_commit(self, dbapi_connection: Any) -> None:
        _in(dbapi_connection.thread, dbapi_connection.commit)

    def do_close(self, dbapi_connection: Any) -> None:
        dbapi_connection.close()
        dbapi_connection.thread.shutdown(wait=False)


def _in(thread: ThreadPoolExecutor, work: Callable[[], Any]) -> Any:
    return await_(_finished(asyncio.get_running_loop().run_in_executor(thread, work)))


async def _finished(work: asyncio.Future[Any]) -> Any:
    """What came of it. Whoever is cancelled meanwhile waits for its end all the same: a connection that is rolled
    back while its thread still commits takes the process with it.
    """
    given_up: asyncio.CancelledError | None = None
    while not work.done():
        try:
            await asyncio.wait([work])
        except asyncio.CancelledError as cancelled:
            given_up = cancelled
    if given_up and work.exception() is None:
        raise given_up
    return work.result()


def _be_patient(connection: sqlite3.Connection, milliseconds: int | str) -> None:
    connection.execute(f"PRAGMA busy_timeout={milliseconds}").close()


registry.register(_NAME, __name__, WriterDialect.__name__)


def writer_engine(file: str, pragmas: Mapping[str, str | int]) -> AsyncEngine:
    """The engine with this file's one writing connection."""
    url = URL.create(_NAME.replace(".", "+"), database=file)
    return create_async_engine(url, pool_size=1, max_overflow=0, pragmas=pragmas)


class WriterSession(AsyncSession):
    """A session on the writer: what it asks is answered before anybody could wait, so nothing is set up for waiting."""

    async def exec(self, statement: Any, *, params: Any = None, execution_options: Any = _BUFFERED, **more: Any) -> Any:
        return self.sync_session.exec(statement, params=params, execution_options=execution_options, **more)

    async def get(self, entity: Any, ident: Any, **more: Any) -> Any:
        return self.sync_session.get(entity, ident, **more)

    async def get_one(self, entity: Any, ident: Any, **more: Any) -> Any:
        return self.sync_session.get_one(entity, ident, **more)

    async def run_sync(self, fn: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        return fn(self.sync_session, *arguments, **more)

    async def flush(self, objects: Any = None) -> None:
        self.sync_session.flush(objects)

    async def __aexit__(self, kind: type[BaseException] | None, error: Any, trace: TracebackType | None) -> None:
        self.sync_session.close()
