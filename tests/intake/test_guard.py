"""A token refused while the bot runs: told once, through whoever still works, and over when it is good again."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot import guard as guards
from bot.channels.standing import Standing
from bot.guard import Guard
from rules.roles import Role
from tests.conversations.office import Office
from tests.conversations.phone import Phone
from texts import troubles

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@dataclass
class Bot:
    """One bot as the guard sees it; `is_known` is what its messenger would say of the token now."""

    platform: str
    bot_key: str
    is_known: bool = True
    asked: int = 0
    standing: Standing = field(default_factory=Standing)

    async def recheck(self) -> None:
        self.asked += 1
        self.standing.token_refused = not self.is_known

    def is_refused(self) -> None:
        self.is_known, self.standing.token_refused = False, True


class Watchman:
    """The guard over both bots of the office, its own minutes passing at will."""

    def __init__(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        self.office, self.now = office, 1000.0
        self.bots = {line.bot_key: Bot(name, line.bot_key) for name, line in office.lines.items()}
        monkeypatch.setattr(guards, "monotonic", lambda: self.now)
        self.starts()

    def starts(self) -> None:
        self.guard = Guard(self.office.database, [self.office.plan.slug], self.bots, self.office.clock)

    def __getitem__(self, platform: str) -> Bot:
        return next(bot for bot in self.bots.values() if bot.platform == platform)

    async def looks(self) -> None:
        """A minute later."""
        self.now += guards.ASK_AGAIN
        self.office.clock.passes(minutes=1)
        await self.guard.look()
        await self.office.delivers()


@pytest.fixture
def watchman(office: Office, monkeypatch: pytest.MonkeyPatch) -> Watchman:
    return Watchman(office, monkeypatch)


async def operator(office: Office, messenger: str) -> Phone:
    office.line = office.lines[messenger]
    return await office.people.joined("Vận hành", Role.OPERATOR, "phường Việt Hoà")


@pytest.mark.parametrize(("broken", "working"), [("zalo", "telegram"), ("telegram", "zalo")])
async def test_the_operator_is_told_once_by_the_other_bot(
    office: Office, watchman: Watchman, broken: str, working: str
):
    vanhanh = await operator(office, working)
    watchman[broken].is_refused()
    await watchman.looks()
    key = watchman[broken].bot_key.partition(":")[2]
    vanhanh.hears(troubles.token_refused(broken, key))
    for _ in range(3):
        await watchman.looks()
    watchman.starts()  # a restart repeats nothing
    await watchman.looks()
    vanhanh.hears_nothing()
    assert watchman[broken].asked == 5
    assert watchman[working].asked == 0


def test_what_is_said_says_what_to_do(office: Office):
    said = troubles.token_refused("zalo", "145")
    for part in ("Zalo không nhận token của bot 145", "401", "Zalo Bot Manager", ".env", "khởi động lại", "check"):
        assert part in said


async def test_it_is_over_when_the_token_is_good_again_and_a_second_time_is_told_anew(
    office: Office, watchman: Watchman
):
    vanhanh = await operator(office, "telegram")
    watchman["zalo"].is_refused()
    await watchman.looks()
    watchman["zalo"].is_known = True
    for _ in range(2):
        await watchman.looks()
    assert not watchman["zalo"].standing.token_refused
    assert len(vanhanh.reads()) == 1
    watchman["zalo"].is_refused()
    await watchman.looks()
    vanhanh.hears_part("Zalo không nhận token")


async def test_a_slip_of_the_messenger_alarms_nobody(office: Office, watchman: Watchman):
    vanhanh = await operator(office, "telegram")
    watchman["zalo"].standing.token_refused = True  # one 401; asked again, the token is known
    await watchman.looks()
    vanhanh.hears_nothing()


async def test_who_has_only_the_broken_bot_is_told_by_nobody_and_then_when_another_works(
    office: Office, watchman: Watchman
):
    on_zalo = await operator(office, "zalo")
    watchman["zalo"].is_refused()
    await watchman.looks()
    on_zalo.hears_nothing()
    on_telegram = await operator(office, "telegram")
    await watchman.looks()
    on_telegram.hears_part("Zalo không nhận token")
    on_zalo.hears_nothing()


async def test_it_asks_once_a_minute_at_most(office: Office, watchman: Watchman):
    watchman["zalo"].is_refused()
    await watchman.looks()
    for _ in range(12):
        watchman.now += 4
        await watchman.guard.look()
        await asyncio.sleep(0)
    assert watchman["zalo"].asked == 1
