"""The page served as `run` serves it, on a port of its own, with a clock that stands still."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
from aiohttp import web

from bot.landing import Landing
from campaigns import EXAMPLE
from rules import plan as plans
from rules.plan import Plan
from rules.spelling import fold
from storage import guide_codes
from storage.database import Database
from storage.tables import Unit
from tests.conversations.office import StandingClock

ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; SM-A205F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.99 "
    "Mobile Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
    "Mobile/15E148 Safari/604.1"
)


@pytest.fixture(scope="session")
def plan() -> Plan:
    return plans.load(EXAMPLE)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@dataclass
class Gate:
    """Where residents scan."""

    address: str
    landing: Landing
    database: Database
    http: aiohttp.ClientSession

    async def opens(self, path: str, *, agent: str = ANDROID, method: str = "GET", **headers: str) -> tuple[int, str]:
        async with self.http.request(
            method, f"{self.address}/g/{path}", headers={"User-Agent": agent, **headers}, allow_redirects=False
        ) as answer:
            return answer.status, await answer.text()

    async def scans(self, code: str) -> dict[str, int]:
        """kind → how often, as written down."""
        await self.landing.write_down()
        async with self.database.reading() as session:
            found = await guide_codes.scans_by_day(session, code)
        return {kind: sum(count for (_, each), count in found.items() if each == kind) for _, kind in found}


async def served(landing: Landing) -> tuple[web.AppRunner, str]:
    app = web.Application()
    landing.routes(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


@pytest.fixture
async def gate(sqlite_database: Database, plan: Plan, clock: StandingClock) -> AsyncIterator[Gate]:
    landing = Landing(sqlite_database, {plan.slug: plan}, clock)
    runner, address = await served(landing)
    async with aiohttp.ClientSession() as http:
        yield Gate(address, landing, sqlite_database, http)
    await runner.cleanup()


async def unit_of(database: Database, campaign: str, name: str = "Tổ dân phố 3") -> int:
    async def add(session):
        unit = Unit(campaign=campaign, name=name, name_key=fold(name))
        session.add(unit)
        await session.flush()
        return unit.id

    return await database.write(add)


@pytest.fixture
async def code(gate: Gate, plan: Plan, clock: StandingClock) -> str:
    """The code of Tổ dân phố 3."""
    unit = await unit_of(gate.database, plan.slug)
    made = await gate.database.write(lambda session: guide_codes.code_for(session, plan.slug, unit, now=clock.now()))
    return made.code
