"""Whatever a server repeats, replays or turns round: a chat's messages are handled once, in the order first seen."""

import asyncio
import random
from collections import defaultdict
from typing import Any

import pytest
from aiogram.dispatcher.event.bases import UNHANDLED
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from bot.answers import Answers
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.polling import Poller
from bot.intake import Intake
from rules.plan import Plan
from simulator.zalo import TOKEN
from storage import audit
from storage.database import Database
from storage.tables import Audit, Inbox
from tests.conversations.office import StandingClock
from tests.zalo.conftest import until

SEEDS = range(5)
MESSAGES, CHATS, RESTARTS = 24, 3, 3


class Server:
    """Hands out one event a call, in one of the habits observers report; `dice` decide what is repeated or swapped."""

    def __init__(self, dice: random.Random, habit: str, prefix: str) -> None:
        self._dice, self._habit = dice, habit
        self.sent = [self._event(f"{prefix}{number % CHATS}", f"{prefix}m{number}") for number in range(MESSAGES)]
        self._new, self._given = list(self.sent), list[dict[str, Any]]()
        self.order: list[str] = []

    def _event(self, chat: str, key: str) -> dict[str, Any]:
        """Dates are no order: some are missing, some equal, some of yesterday."""
        date = self._dice.choice([{}, {"date": 1750316131602}, {"date": self._dice.randrange(2**41)}])
        who = {"id": chat, "display_name": chat, "is_bot": False}
        about = {"message_id": key, "text": key, "from": who, "chat": {"id": chat, "chat_type": "PRIVATE"}}
        return {"event_name": "message.text.received", "message": about | date}

    async def get_updates(self, seconds: int) -> list[dict[str, Any]]:
        await asyncio.sleep(0)
        repeats = self._given and self._dice.random() < 0.5
        if self._habit == "replay" and repeats:
            return [self._dice.choice(self._given)]
        if not self._new:
            await asyncio.sleep(0.01)
            return [self._given[0]] if self._habit == "replay" else []
        place = self._dice.randrange(min(len(self._new), 3)) if self._dice.random() < 0.3 else 0
        event = self._new.pop(place)
        self.order.append(event["message"]["message_id"])
        self._given.append(event)
        return [{"ok": True, "result": event}] if self._dice.random() < 0.3 else [event]

    @property
    def is_done(self) -> bool:
        return not self._new


class Clerk:
    """In place of the dispatcher: writes down what it handles, in the transaction, and stumbles now and then."""

    def __init__(self, dice: random.Random, clock: StandingClock) -> None:
        self._dice, self._clock = dice, clock
        self._stumbled: dict[str, int] = defaultdict(int)

    async def feed_raw_update(self, _: Any, update: dict[str, Any], *, session: Any, **__: Any) -> Any:
        key = update["message"]["text"]
        audit.note(session, "order", key, now=self._clock.now())
        stumbles = self._dice.random()
        if stumbles < 0.1:
            raise OperationalError("INSERT", {}, Exception("database is locked"))
        if stumbles < 0.25 and self._stumbled[key] < 3:
            self._stumbled[key] += 1
            raise ValueError("a bug")
        return UNHANDLED


async def _lives(
    channel: ZaloChannel, database: Database, clock: StandingClock, plan: Plan, server: Server, dice: random.Random
) -> None:
    """Several lives of the bot on one database, each cut off at some moment; the last one comes to the end."""
    clerk = Clerk(dice, clock)
    for life in range(RESTARTS + 1):
        channels = {channel.bot_key: channel}
        answers = Answers(database, channels, clock)
        intake = Intake(database, clerk, channels, {plan.slug: plan}, answers, clock)  # type: ignore[arg-type]
        poller = Poller(server, channel.arrival, intake.store, floor=0.0)  # type: ignore[arg-type]
        polling = asyncio.create_task(poller.run())
        share = MESSAGES * (life + 1) // (RESTARTS + 1)
        while len(server.order) < share:
            await _works(intake, clock)
            await asyncio.sleep(0)
        if life == RESTARTS:
            await until(lambda: server.is_done)
            await asyncio.sleep(0.1)
            while await _works(intake, clock):
                pass
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await answers.close(1)


async def _works(intake: Intake, clock: StandingClock) -> bool:
    """One round, long enough after the last; whether there was anything to do."""
    clock.passes(seconds=2)
    try:
        return bool(await intake.work())
    except OperationalError:
        return True


@pytest.mark.parametrize("habit", ["consume", "replay"])
async def test_a_chats_messages_are_handled_once_in_the_order_first_seen(
    habit: str, sqlite_database: Database, plan: Plan, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("CRITICAL")
    for seed in SEEDS:
        dice, clock, prefix = random.Random(seed), StandingClock(), f"s{seed}"
        server = Server(dice, habit, prefix)
        channel = ZaloChannel(TOKEN, "http://127.0.0.1:9", plan, sqlite_database, clock=clock)
        await _lives(channel, sqlite_database, clock, plan, server, dice)
        await channel.close()
        seen, handled = await _stored(sqlite_database, prefix), await _handled(sqlite_database, prefix)
        assert sorted(handled) == sorted(seen), f"seed {seed}: not once each"
        for chat in range(CHATS):
            of_chat = {event["message"]["message_id"] for event in server.sent[chat::CHATS]}
            order = [key for key in handled if key in of_chat]
            assert order == [key for key in seen if key in of_chat], f"seed {seed}"
            if habit == "consume":
                assert order == [key for key in server.order if key in set(order)], f"seed {seed}: as it was handed out"
        lost = MESSAGES - len(handled)
        assert 0 <= lost <= (RESTARTS if habit == "consume" else 0), f"seed {seed}: {lost} lost"


async def _stored(database: Database, prefix: str) -> list[str]:
    """What was kept, in the order it first was."""
    async with database.reading() as session:
        query = select(Inbox.update_key).where(col(Inbox.update_key).startswith(f"{prefix}m"))
        return list(await session.exec(query.order_by(col(Inbox.seq))))


async def _handled(database: Database, prefix: str) -> list[str]:
    """What took effect, in the order it did."""
    async with database.reading() as session:
        query = select(Audit.thing).where(Audit.act == "order", col(Audit.thing).startswith(f"{prefix}m"))
        return list(await session.exec(query.order_by(col(Audit.id))))
