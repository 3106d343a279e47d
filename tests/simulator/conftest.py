"""A fresh simulator per test, Lan with her phone, and a plain HTTP client that says what a bot would."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from simulator import Person, TelegramSimulator

Say = Callable[..., Awaitable[dict[str, Any]]]


async def until(happened: Callable[[], bool], seconds: float = 30.0) -> None:
    """Waits until something has happened; fails after `seconds`, many for a machine with other work to do."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110 - anything may be waited for
            await asyncio.sleep(0.01)


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    simulator = TelegramSimulator()
    await simulator.start()
    yield simulator
    await simulator.stop()


@pytest.fixture
def lan(sim: TelegramSimulator) -> Person:
    return sim.person(1001, "Lan", started=True)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
        yield session


@pytest.fixture
def call(sim: TelegramSimulator, http: aiohttp.ClientSession) -> Say:
    """`await call("sendMessage", chat_id=1001, text="Chào")` gives the decoded answer, refusals too."""

    async def call(method: str, *, token: str = sim.bot.token, **params: Any) -> dict[str, Any]:
        async with http.post(f"{sim.url}/bot{token}/{method}", json=params) as answer:
            body: dict[str, Any] = await answer.json()
            assert body["ok"] or body["error_code"] == answer.status
            return body

    return call
