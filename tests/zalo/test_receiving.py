"""Polling and webhook: nothing lost, nothing twice, whatever habit the server has."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from time import monotonic
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.channels.zalo.channel import BIGGEST_BODY, SECRET_HEADER, ZaloChannel
from rules.plan import Plan
from simulator.zalo import TOKEN, Pushing, ZaloPerson, ZaloSimulator
from storage.database import Database
from storage.inbox import Arrival
from tests.zalo.conftest import until

SECRET = "a-secret-of-no-use-elsewhere"


class Store:
    """Keeps what it is given, unique on bot and update key as the inbox is; fails while `broken`."""

    def __init__(self) -> None:
        self.kept: dict[str, Arrival] = {}
        self.asked = 0
        self.broken = 0

    async def __call__(self, arrivals: list[Arrival]) -> None:
        self.asked += 1
        if self.broken:
            self.broken -= 1
            raise OSError("disk full")
        for arrival in arrivals:
            self.kept.setdefault(arrival.update_key, arrival)

    @property
    def texts(self) -> list[str]:
        return [json.loads(arrival.raw)["message"]["text"] for arrival in self.kept.values()]


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
async def channel(sim: ZaloSimulator, sqlite_database: Database, plan: Plan) -> AsyncIterator[ZaloChannel]:
    channel = ZaloChannel(TOKEN, sim.url, plan, sqlite_database)
    yield channel
    await channel.close()


@pytest.fixture
async def polls(channel: ZaloChannel, store: Store) -> AsyncIterator[Callable[..., None]]:
    tasks: list[asyncio.Task[None]] = []

    def begin(floor: float = 0.01) -> None:
        tasks.append(asyncio.create_task(channel.poller(store, floor=floor).run()))

    yield begin
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_every_message_is_stored_in_order(lan: ZaloPerson, store: Store, polls):
    polls()
    for number in range(20):
        await lan.says(str(number))
    await until(lambda: len(store.kept) == 20)
    assert store.texts == [str(number) for number in range(20)]


async def test_a_replaying_server_gets_one_poll_a_second_and_nothing_is_twice(
    sim: ZaloSimulator, lan: ZaloPerson, store: Store, polls
):
    sim.bot.queue.habit = "replay"
    for text in ("một", "hai"):
        await lan.says(text)
    began = monotonic()
    polls(floor=0.3)
    await until(lambda: len(sim.calls.of("getUpdates")) >= 4)
    polled = len(sim.calls.of("getUpdates"))
    assert polled <= (monotonic() - began) / 0.3 + 2
    assert store.texts == ["một", "hai"]
    assert store.asked > 2


async def test_what_could_not_be_stored_is_stored_later_though_the_server_forgot_it(
    sim: ZaloSimulator, lan: ZaloPerson, store: Store, polls
):
    store.broken = 1
    await lan.says("nhà 12 đã cài")
    polls()
    await until(lambda: len(store.kept) == 1)
    assert store.asked == 2
    assert len(sim.bot.queue) == 0


@pytest.mark.parametrize("what", ["502_before", "403", "429", "cut_before", "500"])
async def test_trouble_is_waited_out(sim: ZaloSimulator, lan: ZaloPerson, store: Store, polls, what):
    if what == "429":  # waits a minute: only see that it does not hammer
        sim.misbehave("getUpdates", what)
        polls()
        await until(lambda: bool(sim.calls.of("getUpdates")))
        await asyncio.sleep(0.5)
        assert len(sim.calls.of("getUpdates")) == 1
        return
    sim.misbehave("getUpdates", what, times=1)
    await lan.says("chào")
    polls()
    await until(lambda: len(store.kept) == 1)
    assert len(sim.calls.of("getUpdates", ok=False)) >= 1


async def test_a_list_of_updates_is_taken_too(sim: ZaloSimulator, lan: ZaloPerson, store: Store, polls):
    events = [lan.event("text", {"text": str(number)}, None, sim.bot) for number in range(3)]
    sim.bot.queue.add(events)  # type: ignore[arg-type]
    polls()
    await until(lambda: len(store.kept) == 3)


async def test_polling_begins_by_taking_the_webhook_away(sim: ZaloSimulator, channel: ZaloChannel):
    sim.bot.webhook.set("http://127.0.0.1:9/hook", SECRET, 1)
    await channel.stop_webhook()
    assert sim.bot.webhook.url == ""
    await channel.stop_webhook()


@pytest.fixture
async def address(channel: ZaloChannel, store: Store) -> AsyncIterator[str]:
    app = web.Application(client_max_size=1024 * 1024)
    app.router.add_route("*", "/zalo/webhook", channel.webhook(SECRET, store))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/zalo/webhook"
    await runner.cleanup()


Post = Callable[..., Awaitable[int]]


@pytest.fixture
def post(address: str, http: aiohttp.ClientSession) -> Post:
    async def post(body: bytes, secret: str | None = SECRET, **headers: Any) -> int:
        about = ({SECRET_HEADER: secret} if secret is not None else {}) | headers
        async with http.post(address, data=body, headers=about) as answer:
            return answer.status

    return post


EVENT = {
    "event_name": "message.text.received",
    "message": {
        "message_id": "2d758cb5e222177a4e35",
        "text": "xin chào",
        "chat": {"id": "6ede9afa66b88fe6d6a9", "chat_type": "PRIVATE"},
        "from": {"id": "6ede9afa66b88fe6d6a9", "display_name": "Nguyen Van A", "is_bot": False},
        "date": 1750316131602,
    },
}


async def test_only_who_knows_the_secret_is_listened_to(store: Store, post: Post):
    body = json.dumps(EVENT).encode()
    assert [await post(body, secret) for secret in (None, "", "wrong", SECRET + "x", "sécret")] == [401] * 5
    assert store.kept == {}
    assert await post(body) == 200
    assert store.texts == ["xin chào"]


async def test_probes_are_welcomed_with_and_without_the_secret(
    store: Store, post: Post, address: str, http: aiohttp.ClientSession
):
    assert await post(b"", None) == 200
    assert await post(b"") == 200
    for ask in (http.get, http.head):
        async with ask(address) as answer:
            assert answer.status == 200
    assert store.asked == 0


async def test_flat_wrapped_and_repeated_are_one(store: Store, post: Post):
    for body in (EVENT, {"ok": True, "result": EVENT}, EVENT):
        assert await post(json.dumps(body).encode()) == 200
    assert len(store.kept) == 1


async def test_what_is_too_long_is_not_read(store: Store, post: Post):
    assert await post(b" " * (BIGGEST_BODY + 1)) == 413
    assert await post(json.dumps(EVENT | {"pad": "x" * (BIGGEST_BODY - 600)}).encode()) == 200
    assert len(store.kept) == 1


async def test_503_while_the_store_refuses_and_unknown_events_are_kept(store: Store, post: Post):
    store.broken = 1
    assert await post(json.dumps(EVENT).encode()) == 503
    assert await post(json.dumps(EVENT).encode()) == 200
    assert await post(b'{"event_name": "user.follow"}') == 200
    assert await post(b"not even json") == 200
    assert len(store.kept) == 3


async def test_a_real_webhook_is_set_and_survives_doubles_and_disorder(
    sqlite_database: Database, plan: Plan, store: Store
):
    pushing = Pushing(copies=3, disorder=0.05, pause=0.05)
    async with ZaloSimulator(pushing=pushing) as sim:
        lan, channel = sim.person("lan"), ZaloChannel(TOKEN, sim.url, plan, sqlite_database)
        app = web.Application()
        app.router.add_route("*", "/zalo/webhook", channel.webhook(SECRET, store))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        store.broken = 2
        await channel.start_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/zalo/webhook", SECRET)
        for number in range(10):
            await lan.says(str(number))
        await sim.settled()
        assert sorted(store.texts) == [str(number) for number in range(10)]
        assert sim.bot.webhook.refused == [503] * 2
        assert sim.bot.webhook.lost == 0
        await channel.close()
        await runner.cleanup()


async def test_an_address_zalo_cannot_call_is_logged(
    sim: ZaloSimulator, channel: ZaloChannel, caplog: pytest.LogCaptureFixture
):
    await channel.start_webhook("http://127.0.0.1:9/zalo/webhook", SECRET)
    assert "Zalo cannot call the webhook: webhook.err.timeout" in caplog.text
