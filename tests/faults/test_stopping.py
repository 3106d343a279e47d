"""Starting and stopping: within five seconds, with one sentence, and with nothing lost."""

import asyncio
import signal
from pathlib import Path
from time import monotonic

import pytest

from simulator import TelegramSimulator
from storage.database import Database
from tests.faults.lives import Home
from tests.faults.test_kills import until_it_works
from tests.faults.village import PATIENCE, Village
from tests.ports import free_port
from texts import commands as words

pytestmark = [
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
    pytest.mark.parametrize("mode", ["polling"], indirect=True),
]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_stopped_under_load_it_ends_well_and_loses_nothing(
    village: Village, database: Database, home: Home, number: signal.Signals
):
    hang = village.simulator.misbehave("sendMessage", "hang", share=0.1, seconds=8)
    await village.joins(database)
    life = home.born()
    village.begins()
    await until_it_works(village, home, life)
    async with asyncio.timeout(PATIENCE):
        while not hang.struck:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    asked = monotonic()
    await life.stopped(number)
    print(f"stopped after {monotonic() - asked:.1f} s")
    assert life.exit_code == 0, home.last_words()
    village.simulator.faults.lift()
    last = home.born()
    await village.ends(last)
    await village.balances(database, kills=1)


async def test_a_second_copy_says_so_in_one_sentence(village: Village, database: Database, home: Home, tmp_path: Path):
    await village.joins(database)
    village.begins(most=3)
    first = home.born()
    await until_it_works(village, home, first)
    before = home.log.read_text()
    second = home.born()
    await second.gone(90)
    assert second.exit_code == 1
    assert home.log.read_text().removeprefix(before) == f"{words.ANOTHER_COPY}\n"
    await village.ends(first)


async def test_a_wrong_token_stops_the_start_with_one_sentence(home: Home):
    life = await home.started(TELEGRAM_TOKEN="777777:a-token-that-nobody-gave-out-at-all")
    await life.gone(90)
    assert life.exit_code == 1
    assert len(home.log.read_text().splitlines()) == 1
    assert "TELEGRAM_TOKEN" in home.log.read_text()


async def test_started_while_telegram_is_down_it_waits_and_recovers(
    village: Village, database: Database, home: Home, telegram: TelegramSimulator
):
    port = free_port()
    await telegram.stop()
    await village.joins(database)
    village.begins(most=5)
    life = home.born(TELEGRAM_API_URL=f"http://127.0.0.1:{port}")
    await asyncio.sleep(1.5)
    assert life.is_there(), home.last_words()
    await telegram.start(port=port)
    await village.ends(life)
    await village.balances(database, kills=0)
