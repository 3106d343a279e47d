"""What the whole suite stands on: a migrated, empty database for each test, on SQLite and on a real PostgreSQL."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import uvloop
from hypothesis import HealthCheck, settings

import bot.aiogram_start  # noqa: F401  (before aiogram, as the bot does: seconds less in each process)
from storage import migrate
from storage.database import Database
from storage.sealing import unlock
from tests import compiled, postgres
from tests.nursery import Nursery
from tests.places import in_memory

gc.set_threshold(20_000, 20, 20)  # as the bot's own: libraries never die, and need no looking over
compiled.share()
KEY = "test key for the suite, not a secret"
# The same examples every time, and none too slow for a machine with other work: what fails has been broken, not found.
_LOADED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("steady", derandomize=True, database=None, **_LOADED)
settings.register_profile("seeking", max_examples=1000, **_LOADED)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: some test is always waiting, for a disk, a process or a clock."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    """`-m hypothesis`, as in the long runs, looks for new examples, and for ten times as many."""
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("seeking" if "hypothesis" in config.getoption("-m") else "steady")


def pytest_collection_finish() -> None:
    gc.freeze()


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop the bot runs on: tests see what it sees, for less."""
    return {"uvloop": uvloop.new_event_loop}


class SqliteTemplate:
    """One migrated file, made when it is first asked for, of which each test gets a copy."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "migrated.db"

    async def copy(self, folder: Path) -> str:
        """The URL of a database of one's own in `folder`."""
        if not self._file.exists():
            database = Database(f"sqlite:///{self._file}")
            await migrate.upgrade(database)
            await database.close()
        return f"sqlite:///{shutil.copy(self._file, folder / 'gotungnha.db')}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A server for this session (under xdist: for this worker). Where none can run, skipped; on CI a failure."""
    try:
        with postgres.running() as server:
            yield server
    except postgres.NoPostgres as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """What a session's command lines are forked from."""
    nursery = Nursery()
    yield nursery
    nursery.closes()


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    unlock(KEY)
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture
async def sqlite_database(sqlite_template: SqliteTemplate) -> AsyncIterator[Database]:
    with TemporaryDirectory(prefix="gotungnha-", dir=in_memory()) as folder:
        async with _opened(await sqlite_template.copy(Path(folder))) as database:
            yield database


@pytest.fixture
async def postgres_database(postgres_server: postgres.Server) -> AsyncIterator[Database]:
    async with postgres_server.fresh() as url, _opened(url) as database:
        yield database


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated, empty database: each test runs on both kinds."""
    opened: Database = request.getfixturevalue(f"{request.param}_database")
    return opened
