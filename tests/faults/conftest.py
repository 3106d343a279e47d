"""A simulated Telegram, a database and the real bot in processes of its own."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simulator import Retrying, TelegramSimulator
from simulator.world import TOKEN
from storage.database import Database
from tests.conftest import KEY
from tests.faults.lives import Home
from tests.faults.village import MORNING, Village
from tests.nursery import Nursery
from tests.ports import free_port

SEED = 20261121
HERE = Path(__file__).parent
WEBHOOK_SECRET = "a-secret-for-the-suite-of-no-use-elsewhere"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever is killed again and again on a busy machine is given the time to be born again."""
    for item in items:
        if HERE in item.path.parents and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(600))


@pytest.fixture
def dice() -> random.Random:
    """Seeded; the seed is printed with a failure."""
    print(f"seed {SEED}")
    return random.Random(SEED)


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator(retrying=Retrying(first=0.05, longest=0.3)) as simulator:
        yield simulator


@pytest.fixture
def village(telegram: TelegramSimulator, dice: random.Random) -> Village:
    return Village(telegram, dice)


@pytest.fixture(params=["polling", "webhook"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def environment(telegram: TelegramSimulator, database: Database, mode: str) -> dict[str, str]:
    """What the bot is started with."""
    port = free_port()
    return {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.url,
        "TELEGRAM_MODE": mode,
        "PUBLIC_URL": f"http://127.0.0.1:{port}" if mode == "webhook" else "",
        "WEBHOOK_SECRET": WEBHOOK_SECRET,
        "DATABASE_URL": database.url.replace("+aiosqlite", "").replace("+asyncpg", ""),
        "SECRET_KEY": KEY,
        "CLOCK": MORNING.isoformat(),
        "PORT": str(port),
        "LOG_LEVEL": "WARNING",
    }


@pytest.fixture
async def home(nursery: Nursery, environment: dict[str, str], tmp_path: Path) -> AsyncIterator[Home]:
    home = Home(nursery, tmp_path, environment)
    yield home
    await home.closes()
