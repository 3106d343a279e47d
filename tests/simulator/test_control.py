"""The same strings over HTTP: for a simulator in another process, and for the page."""

import base64
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from simulator import ClockHooks, Person, TelegramSimulator
from simulator.attachments import plain_picture
from tests.simulator.conftest import Say


class Remote:
    """`/sim` over HTTP, its `result` unpacked."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http, self.url = http, url

    async def get(self, path: str, **query: str) -> Any:
        async with self.http.get(f"{self.url}/sim/{path}", params=query) as answer:
            return (await answer.json())["result"]

    async def post(self, path: str, status: int = 200, **body: Any) -> Any:
        async with self.http.post(f"{self.url}/sim/{path}", json=body) as answer:
            assert answer.status == status, await answer.text()
            return (await answer.json()).get("result")


@pytest.fixture
def remote(sim: TelegramSimulator, http: aiohttp.ClientSession) -> Remote:
    return Remote(http, sim.url)


async def test_a_whole_conversation_from_outside(sim: TelegramSimulator, remote: Remote, call: Say) -> None:
    await remote.post("people", id=1001, first_name="Lan", role_label="Tình nguyện viên (ví dụ)")
    said = await remote.post("people/1001/say", text="nhà 12")
    markup = {"inline_keyboard": [[{"text": "Đã cài", "callback_data": "done:12"}]]}
    await call("sendMessage", chat_id=1001, text="Kết quả?", reply_markup=markup)
    (heard,) = await remote.get("people/1001/hears", timeout="1")
    assert (heard["text"], heard["labels"]) == ("Kết quả?", ["Đã cài"])
    await remote.post("people/1001/tap", label="Đã cài")
    await remote.post("people/1001/edit", message_id=said, text="nhà 13")
    picture = base64.b64encode(plain_picture()).decode()
    await remote.post("people/1001/attach", kind="photo", content=picture, caption="cổng")
    await remote.post("people/1001/album", count=2)
    await remote.post("people/1001/push", update={"message": {"odd": True}})
    state = await remote.get("pending")
    kinds = [next(key for key in update if key != "update_id") for update in state["pending"]]
    assert kinds == ["message", "callback_query", "edited_message", "message", "message", "message", "message"]
    screen = await remote.get("people/1001/screen")
    assert [message["text"] for message in screen["messages"]][:3] == ["nhà 13", "Kết quả?", "cổng"]
    await remote.post("people/1001/block")
    assert [person["blocked"] for person in await remote.get("people")] == [True]


async def test_the_journal_and_faults_from_outside(lan: Person, remote: Remote, call: Say) -> None:
    await remote.post("misbehave", method="sendMessage", what="429", times=1, retry_after=2)
    assert not (await call("sendMessage", chat_id=1001, text="một"))["ok"]
    assert (await call("sendMessage", chat_id=1001, text="hai"))["ok"]
    journal = await remote.get("calls", method="sendmessage", ok="true")
    assert [entry["params"]["text"] for entry in journal["calls"]] == ["hai"]
    assert (await remote.get("calls", after=str(journal["counted"])))["calls"] == []
    await remote.post("clear")
    assert (await remote.get("calls"))["calls"] == []


async def test_mistakes_are_told(lan: Person, remote: Remote) -> None:
    await remote.post("people/1001/tap", status=400, label="Không có")
    await remote.post("people/1001/say", status=400, texts="x")
    await remote.post("misbehave", status=400, what="sulk")
    async with remote.http.post(f"{remote.url}/sim/people/9/say", json={"text": "x"}) as answer:
        assert answer.status == 404


async def test_several_bots_and_groups(sim: TelegramSimulator, lan: Person, remote: Remote) -> None:
    await remote.post("bots", token="777:OTHER", username="KhacBot", name="Khác")
    await remote.post("groups", id=-500, members=[1001], title="Tổ 1")
    await remote.post("people/1001/say", text="chào", bot="KhacBot")
    await remote.post("people/1001/say", text="chào nhóm", chat=-500)
    assert len((await remote.get("pending", bot="KhacBot"))["pending"]) == 1
    assert sim.pending()[0]["message"]["chat"]["title"] == "Tổ 1"


async def test_many_messages_in_one_request(sim: TelegramSimulator, lan: Person, remote: Remote) -> None:
    assert await remote.post("say", texts=[[1001, f"nhà {number}"] for number in range(50)]) == 50
    assert [update["message"]["text"] for update in sim.pending()][-1] == "nhà 49"


async def test_without_a_clock_there_is_none(remote: Remote) -> None:
    assert await remote.get("clock") is None


async def test_the_clock_is_the_hosts(http: aiohttp.ClientSession) -> None:
    at = [datetime(2026, 3, 10, 9, tzinfo=UTC)]
    preset = {"label": "16:59:55 hôm nay", "to": "2026-03-10T16:59:55+07:00"}
    hooks = ClockHooks(now=lambda: at[0], move=lambda moment: at.__setitem__(0, moment), presets=lambda: [preset])
    async with TelegramSimulator(clock=hooks) as sim:
        remote = Remote(http, sim.url)
        assert await remote.get("clock") == {"now": "2026-03-10T09:00:00+00:00", "presets": [preset]}
        await remote.post("clock", to="16:59:55 hôm nay")
        assert at[0].isoformat() == preset["to"]
        await remote.post("clock", to="2026-03-14T08:00:00+07:00")
        assert at[0].day == 14


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "evil.example"},
        {"Origin": "null"},
    ],
)
async def test_other_sites_may_not_pull_the_strings(
    sim: TelegramSimulator, lan: Person, http: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    async with http.post(f"{sim.url}/sim/people/1001/say", json={"text": "x"}, headers=headers) as answer:
        assert answer.status == 403
    assert sim.pending() == []


async def test_the_own_page_may(sim: TelegramSimulator, lan: Person, http: aiohttp.ClientSession) -> None:
    headers = {"Origin": sim.url, "Sec-Fetch-Site": "same-origin"}
    async with http.post(f"{sim.url}/sim/people/1001/say", json={"text": "x"}, headers=headers) as answer:
        assert answer.status == 200
    assert len(sim.pending()) == 1
