"""The client: `ok` decides, errors say what to do, and the token is nowhere to be seen."""

import logging
import traceback
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.zalo.client import NoSuchChat, Passing, QuotaUsed, Refused, Unsure, WrongToken, ZaloClient, ZaloError
from simulator.zalo import TOKEN, ZaloPerson, ZaloSimulator


@pytest.fixture
async def client(sim: ZaloSimulator) -> AsyncIterator[ZaloClient]:
    client = ZaloClient(TOKEN, sim.url)
    yield client
    await client.close()


async def test_every_method(sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, client: ZaloClient):
    assert (await client.get_me())["id"] == client.bot_id == sim.bot.id
    await lan.says("chào")
    (event,) = await client.get_updates(1)
    assert event["message"]["text"] == "chào"
    assert await client.get_updates(0) == []
    assert await client.webhook_url() == ""
    await client.set_webhook(f"{sim.url}/nowhere", "a-secret-of-no-use")
    assert await client.webhook_url() == f"{sim.url}/nowhere"
    assert not (await client.probe_webhook())["ok"]
    await client.delete_webhook()
    sim.delete_without_webhook = 400
    await client.delete_webhook()
    assert await client.send_message(lan_chat, "Chào") == lan.screen[-1].message_id
    await client.send_sticker(lan_chat, "0e078a2fb66a5f34067b")
    await client.send_voice(lan_chat, "https://example.test/a.aac")
    await client.send_chat_action(lan_chat)
    assert [bubble.kind for bubble in lan.screen[1:]] == ["text", "sticker", "voice"]


@pytest.mark.parametrize(
    ("what", "kind"),
    [("429", QuotaUsed), ("403", Passing), ("500", Passing), ("502_before", Passing), ("502_after", Passing),
     ("408", Unsure), ("408_after", Unsure), ("cut_before", Unsure), ("cut_after", Unsure), ("401", WrongToken),
     ("410", NoSuchChat)],
)  # fmt: skip
@pytest.mark.parametrize("errors_with_200", [False, True])
async def test_what_went_wrong_has_a_kind(
    sim: ZaloSimulator, lan_chat: str, client: ZaloClient, what, kind: type[ZaloError], errors_with_200: bool
):
    sim.errors_with_200 = errors_with_200
    sim.misbehave("sendMessage", what, times=1)
    with pytest.raises(kind):
        await client.send_message(lan_chat, "Chào")
    await client.send_message(lan_chat, "Chào")


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, b"<html>maintenance</html>", Passing),
        (503, b"<html>503</html>", Passing),
        (502, b"", Passing),
        (200, b"[]", Passing),
        (200, b"[" * 100_000, Passing),
        (200, b'{"ok": false}', Passing),
        (200, b'{"ok": false, "error_code": 0}', Passing),
        (200, b'{"ok": false, "error_code": "401"}', Passing),
        (500, b'{"ok": false, "error_code": 400}', Refused),
        (401, b'{"ok": false}', WrongToken),
        (500, b'{"ok": true, "error_code": 0, "result": {"message_id": "m1"}}', None),
        (200, b'{"ok": true, "error_code": 0, "result": {"message_id": "m1"}}', None),
        (200, b'{"ok": true}', None),
    ],
)
async def test_the_body_decides_whatever_the_status(status: int, body: bytes, kind: type[ZaloError] | None):
    async def answers(_: web.Request) -> web.Response:
        return web.Response(status=status, body=body, content_type="text/html")

    app = web.Application()
    app.router.add_post("/{tail:.*}", answers)
    async with TestServer(app) as server:
        client = ZaloClient(TOKEN, str(server.make_url("")).rstrip("/"))
        if kind is None:
            assert await client.send_message("a", "b") in ("m1", "")
        else:
            with pytest.raises(kind):
                await client.send_message("a", "b")
        await client.close()


async def test_what_cannot_be_is_refused(sim: ZaloSimulator, lan_chat: str, client: ZaloClient):
    with pytest.raises(Refused):
        await client.send_message(lan_chat, "x" * 2001)
    with pytest.raises(NoSuchChat):
        await client.send_message("0" * 20, "Chào")
    with pytest.raises(Refused):
        await client.call("sendmessage")
    sim.bot.webhook.set("http://127.0.0.1:9/hook", "a-secret-of-no-use", 1)
    with pytest.raises(Refused):
        await client.get_updates(1)
    sim.bot.webhook.url = ""


async def test_no_server_is_passing_and_slowness_is_unsure(sim: ZaloSimulator, lan_chat: str, client: ZaloClient):
    nobody = ZaloClient(TOKEN, "http://127.0.0.1:9")
    with pytest.raises(Passing):
        await nobody.get_me()
    await nobody.close()
    sim.misbehave("sendMessage", "hang", times=1, seconds=2)
    with pytest.raises(Unsure):
        await client.call("sendMessage", {"chat_id": lan_chat, "text": "Chào"}, seconds=0.1)


@pytest.mark.parametrize("status", [200, 401])
async def test_a_token_it_does_not_know(sim: ZaloSimulator, status: int):
    sim.unauthorized_status = status
    client = ZaloClient("1234567:wrong", sim.url)
    with pytest.raises(WrongToken):
        await client.get_me()
    await client.close()


@pytest.mark.parametrize("token", ["", "abc", "123", "abc:def", "12 3:abc", "123:a b", f"{'1' * 20}:abc"])
def test_what_is_no_token_is_said_at_once(token: str):
    with pytest.raises(WrongToken):
        ZaloClient(token, "http://127.0.0.1:9")


@pytest.mark.parametrize("what", ["429", "403", "502_before", "408", "cut_before", "401"])
async def test_the_token_is_in_no_message_log_or_chain(
    sim: ZaloSimulator, lan_chat: str, client: ZaloClient, what, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    sim.misbehave("sendMessage", what)
    secret = TOKEN.split(":")[1]
    for other in (client, ZaloClient(TOKEN, "http://127.0.0.1:9")):
        with pytest.raises(ZaloError) as caught:
            await other.send_message(lan_chat, "Chào")
        error: BaseException | None = caught.value
        assert secret not in "".join(traceback.format_exception(caught.value))
        while error:
            assert secret not in f"{error!r} {error} {error.args}"
            error = error.__cause__ or error.__context__
        await other.close()
    assert secret not in caplog.text


async def test_a_description_that_quotes_us_is_shortened(client: ZaloClient):
    error = client._error("sendMessage", 400, f"bad {TOKEN} https://example.vn/x 0912345678 " + "x" * 500)
    assert TOKEN.split(":")[1] not in str(error)
    assert "0912345678" not in str(error)
    assert len(error.why) <= 120
