"""Pushing updates to a bot's webhook: in order per chat, chats side by side, again until the bot says 2xx."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import time
from typing import Any

import aiohttp

from simulator.updates import Update, UpdateQueue, conversation_of

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
Answered = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(slots=True)
class Retrying:
    """Seconds: the first pause after a failure, the longest one (pauses double), and how long an answer may take."""

    first: float = 0.2
    longest: float = 10.0
    answer_within: float = 30.0


class Webhook:
    """One bot's webhook while it is set. `answered` gets a JSON answer that names a method, as Telegram allows."""

    def __init__(self, queue: UpdateQueue, retrying: Retrying, answered: Answered) -> None:
        self.url = ""
        self.secret = ""
        self.max_connections = 40
        self.last_error: tuple[int, str] | None = None
        self._queue, self._retrying, self._answered = queue, retrying, answered
        self._lanes: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(40)

    async def set(self, url: str, secret: str, max_connections: int) -> None:
        await self.remove()
        self.url, self.secret, self.max_connections = url, secret, max_connections
        self.last_error = None
        self._slots = asyncio.Semaphore(max_connections)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=max_connections),
            timeout=aiohttp.ClientTimeout(total=self._retrying.answer_within),
        )
        for update in list(self._queue.pending.values()):
            self.push(update)

    async def remove(self) -> None:
        """Stops pushing; what was not accepted stays in the queue for getUpdates."""
        self.url = ""
        self._lanes.clear()
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None

    def push(self, update: Update) -> None:
        lane = conversation_of(update)
        if lane in self._lanes:
            self._lanes[lane].append(update)
            return
        self._lanes[lane] = deque([update])
        task = asyncio.get_running_loop().create_task(self._deliver(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, lane: int) -> None:
        updates = self._lanes[lane]
        pause = self._retrying.first
        while updates:
            async with self._slots:
                error = await self._post(updates[0])
            if error is None:
                self._queue.confirm(updates.popleft()["update_id"])
                pause = self._retrying.first
                continue
            self.last_error = (int(time()), error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, self._retrying.longest)
        if self._lanes.get(lane) is updates:
            del self._lanes[lane]

    async def _post(self, update: Update) -> str | None:
        """None when the bot accepted it, else the words getWebhookInfo shows."""
        if self._session is None:
            return "Connection closed"  # the webhook was taken away meanwhile
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        try:
            async with self._session.post(self.url, json=update, headers=headers) as answer:
                body = await answer.read()
                if not 200 <= answer.status < 300:
                    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except aiohttp.ClientError as error:
            return f"Connection closed: {error}"
        await self._heed(body)
        return None

    async def _heed(self, body: bytes) -> None:
        if b'"method"' not in body:
            return
        try:
            call = json.loads(body)
        except ValueError:
            return
        if isinstance(call, dict):
            await self._answered(call)
