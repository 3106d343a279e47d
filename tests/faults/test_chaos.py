"""A Telegram that misbehaves while the bot is killed as well: every answer arrives, in order."""

import asyncio

import pytest

from storage.database import Database
from tests.faults.lives import Home
from tests.faults.test_kills import dies_again_and_again
from tests.faults.village import Village


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_everybody_is_answered_in_order_through_all_of_it(village: Village, database: Database, home: Home):
    misbehave = village.simulator.misbehave
    repeating = [misbehave("*", "502_after", share=0.03, seed=1), misbehave("*", "cut_after", share=0.03, seed=2)]
    misbehave("sendMessage", "429", share=0.04, seed=3, retry_after=1)
    misbehave("*", "502_before", share=0.04, seed=4)
    misbehave("*", "cut_before", share=0.03, seed=5)
    misbehave("sendMessage", "hang", share=0.03, seed=6, seconds=0.7)
    misbehave("getUpdates", "502_before", share=0.1, seed=7)
    misbehave("getUpdates", "cut_after", share=0.1, seed=8)
    await village.joins(database)
    village.begins(pause=0.25)
    await dies_again_and_again(village, home, kills=4)
    last = home.born()
    await village.rests()
    village.simulator.faults.lift()
    await _until_all_is_sent(village, database)
    await village.ends(last)
    said_again = sum(fault.struck for fault in repeating)
    books = await village.balances(database, kills=4, said_again=said_again)
    assert set(books.outbox) == {"sent"}
    print(f"4 kills, {sum(books.inbox.values())} updates, {village.repeats()} repeats, {said_again} lost on the way")


async def _until_all_is_sent(village: Village, database: Database) -> None:
    """What was delivered and reported as failed is sent once more: stopped before that, it would wait for a start."""
    async with asyncio.timeout(60):
        while set((await village.reads(database)).outbox) != {"sent"}:  # noqa: ASYNC110
            await asyncio.sleep(0.2)
