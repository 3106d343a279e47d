"""Two processes on one PostgreSQL: each chat in order, nothing twice, each bot's updates by its own process."""

import asyncio
import json

import pytest

from bot.answers import Answers
from bot.dialogue import DialogueStorage
from bot.intake import Intake
from handlers import build_dispatcher
from storage.database import Database
from tests.conversations.line import TelegramLine
from tests.conversations.office import Office
from tests.intake.test_failures import houses_visited

pytestmark = pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)


def another_worker(office: Office, database: Database, line: TelegramLine) -> Intake:
    channels = {line.bot_key: line}
    answers = Answers(database, channels, office.clock)
    return Intake(database, build_dispatcher(DialogueStorage()), channels, office.intake._plans, answers, office.clock)


async def test_two_workers_on_one_bot_share_the_chats_and_keep_their_order(office: Office):
    phones = [await office.people.joined(f"Người {number}", unit=f"Tổ {number}") for number in range(5)]
    other = Database(office.database.url)
    second = another_worker(office, other, office.line)
    workers = [asyncio.create_task(intake.run()) for intake in (office.intake, second)]
    for number in range(1, 16):
        sent = [phone._message({"text": f"nhà {number} đã cài"}) for phone in phones]
        arrivals = [office.line.arrival(json.dumps(update).encode()) for update in sent]
        await (office.intake if number % 2 else second).store(arrivals)
        await asyncio.sleep(0.02)
    async with asyncio.timeout(60):
        while (await office.waiting()).get("new"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    for intake in (office.intake, second):
        intake.stop()
    await asyncio.gather(*workers)
    await office.answers.close(5)
    await second._answers.close(5)
    await other.close()
    assert await office.waiting() == {"done": 75}
    visited = await houses_visited(office)
    assert sorted(visited, key=int) == [str(number) for number in range(1, 16) for _ in phones]
    for phone in phones:
        said = [text.split(",")[0].removeprefix("✅ Đã ghi nhà ") for text in phone.reads()]
        assert sorted(said, key=int) == [str(number) for number in range(1, 16)]


async def test_a_worker_leaves_the_updates_of_another_bot_alone(office: Office):
    line = TelegramLine(office.plan, office.documents)
    line.bot_key = "telegram:777"
    stranger = another_worker(office, office.database, line)
    lan = await office.people.joined("Lan")
    await office.intake.store([office.line.arrival(json.dumps(lan._message({"text": "nhà 1 đã cài"})).encode())])
    assert await stranger.work() == 0
    assert await office.waiting() == {"new": 1}
    await office.settles()
    lan.hears_part("Đã ghi nhà 1,")
