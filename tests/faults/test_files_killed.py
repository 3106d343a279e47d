"""kill -9 while files are made and fetched: everyone gets the file they asked for, and a list is written once."""

import asyncio
import random
from io import BytesIO

import openpyxl
import pytest
from sqlmodel import func, select, update

from rules.roles import Role
from simulator import Person
from storage.database import Database
from storage.tables import Audit, House
from storage.tables import Person as Member
from tests.faults.lives import Home
from tests.faults.village import PATIENCE, Village
from texts import receiving as texts

pytestmark = [
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
    pytest.mark.parametrize("mode", ["polling"], indirect=True),
]
KILLS = 3


def household_list() -> bytes:
    book, out = openpyxl.Workbook(), BytesIO()
    for row in (("STT", "Số nhà", "Chủ hộ"), (1, "12", "Nguyễn Thị Tám"), (2, "14", "Trần Văn Ba")):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


async def until(person: Person, happened, what: str) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            while not happened(person.screen):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"no {what} on {[bubble.text for bubble in person.screen]}") from None


async def test_no_file_is_lost_and_no_list_is_written_twice(
    village: Village, database: Database, home: Home, dice: random.Random
):
    village.talkers, village.tappers = 1, 0
    await village.joins(database)
    await database.write(lambda session: session.exec(update(Member).values(role=Role.HEAD)))
    (minh,) = village.people
    home.born()
    for _ in range(KILLS):
        await minh.says("xuất danh sách")
        await minh.sends_document("ds.xlsx", household_list())
        await asyncio.sleep(dice.uniform(0.1, 1.0))
        await home.lives[-1].killed()
        home.born()
    await until(minh, lambda screen: len({b.message_id for b in screen if b.from_bot and b.document}) >= KILLS, "file")
    await until(minh, lambda screen: sum(texts.WRITE in b.labels for b in screen) >= KILLS, "report")
    await minh.taps(texts.WRITE)
    await home.lives[-1].killed()
    home.born()
    await until(minh, lambda screen: any("thêm 2 hộ, sửa 0." in b.text and b.edited for b in screen), "end")
    async with database.reading() as session:
        houses = (await session.exec(select(func.count()).select_from(House))).one()
        written = (await session.exec(select(func.count()).where(Audit.act == "houses.imported"))).one()
        ordered = (await session.exec(select(func.count()).where(Audit.act == "paper.ordered"))).one()
    assert (houses, written, ordered) == (2, 1, KILLS)
