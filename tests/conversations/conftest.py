"""The people of the conversation tests, each with a phone, and the bot they talk to."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from campaigns import EXAMPLE
from rules import plan as plans
from rules.plan import Plan
from rules.roles import Role
from storage.database import Database
from tests.conversations.office import Office, People, StandingClock
from tests.conversations.phone import Phone

_PASSED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    report = yield
    if report.when == "call":
        item.stash[_PASSED] = report.passed
    return report


@pytest.fixture(scope="session")
def plan() -> Plan:
    return plans.load(EXAMPLE)


@pytest.fixture
def clock() -> StandingClock:
    """10 June 2026, 09:00 in Vietnam, until a test moves it."""
    return StandingClock()


@pytest.fixture(params=["telegram"])
def messenger(request: pytest.FixtureRequest) -> str:
    """What everybody in this test has on their phone."""
    return str(request.param)


@pytest.fixture
async def office(
    database: Database, clock: StandingClock, plan: Plan, messenger: str, request: pytest.FixtureRequest
) -> AsyncIterator[Office]:
    """The bot. At the end of a test that passed, nobody may have a message they did not listen to."""
    office = Office(database, clock, plan)
    office.opens()
    yield office
    await office.closes()
    unheard = {phone.name: phone.unheard for phone in office.people.all if phone.unheard}
    assert not (unheard and request.node.stash.get(_PASSED, False)), f"nobody listened to {unheard}"


@pytest.fixture
def people(office: Office) -> People:
    return office.people


@pytest.fixture
async def lan(people: People) -> Phone:
    """A volunteer of Tổ dân phố 3."""
    return await people.joined("Lan")


@pytest.fixture
async def minh(people: People) -> Phone:
    """The head of Tổ dân phố 3."""
    return await people.joined("Minh", Role.HEAD)


@pytest.fixture
async def hoa(people: People) -> Phone:
    """The officer of the commune."""
    return await people.joined("Hoa", Role.OFFICER, "phường Việt Hoà")


@pytest.fixture
def khach(people: People) -> Phone:
    """Someone who has not joined."""
    return people.stranger("Khách")
