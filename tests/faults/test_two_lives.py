"""Two processes on one PostgreSQL, and kill -9 for the one that polls and pushes: the other goes on."""

import asyncio
from collections import Counter
from collections.abc import Sequence

import pytest
from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.reply import Reply
from storage import outbox
from storage.database import Database
from storage.tables import Outbox, Person
from tests.faults.lives import Home, Life
from tests.faults.test_kills import until_it_works
from tests.faults.village import MORNING, PATIENCE, Village
from tests.ports import free_port

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True),
    pytest.mark.parametrize("mode", ["polling"], indirect=True),
]


async def _holders(database: Database) -> int:
    """How many turns are held."""
    async with database.engine.connect() as connection:
        query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        return int((await connection.execute(text(query))).scalar_one())


async def _pushed(database: Database) -> Sequence[str]:
    """Where the notices stand."""
    async with database.reading() as session:
        return (await session.exec(select(Outbox.status).where(Outbox.kind == "push"))).all()


async def _queues(database: Database, village: Village, round_: int) -> None:
    async def job(session: AsyncSession) -> None:
        for person in (await session.exec(select(Person).order_by(col(Person.id)))).all():
            said = Reply(f"Thông báo {round_}.{person.id}")
            assert await outbox.push(session, person, said, key=f"test:{said.text}", now=MORNING)

    await database.write(job)


def _heard(village: Village) -> Counter[str]:
    texts = [str(bubble.text) for person in village.people for bubble in person.screen]
    return Counter(said for said in texts if said.startswith("Thông báo"))


async def test_the_other_goes_on(village: Village, database: Database, home: Home):
    await village.joins(database)
    village.begins()
    first = home.born()
    await until_it_works(village, home, first)
    second = home.born(PORT=str(free_port()))
    await _until_both_run(database, second)
    for round_ in range(4):
        await _queues(database, village, round_)
        await asyncio.sleep(0.4)
    await first.killed()
    for round_ in range(4, 8):
        await _queues(database, village, round_)
    await village.ends(second)
    async with asyncio.timeout(PATIENCE):
        while "pending" in await _pushed(database):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    heard, people = _heard(village), len(village.people)
    repeats = sum(heard.values()) - len(heard)
    print(f"{len(heard)} notices, {repeats} repeated")
    assert len(heard) == 8 * people
    assert repeats <= people, "more than were on their way when it was killed"
    books = await village.reads(database)
    assert (set(books.inbox), books.visited, books.logged_twice) == ({"done"}, village.sent, 0)


async def _until_both_run(database: Database, second: Life) -> None:
    """The second has had the time to start, and is alive, and has no turn: there is one bot."""
    await asyncio.sleep(4)
    assert second.is_there()
    assert await _holders(database) == 1
