"""No token, phone, name or message text in any log at any level, nor in clear in the database's files."""

import unicodedata
from itertools import product
from pathlib import Path

import pytest

from simulator.world import TOKEN
from storage.database import Database
from tests.faults.lives import Home
from tests.faults.village import Village

NAME = "Nguyễn Thị Hoạ Mi"
RESIDENT = "Trần Chim Yến"
PHONES = ("0977144678", "0977 144 678", "+84977144678", "977144678")
SAID = ("ngõ cây khế vàng", "bận gặt lúa nếp")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("mode", ["polling"], indirect=True)
async def test_nothing_personal_is_written_where_it_could_be_read(village: Village, database: Database, home: Home):
    village.talkers, village.tappers = 2, 1
    person = village.people[0]
    person.first_name = NAME
    await village.joins(database)
    lines = [
        f"nhà 900 đã cài, chủ hộ {RESIDENT} 0977144678",
        f"nhà {SAID[0]} vắng",
        f"nhà 901 từ chối vì {SAID[1]}",
        unicodedata.normalize("NFD", f"vướng: {SAID[0]} {RESIDENT} +84977144678"),
        f"{SAID[1]} 0977 144 678",
        "/start 0977144678",
        "dữ liệu",
    ]
    first = home.born(LOG_LEVEL="DEBUG")
    village.begins(most=3)
    for line in lines:
        await person.says(line)
        await person.hears(timeout=30)
    poison = {"message_id": 1, "date": 1, "chat": {"id": person.id, "type": "private"}, "text": 5, "caption": SAID[0]}
    await person.pushes_raw({"message": poison | {"from": {"id": person.id, "first_name": NAME, "phone": PHONES[0]}}})
    village.simulator.misbehave("sendMessage", "502_after", times=2)
    await person.sends_contact()
    await village.simulator.settled()
    await person.hears(timeout=30, count=2)
    await first.killed()
    second = home.born(LOG_LEVEL="DEBUG")
    await village.ends(second)
    assert home.log.stat().st_size > 200, "nothing was logged at all"
    words = (TOKEN.split(":")[1], NAME, RESIDENT, *PHONES, *SAID)
    for file in files_of(home, database):
        for form, word in product(("NFC", "NFD"), words):
            assert unicodedata.normalize(form, word).encode() not in file.read_bytes(), f"{word!r} in {file.name}"


def files_of(home: Home, database: Database) -> list[Path]:
    """The log, and the database with what lies beside it."""
    assert database.file
    files = [home.log, *database.file.parent.glob(f"{database.file.name}*")]
    assert len(files) > 1
    return files
