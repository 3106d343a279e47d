"""The Zalo server refuses, forgets and repeats as the real one is known or suspected to."""

import asyncio
import re
from datetime import UTC, datetime
from time import monotonic

import aiohttp
import pytest
from aiohttp import web

from simulator.attachments import plain_picture
from simulator.zalo import Limits, Pushing, TwoMessengers, ZaloPerson, ZaloSimulator
from tests.zalo.conftest import Say, until


async def test_a_bot_says_who_it_is(sim: ZaloSimulator, call: Say):
    me = (await call("getMe"))["result"]
    assert me["id"] == sim.bot.token.split(":")[0]
    assert me["account_type"] == "BASIC"
    with pytest.raises(ValueError, match="Bot"):
        sim.add_bot("2:x", "Gõ Từng Nhà")


async def test_a_wrong_token_is_refused_with_200_and_on_request_with_401(sim: ZaloSimulator, call: Say):
    answer = await call("getMe", token="1:wrong")
    assert (answer["status"], answer["ok"], answer["error_code"]) == (200, False, 401)
    sim.unauthorized_status = 401
    assert (await call("getMe", token="1:wrong"))["status"] == 401


async def test_an_unknown_method_is_refused_and_names_are_case_sensitive(call: Say):
    assert (await call("getme"))["error_code"] == 400


async def test_success_carries_an_error_code_zero_now_and_then(call: Say):
    answers = [await call("getMe") for _ in range(6)]
    assert all(answer["ok"] for answer in answers)
    assert {answer.get("error_code") for answer in answers} == {None, 0}


async def test_a_text_arrives_with_text_ids_and_milliseconds(lan: ZaloPerson, lan_chat: str, call: Say):
    await lan.says("xin chào")
    event = (await call("getUpdates", timeout="5"))["result"]
    message = event["message"]
    assert event["event_name"] == "message.text.received"
    assert re.fullmatch("[0-9a-f]{20}", message["message_id"])
    assert message["chat"] == {"id": lan_chat, "chat_type": "PRIVATE"}
    assert message["from"] == {"id": lan_chat, "display_name": "Lan", "is_bot": False}
    assert abs(message["date"] - datetime.now(UTC).timestamp() * 1000) < 10_000


async def test_an_empty_poll_is_a_408(call: Say):
    answer = await call("getUpdates", timeout=0.05)
    assert (answer["status"], answer["error_code"], answer["description"]) == (408, 408, "Request timeout")


async def test_consumed_updates_are_gone_and_two_pollers_split_them(lan: ZaloPerson, call: Say):
    for text in ("một", "hai"):
        await lan.says(text)
    one, two = await asyncio.gather(call("getUpdates", timeout=1), call("getUpdates", timeout=1))
    assert {one["result"]["message"]["text"], two["result"]["message"]["text"]} == {"một", "hai"}
    assert (await call("getUpdates", timeout=0.05))["error_code"] == 408


async def test_replayed_updates_come_back_at_once_until_a_restart(sim: ZaloSimulator, lan: ZaloPerson, call: Say):
    sim.bot.queue.habit = "replay"
    await lan.says("một")
    began = monotonic()
    ids = {(await call("getUpdates", timeout=5))["result"]["message"]["message_id"] for _ in range(5)}
    assert len(ids) == 1
    assert monotonic() - began < 5, "one of them waited"
    await lan.says("hai")
    assert (await call("getUpdates", timeout=5))["result"]["message"]["text"] == "hai"
    sim.bot.queue.restart()
    assert (await call("getUpdates", timeout=0.05))["error_code"] == 408


async def test_a_message_may_be_lost_while_nobody_polls(sim: ZaloSimulator, lan: ZaloPerson, call: Say):
    sim.bot.queue.lost_after = 0.0
    await asyncio.sleep(0.01)
    await lan.says("có ai không")
    assert sim.bot.queue.lost == 1
    assert (await call("getUpdates", timeout=0.05))["error_code"] == 408


async def test_a_waiting_poll_is_answered_when_something_comes(sim: ZaloSimulator, lan: ZaloPerson, call: Say):
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await until(lambda: bool(sim.calls.of("getUpdates")))
    await lan.says("chào")
    assert (await poll)["result"]["message"]["text"] == "chào"


async def test_what_a_person_sends_besides_text(lan: ZaloPerson, http: aiohttp.ClientSession, call: Say):
    await lan.sends_photo(caption="biên bản")
    await lan.sends_sticker()
    await lan.sends_voice()
    await lan.sends_unsupported()
    await lan.sends_unsupported(with_message=False)
    photo, sticker, voice, known, unknown = [(await call("getUpdates", timeout=1))["result"] for _ in range(5)]
    assert photo["message"]["caption"] == "biên bản"
    async with http.get(photo["message"]["photo_url"]) as answer:
        assert (await answer.read()).startswith(b"\x89PNG")
    assert sticker["message"]["sticker"]
    assert voice["message"]["voice_url"].endswith(".aac")
    assert known["message"]["from"]["display_name"] == "Lan"
    assert unknown == {"event_name": "message.unsupported.received"}


async def test_a_text_is_at_most_2000_long(lan_chat: str, call: Say):
    assert (await call("sendMessage", chat_id=lan_chat, text="ă" * 2000))["ok"]
    assert (await call("sendMessage", chat_id=lan_chat, text="ă" * 2001))["error_code"] == 400
    assert (await call("sendMessage", chat_id=lan_chat, text="  "))["error_code"] == 400


async def test_ids_are_texts_and_only_known_chats_can_be_written_to(call: Say):
    assert (await call("sendMessage", chat_id=123, text="Chào"))["error_code"] == 400
    assert (await call("sendMessage", chat_id="0" * 20, text="Chào"))["error_code"] == 410


async def test_the_51st_person_is_not_served(sim: ZaloSimulator, call: Say):
    everyone = [sim.person(f"p{number}", f"Người {number}") for number in range(51)]
    for person in everyone:
        await person.says("chào")
    assert len(sim.bot.queue) == 50
    last = sim.bot.chat_id_of("p50")
    assert (await call("sendMessage", chat_id=last, text="Chào"))["error_code"] == 410


@pytest.mark.parametrize(("incoming_counts", "texts"), [(False, 3), (True, 2)])
async def test_the_month_ends_with_a_429_and_the_next_one_begins_anew(incoming_counts: bool, texts: int):
    now = [datetime(2026, 6, 30, 10, tzinfo=UTC)]
    limits = Limits(messages=3, incoming_counts=incoming_counts)
    async with ZaloSimulator(now=lambda: now[0], limits=limits) as sim, aiohttp.ClientSession() as http:
        await sim.person("lan").says("chào")
        params = {"chat_id": sim.bot.chat_id_of("lan"), "text": "Chào"}

        async def send() -> int:
            async with http.post(f"{sim.url}/bot{sim.bot.token}/sendMessage", json=params) as answer:
                return answer.status

        assert [await send() for _ in range(4)] == [200] * texts + [429] * (4 - texts)
        now[0] = datetime(2026, 6, 30, 17, 1, tzinfo=UTC)  # 1 July in Vietnam
        assert await send() == 200


async def test_a_picture_is_fetched_twice_and_must_be_one(
    sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, call: Say
):
    asked: list[str] = []

    async def serve(request: web.Request) -> web.Response:
        asked.append(request.path)
        if request.path == "/moved":
            raise web.HTTPFound("/card.png")
        if request.path == "/once" and asked.count("/once") > 1:
            raise web.HTTPGone
        return web.Response(body=b"no picture" if request.path == "/text" else plain_picture())

    app = web.Application()
    app.router.add_get("/{name}", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    home = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        sent = await call("sendPhoto", chat_id=lan_chat, photo=f"{home}/card.png", caption="Quét nhé")
        assert sent["ok"]
        assert asked == ["/card.png"] * 2
        assert (lan.screen[-1].photo, lan.screen[-1].text) == (plain_picture(), "Quét nhé")
        for name in ("once", "moved", "text"):
            assert (await call("sendPhoto", chat_id=lan_chat, photo=f"{home}/{name}"))["error_code"] == 400
        assert (await call("sendPhoto", chat_id=lan_chat, photo="AgACAgUAA"))["error_code"] == 400
    finally:
        await runner.cleanup()
    assert (await call("sendPhoto", chat_id=lan_chat, photo=f"{home}/card.png"))["error_code"] == 400
    assert len(lan.screen) == 1


async def test_other_ways_to_send(sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, call: Say):
    answer = await call("sendChatAction", chat_id=lan_chat, action="typing")
    assert answer["ok"]
    assert "result" not in answer
    assert (await call("sendChatAction", chat_id=lan_chat, action="upload_photo"))["error_code"] == 400
    assert (await call("sendSticker", chat_id=lan_chat, sticker="0e078a2fb66a5f34067b"))["ok"]
    assert (await call("sendVoice", chat_id=lan_chat, voice_url="https://example.test/a.mp3"))["error_code"] == 400
    assert (await call("sendVoice", chat_id=lan_chat, voice_url="https://example.test/a.aac"))["ok"]
    assert [bubble.kind for bubble in lan.screen] == ["sticker", "voice"]


async def test_a_group_is_heard_only_where_the_bot_is_mentioned(sim: ZaloSimulator, lan: ZaloPerson, call: Say):
    minh = sim.person("minh", "Minh")
    group = sim.group("nhom", [lan, minh])
    await lan.says("chiều nay họp nhé", group=group)
    assert len(sim.bot.queue) == 0
    await lan.says(f"@{sim.bot.display_name} còn nhà nào?", group=group)
    message = (await call("getUpdates", timeout=1))["result"]["message"]
    assert message["chat"] == {"id": "nhom", "chat_type": "GROUP"}
    await call("sendMessage", chat_id="nhom", text="Chào cả nhà")
    assert [bubble.text for bubble in await minh.hears()] == ["Chào cả nhà"]
    silent = await call("sendVoice", chat_id="nhom", voice_url="https://example.test/a.aac")
    assert silent["ok"]
    assert not await minh.hears(timeout=0.05)


@pytest.mark.parametrize(
    ("what", "status"), [("429", 429), ("403", 403), ("401", 401), ("408", 408), ("500", 500), ("410", 410)]
)
async def test_ordered_faults_come_as_json(
    sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, call: Say, what: str, status: int
):
    sim.misbehave("sendMessage", what, times=1)  # type: ignore[arg-type]
    answer = await call("sendMessage", chat_id=lan_chat, text="Chào")
    assert (answer["ok"], answer["status"], answer["error_code"]) == (False, status, status)
    assert not lan.screen
    assert (await call("sendMessage", chat_id=lan_chat, text="Chào"))["ok"]


async def test_errors_may_come_with_200(sim: ZaloSimulator, lan_chat: str, call: Say):
    sim.errors_with_200 = True
    answer = await call("sendMessage", chat_id="0" * 20, text="Chào")
    assert (answer["status"], answer["error_code"]) == (200, 410)


async def test_outages_speak_html_and_some_strike_after_the_effect(
    sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, http: aiohttp.ClientSession
):
    url, params = f"{sim.url}/bot{sim.bot.token}/sendMessage", {"chat_id": lan_chat, "text": "Chào"}
    for what in ("502_before", "502_after", "408_after"):
        sim.misbehave("sendMessage", what, times=1)  # type: ignore[arg-type]
    async with http.post(url, json=params) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    assert not lan.screen
    async with http.post(url, json=params) as answer:
        assert answer.status == 502
    async with http.post(url, json=params) as answer:
        assert answer.status == 408
    assert len(lan.screen) == 2
    assert [call.outcome for call in sim.calls.of("sendMessage")] == ["502_before", "ok 502_after", "ok 408_after"]


async def test_delays_and_cut_lines(sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, call: Say):
    sim.misbehave("sendMessage", "hang", times=1, seconds=0.2)
    began = monotonic()
    assert (await call("sendMessage", chat_id=lan_chat, text="Chào"))["ok"]
    assert monotonic() - began >= 0.2
    sim.misbehave("sendMessage", "cut_after", times=1)
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=lan_chat, text="Chào nữa")
    assert len(lan.screen) == 2


class Hook:
    """A webhook that keeps what it gets and answers with `status`."""

    def __init__(self) -> None:
        self.bodies: list[dict] = []
        self.probes: list[tuple[str, bytes, str]] = []
        self.secrets: list[str | None] = []
        self.status = 200

    async def called(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.secrets.append(request.headers.get("X-Bot-Api-Secret-Token"))
        if not body:
            self.probes.append((request.method, body, request.headers.get("Content-Type", "")))
        else:
            self.bodies.append(await request.json())
        return web.Response(status=self.status)


@pytest.fixture
async def hook():
    hook = Hook()
    app = web.Application()
    app.router.add_route("*", "/hook", hook.called)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


SECRET = "a-secret-of-no-use-elsewhere"


async def test_a_webhook_is_probed_set_and_told(sim: ZaloSimulator, lan: ZaloPerson, call: Say, hook: Hook):
    assert (await call("getWebhookInfo"))["error_code"] == 404
    assert (await call("setWebhook", url="http://example.test/hook", secret_token=SECRET))["error_code"] == 400
    assert (await call("setWebhook", url=hook.url, secret_token="short"))["error_code"] == 400
    verification = (await call("setWebhook", url=hook.url, secret_token=SECRET))["result"]["verification"]
    assert (verification["ok"], verification["outcome"]) == (True, "webhook.ok")
    assert hook.probes == [("POST", b"", "")]
    info = await call("getWebhookInfo")
    assert (info["result"]["url"], info["error_code"]) == (hook.url, 0)
    assert (await call("getUpdates", timeout=0.05))["error_code"] == 400
    await lan.says("chào")
    await sim.settled()
    assert hook.bodies[0]["message"]["text"] == "chào"
    assert hook.secrets[-1] == SECRET
    assert await sim.bot.webhook.look() == 200
    assert (await call("deleteWebhook"))["result"]["url"] == ""
    sim.delete_without_webhook = 400
    assert (await call("deleteWebhook"))["error_code"] == 400


async def test_a_failing_probe_keeps_the_address(sim: ZaloSimulator, call: Say, hook: Hook):
    hook.status = 403
    verification = (await call("setWebhook", url=hook.url, secret_token=SECRET))["result"]["verification"]
    assert (verification["ok"], verification["outcome"]) == (False, "webhook.http.403")
    assert (await call("getWebhookInfo"))["result"]["url"] == hook.url
    assert (await call("testWebhook"))["result"]["outcome"] == "webhook.http.403"


async def test_pushes_may_be_wrapped_doubled_out_of_order_and_lost(hook: Hook):
    pushing = Pushing(shape="wrapped", copies=2, disorder=0.05, retries=1, pause=0.01)
    async with ZaloSimulator(pushing=pushing) as sim:
        lan = sim.person("lan")
        sim.bot.webhook.set(hook.url, SECRET, 1)
        for number in range(6):
            await lan.says(str(number))
        await sim.settled()
        texts = [body["result"]["message"]["text"] for body in hook.bodies]
        assert sorted(texts) == sorted(2 * list("012345"))
        assert texts != sorted(texts)
        hook.status = 503
        await lan.says("mất")
        await sim.settled()
        assert sim.bot.webhook.refused == [503] * 4
        assert sim.bot.webhook.lost == 2


async def test_the_strings_can_be_pulled_over_http(sim: ZaloSimulator, http: aiohttp.ClientSession):
    home = f"{sim.url}/sim/zalo"
    async with http.post(f"{home}/people", json={"id": "minh", "display_name": "Minh"}) as answer:
        assert (await answer.json())["result"]["kind"] == "zalo"
    async with http.post(f"{home}/people/minh/say", json={"text": "chào"}):
        await until(lambda: len(sim.bot.queue) == 1)
    async with http.post(f"{home}/people/minh/attach", json={"kind": "location"}):
        assert sim.people["minh"].screen[-1].kind == "unsupported"
    async with http.get(f"{home}/people/minh/screen", headers={"Origin": "https://elsewhere.test"}) as answer:
        assert answer.status == 403
    async with http.post(f"{home}/people/minh/pick", json={"label": "Ghi"}) as answer:
        assert answer.status == 400


async def test_both_messengers_share_one_page(http: aiohttp.ClientSession):
    zalo = ZaloSimulator()
    async with zalo, TwoMessengers(zalo=zalo) as both:
        both.person(1001, "Lan")
        minh = zalo.person("minh", "Minh", started=True, role_label="Tổ 1")
        async with http.get(f"{both.url}/sim/zalo/people") as answer:
            assert [person["id"] for person in (await answer.json())["result"]] == ["minh"]
        async with http.get(f"{both.url}/page/zalo.css") as answer:
            assert answer.status == 200
        zalo.says(zalo.bot, zalo.bot.chat_id_of("minh"), "text", "Chọn nhé:\n1. Ghi\n2. Còn\nhttps://example.vn/a")
        async with http.get(f"{both.url}/sim/zalo/people/minh/screen") as answer:
            message = (await answer.json())["result"]["messages"][0]["message"]
        kinds = [entity["type"] for entity in message["entities"]]
        assert kinds == ["bot_command", "bot_command", "url"]
        assert message["chat"]["id"] == "minh"
        await minh.picks("Còn")
        assert minh.screen[-1].text == "2"
