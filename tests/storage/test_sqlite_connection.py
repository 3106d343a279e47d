"""A database is closed at once and for good, whatever was still being asked of it."""

import asyncio
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database

FOR_MINUTES = text("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c")


@pytest.mark.parametrize("times", [1, 2])
async def test_a_reader_that_is_cancelled_leaves_nothing_behind(tmp_path: Path, times: int) -> None:
    threads, tasks = set(threading.enumerate()), asyncio.all_tasks()
    database = Database(f"sqlite:///{tmp_path}/x.db")

    async def read() -> None:
        async with database.reading() as session:
            await session.exec(FOR_MINUTES)

    reader = asyncio.create_task(read())
    await asyncio.sleep(0.1)
    for _ in range(times):
        reader.cancel()
        await asyncio.sleep(0.05)
    await asyncio.wait_for(database.close(), 30)
    left = asyncio.all_tasks() - tasks
    assert not left or not (await asyncio.wait(left, timeout=30))[1]
    assert not [thread for thread in set(threading.enumerate()) - threads if "_connection_worker" in thread.name]
