"""On Zalo too: no token, phone, name or message text in any log at any level, nor in clear in the database's files."""

import pytest

from simulator.zalo import TOKEN, ZaloSimulator
from storage.database import Database
from tests.conftest import KEY
from tests.faults.lives import Home
from tests.faults.test_secrets import files_of
from tests.faults.village import MORNING
from tests.faults.zalo_hamlet import Hamlet
from tests.ports import free_port
from tests.zalo.conftest import until

SAID = ("Trần Chim Yến", "0977144678", "ngõ cây khế vàng")


@pytest.fixture
def environment(sqlite_database: Database) -> dict[str, str]:
    return {
        "ZALO_TOKEN": TOKEN, "DATABASE_URL": sqlite_database.url.replace("+aiosqlite", ""), "SECRET_KEY": KEY,
        "CLOCK": MORNING.isoformat(), "PORT": str(free_port()), "LOG_LEVEL": "DEBUG",
    }  # fmt: skip


async def test_nothing_personal_and_no_token_is_written_where_it_could_be_read(
    sqlite_database: Database, home: Home, dice
):
    async with ZaloSimulator() as zalo:
        hamlet = Hamlet(zalo, dice, talkers=1)
        await hamlet.joins(sqlite_database)
        lan = hamlet.people[0]
        zalo.misbehave("getUpdates", "502_before", times=1)
        life = home.born(ZALO_API_URL=zalo.url)
        await lan.says(f"nhà {SAID[2]} đã cài, chủ hộ {SAID[0]} {SAID[1]}")
        assert await lan.hears(timeout=15)
        for what in ("403", "cut_before", "408", "502_before", "401"):
            zalo.misbehave("sendMessage", what, times=1)
        await lan.says("tôi")
        await until(lambda: "an answer waits" in home.log.read_text(errors="replace"))  # it has gone wrong, and said so
        await lan.hears(timeout=4)
        await life.killed()
    for file in files_of(home, sqlite_database):
        for word in (TOKEN.split(":")[1], lan.display_name, *SAID):
            assert word.encode() not in file.read_bytes(), f"{word!r} in {file.name}"
