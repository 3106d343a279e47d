"""The webhook: the secret first, the database next, and only then 200."""

import json
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from bot.channels.telegram.channel import SECRET_HEADER, TelegramChannel
from bot.watch import Watch
from bot.web import BIGGEST_BODY, build_web
from storage.tables import Inbox
from tests.conversations.line import BOT_ID
from tests.conversations.office import Office
from tests.conversations.phone import Phone

SECRET = "a-secret-for-the-suite-of-no-use-elsewhere"
KNOWN = {SECRET_HEADER: SECRET}
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class Post:
    """The way from Telegram to the inbox; `refuses` is the database's refusal, if it has one today."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.refuses: Exception | None = None
        self.client: TestClient

    async def store(self, arrivals) -> None:
        if self.refuses:
            raise self.refuses
        await self.office.intake.store(arrivals)

    async def brings(self, body: bytes | BytesIO, headers: dict[str, str]) -> int:
        async with self.client.post("/telegram/webhook", data=body, headers=headers) as answer:
            return answer.status

    async def kept(self) -> list[str]:
        async with self.office.database.reading() as session:
            return list(await session.exec(select(Inbox.update_key).order_by(Inbox.seq)))


@pytest.fixture
async def post(office: Office) -> AsyncIterator[Post]:
    post = Post(office)
    channel = TelegramChannel(f"{BOT_ID}:a-token-of-no-use", "http://127.0.0.1:9", office.plan, office.database)
    app = build_web(Watch(office.database, office.clock, {}))
    app.router.add_post("/telegram/webhook", channel.webhook(SECRET, post.store))
    async with TestClient(TestServer(app)) as post.client:
        yield post
    await channel.close()


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET[:-1]}, {SECRET_HEADER: "bí mật"}])
async def test_who_does_not_know_the_secret_leaves_nothing_behind(post: Post, headers: dict[str, str]):
    assert await post.brings(b'{"update_id": 1}', headers) == 401
    assert await post.kept() == []


async def test_it_is_on_disk_when_telegram_hears_200_and_counts_once(post: Post, office: Office, lan: Phone):
    body = json.dumps(lan._message({"text": "nhà 1 đã cài"})).encode()
    assert await post.brings(body, KNOWN) == 200
    assert len(await post.kept()) == 1
    assert await post.brings(body, KNOWN) == 200
    assert len(await post.kept()) == 1
    await office.settles()
    lan.hears_part("Đã ghi nhà 1,")


async def test_while_the_database_refuses_telegram_keeps_it(post: Post, office: Office, lan: Phone):
    body = json.dumps(lan._message({"text": "nhà 1 đã cài"})).encode()
    post.refuses = OperationalError("INSERT", {}, Exception("database or disk is full"))
    assert await post.brings(body, KNOWN) == 503
    assert await post.kept() == []
    post.refuses = None
    assert await post.brings(body, KNOWN) == 200
    await office.settles()
    lan.hears_part("Đã ghi nhà 1,")


async def test_a_body_beyond_a_mebibyte_is_refused(post: Post):
    assert await post.brings(BytesIO(b" " * (BIGGEST_BODY + 1)), KNOWN) == 413
    assert await post.kept() == []


@pytest.mark.parametrize("body", [b"", b"no JSON", b'{"update_id": 1e400}', b"[" * 100_000])
async def test_what_nobody_can_read_is_kept_for_the_operator(post: Post, body: bytes):
    assert await post.brings(body, KNOWN) == 200
    assert len(await post.kept()) == 1
