"""Answers on their way: one at a time to a chat, chats side by side, until each is delivered or given up."""

import asyncio
import logging
from collections import deque
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from bot.channels import Channel, Gathers, Letter, SendFailure, external_id
from rules.clock import Clock
from rules.reply import from_json
from storage import outbox, people
from storage.database import Database, is_passing
from storage.tables import Outbox

log = logging.getLogger(__name__)
_LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A committed answer: its row in the outbox and what it says; `before` it, in the same message, what others say."""

    row_id: int
    bot_key: str
    letter: Letter
    before: tuple["Answer", ...] = ()

    @classmethod
    def of(cls, row: Outbox) -> "Answer":
        body = row.body or {}
        pressing = row.priority <= outbox.REMINDER
        letter = Letter(row.chat_key, external_id(row.chat_key), from_json(body["reply"]), body.get("tap"), pressing)
        return cls(row.id or 0, row.bot_key, letter)

    @property
    def ids(self) -> list[int]:
        """Every row that is settled when this is."""
        return [*(answer.row_id for answer in self.before), self.row_id]

    @property
    def may_wait(self) -> bool:
        return self.letter.reply.may_wait


def bunched(queue: Iterable[Answer]) -> Answer:
    """A chat's next answers to be said together: those that may wait, and the first that may not."""
    taken: list[Answer] = []
    for answer in queue:
        taken.append(answer)
        if not answer.may_wait:
            break
    *before, last = taken
    return replace(last, before=tuple(before))


class Answers:
    """Delivers what intake committed, and at the start what a crash left undelivered."""

    def __init__(self, database: Database, channels: Mapping[str, Channel], clock: Clock) -> None:
        self._database, self._channels, self._clock = database, channels, clock
        self._gathering = {key: channel for key, channel in channels.items() if isinstance(channel, Gathers)}
        self._queues: dict[str, deque[Answer]] = {}
        self._pressed: dict[str, asyncio.Event] = {}
        self._closing = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._sent: list[tuple[list[int], asyncio.Future[None]]] = []
        self._marking: asyncio.Task[None] | None = None

    async def unsaid(self, bots: Sequence[str]) -> set[int]:
        """The answers of these bots that nobody has said yet, whoever holds them."""
        async with self._database.reading() as session:
            return {row.id or 0 for row in await outbox.unanswered(session, bots)}

    async def recover(
        self,
        bots: Sequence[str] | None = None,
        *,
        before: datetime | None = None,
        among: Container[int] | None = None,
    ) -> int:
        """Say again what was committed before a crash and perhaps never arrived. Returns how many answers there were.

        Those of `bots` (None: all of ours), committed `before`, `among` these, that we are not about to say anyway.
        """
        async with self._database.reading() as session:
            rows = await outbox.unanswered(session, list(self._channels) if bots is None else bots)
        in_hand = {row_id for queue in self._queues.values() for answer in queue for row_id in answer.ids}
        rows = [row for row in rows if row.id not in in_hand and (among is None or row.id in among)]
        rows = [row for row in rows if before is None or row.created_at <= before]
        for row in rows:
            self.deliver(Answer.of(row))
        return len(rows)

    def deliver(self, answer: Answer) -> None:
        """Take an answer to its chat's queue; it goes out behind those before it."""
        key = answer.letter.chat_key
        pressed = self._pressed.setdefault(key, asyncio.Event())
        if not answer.may_wait:
            pressed.set()
        if key in self._queues:
            self._queues[key].append(answer)
            return
        self._queues[key] = deque([answer])
        task = asyncio.create_task(self._drain(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, key: str) -> None:
        queue = self._queues[key]
        while queue:
            bunch = await self._bunch(key, queue)
            await self._until_settled(bunch)
            for _ in bunch.ids:
                queue.popleft()
        del self._queues[key], self._pressed[key]

    async def _bunch(self, key: str, queue: deque[Answer]) -> Answer:
        """The next answer; where messages are counted, what confirms waits a moment and goes out as one."""
        channel = self._gathering.get(queue[0].bot_key)
        if channel is None:
            return queue[0]
        if all(answer.may_wait for answer in queue) and not self._closing:
            self._pressed[key].clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._pressed[key].wait(), channel.gathers)
        return bunched(queue)

    async def _until_settled(self, answer: Answer) -> None:
        moves, wait, began = 0, 0.5, self._clock.now()
        while True:
            try:
                await self._say(answer)
                await self._mark_sent(answer.ids)
                return
            except SendFailure as failure:
                if failure.moved_to and moves < outbox.MOST_MOVES:
                    moves += 1
                    answer = await self._follow(answer, failure.moved_to)
                    continue
                if await self._settle_failure(answer, failure, began):
                    return
                wait = min(max(wait * 2, failure.retry_after or 0), max(_LONGEST_WAIT, failure.retry_after or 0))
                await asyncio.sleep(wait)
            except Exception as error:
                if is_passing(error):
                    await asyncio.sleep(wait)
                    continue
                log.exception("an answer failed: %s", type(error).__name__)
                await self._give_up(answer, "a bug, see the log")
                return

    async def _say(self, answer: Answer) -> None:
        gathering = self._gathering.get(answer.bot_key)
        if answer.before and gathering:
            await gathering.answer_together([one.letter for one in (*answer.before, answer)])
        else:
            await self._channels[answer.bot_key].answer(answer.letter)

    async def _follow(self, answer: Answer, external_id: str) -> Answer:
        """The group goes by another id now."""
        old, to_key = answer.letter.chat_key, f"{answer.bot_key}:{external_id}"
        await self._write(partial(people.moved, chat_key=old, to_key=to_key, external_id=external_id))
        return replace(answer, letter=replace(answer.letter, chat_key=to_key, external_id=external_id))

    async def _settle_failure(self, answer: Answer, failure: SendFailure, began: datetime) -> bool:
        """Whether nothing more is to be tried for this answer."""
        now = self._clock.now()
        if failure.gone:
            await self._write(lambda session: people.unreachable(session, answer.letter.chat_key, now))
        if failure.retryable and now - began < outbox.GIVE_UP_AFTER and not failure.moved_to:
            log.warning("an answer waits: %s", failure.why)
            return False
        await self._give_up(answer, failure.why)
        log.warning("an answer was given up: %s", failure.why)
        return True

    async def _give_up(self, answer: Answer, why: str) -> None:
        for row_id in answer.ids:
            await self._write(partial(outbox.give_up, row_id=row_id, error=why))

    async def _write(self, job: Any) -> None:
        """A note about delivery; while the database refuses, it is tried again."""
        while True:
            try:
                await self._database.write(job)
                return
            except Exception as error:
                log.warning("delivery not noted yet (%s)", type(error).__name__)
                await asyncio.sleep(1)

    async def _mark_sent(self, row_ids: list[int]) -> None:
        """Note it, together with others, before the chat's next answer goes: a crash repeats at most one a chat."""
        mark = asyncio.get_running_loop().create_future()
        self._sent.append((row_ids, mark))
        if self._marking is None or self._marking.done():
            self._marking = asyncio.create_task(self._mark_all())
        await mark

    async def _mark_all(self) -> None:
        while self._sent:
            sent, self._sent = self._sent, []
            ids = [row_id for row_ids, _ in sent for row_id in row_ids]
            await self._write(partial(outbox.sent, ids=ids, now=self._clock.now()))
            for _, mark in sent:
                if not mark.done():
                    mark.set_result(None)

    async def close(self, seconds: float) -> None:
        """Finish what is on its way, for at most that long; the rest is said after the next start."""
        self._closing = True
        for pressed in self._pressed.values():
            pressed.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        if self._marking:
            await asyncio.wait({self._marking}, timeout=1)
