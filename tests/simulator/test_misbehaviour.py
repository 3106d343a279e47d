"""Faults on demand: what the bot sees, what the person sees, what the journal says."""

import asyncio
from time import monotonic

import aiohttp
import pytest

from simulator import Pacing, Person, TelegramSimulator
from tests.simulator.conftest import Say, until

LAN = 1001


async def test_429_for_the_next_two_calls(sim: TelegramSimulator, lan: Person, call: Say) -> None:
    sim.misbehave("sendMessage", "429", times=2, retry_after=3)
    answers = [await call("sendMessage", chat_id=LAN, text=f"{number}") for number in range(3)]
    assert answers[0] == answers[1]
    assert answers[0] == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }
    assert [bubble.text for bubble in lan.screen] == ["2"]
    assert [entry.ok for entry in sim.calls.of("sendMessage")] == [False, False, True]


@pytest.mark.parametrize(("what", "delivered"), [("502_before", 0), ("502_after", 1)])
async def test_502_is_html_and_may_come_after_delivery(
    sim: TelegramSimulator, lan: Person, http: aiohttp.ClientSession, what: str, delivered: int
) -> None:
    sim.misbehave("sendMessage", what, times=1)
    async with http.post(f"{sim.url}/bot{sim.bot.token}/sendMessage", json={"chat_id": LAN, "text": "x"}) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    assert len(lan.screen) == delivered
    assert sim.calls[-1].outcome.endswith(what)
    assert sim.calls[-1].ok == bool(delivered)


@pytest.mark.parametrize(("what", "delivered"), [("cut_before", 0), ("cut_after", 1)])
async def test_a_cut_connection(
    sim: TelegramSimulator, lan: Person, http: aiohttp.ClientSession, what: str, delivered: int
) -> None:
    sim.misbehave("sendMessage", what, times=1)
    with pytest.raises(aiohttp.ClientError):
        await http.post(f"{sim.url}/bot{sim.bot.token}/sendMessage", json={"chat_id": LAN, "text": "x"})
    assert len(lan.screen) == delivered


@pytest.mark.parametrize(("what", "delivered_meanwhile"), [("hang", 0), ("hang_after", 1)])
async def test_a_hanging_call_is_answered_late(
    sim: TelegramSimulator, lan: Person, call: Say, what: str, delivered_meanwhile: int
) -> None:
    hang = sim.misbehave("sendMessage", what, times=1, seconds=0.3)
    began = monotonic()
    calling = asyncio.create_task(call("sendMessage", chat_id=LAN, text="x"))
    await until(lambda: hang.struck == 1 and len(lan.screen) == delivered_meanwhile)
    assert (await calling)["ok"]
    assert monotonic() - began >= 0.3


async def test_a_share_of_calls_is_the_same_share_every_time(sim: TelegramSimulator, lan: Person, call: Say) -> None:
    async def pattern() -> list[bool]:
        fault = sim.misbehave("sendMessage", "500", share=0.4, seed=7)
        answers = [(await call("sendMessage", chat_id=LAN, text="x"))["ok"] for _ in range(30)]
        sim.faults.lift(fault)
        return answers

    first = await pattern()
    assert 5 <= first.count(False) <= 20
    assert await pattern() == first


async def test_a_star_leaves_polling_alone(sim: TelegramSimulator, call: Say) -> None:
    sim.misbehave("*", "401")
    assert (await call("getMe"))["description"] == "Unauthorized"
    assert (await call("getUpdates"))["ok"]
    sim.faults.lift()
    assert (await call("getMe"))["ok"]
    with pytest.raises(ValueError, match="unknown misbehaviour"):
        sim.misbehave("*", "sulk")  # type: ignore[arg-type]


async def test_strict_pacing_blocks_the_hasty(sim: TelegramSimulator, lan: Person, call: Say) -> None:
    minh = sim.person(1002, "Minh", started=True)
    moment = [1000.0]
    sim.pacing = Pacing(chat_burst=3, block=0.4, clock=lambda: moment[0])
    answers = [await call("sendMessage", chat_id=LAN, text=f"{number}") for number in range(5)]
    assert [answer["ok"] for answer in answers] == [True, True, True, False, False]
    assert answers[-1]["parameters"] == {"retry_after": 1}
    assert (await call("sendMessage", chat_id=minh.id, text="chậm rãi"))["ok"]
    moment[0] += 1.1
    assert (await call("sendMessage", chat_id=LAN, text="chậm rãi"))["ok"]


async def test_strict_pacing_over_all_chats(sim: TelegramSimulator, call: Say) -> None:
    sim.pacing = Pacing(overall_burst=10, clock=lambda: 1000.0)
    for number in range(12):
        sim.person(2000 + number, "Đông", started=True)
    answers = [(await call("sendMessage", chat_id=2000 + number, text="x"))["ok"] for number in range(12)]
    assert answers == [True] * 10 + [False] * 2
