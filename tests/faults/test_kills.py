"""kill -9 at random moments under load: nothing lost, nothing twice, in order, and everybody is answered."""

import asyncio
from time import monotonic

import pytest

from storage.database import Database
from tests.faults.lives import Home, Life
from tests.faults.village import PATIENCE, Village


async def until_it_works(village: Village, home: Home, life: Life) -> None:
    """Until this life has received something new: what it says first may be what a life before it left unsaid."""
    before = village.simulator.confirmed
    async with asyncio.timeout(PATIENCE):
        while village.simulator.confirmed == before:
            assert life.is_there(), home.last_words()
            await asyncio.sleep(0.005)


async def dies_again_and_again(village: Village, home: Home, kills: int) -> None:
    """One life in five is killed while it starts, the others in the middle of their work."""
    for number in range(kills):
        life = home.born()
        if number % 5 == 4:
            await asyncio.sleep(village.dice.uniform(0, 0.4))
        else:
            await until_it_works(village, home, life)
            await asyncio.sleep(village.dice.uniform(0, 0.4))
        await life.killed()


async def _survives(village: Village, database: Database, home: Home, kills: int) -> None:
    began = monotonic()
    await village.joins(database)
    village.begins()
    await dies_again_and_again(village, home, kills)
    last = home.born()
    await village.ends(last)
    books = await village.balances(database, kills=kills)
    assert set(books.outbox) == {"sent"}
    updates, repeats = sum(books.inbox.values()), village.repeats()
    print(f"{kills} kills, {updates} updates, {repeats} repeats, {monotonic() - began:.1f} s")


async def test_nothing_is_lost_over_many_kills(village: Village, database: Database, home: Home):
    await _survives(village, database, home, kills=11 if database.is_sqlite else 4)


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_nothing_is_lost_over_a_hundred_kills(village: Village, database: Database, home: Home):
    await _survives(village, database, home, kills=100)
