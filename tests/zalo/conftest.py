"""A fresh Zalo simulator per test, Lan with her phone, and a plain HTTP client that says what a bot would."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from campaigns import EXAMPLE
from rules import plan as plans
from rules.plan import Plan
from simulator.zalo import ZaloPerson, ZaloSimulator
from tests.conversations.office import StandingClock

Say = Callable[..., Awaitable[dict[str, Any]]]


async def until(happened: Callable[[], bool], seconds: float = 30.0) -> None:
    """Waits until something has happened; fails after `seconds`, many for a machine with other work to do."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110 - anything may be waited for
            await asyncio.sleep(0.01)


@pytest.fixture
async def sim() -> AsyncIterator[ZaloSimulator]:
    async with ZaloSimulator() as simulator:
        yield simulator


@pytest.fixture
def lan(sim: ZaloSimulator) -> ZaloPerson:
    return sim.person("lan", "Lan", started=True)


@pytest.fixture
def lan_chat(sim: ZaloSimulator, lan: ZaloPerson) -> str:
    """Lan's chat as the bot knows it."""
    return sim.bot.chat_id_of(lan.id)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        yield session


@pytest.fixture
def call(sim: ZaloSimulator, http: aiohttp.ClientSession) -> Say:
    """`await call("sendMessage", chat_id=…, text="Chào")` gives the decoded answer with its HTTP "status"."""

    async def call(method: str, *, token: str = sim.bot.token, **params: Any) -> dict[str, Any]:
        async with http.post(f"{sim.url}/bot{token}/{method}", json=params) as answer:
            body: dict[str, Any] = await answer.json()
            return body | {"status": answer.status}

    return call


@pytest.fixture(scope="session")
def plan() -> Plan:
    return plans.load(EXAMPLE)


@pytest.fixture
def clock() -> StandingClock:
    """10 June 2026, 09:00 in Vietnam, until a test moves it."""
    return StandingClock()
