"""kill -9 at random moments under load: nothing lost, nothing twice, in order, and everybody is answered."""

import asyncio
import signal
from time import monotonic

import pytest

from storage.database import Database
from tests.faults.lives import Life, Nursery
from tests.faults.village import PATIENCE, Village


async def _until_it_works(village: Village, nursery: Nursery, life: Life) -> None:
    """Until this life has answered somebody."""
    before = village.simulator.calls.counted
    async with asyncio.timeout(PATIENCE):
        while not village.simulator.calls.of("sendMessage", after=before):
            assert life.is_there(), nursery.last_words()
            await asyncio.sleep(0.005)


async def _dies_again_and_again(village: Village, nursery: Nursery, kills: int) -> None:
    """The first life is started cold, the others at once; one in five is killed while it starts."""
    await nursery.warms()
    for number in range(kills):
        life = await (nursery.started() if number == 0 else nursery.born())
        if number % 5 == 4:
            await asyncio.sleep(village.dice.uniform(0, 0.6))
        else:
            await _until_it_works(village, nursery, life)
            await asyncio.sleep(village.dice.uniform(0, 0.5))
        await life.killed()


async def _survives(village: Village, database: Database, nursery: Nursery, kills: int) -> None:
    began = monotonic()
    await village.joins(database)
    village.begins()
    await _dies_again_and_again(village, nursery, kills)
    last = await nursery.born()
    await village.rests()
    await village.told()
    await village.simulator.settled()
    await last.told(signal.SIGTERM)
    await last.gone(5)
    books = await village.balances(database, kills=kills)
    assert set(books.outbox) <= {"sent"}
    updates, repeats = sum(books.inbox.values()), village.repeats()
    print(f"{kills} kills, {updates} updates, {repeats} repeats, {monotonic() - began:.1f} s")


async def test_nothing_is_lost_over_many_kills(village: Village, database: Database, nursery: Nursery):
    await _survives(village, database, nursery, kills=12 if database.is_sqlite else 4)


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_nothing_is_lost_over_a_hundred_kills(village: Village, database: Database, nursery: Nursery):
    await _survives(village, database, nursery, kills=100)
