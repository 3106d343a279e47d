"""When handling fails: tried five times, set aside, told once; and nobody else notices."""

import json
import random

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from storage import dead
from storage.tables import House, Inbox, Visit
from tests.conversations.office import Office, StandingClock
from tests.conversations.phone import Phone
from tests.intake.conftest import Stumbling


def falls_over(word: str):
    def stumbles(update):
        if word in update.get("message", {}).get("text", ""):
            raise KeyError(word)

    return stumbles


async def houses_visited(office: Office) -> list[str]:
    query = select(House).join(Visit, col(Visit.house_id) == col(House.id)).order_by(col(Visit.id))
    async with office.database.reading() as session:
        return [house.label for house in await session.exec(query)]


async def set_aside(office: Office) -> list[dead.Aside]:
    async with office.database.reading() as session:
        return await dead.updates(session)


async def tries_on(office: Office, clock: StandingClock) -> None:
    """Everything that waits for another try gets it."""
    for _ in range(6):
        clock.passes(seconds=3)
        await office.settles()


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_the_fifth_failure_sets_an_update_aside_and_the_chat_goes_on(
    office: Office, clock: StandingClock, dispatcher: Stumbling, lan: Phone, vanhanh: Phone
):
    dispatcher.stumbles = falls_over("666")
    await lan.says("nhà 1 đã cài", "nhà 666 đã cài", "nhà 2 đã cài")
    await tries_on(office, clock)
    one, sorry, two = lan.reads()
    assert "nhà 1," in one
    assert "nhà 2," in two
    [aside] = await set_aside(office)
    assert f"ca số {aside.number}" in sorry
    assert (aside.attempts, aside.error) == (5, "KeyError")
    assert await houses_visited(office) == ["1", "2"]
    await office.delivers()
    assert f"Ca số {aside.number}" in vanhanh.hears_part("KeyError")


async def test_others_in_the_same_batch_are_answered_at_once(
    office: Office, dispatcher: Stumbling, lan: Phone, minh: Phone
):
    dispatcher.stumbles = falls_over("666")
    await office.receives(lan._message({"text": "nhà 666 đã cài"}), minh._message({"text": "nhà 5 đã cài"}))
    minh.hears_part("nhà 5,")
    lan.hears_nothing()
    assert await office.waiting() == {"done": 1, "new": 1}


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_what_was_set_aside_is_handled_after_a_mend_and_its_sender_told_once(
    office: Office, clock: StandingClock, dispatcher: Stumbling, lan: Phone
):
    dispatcher.stumbles = falls_over("666")
    await lan.says("nhà 666 đã cài")
    await tries_on(office, clock)
    lan.hears_part("ca số")
    [aside] = await set_aside(office)
    await office.database.write(lambda session: dead.replay_updates(session, [aside.number]))
    await tries_on(office, clock)
    lan.hears_nothing()  # still broken: no second apology
    dispatcher.stumbles = lambda update: None
    await office.database.write(lambda session: dead.replay_updates(session, [aside.number]))
    await tries_on(office, clock)
    lan.hears_part("Đã ghi nhà 666,")


async def test_a_database_that_refuses_now_and_then_costs_nobody_anything(
    office: Office, clock: StandingClock, dispatcher: Stumbling, lan: Phone, minh: Phone
):
    dice = random.Random(5)

    def stumbles(_):
        if dice.random() < 0.05:
            raise OperationalError("INSERT", {}, Exception("database is locked"))

    dispatcher.stumbles = stumbles
    lines = [f"nhà {number} đã cài" for number in range(1, 13)]
    sent = [phone._message({"text": line}) for line in lines for phone in (lan, minh)]
    await office.intake.store([office.line.arrival(_raw(update)) for update in sent])
    for _ in range(400):
        try:
            while await office.intake.work():
                pass
        except OperationalError:
            continue
        break
    await office.settles()
    assert [text.split(",")[0] for text in lan.reads()] == [f"✅ Đã ghi nhà {number}" for number in range(1, 13)]
    assert len(minh.reads()) == 12
    assert len(await houses_visited(office)) == 24
    async with office.database.reading() as session:
        assert set(await session.exec(select(Inbox.attempts))) == {0}


@pytest.mark.parametrize(
    ("sent", "said"), [("2026-06-10 23:59:59", "2026-06-10"), ("2026-06-11 00:00:00", "2026-06-11")]
)
async def test_a_visit_counts_on_the_day_its_message_was_sent(
    office: Office, clock: StandingClock, lan: Phone, sent: str, said: str
):
    clock.at(sent)
    update = lan._message({"text": "nhà 7 đã cài"})
    clock.at("2026-06-11 00:00:01")
    await office.receives(update)
    lan.hears_part("Đã ghi nhà 7,")
    async with office.database.reading() as session:
        assert str((await session.exec(select(Visit.day))).one()) == said


async def test_a_late_answer_says_when_its_message_was_sent(office: Office, clock: StandingClock, lan: Phone):
    clock.at("2026-06-10 08:12:00")
    update = lan._message({"text": "nhà 7 đã cài"})
    clock.passes(minutes=11)
    await office.receives(update)
    lan.hears_part("(Tin bạn gửi lúc 08:12 ngày 10/06)", "Đã ghi nhà 7,")


def _raw(update):
    return json.dumps(update).encode()
