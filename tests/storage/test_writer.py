"""The SQLite writer: it waits for others without holding anybody up, and leaves nothing half done."""

import asyncio
import sqlite3
from functools import partial

import pytest
from sqlmodel import select

from storage import settings
from storage.database import Database
from storage.tables import Setting

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def _other(database: Database) -> sqlite3.Connection:
    """Another program with the same file open, as a backup or the command line has."""
    return sqlite3.connect(str(database.file), isolation_level=None)


async def _kept(database: Database) -> dict[str, str]:
    async with database.reading() as session:
        return {row.key: row.value for row in await session.exec(select(Setting))}


async def test_it_waits_for_another_program_and_the_rest_goes_on(database: Database):
    other = _other(database)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(database.write(partial(settings.put, key="one", value="1")))
    for _ in range(20):
        await asyncio.sleep(0.01)
    assert not writing.done()
    other.execute("COMMIT")
    other.close()
    await writing
    assert await _kept(database) == {"one": "1"}


async def test_what_fails_leaves_nothing_and_harms_nobody(database: Database):
    async def fails(session):
        await settings.put(session, "two", "2")
        await session.flush()
        raise ValueError("no")

    good = database.write(partial(settings.put, key="three", value="3"))
    told = await asyncio.gather(database.write(fails), good, return_exceptions=True)
    assert isinstance(told[0], ValueError)
    assert await _kept(database) == {"three": "3"}


async def test_while_it_is_on_its_way_nobody_else_writes(database: Database):
    async def looks(session):
        await settings.put(session, "four", "4")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")

    other = _other(database)
    other.execute("PRAGMA busy_timeout=0")
    await database.write(looks)
    other.execute("BEGIN IMMEDIATE")
    assert other.execute("SELECT value FROM setting").fetchall() == [("4",)]
    other.close()


async def test_a_commit_that_is_given_up_is_waited_for(database: Database):
    """Or the connection would be rolled back for the next one while the thread still commits on it."""
    for nth in range(50):
        await database.write(partial(settings.put, key="six", value=str(nth)))
        clerk = database._clerk
        writing = asyncio.create_task(database.write(partial(settings.put, key="seven", value=str(nth))))
        for _ in range(nth % 7):
            await asyncio.sleep(0)
        assert clerk is not None
        clerk.cancel()
        await asyncio.gather(clerk, return_exceptions=True)
        writing.cancel()
    assert (await _kept(database))["six"] == "49"
