"""The SQLite writer: it waits for others without holding anybody up, and leaves nothing half done."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from storage import inbox, settings
from storage.database import Database
from storage.tables import Setting


def _other(database: Database) -> sqlite3.Connection:
    """Another program with the same file open, as a backup or the command line has."""
    return sqlite3.connect(str(database.file), isolation_level=None)


async def _kept(database: Database) -> dict[str, str]:
    async with database.reading() as session:
        return {row.key: row.value for row in await session.exec(select(Setting))}


async def test_it_waits_for_another_program_and_the_rest_goes_on(sqlite_database: Database):
    other = _other(sqlite_database)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(sqlite_database.write(partial(settings.put, key="one", value="1")))
    for _ in range(20):
        await asyncio.sleep(0.01)
    assert not writing.done()
    other.execute("COMMIT")
    other.close()
    await writing
    assert await _kept(sqlite_database) == {"one": "1"}


async def test_what_fails_leaves_nothing_and_harms_nobody(sqlite_database: Database):
    async def fails(session):
        await settings.put(session, "two", "2")
        await session.flush()
        raise ValueError("no")

    good = sqlite_database.write(partial(settings.put, key="three", value="3"))
    told = await asyncio.gather(sqlite_database.write(fails), good, return_exceptions=True)
    assert isinstance(told[0], ValueError)
    assert await _kept(sqlite_database) == {"three": "3"}


async def test_while_it_is_on_its_way_nobody_else_writes(sqlite_database: Database):
    async def looks(session):
        await settings.put(session, "four", "4")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")

    other = _other(sqlite_database)
    other.execute("PRAGMA busy_timeout=0")
    await sqlite_database.write(looks)
    other.execute("BEGIN IMMEDIATE")
    assert other.execute("SELECT value FROM setting").fetchall() == [("4",)]
    other.close()


async def test_a_commit_that_is_given_up_is_waited_for(sqlite_database: Database):
    """Or the connection would be rolled back for the next one while the thread still commits on it."""
    for nth in range(50):
        await sqlite_database.write(partial(settings.put, key="six", value=str(nth)))
        clerk = sqlite_database._clerk
        writing = asyncio.create_task(sqlite_database.write(partial(settings.put, key="seven", value=str(nth))))
        for _ in range(nth % 7):
            await asyncio.sleep(0)
        assert clerk is not None
        clerk.cancel()
        await asyncio.gather(clerk, return_exceptions=True)
        writing.cancel()
    assert (await _kept(sqlite_database))["six"] == "49"


async def test_what_waits_is_found_without_going_through_all_that_ever_came(sqlite_database: Database):
    """By the index on what is new: the rows stay for weeks, and every round asks."""
    asked: list[tuple[str, Any]] = []

    def hears(_connection, _cursor, statement, parameters, _context, _many):
        asked.append((statement, parameters))

    event.listen(sqlite_database.engine.sync_engine, "before_cursor_execute", hears)
    await sqlite_database.write(lambda session: inbox.waiting(session, datetime.now(UTC), 8, ["telegram:1"]))
    (statement, parameters), *_ = [each for each in asked if each[0].startswith("SELECT inbox.seq")]
    with closing(sqlite3.connect(str(sqlite_database.file))) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert plan
    assert all("ix_inbox_new" in step for step in plan if "inbox" in step), plan
