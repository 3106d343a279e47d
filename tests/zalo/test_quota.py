"""A plan of 3,000 messages a month: counted both ways, forecast, and what to change."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from bot.answers import Answer
from bot.channels import Letter, SendFailure
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.tally import Tally
from bot.offered import Offered
from bot.pushes import push
from rules import quota
from rules.plan import Plan
from rules.quota import Allowance
from rules.reply import Reply
from rules.roles import Role
from scheduler.delivery import Delivery
from simulator.zalo import TOKEN, ZaloPerson, ZaloSimulator
from storage import bots, message_counts, outbox, people
from storage.database import Database
from storage.message_counts import Counts
from storage.tables import Outbox, Person, ServingBot
from tests.conversations.office import Office, StandingClock
from tests.zalo.office import Talker, ZaloOffice, opened

BOT = "zalo:1459232241454765289"
JUNE_10, JUNE_30, JULY_1 = date(2026, 6, 10), date(2026, 6, 30), date(2026, 7, 1)


async def test_messages_are_counted_per_bot_and_day(database: Database):
    async def job(session):
        await message_counts.add(session, BOT, JUNE_10, incoming=2, outgoing=1)
        await message_counts.add(session, BOT, JUNE_10, outgoing=1)
        await message_counts.add(session, BOT, JUNE_30, outgoing=4)
        await message_counts.add(session, BOT, JULY_1, incoming=1)
        await message_counts.add(session, "zalo:2", JUNE_30, outgoing=7)

    await database.write(job)
    async with database.reading() as session:
        june = await message_counts.of_month(session, BOT, JUNE_30)
        assert june == Counts(incoming=2, outgoing=6)
        assert (june.used(incoming_counts=True), june.used(incoming_counts=False)) == (8, 6)
        assert await message_counts.of_month(session, BOT, JULY_1) == Counts(incoming=1)
        assert await message_counts.of_month(session, BOT, date(2026, 8, 1)) == Counts()
        assert await message_counts.by_day(session, BOT, JUNE_10, JUNE_30) == {
            JUNE_10: Counts(2, 2),
            JUNE_30: Counts(0, 4),
        }
        assert await message_counts.bots(session, "zalo") == [BOT, "zalo:2"]


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
    tally.received(1)
    tally.received(1)  # tried again
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


def _days(per_day: int, first: date, last: date) -> dict[date, int]:
    return {first + timedelta(days=n): per_day for n in range((last - first).days + 1)}


def test_the_day_the_messages_end():
    steady = quota.forecast(_days(100, date(2026, 6, 1), JUNE_10), 3000, JUNE_10)
    assert (steady.used, steady.per_day, steady.month_needs, steady.lasts) == (1000, 100.0, 3000, True)
    fast = quota.forecast(_days(150, date(2026, 6, 1), JUNE_10), 3000, JUNE_10)
    assert (fast.per_day, fast.month_needs, fast.ends_on) == (150.0, 4500, date(2026, 6, 21))
    assert quota.forecast({JUNE_10: 3000}, 3000, JUNE_10).ends_on == JUNE_10
    assert quota.forecast({}, 3000, JUNE_30).lasts


def test_the_pace_is_that_of_the_last_seven_whole_days():
    days = _days(10, date(2026, 6, 1), date(2026, 6, 2)) | _days(70, date(2026, 6, 3), date(2026, 6, 9)) | {JUNE_10: 5}
    assert quota.pace(days, JUNE_10) == 70.0
    assert quota.pace({date(2026, 6, 8): 60, JUNE_10: 500}, JUNE_10) == 30.0
    assert quota.pace({JUNE_10: 40}, JUNE_10) == 40.0
    assert quota.pace({}, JUNE_10) == 0.0


def test_last_months_days_set_the_pace_and_use_nothing_up():
    days = _days(200, date(2026, 5, 20), date(2026, 5, 31))
    assert quota.forecast(days, 3000, date(2026, 6, 1)).ends_on == date(2026, 6, 16)
    assert quota.forecast(days, 3000, date(2026, 6, 1)).used == 0


@given(st.integers(1, 900), st.integers(1, 30), st.integers(100, 9000))
def test_a_steady_pace_ends_on_the_day_that_is_forecast(per_day: int, known: int, limit: int):
    today = date(2026, 6, known)
    said = quota.forecast(_days(per_day, date(2026, 6, 1), today), limit, today)
    ending = next((date(2026, 6, n) for n in range(1, 31) if n * per_day > limit), None)
    if per_day * known > limit:
        assert said.ends_on == today
    elif per_day * known < limit:
        assert said.ends_on == ending


def test_thanks_are_sent_while_the_month_lasts_to_where_digests_are_held():
    """At 95 a day 2,850 of 3,000 go in June, which is where digests begin to wait."""
    steady = {JUNE_10.replace(day=day): 95 for day in range(1, 10)}
    assert quota.room(steady, 3000, JUNE_10) == "plenty"
    assert quota.room(steady, 3000, JUNE_10, more=96) == "some"
    assert quota.room(dict.fromkeys(steady, 96), 3000, JUNE_10) == "some"
    assert quota.room({JUNE_10: 2850}, 3000, JUNE_10) == "none"
    assert quota.room({JUNE_30: 2849}, 3000, JUNE_30) == "plenty"


def test_what_to_change():
    about = {"people": 40, "households": 300, "readers": 5, "days": 10}
    fine = quota.forecast(_days(50, date(2026, 6, 1), JUNE_10), 3000, JUNE_10)
    assert quota.proposals(fine, **about) == []
    assert quota.proposals(fine, **about | {"people": 60}) == ["another bot"]
    short = quota.forecast(_days(200, date(2026, 6, 1), JUNE_10), 3000, JUNE_10)
    assert quota.proposals(short, **about) == ["one line", "pasted lists", "another bot"]
    assert quota.proposals(short, **about | {"households": 900}) == ["pasted lists", "another bot"]
    assert "fewer digests" in quota.proposals(short, **about | {"readers": 45})
    flood = quota.forecast(_days(900, date(2026, 6, 1), date(2026, 6, 3)), 3000, date(2026, 6, 3))
    assert quota.proposals(flood, **about)[-1] == "paid plan"


def test_how_many_one_bot_serves():
    """15 households a day on 30 days, 5 readers of the digest: the table of the README."""
    out = Allowance(incoming_counts=False)
    served = {
        style: (quota.volunteers(style, out, readers=5), quota.volunteers(style, readers=5)) for style in quota.STYLES
    }
    assert served == {"taps": (2, 1), "one line": (6, 3), "lines together": (31, 5), "pasted list": (45, 45)}
    assert quota.bots_needed(7000, 120) == 3


def test_the_month_is_vietnams():
    clock = StandingClock()
    clock.move(datetime(2026, 6, 30, 17, 30, tzinfo=UTC))
    assert Tally(None, BOT, clock)._day() == JULY_1  # type: ignore[arg-type]


async def _used(channel: ZaloChannel, database: Database, outgoing: int) -> None:
    await database.write(lambda session: message_counts.add(session, channel.bot_key, JUNE_10, outgoing=outgoing))


async def test_notices_wait_at_95_percent_and_what_presses_goes(
    sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, sqlite_database: Database, plan: Plan, clock: StandingClock
):
    channel = ZaloChannel(TOKEN, sim.url, plan, sqlite_database, clock=clock)
    key = f"{channel.bot_key}:{lan_chat}"
    notice = Letter(key, lan_chat, Reply("Bản tin"), pressing=False)
    await _used(channel, sqlite_database, 2849)
    await channel.push(notice)  # the 2,850th
    with pytest.raises(SendFailure, match="held") as held:
        await channel.push(notice)
    assert (held.value.retry_after, held.value.stop) == (3600.0, True)
    clock.move(datetime(2026, 6, 10, 14, 30, tzinfo=UTC))  # 21:30: not before the quiet hours end
    with pytest.raises(SendFailure) as at_night:
        await channel.push(notice)
    assert clock.now() + timedelta(seconds=at_night.value.retry_after or 0) == datetime(2026, 6, 10, 23, 30, tzinfo=UTC)
    await channel.push(Letter(key, lan_chat, Reply("Nhắc hạn"), pressing=True))
    await channel.answer(Letter(key, lan_chat, Reply("Đã ghi"), pressing=False))
    assert [bubble.text for bubble in await lan.hears(timeout=30)] == ["Bản tin", "Nhắc hạn", "Đã ghi"]
    clock.move(datetime(2026, 7, 1, 1, tzinfo=UTC))
    await channel.push(notice)
    await channel.close()


async def test_digests_and_notices_are_what_waits(sqlite_database: Database):
    rows = {
        priority: Outbox(dedupe_key="k", bot_key="b", chat_key="zalo:1:lan", kind="push", priority=priority,
                         body={"reply": {"text": "", "choices": [], "picture": None, "in_place": False, "toast": ""}})
        for priority in (outbox.URGENT, outbox.ANSWER, outbox.REMINDER, outbox.DIGEST, outbox.NOTICE)
    }  # fmt: skip
    pressing = [priority for priority, row in rows.items() if Answer.of(row).letter.pressing]
    assert pressing == [outbox.URGENT, outbox.ANSWER, outbox.REMINDER]


async def test_the_operators_are_told_once_at_80_percent_and_once_when_notices_wait(
    sqlite_database: Database, clock: StandingClock, plan: Plan
):
    async with ZaloSimulator(now=clock.now) as simulator:
        office = ZaloOffice(sqlite_database, clock, plan, simulator)
        async with opened(office):
            await office.joined("Minh", role=Role.OPERATOR)
            await _used(office.channel, sqlite_database, 2400)
            for _ in range(2):
                office.channel.tally.sent()
                await office.channel.tally.write()
            await _used(office.channel, sqlite_database, 500)
            office.channel.tally.sent()
            await office.channel.tally.write()
    async with sqlite_database.reading() as session:
        pushed = list(await session.exec(select(Outbox).where(Outbox.kind == "push").order_by(Outbox.id)))
    said = [row.body["reply"]["text"] for row in pushed]
    assert [("2.40" in text, "2.90" in text, "giữ lại" in text) for text in said] == [
        (True, False, False),
        (False, True, True),
    ]


async def test_who_comes_when_the_bot_is_full_is_sent_to_the_next_one(
    sqlite_database: Database, clock: StandingClock, plan: Plan
):
    async with ZaloSimulator(now=clock.now) as simulator:
        office = ZaloOffice(sqlite_database, clock, plan, simulator)
        async with opened(office):
            await _lists(sqlite_database, office.channel.bot_key, plan, most=1)
            await office.joined("Lan")
            minh = Talker(office.simulator.person("minh", "Minh"), office)
            code = await office.code()
            assert (await minh.asks(code)).startswith("Mình chưa nhận thêm bạn được: bot này đã đủ số người")
            await sqlite_database.write(lambda session: people.leave(session, 1, now=clock.now(), source="test"))
            assert "Đồng ý" in await minh.asks(code)


async def _lists(database: Database, bot_key: str, plan: Plan, most: int) -> None:
    """As a start does: the settings' list of bots, here of one that serves so many people."""
    here = ServingBot(key=bot_key, platform="zalo", campaigns=plan.slug, link="https://bot.example/1", most=most)
    await database.write(lambda session: bots.keep(session, [here]))


async def test_429_at_both_ends_from_the_desk(sqlite_database: Database, clock: StandingClock, plan: Plan):
    """A notice is stopped by a 429, answers go on; it goes out when the month has turned, not at midnight; or before,
    when the operator says so. An operator who has another bot is told."""
    async with ZaloSimulator(now=clock.now) as simulator:
        office = ZaloOffice(sqlite_database, clock, plan, simulator)
        async with opened(office):
            lan = await office.joined("Lan")
            delivery = Delivery(
                sqlite_database, partial(push, {office.channel.bot_key: office.channel}, Offered()), clock
            )
            await _queue_notice(sqlite_database, clock, "Bạn được giao thêm hai nhà.", "n1")
            simulator.misbehave("sendMessage", "429", times=1)
            assert await delivery.deliver_due() == 0
            clock.passes(hours=2)
            assert await delivery.deliver_due() == 0
            assert "Đã ghi nhà 12" in await lan.asks("nhà 12 đã cài 2")
            clock.at("2026-06-30 23:50:00")
            assert await delivery.deliver_due() == 0
            clock.at("2026-07-01 00:30:00")
            assert await delivery.deliver_due() == 0
            clock.at("2026-07-01 06:30:00")
            assert await delivery.deliver_due() == 1
            assert await lan.hears() == "Bạn được giao thêm hai nhà."
            await _queue_notice(sqlite_database, clock, "Bạn được giao thêm một nhà.", "n2")
            simulator.misbehave("sendMessage", "429", times=1)
            assert await delivery.deliver_due() == 0
            await office.channel.resume()
            assert await delivery.deliver_due() == 1
            assert await lan.hears() == "Bạn được giao thêm một nhà."


async def _queue_notice(database: Database, clock: StandingClock, text: str, key: str) -> None:
    async def job(session):
        return await outbox.push(session, await session.get_one(Person, 1), Reply(text), key=key, now=clock.now())

    assert await database.write(job)


async def test_an_operator_with_another_bot_is_told_of_a_429_once_a_month(
    lan_chat: str, sim: ZaloSimulator, sqlite_database: Database, clock: StandingClock, plan: Plan
):
    office = Office(sqlite_database, clock, plan)
    vanhanh = await office.people.joined("Vận hành", Role.OPERATOR, "phường Việt Hoà")
    channel = ZaloChannel(TOKEN, sim.url, plan, sqlite_database, clock=clock)
    letter = Letter(f"{channel.bot_key}:{lan_chat}", lan_chat, Reply("Bản tin"))
    sim.misbehave("sendMessage", "429")
    for _ in range(2):
        with pytest.raises(SendFailure):
            await channel.push(letter)
        with pytest.raises(SendFailure):
            await channel.answer(letter)
    await channel.close()
    await office.delivers()
    vanhanh.hears_part("429", "chỉ trả lời", "gotungnha quota --resume")


async def test_only_what_the_month_held_of_this_bot_is_let_go(database: Database, clock: StandingClock):
    later = clock.now() + timedelta(hours=5)

    def row(key: str, bot_key: str, error: str) -> dict[str, object]:
        return {"dedupe_key": key, "bot_key": bot_key, "chat_key": f"{bot_key}:lan", "kind": "push", "priority": 5,
                "body": {}, "status": "pending", "attempts": 0, "not_before": later, "expires_at": None,
                "error": error, "created_at": clock.now()}  # fmt: skip

    async def job(session):
        await outbox.add(session, [row("a", BOT, "429 used up"), row("b", BOT, "500 away"), row("c", "zalo:2", "429")])
        await message_counts.stop(session, BOT, clock.now())
        assert await message_counts.is_stopped(session, BOT, clock.now())
        assert await message_counts.resume(session, BOT, clock.now()) == 1
        assert not await message_counts.is_stopped(session, BOT, clock.now())

    await database.write(job)
    async with database.reading() as session:
        due = await outbox.due(session, clock.now())
    assert [one.dedupe_key for one in due] == ["a"]
