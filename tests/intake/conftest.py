"""The bot on one desk (see tests.conversations), with a dispatcher that can be told to stumble."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from campaigns import EXAMPLE
from rules import plan as plans
from rules.plan import Plan
from rules.roles import Role
from storage.database import Database
from tests.conversations.office import Office, StandingClock
from tests.conversations.phone import Phone


class Stumbling:
    """aiogram's dispatcher, except that `stumbles(update)` may raise after the handler has done its work."""

    def __init__(self, dispatcher: Any) -> None:
        self._dispatcher = dispatcher
        self.stumbles = lambda update: None

    async def feed_raw_update(self, bot: Any, update: dict[str, Any], **given: Any) -> Any:
        reply = await self._dispatcher.feed_raw_update(bot, update, **given)
        self.stumbles(update)
        return reply


@pytest.fixture(scope="session")
def plan() -> Plan:
    return plans.load(EXAMPLE)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def messenger() -> str:
    """What everybody has on their phone, unless a test says else."""
    return "telegram"


@pytest.fixture
async def office(database: Database, clock: StandingClock, plan: Plan, messenger: str) -> AsyncIterator[Office]:
    office = Office(database, clock, plan, messenger)
    office.intake._dispatcher = Stumbling(office.intake._dispatcher)
    office.forgives = True
    office.opens()
    yield office
    await office.closes()


@pytest.fixture
def dispatcher(office: Office) -> Stumbling:
    return office.intake._dispatcher


@pytest.fixture
async def lan(office: Office) -> Phone:
    return await office.people.joined("Lan")


@pytest.fixture
async def minh(office: Office) -> Phone:
    return await office.people.joined("Minh", unit="Tổ dân phố 4")


@pytest.fixture
async def vanhanh(office: Office) -> Phone:
    """The operator."""
    return await office.people.joined("Vận hành", Role.OPERATOR, "phường Việt Hoà")
