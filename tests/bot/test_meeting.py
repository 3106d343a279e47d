"""A token that its messenger does not know: at a first start, and at a later one beside bots that are fine."""

from dataclasses import dataclass, field

import pytest

from bot.channels import WrongToken
from bot.channels.standing import Standing
from bot.meeting import meet
from storage.database import Database
from storage.tables import Chat


@dataclass
class Channel:
    bot_key: str
    standing: Standing = field(default_factory=Standing)


@dataclass
class Line:
    channel: Channel
    is_known: bool

    async def meet(self) -> None:
        if not self.is_known:
            raise WrongToken("TU_KY_TOKEN")


@pytest.fixture
async def served(sqlite_database: Database) -> Database:
    """Somebody has written to bot 1 and to bot 2."""

    async def wrote(session):
        for n in (1, 2):
            session.add(Chat(key=f"telegram:{n}:9", platform="telegram", bot_key=f"telegram:{n}", external_id="9"))

    await sqlite_database.write(wrote)
    return sqlite_database


def lines(*known: bool) -> list[Line]:
    return [Line(Channel(f"telegram:{n}"), is_known) for n, is_known in enumerate(known, 1)]


async def test_a_bot_that_has_served_is_silent_alone(served: Database):
    ours = lines(True, False)
    await meet(served, ours)
    assert [line.channel.standing.token_refused for line in ours] == [False, True]


@pytest.mark.parametrize("known", [(False,), (False, False), (True, True, False), (False, True, False)])
async def test_a_wrong_token_stops_the_start(served: Database, known: tuple[bool, ...]):
    """The third bot has never served anybody: that is a slip of today."""
    with pytest.raises(WrongToken, match="TU_KY_TOKEN"):
        await meet(served, lines(*known))
