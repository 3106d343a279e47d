"""Unprompted messages: once, pressing first, not at night, tried again or given up, and never said twice for a note."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from bot.answers import Answer
from bot.channels import SendFailure
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.failures import refused
from rules.clock import VIETNAM
from rules.reply import Reply, from_json, to_json
from scheduler.delivery import Delivery
from simulator import Pacing, TelegramSimulator
from simulator.world import TOKEN
from storage import inbox, outbox, people
from storage.database import Database
from storage.inbox import Arrival
from storage.tables import Chat, Inbox, Outbox, Person
from tests.conversations.office import Office, StandingClock
from tests.conversations.phone import Phone


@dataclass
class Mailbox:
    """Where messages go; `failures` are the refusals to come."""

    said: list[tuple[str, str]] = field(default_factory=list)
    failures: list[SendFailure] = field(default_factory=list)

    async def takes(self, row: Outbox) -> SendFailure | None:
        if self.failures:
            return self.failures.pop(0)
        self.said.append((row.chat_key.split(":")[2], from_json((row.body or {})["reply"]).text))
        return None


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def delivery(office: Office, mailbox: Mailbox) -> Delivery:
    async def ours() -> list[str]:
        return [office.line.bot_key]

    return Delivery(office.database, mailbox.takes, office.clock, ours)


async def queue(office: Office, phone: Phone, text: str, **how) -> bool:
    async def job(session):
        person = await session.get_one(Person, phone.person_id)
        key = how.pop("key", text)
        return await outbox.push(session, person, Reply(text), key=key, now=office.clock.now(), **how)

    return await office.database.write(job)


async def states(office: Office) -> dict[str, int]:
    async with office.database.reading() as session:
        return await outbox.counts(session)


async def test_the_same_key_is_said_once_and_the_pressing_first(
    office: Office, delivery: Delivery, mailbox: Mailbox, lan: Phone
):
    assert await queue(office, lan, "tin 1", key="digest:1")
    assert not await queue(office, lan, "tin 1 nữa", key="digest:1")
    assert await queue(office, lan, "gấp", priority=outbox.URGENT)
    while await delivery.deliver_due():
        pass
    assert [text for _, text in mailbox.said] == ["gấp", "tin 1"]


@pytest.mark.parametrize(
    ("moment", "goes"),
    [("20:59:59", "10 20:59:59"), ("21:00:00", "11 06:30:00"), ("00:00:00", "10 06:30:00"),
     ("06:29:59", "10 06:30:00"), ("06:30:00", "10 06:30:00")],
)  # fmt: skip
def test_quiet_hours_move_and_drop_nothing(moment: str, goes: str):
    then = datetime.fromisoformat(f"2026-06-10 {moment}").replace(tzinfo=VIETNAM)
    assert f"{outbox.after_quiet(then, '21:00', '06:30').astimezone(VIETNAM):%d %H:%M:%S}" == goes


async def test_after_429_it_waits_as_long_as_it_is_told(
    office: Office, clock: StandingClock, delivery: Delivery, mailbox: Mailbox, lan: Phone
):
    await queue(office, lan, "tin 1")
    mailbox.failures = [refused(429, "Too Many Requests", retry_after=40)]
    assert await delivery.deliver_due() == 0
    clock.passes(seconds=39)
    assert await delivery.deliver_due() == 0
    clock.passes(seconds=2)
    assert await delivery.deliver_due() == 1


async def test_who_blocked_us_is_left_alone_until_they_write(
    office: Office, delivery: Delivery, mailbox: Mailbox, lan: Phone
):
    await queue(office, lan, "tin 1")
    mailbox.failures = [refused(403, "Forbidden: bot was blocked by the user")]
    await delivery.deliver_due()
    assert await states(office) == {"failed": 1}
    assert not await queue(office, lan, "tin 2")
    await lan.says("tôi")
    assert await queue(office, lan, "tin 3")
    assert await delivery.deliver_due() == 1


@pytest.mark.parametrize("heard_of_already", [False, True])
async def test_a_chat_that_moved_is_followed(
    office: Office, delivery: Delivery, mailbox: Mailbox, lan: Phone, heard_of_already: bool
):
    new = f"{office.line.bot_key}:-1001"
    if heard_of_already:
        keys = [(new, "telegram", office.line.bot_key, "-1001")]
        await office.database.write(lambda session: people.chats_for(session, keys))
    await queue(office, lan, "tin 1")
    mailbox.failures = [refused(400, "Bad Request: group chat was upgraded", moved_to=-1001)]
    assert await delivery.deliver_due() == 0
    assert await delivery.deliver_due() == 1
    assert mailbox.said == [("-1001", "tin 1")]
    async with office.database.reading() as session:
        assert len((await session.exec(select(Chat).where(Chat.key == new))).all()) == 1


async def test_after_a_day_of_failures_it_goes_on_the_list_of_what_was_given_up(
    office: Office, clock: StandingClock, delivery: Delivery, mailbox: Mailbox, lan: Phone
):
    await queue(office, lan, "tin 1")
    mailbox.failures = [refused(502, "Bad Gateway") for _ in range(40)]
    for _ in range(30):
        await delivery.deliver_due()
        clock.passes(hours=1)
    assert 40 - len(mailbox.failures) == 26  # every hour of the day, and once more to let go
    async with office.database.reading() as session:
        [given_up] = await outbox.given_up(session, clock.now() - timedelta(days=2))
    assert given_up.error == "502 Bad Gateway"


async def test_what_expired_while_we_were_away_is_not_said(
    office: Office, clock: StandingClock, delivery: Delivery, mailbox: Mailbox, lan: Phone
):
    await queue(office, lan, "nhắc", expires_at=clock.now() + timedelta(hours=2))
    clock.passes(hours=3)
    assert await delivery.deliver_due() == 0
    assert mailbox.said == []


async def test_while_the_database_refuses_the_note_nothing_is_said_twice(
    office: Office, delivery: Delivery, mailbox: Mailbox, lan: Phone, monkeypatch: pytest.MonkeyPatch
):
    await queue(office, lan, "tin 1")
    write, refusals = office.database.write, [OperationalError("UPDATE", {}, Exception("database is locked"))]

    async def refuses_once(job):
        if refusals:
            raise refusals.pop()
        return await write(job)

    monkeypatch.setattr(office.database, "write", refuses_once)
    assert await delivery.deliver_due() == 1
    assert await delivery.deliver_due() == 0
    assert len(mailbox.said) == 1
    assert refusals == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_hundred_messages_to_a_strict_telegram_draw_no_429(office: Office):
    now = office.clock.now()
    async with TelegramSimulator(pacing=Pacing()) as telegram:
        channel = TelegramChannel(TOKEN, telegram.url, office.plan, office.database)
        numbers = range(5001, 5101)
        body = {"reply": to_json(Reply("Bản tin (ví dụ)"))}
        about = {"bot_key": channel.bot_key, "kind": "push", "priority": outbox.DIGEST, "body": body,
                 "status": "pending", "attempts": 0, "not_before": now, "error": "", "created_at": now}  # fmt: skip
        rows = [about | {"dedupe_key": f"{n}", "chat_key": f"{channel.bot_key}:{n}"} for n in numbers]
        await office.database.write(lambda session: outbox.add(session, rows))
        for number in numbers:
            telegram.person(number, started=True)

        async def says(row: Outbox) -> None:
            await channel.push(Answer.of(row).letter)

        delivery = Delivery(office.database, says, office.clock)
        while await delivery.deliver_due():
            pass
        await channel.close()
        calls = telegram.calls.of("sendMessage")
    assert [call.outcome for call in calls] == ["ok"] * 100
    assert {call.chat_id for call in calls} == set(numbers)
    assert 99 / 30 < calls[-1].at - calls[0].at < 60  # 3.4 where nothing else is to be done


async def test_a_quiet_month_gives_no_number_away_twice(office: Office, clock: StandingClock, lan: Phone):
    await lan.says("nhà 1 đã cài")
    clock.passes(days=31)
    then = clock.now() - timedelta(days=30)
    await office.database.write(lambda session: inbox.forget(session, raw_before=then, rows_before=then))
    await lan.says("nhà 2 đã cài")
    assert "nhà 2," in lan.reads()[-1]
    async with office.database.reading() as session:
        assert len(set(await session.exec(select(Inbox.seq)))) == 2


async def test_jobs_side_by_side_lose_nothing_and_a_failing_one_harms_no_neighbour(database: Database):
    arrival = Arrival("b", "1", "c", 0, b"")
    now = datetime(2026, 6, 10, tzinfo=VIETNAM)
    await database.write(lambda session: inbox.store(session, [arrival], now))

    async def count(session):
        row = (await session.exec(select(Inbox))).one()
        row.attempts += 1
        session.add(row)

    async def fails(session):
        await count(session)
        await session.flush()
        raise KeyError

    async def worker():
        for number in range(400):
            if number % 50 == 0:
                with pytest.raises(KeyError):
                    await database.write(fails)
            await database.write(count)

    await asyncio.gather(*(worker() for _ in range(4)))
    async with database.reading() as session:
        assert (await session.exec(select(Inbox.attempts))).one() == 1600
