"""A plan of 3,000 messages a month: counted both ways, forecast, and what to change."""

from datetime import UTC, date, datetime

import pytest

from bot.channels import Letter
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.tally import Tally
from rules import quota
from rules.plan import Plan
from rules.reply import Reply
from simulator.zalo import TOKEN, ZaloPerson, ZaloSimulator
from storage import message_counts
from storage.database import Database
from storage.message_counts import Counts
from tests.conversations.office import StandingClock

BOT = "zalo:1459232241454765289"
JUNE_10, JUNE_30, JULY_1 = date(2026, 6, 10), date(2026, 6, 30), date(2026, 7, 1)


async def test_messages_are_counted_per_bot_and_month(database: Database):
    async def job(session):
        await message_counts.add(session, BOT, JUNE_10, incoming=2, outgoing=1)
        await message_counts.add(session, BOT, JUNE_30, outgoing=4)
        await message_counts.add(session, BOT, JULY_1, incoming=1)
        await message_counts.add(session, "zalo:2", JUNE_30, outgoing=7)

    await database.write(job)
    async with database.reading() as session:
        june = await message_counts.of_month(session, BOT, JUNE_10)
        assert june == Counts(incoming=2, outgoing=5)
        assert (june.used(incoming_counts=True), june.used(incoming_counts=False)) == (7, 5)
        assert await message_counts.of_month(session, BOT, JULY_1) == Counts(incoming=1)
        assert await message_counts.of_month(session, BOT, date(2026, 8, 1)) == Counts()
        assert await message_counts.bots_of_month(session, JUNE_10) == {BOT: june, "zalo:2": Counts(0, 7)}


async def test_the_channel_counts_every_part_it_sends_and_what_it_reads(
    sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, sqlite_database: Database, plan: Plan, clock: StandingClock
):
    channel = ZaloChannel(TOKEN, sim.url, plan, sqlite_database, clock=clock)
    key = f"{channel.bot_key}:{lan_chat}"
    await channel.answer(Letter(key, lan_chat, Reply("chữ " * 600)))
    assert await channel.tally.of_month() == Counts(outgoing=2)
    sim.misbehave("sendMessage", "403", times=1)
    with pytest.raises(Exception, match="403"):
        await channel.push(Letter(key, lan_chat, Reply("Bản tin")))
    await channel.push(Letter(key, lan_chat, Reply("Bản tin")))
    await channel.close()
    async with sqlite_database.reading() as session:
        assert await message_counts.of_month(session, channel.bot_key, JUNE_10) == Counts(outgoing=3)
    assert sim.bot.left == 3000 - 3


async def test_what_cannot_be_written_is_not_forgotten(sqlite_database: Database, clock: StandingClock):
    class Refusing:
        refused = 0

        async def write(self, job):
            if not self.refused:
                self.refused += 1
                raise OSError("disk full")
            return await sqlite_database.write(job)

    tally = Tally(Refusing(), BOT, clock)  # type: ignore[arg-type]
    tally.received()
    await tally.write()
    tally.sent()
    await tally.close()
    async with sqlite_database.reading() as session:
        assert await message_counts.of_month(session, BOT, JUNE_10) == Counts(1, 1)


@pytest.mark.parametrize(
    ("used", "stage"), [(0, "free"), (2399, "free"), (2400, "warn"), (2849, "warn"), (2850, "hold"), (3000, "over")]
)
def test_stages(used: int, stage: str):
    assert quota.stage(used, 3000) == stage


def test_the_day_the_messages_end():
    steady = quota.forecast(1000, 3000, JUNE_10)
    assert (steady.per_day, steady.month_needs, steady.lasts) == (100.0, 3000, True)
    fast = quota.forecast(1500, 3000, JUNE_10)
    assert (fast.per_day, fast.month_needs, fast.ends_on) == (150.0, 4500, date(2026, 6, 21))
    assert quota.forecast(3000, 3000, JUNE_10).ends_on == JUNE_10
    assert quota.forecast(0, 3000, JUNE_30).lasts
    late = quota.forecast(300, 3000, JUNE_10, since=date(2026, 6, 9))
    assert (late.per_day, late.month_needs, late.ends_on) == (150.0, 3300, date(2026, 6, 29))


def test_the_day_is_the_first_on_which_a_message_fails():
    month = quota.forecast(1300, 3000, JUNE_10)  # 130 a day: 1700 more are 13 days and a bit
    assert month.ends_on == date(2026, 6, 24)


def test_what_to_change():
    fine = quota.forecast(500, 3000, JUNE_10)
    assert quota.proposals(fine, people=40, households=200, digests=10) == []
    assert quota.proposals(fine, people=60, households=200, digests=10) == ["another bot"]
    talkative = quota.forecast(2000, 3000, JUNE_10)
    assert quota.proposals(talkative, people=40, households=300, digests=100) == ["one line", "another bot"]
    short = quota.forecast(2000, 3000, JUNE_10)
    assert quota.proposals(short, people=40, households=900, digests=100) == ["pasted lists", "another bot"]
    officials = quota.forecast(2000, 3000, JUNE_10)
    assert "fewer digests" in quota.proposals(officials, people=40, households=800, digests=600)
    flood = quota.forecast(9000, 3000, JUNE_10)
    assert quota.proposals(flood, people=40, households=9000, digests=0)[-1] == "paid plan"


def test_how_many_can_be_served():
    """15 households a day on 20 days, 5 officials: the table of the README."""
    about = {"households": 15, "days": 20, "officials": 5}
    served = {
        (style, counts): quota.volunteers(style, incoming_counts=counts, **about)
        for style in quota.STYLES
        for counts in (False, True)
    }
    assert served == {
        ("taps", False): 2, ("taps", True): 1, ("one line", False): 9, ("one line", True): 4,
        ("pasted list", False): 45, ("pasted list", True): 45,
    }  # fmt: skip
    assert quota.volunteers("one line", incoming_counts=False, bots=3, **about) == 29
    assert quota.bots_needed(7000, 120) == 3


def test_the_month_is_vietnams():
    clock = StandingClock()
    clock.move(datetime(2026, 6, 30, 17, 30, tzinfo=UTC))
    assert Tally(None, BOT, clock)._day() == JULY_1  # type: ignore[arg-type]
