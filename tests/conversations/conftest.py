"""The people of the conversation tests, each with a phone, and the bot they talk to.

Every conversation is had on Telegram and on Zalo; of one with many cases Zalo has the first, the others in the long
runs. On PostgreSQL every sixth of each module is had on Telegram; the others, and Zalo's, only in the long runs: what a
messenger changes ends where the database begins, and the queries have tests of their own on both databases.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
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
_ONLY = "telegram_only(reason): about what Telegram has and Zalo has not (buttons, edits, albums, forwards)"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", _ONLY)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    _thin_out([item for item in items if _params(item).get("database") == "postgres"])
    on_zalo = [item for item in items if _params(item).get("messenger") == "zalo"]
    left_out = [item for item in on_zalo if item.get_closest_marker("telegram_only")]
    _keep_first_case([item for item in on_zalo if _params(item).get("database") != "postgres"])
    for item in on_zalo:
        if _params(item).get("database") == "postgres":
            item.add_marker(pytest.mark.slow)
    if left_out:
        items[:] = [item for item in items if item not in set(left_out)]
        config.hook.pytest_deselected(items=left_out)


def _thin_out(on_postgres: list[pytest.Item]) -> None:
    """All but every sixth of a module's conversations on PostgreSQL are for the long runs."""
    seen: Counter[Path] = Counter()
    for item in on_postgres:
        if "conversations" in item.path.parts:
            if seen[item.path] % 6:
                item.add_marker(pytest.mark.slow)
            seen[item.path] += 1


def _keep_first_case(on_zalo: list[pytest.Item]) -> None:
    """Of a test with many cases (wordings, mostly) Zalo has the first in every run, and the others in the long ones."""
    seen: set[tuple[Path, str]] = set()
    for item in on_zalo:
        test = (item.path, getattr(item, "originalname", item.name))
        if test in seen:
            item.add_marker(pytest.mark.slow)
        seen.add(test)


def _params(item: pytest.Item) -> dict[str, Any]:
    return item.callspec.params if hasattr(item, "callspec") else {}


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


@pytest.fixture(params=["telegram", "zalo"])
def messenger(request: pytest.FixtureRequest) -> str:
    """What everybody in this test has on their phone."""
    return str(request.param)


@pytest.fixture
async def office(
    database: Database, clock: StandingClock, plan: Plan, messenger: str, request: pytest.FixtureRequest
) -> AsyncIterator[Office]:
    """The bot. At the end of a test that passed, nobody may have a message they did not listen to."""
    office = Office(database, clock, plan, messenger)
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
