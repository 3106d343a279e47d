"""The SQLite writer's connection: statements run where they are asked for, and only waiting is done elsewhere.

aiosqlite hands every cursor, statement, fetch and close to its thread: four hops a question, and on each the thread
waits for a busy event loop to let go of the interpreter, up to 5 ms. A writer's statement takes microseconds. What may
wait for the disk or for another process (BEGIN IMMEDIATE, COMMIT, PRAGMA, VACUUM) still goes to the thread.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import aiosqlite

_MAY_WAIT = ("BEGIN", "COMMIT", "PRAGMA", "VACUUM")


class WriterConnection(aiosqlite.Connection):
    """One connection for one transaction at a time; never shared between two that run side by side."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._connection is None or self._may_wait(fn, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        return fn(*args, **kwargs)

    def _may_wait(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
        if getattr(fn, "__self__", None) is self._connection:
            if fn.__name__ == "rollback":  # the pool asks for one after every COMMIT too: then there is nothing to do
                return self.in_transaction
            return fn.__name__ != "cursor"
        return bool(args) and isinstance(args[0], str) and args[0].lstrip()[:6].upper().startswith(_MAY_WAIT)


def connector(file: str) -> Callable[[], Awaitable[WriterConnection]]:
    """What SQLAlchemy calls for a connection to this file."""

    async def connect() -> WriterConnection:
        connection = WriterConnection(partial(sqlite3.connect, file, check_same_thread=False), iter_chunk_size=64)
        connection._thread.daemon = True  # as SQLAlchemy does with its own: an abandoned one must not hold the exit
        await connection
        return connection

    return connect
