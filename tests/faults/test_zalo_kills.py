"""kill -9 on Zalo, at random moments under load: nothing lost that the server still had, nothing twice, in order."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simulator.zalo import TOKEN, Pushing, ZaloSimulator
from storage.database import Database
from tests.conftest import KEY
from tests.faults.conftest import WEBHOOK_SECRET
from tests.faults.lives import Home
from tests.faults.village import MORNING, PATIENCE
from tests.faults.zalo_hamlet import Hamlet
from tests.ports import free_port

KILLS = 5


@pytest.fixture(params=["consume", "replay", "webhook"])
def way(request: pytest.FixtureRequest) -> str:
    """How updates come: by polling, in either habit of the server, or pushed."""
    return str(request.param)


@pytest.fixture
async def zalo(way: str) -> AsyncIterator[ZaloSimulator]:
    habit = "replay" if way == "replay" else "consume"
    async with ZaloSimulator(habit=habit, pushing=Pushing(retries=200, pause=0.1)) as simulator:
        yield simulator


@pytest.fixture
def hamlet(zalo: ZaloSimulator, dice: random.Random, way: str) -> Hamlet:
    return Hamlet(zalo, dice, pause=0.2 if way == "webhook" else 1.6)  # polling takes one message a second


@pytest.fixture
def environment(zalo: ZaloSimulator, sqlite_database: Database, way: str) -> dict[str, str]:
    """What the bot is started with."""
    port = free_port()
    return {
        "ZALO_TOKEN": TOKEN,
        "ZALO_API_URL": zalo.url,
        "ZALO_MODE": "webhook" if way == "webhook" else "polling",
        "PUBLIC_URL": f"http://127.0.0.1:{port}" if way == "webhook" else "",
        "WEBHOOK_SECRET": WEBHOOK_SECRET,
        "DATABASE_URL": sqlite_database.url.replace("+aiosqlite", ""),
        "SECRET_KEY": KEY,
        "CLOCK": MORNING.isoformat(),
        "PORT": str(port),
        "LOG_LEVEL": "WARNING",
    }


async def _tells_where_it_lives(hamlet: Hamlet, home: Home) -> None:
    """A first life sets the webhook: what people write before that is not pushed anywhere."""
    life = home.born()
    async with asyncio.timeout(PATIENCE):
        while not hamlet.simulator.bot.webhook.url:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    await life.killed()


async def _dies_again_and_again(hamlet: Hamlet, home: Home) -> None:
    for _ in range(KILLS):
        life = home.born()
        await asyncio.sleep(hamlet.dice.uniform(0.2, 1.8))
        assert life.is_there(), home.last_words()
        await life.killed()


async def _until_all_is_told(hamlet: Hamlet, database: Database, way: str) -> None:
    """Until everything the server still had is kept, and everybody was answered about all that was kept."""
    async with asyncio.timeout(PATIENCE * 2):
        await hamlet.simulator.settled()
        while True:
            kept, statuses = await hamlet.stored(database)
            is_all = way == "consume" or {one: sorted(houses) for one, houses in kept.items()} == {
                one: sorted(houses) for one, houses in hamlet.sent.items()
            }
            answered = all(set(hamlet.told(chat_id)) >= set(houses) for chat_id, houses in kept.items())
            if is_all and answered and set(statuses) == {"done"}:
                return
            await asyncio.sleep(0.2)


async def test_nothing_is_lost_over_many_kills(
    hamlet: Hamlet, sqlite_database: Database, home: Home, way: str, tmp_path: Path
) -> None:
    await hamlet.joins(sqlite_database)
    if way == "webhook":
        await _tells_where_it_lives(hamlet, home)
    hamlet.begins()
    await _dies_again_and_again(hamlet, home)
    last = home.born()
    await hamlet.rests()
    await _until_all_is_told(hamlet, sqlite_database, way)
    await last.stopped()
    kept, statuses = await hamlet.stored(sqlite_database)
    visits, twice = await hamlet.visited(sqlite_database)
    sent = sum(map(len, hamlet.sent.values()))
    lost = sent - sum(statuses.values())
    repeats = sum(len(hamlet.told(one)) - len(set(hamlet.told(one))) for one in kept)
    print(f"{way}: {KILLS} kills, {sent} messages, {lost} lost by the server, {twice} twice, {repeats} repeats")
    assert visits == kept, "what was kept and what was done differ"
    assert twice == 0
    assert 0 <= lost <= (KILLS if way == "consume" else 0), "a killed poll takes at most the one update it was given"
    for chat_id, houses in kept.items():
        if way != "replay":  # what a killed poll was given comes back behind what came since
            assert houses == sorted(houses, key=int), "out of order"
        assert list(dict.fromkeys(hamlet.told(chat_id))) == houses, "answers out of order"
    assert repeats <= KILLS * len(kept) * 2, "more repeats than one answer a chat and kill"
