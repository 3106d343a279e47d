"""From the inbox through one transaction to the answer: effects exactly once, order per chat, nothing lost.

Updates that wait together are handled in one transaction, each chat's in order. If one of them fails, all of it is
rolled back and each is tried in a transaction of its own, so the fault is counted against the right update.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any

from aiogram import Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import beside
from bot.answers import Answer, Answers
from bot.channels import Channel, Letter, external_id
from bot.dialogue import present
from bot.offered import Offered
from handlers import unheard
from rules.clock import Clock, day_in_vietnam
from rules.plan import Plan
from rules.refusals import Refusal
from rules.reply import Reply, to_json
from rules.roles import Role
from storage import bots, inbox, outbox, people
from storage.database import Database, is_passing
from storage.inbox import Arrival, Waiting
from storage.tables import Chat, Inbox
from texts import bots as bot_texts
from texts import refusals, troubles

log = logging.getLogger(__name__)
BATCH = 64
ROUND_SECONDS = 0.06  # a longer round would keep the first in it waiting for the last, and lose more to a crash
FEWEST, LONGEST_ROUND = 8, 0.25  # on a busy machine: what surrounds a round costs as much as three updates
LATE = timedelta(minutes=10)
_FIRST_WAIT = 0.05


@dataclass
class Fault(Exception):
    """One update could not be handled; `cause` says why."""

    seq: int
    chat_key: str
    cause: Exception


@dataclass(frozen=True, slots=True)
class _Said:
    """An answer: its row for the outbox, and what it says."""

    row: dict[str, Any]
    letter: Letter


class Intake:
    """Stores what channels receive, and turns it into effects and answers."""

    def __init__(
        self,
        database: Database,
        dispatcher: Dispatcher,
        channels: Mapping[str, Channel],
        plans: Mapping[str, Plan],
        answers: Answers,
        clock: Clock,
    ) -> None:
        self._database, self._dispatcher, self._channels = database, dispatcher, channels
        self._plans, self._answers, self._clock = plans, answers, clock
        self.offered = Offered()
        self._work = asyncio.Event()
        self._stopping = False
        self._alone = 0
        self._pace = BATCH

    async def store(self, arrivals: list[Arrival]) -> None:
        """Keep updates; when this returns they are on disk and may be acknowledged. Raises what the database raises."""
        now = self._clock.now()
        await self._database.write(lambda session: inbox.store(session, arrivals, now))
        self._work.set()

    async def run(self) -> None:
        """Handle what is in the inbox, then what comes, until `stop`."""
        wait = _FIRST_WAIT
        while not self._stopping:
            try:
                handled = await self.work()
                wait = _FIRST_WAIT
                if not handled:
                    await self._rest()
            except Exception as error:
                wait = min(wait * 2, 5.0)
                log.warning("the inbox rests for %.1f s: %s", wait, type(error).__name__)
                await asyncio.sleep(wait)

    def wake(self) -> None:
        """Something was put into the inbox without `store`."""
        self._work.set()

    def stop(self) -> None:
        """Take nothing new; what is in hand is finished."""
        self._stopping = True
        self._work.set()

    async def _rest(self) -> None:
        self._work.clear()
        async with self._database.reading() as session:
            wake = await inbox.next_wake(session)
        seconds = (wake - self._clock.now()).total_seconds() if wake else 5.0
        try:
            await asyncio.wait_for(self._work.wait(), min(max(seconds, 0.01), 5.0))
        except TimeoutError:
            return

    async def work(self) -> int:
        """One round: handle what waits now. Returns how many updates were handled."""
        limit = 1 if self._alone else self._pace
        try:
            answers = await self._database.write(lambda session: self._handle(session, limit))
        except Fault as fault:
            return await self._faulted(fault, limit)
        self._alone = max(self._alone - 1, 0)
        for answer in answers:
            if answer:
                self._answers.deliver(answer)
        return len(answers)

    async def _faulted(self, fault: Fault, limit: int) -> int:
        """A batch with a fault is tried again one by one; a single update with one is put off or set aside."""
        if is_passing(fault.cause):
            raise fault.cause
        if limit > 1:
            self._alone = BATCH
            return 1
        log.error("update %d failed", fault.seq, exc_info=fault.cause)
        answers = await self._database.write(lambda session: self._count(session, fault))
        for answer in answers:
            self._answers.deliver(answer)
        return 1

    async def _handle(self, session: AsyncSession, limit: int) -> list[Answer | None]:
        now = self._clock.now()
        rows = await inbox.waiting(session, now, limit, list(self._channels))
        if not rows:
            return []
        chats = await people.chats_for(session, _keys_of(rows), lock=not self._database.is_sqlite)
        if not self._database.is_sqlite:
            fresh = await inbox.still_new(session, [row.seq for row in rows])
            rows = [row for row in rows if row.chat_key in chats and row.seq in fresh]
        with session.no_autoflush:  # or each look-up would first write down where every other chat stands
            replies = await self._round(session, rows, chats, now)
        self._pace = _pace_after(self._pace, len(rows), len(replies))
        handled = rows[: len(replies)]
        await inbox.done(session, [row.seq for row in handled])
        return await self._queue(session, [reply for reply in replies if reply], len(handled))

    async def _round(
        self, session: AsyncSession, rows: Sequence[Waiting], chats: Mapping[str, Chat], now: datetime
    ) -> list[_Said | None]:
        """The first of these updates, at least one, until the round's time is up; an answer (or None) for each."""
        began = monotonic()
        replies: list[_Said | None] = []
        for row in rows:
            replies.append(await self._one(session, row, chats[row.chat_key], now))
            if monotonic() - began > (ROUND_SECONDS if len(replies) >= FEWEST else LONGEST_ROUND):
                break
        return replies

    async def _one(self, session: AsyncSession, row: Waiting, chat: Chat, now: datetime) -> _Said | None:
        """Handle one update inside the transaction; returns its answer. Raises Fault."""
        channel = self._channels.get(row.bot_key)
        if channel is None:
            return None
        try:
            update = channel.update_of(row.raw or b"", chat, row.seq)
            said_at = self._clock.when(_stamp(update) or row.received_at)
            reply = await self._dispatch(session, channel, update, chat, f"u{row.seq}", now, said_at)
            await _write_down(session)
        except Exception as error:
            raise Fault(row.seq, row.chat_key, error) from error
        if reply is None and not channel.tap_of(update):
            return None
        late = now - said_at > LATE
        said = troubles.said_late(reply, said_at) if reply and late else reply or Reply()
        if chat.menu and chat.person_id:
            said = beside.with_aside(said, chat, day_in_vietnam(now))
        channel.remember(said, chat, now)
        self.offered.answered(chat.key, said)
        return _said(row.bot_key, row.chat_key, f"u{row.seq}", said, channel.tap_of(update), now)

    async def _dispatch(
        self,
        session: AsyncSession,
        channel: Channel,
        update: dict[str, Any],
        chat: Chat,
        source: str,
        now: datetime,
        said_at: datetime,
    ) -> Reply | None:
        me = chat.person if chat.person and chat.person.left_at is None else None
        if me and me.campaign not in self._plans:
            return Reply(bot_texts.NOT_RUNNING)
        plan = self._plans[me.campaign] if me else channel.plan
        chat.seen_at = now
        if chat.unreachable_since:
            chat.unreachable_since = None
            await session.flush()
        token = present.set(chat)
        try:
            reply = await self._dispatcher.feed_raw_update(
                channel.bot,
                update,
                session=session,
                chat=chat,
                me=me,
                plan=plan,
                plans=self._plans,
                now=now,
                today=day_in_vietnam(said_at),
                source=source,
                offered=partial(self.offered.to, chat.key),
            )
        except Refusal as refusal:
            unheard.kept_of_answer(session, chat, refusal, now)
            return Reply(refusals.sentence(refusal, plan))
        finally:
            present.reset(token)
        return None if reply is UNHANDLED else reply

    async def _queue(self, session: AsyncSession, replies: list[_Said], handled: int) -> list[Answer | None]:
        await outbox.add(session, [said.row for said in replies])
        keys = [said.row["dedupe_key"] for said in replies]
        ids = await outbox.pending(session, keys)  # what was said before is not said again
        fresh = [(ids[key], said) for key, said in zip(keys, replies, strict=True) if key in ids]
        answers: list[Answer | None] = [Answer(at, said.row["bot_key"], said.letter) for at, said in fresh]
        return answers + [None] * (handled - len(answers))

    async def _count(self, session: AsyncSession, fault: Fault) -> list[Answer]:
        """One failure more; after the fifth the update is set aside, its sender told, the operators alarmed."""
        now = self._clock.now()
        row = await session.get_one(Inbox, fault.seq)
        wait = timedelta(milliseconds=50 * 2**row.attempts)
        tries = await inbox.failed(session, fault.seq, error=type(fault.cause).__name__, next_try=now + wait)
        if tries < inbox.MOST_TRIES:
            return []
        await inbox.set_aside(session, fault.seq)
        await self._alarm(session, fault, row.bot_key, now)
        if row.chat_key.endswith("?"):
            return []
        sorry = Reply(troubles.set_aside(fault.seq))
        said = _said(row.bot_key, row.chat_key, f"u{fault.seq}:dead", sorry, None, now)
        queued = await self._queue(session, [said], 1)
        return [answer for answer in queued if answer]

    async def _alarm(self, session: AsyncSession, fault: Fault, bot_key: str, now: datetime) -> None:
        """The operators of the plans that the bot serves; of all, where the settings do not list it."""
        alarm = Reply(troubles.alarm(fault.seq, type(fault.cause).__name__))
        here = await bots.by_key(session, bot_key)
        for campaign in here.campaigns.split() if here else self._plans:
            for operator in await people.with_roles(session, campaign, [Role.OPERATOR]):
                key = f"dead:{fault.seq}:{operator.id}"
                await outbox.push(session, operator, alarm, key=key, now=now, priority=outbox.URGENT)


def _pace_after(pace: int, read: int, handled: int) -> int:
    """How many updates the next round reads: about what a round gets through, so that little is read in vain.

    Reading 64 with their chats and people for the 25 that fit into a round cost as much as handling three of them.
    """
    if handled < read:
        return handled + handled // 8 + 1
    return min(2 * pace, BATCH) if read == pace else pace


async def _write_down(session: AsyncSession) -> None:
    """What one update did, for the next one to find. Where chats stand goes down once, with the whole batch."""
    if session.new or any(not isinstance(changed, Chat) for changed in session.dirty):
        await session.flush()


def _keys_of(rows: Sequence[Waiting]) -> list[tuple[str, str, str, str]]:
    keys = {row.chat_key: row.bot_key for row in rows}
    return [(key, bot_key.split(":", 1)[0], bot_key, external_id(key)) for key, bot_key in keys.items()]


def _stamp(update: dict[str, Any]) -> datetime | None:
    """When the person sent it, by the messenger's clock; None where the messenger does not say (a button press)."""
    for kind in ("message", "edited_message"):
        message = update.get(kind)
        stamp = (message.get("edit_date") or message.get("date")) if isinstance(message, dict) else None
        if isinstance(stamp, int) and 0 < stamp < 2**33:
            return datetime.fromtimestamp(stamp, UTC)
    return None


def _said(bot_key: str, chat: str, key: str, reply: Reply, tap: dict[str, Any] | None, now: datetime) -> _Said:
    row = {
        "dedupe_key": key,
        "bot_key": bot_key,
        "chat_key": chat,
        "kind": "answer",
        "priority": outbox.ANSWER,
        "body": {"reply": to_json(reply), "tap": tap},
        "status": "pending",
        "attempts": 0,
        "error": "",
        "created_at": now,
    }
    return _Said(row, Letter(chat, external_id(chat), reply, tap))
