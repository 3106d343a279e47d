"""getUpdates by its rules, and the webhook by its own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from simulator import Person, Retrying, TelegramSimulator
from tests.simulator.conftest import Say, until

Ids = Callable[..., Awaitable[list[int]]]


@pytest.fixture
def ids(call: Say) -> Ids:
    async def ids(**params: Any) -> list[int]:
        return [update["update_id"] for update in (await call("getUpdates", **params))["result"]]

    return ids


async def test_an_update_stays_until_a_higher_offset(sim: TelegramSimulator, lan: Person, ids: Ids) -> None:
    for number in range(5):
        await lan.says(f"nhà {number}")
    first, *rest = await ids()
    assert await ids() == [first, *rest]
    assert await ids(limit=2) == [first, rest[0]]
    assert await ids(offset=first) == [first, *rest], "its own offset confirms nothing"
    assert await ids(offset=first + 3) == rest[2:]
    assert sim.confirmed == 3
    assert await ids(offset=-1) == rest[-1:]
    assert await ids() == rest[-1:], "a negative offset forgets what came before"
    assert await ids(offset=rest[-1] + 1) == []
    assert (sim.pending(), sim.confirmed) == ([], 5)


async def test_settled_means_that_everything_is_confirmed(sim: TelegramSimulator, lan: Person, ids: Ids) -> None:
    await sim.settled(0.1)
    await lan.says("nhà 12")
    with pytest.raises(TimeoutError):
        await sim.settled(0.05)
    (only,) = await ids()
    await ids(offset=only + 1)
    await sim.settled(0.1)


async def test_a_long_poll_ends_with_the_first_update(sim: TelegramSimulator, lan: Person, ids: Ids) -> None:
    polling = asyncio.create_task(ids(timeout=30))
    await until(lambda: bool(sim.calls.of("getUpdates")))
    assert not polling.done()
    await lan.says("nhà 12")
    assert len(await polling) == 1


async def test_an_empty_long_poll_ends_by_itself(ids: Ids) -> None:
    assert await ids(timeout=1) == []


async def test_the_older_of_two_pollers_is_ended(sim: TelegramSimulator, lan: Person, call: Say) -> None:
    older = asyncio.create_task(call("getUpdates", timeout=30))
    await until(lambda: bool(sim.calls.of("getUpdates")))
    newer = asyncio.create_task(call("getUpdates", timeout=30))
    assert await older == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }
    await lan.says("nhà 12")
    assert len((await newer)["result"]) == 1


async def test_allowed_updates_hold_until_changed(lan: Person, call: Say) -> None:
    async def kinds(**params: Any) -> list[str]:
        said = await lan.says("nhà 12")
        await lan.edits(said, "nhà 13")
        updates = (await call("getUpdates", **params))["result"]
        await call("getUpdates", offset=updates[-1]["update_id"] + 1)
        return [next(key for key in update if key != "update_id") for update in updates]

    assert await kinds(allowed_updates=["message"]) == ["message", "edited_message"], "what was there before stays"
    assert await kinds() == ["message"]
    assert await kinds(allowed_updates=[]) == ["message"]
    assert await kinds() == ["message", "edited_message"]


class Receiver:
    """A bot's web server: what it got, and what it answers to the next ones."""

    def __init__(self) -> None:
        self.got: list[tuple[int, str, str]] = []
        self.statuses: list[int] = []
        self.answer: dict[str, Any] = {}
        self.url = ""

    async def receive(self, request: web.Request) -> web.Response:
        update = await request.json()
        message = update["message"]
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        self.got.append((message["chat"]["id"], message["text"], secret))
        return web.json_response(self.answer, status=self.statuses.pop(0) if self.statuses else 200)

    async def got_so_many(self, count: int) -> None:
        await until(lambda: len(self.got) >= count)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/telegram/webhook", receiver.receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram/webhook"
    yield receiver
    await runner.cleanup()


async def until_confirmed(sim: TelegramSimulator, count: int) -> None:
    await until(lambda: sim.confirmed >= count)


async def test_a_webhook_gets_the_secret_and_what_was_waiting(
    sim: TelegramSimulator, lan: Person, call: Say, receiver: Receiver
) -> None:
    await lan.says("trước")
    assert (await call("setWebhook", url=receiver.url, secret_token="bi_mat-1"))["ok"]
    await lan.says("sau")
    await until_confirmed(sim, 2)
    assert receiver.got == [(1001, "trước", "bi_mat-1"), (1001, "sau", "bi_mat-1")]
    assert (await call("getUpdates"))["description"] == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    assert (await call("deleteWebhook"))["ok"]
    assert (await call("getUpdates"))["result"] == []


async def test_a_refused_update_comes_again_before_the_next_one(call: Say, receiver: Receiver) -> None:
    async with TelegramSimulator(retrying=Retrying(first=0.02, longest=0.05)) as sim:
        lan, minh = sim.person(1001, "Lan"), sim.person(1002, "Minh")
        receiver.statuses = [503, 500]
        async with aiohttp.ClientSession() as http:

            async def ask(method: str, **params: Any) -> Any:
                async with http.post(f"{sim.url}/bot{sim.bot.token}/{method}", json=params) as answer:
                    return (await answer.json())["result"]

            await ask("setWebhook", url=receiver.url)
            await lan.says("một")
            await lan.says("hai")
            await receiver.got_so_many(1)
            info = await ask("getWebhookInfo")
            assert info["pending_update_count"] == 2
            await until_confirmed(sim, 2)
            await minh.says("ba")
            await until_confirmed(sim, 3)
            info = await ask("getWebhookInfo")
        assert [text for _, text, _ in receiver.got] == ["một", "một", "một", "hai", "ba"]
        assert info["pending_update_count"] == 0
        assert info["last_error_message"].startswith("Wrong response from the webhook: 500")
        assert info["last_error_date"] > 0


async def test_an_answer_to_the_webhook_may_be_a_call(
    sim: TelegramSimulator, lan: Person, call: Say, receiver: Receiver
) -> None:
    receiver.answer = {"method": "sendMessage", "chat_id": 1001, "text": "Đã ghi"}
    await call("setWebhook", url=receiver.url)
    await lan.says("nhà 12")
    assert [heard.text for heard in await lan.hears()] == ["Đã ghi"]
    receiver.answer = {"method": "sendMessage", "chat_id": 5, "text": ""}
    await lan.says("nhà 13")
    await until_confirmed(sim, 2)


async def test_webhooks_that_are_refused(call: Say) -> None:
    async def words(**params: Any) -> str:
        return str((await call("setWebhook", **params))["description"])

    assert await words(url="http://vi.du/x") == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    assert (await words(url="https://vi.du/x")).startswith("Bad Request: bad webhook: Failed to resolve host")
    assert await words(url="không phải") == "Bad Request: invalid webhook URL specified"
    address = "http://127.0.0.1:9/x"
    assert await words(url=address, secret_token="bí mật") == (
        "Bad Request: secret token contains unallowed characters"
    )
    assert await words(url=address, secret_token="a" * 257) == "Bad Request: secret token is too long"


async def test_setting_a_webhook_ends_the_poller(sim: TelegramSimulator, call: Say) -> None:
    polling = asyncio.create_task(call("getUpdates", timeout=30))
    await until(lambda: bool(sim.calls.of("getUpdates")))
    await call("setWebhook", url="http://127.0.0.1:9/nobody-listens")
    assert (await polling)["description"] == "Conflict: terminated by setWebhook request"


async def test_waiting_updates_can_be_dropped(sim: TelegramSimulator, lan: Person, call: Say) -> None:
    await lan.says("cũ")
    await call("deleteWebhook", drop_pending_updates=True)
    assert sim.pending() == []
