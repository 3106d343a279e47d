"""Pushing events to a bot's webhook: flat or wrapped, with probes, duplicates and disorder when asked for."""

import asyncio
import json
import random
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Literal

import aiohttp

SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105
_CALLER = {"User-Agent": "Java/1.8.0_192"}


@dataclass(slots=True)
class Pushing:
    """How events are pushed. `copies` of each; shuffled within `disorder` seconds; `retries` after a failure.

    What the real service does after a failure is not documented: plan for `retries` 0 (lost) and more (duplicates).
    """

    shape: Literal["flat", "wrapped"] = "flat"
    copies: int = 1
    disorder: float = 0.0
    retries: int = 3
    pause: float = 0.2
    answer_within: float = 5.0
    seed: int = 0


@dataclass
class ZaloWebhook:
    """One bot's webhook while it is set. `refused` holds the status (0: no answer) of each push that failed."""

    pushing: Pushing
    url: str = ""
    secret: str = ""
    updated_at: int = 0
    refused: list[int] = field(default_factory=list)
    lost: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _waiting: list[dict[str, Any]] = field(default_factory=list)
    _http: aiohttp.ClientSession | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def set(self, url: str, secret: str, updated_at: int) -> None:
        self.url, self.secret, self.updated_at = url, secret, updated_at

    async def remove(self) -> None:
        """Stops pushing; there is no way to get back what was not accepted."""
        self.url = self.secret = ""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._http:
            await self._http.close()
            self._http = None

    async def settled(self) -> None:
        """Waits until everything was pushed, or given up."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def push(self, event: dict[str, Any]) -> None:
        self._waiting += [event] * self.pushing.copies
        task = asyncio.get_running_loop().create_task(self._deliver())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self) -> None:
        if self.pushing.disorder:
            await asyncio.sleep(self.pushing.disorder)
        async with self._turn:
            events, self._waiting = self._waiting, []
            if self.pushing.disorder:
                random.Random(self.pushing.seed).shuffle(events)
            for event in events:
                await self._insist(event)

    async def _insist(self, event: dict[str, Any]) -> None:
        for _ in range(self.pushing.retries + 1):
            status = await self.post(self._shaped(event), self.secret)
            if 200 <= status < 300:
                return
            self.refused.append(status)
            await asyncio.sleep(self.pushing.pause)
        self.lost += 1

    def _shaped(self, event: dict[str, Any]) -> bytes:
        body = {"ok": True, "result": event} if self.pushing.shape == "wrapped" else event
        return json.dumps(body, ensure_ascii=False).encode()

    async def post(self, body: bytes, secret: str | None) -> int:
        """One call to the webhook, with the right secret, a wrong one or (None) none; its status, 0 for no answer."""
        headers = _CALLER | ({"Content-Type": "application/json"} if body else {})
        if secret is not None:
            headers[SECRET_HEADER] = secret
        try:
            async with self._session().post(self.url, data=body or None, headers=headers) as answer:
                await answer.read()
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return 0

    async def probe(self) -> dict[str, Any]:
        """The empty call that setWebhook and testWebhook make, and what they say of it."""
        began = monotonic()
        status = await self.post(b"", self.secret)
        ok = 200 <= status < 300
        outcome = "webhook.ok" if ok else "webhook.err.timeout" if not status else f"webhook.http.{_kind(status)}"
        latency = round((monotonic() - began) * 1000)
        return {"ok": ok, "status_code": status, "outcome": outcome, "latency_ms": latency, "hint": ""}

    async def look(self) -> int:
        """A GET, as has been seen too; its status."""
        async with self._session().get(self.url, headers=_CALLER) as answer:
            return answer.status

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            timeout = aiohttp.ClientTimeout(total=self.pushing.answer_within)
            self._http = aiohttp.ClientSession(timeout=timeout, skip_auto_headers=("Content-Type",))
        return self._http


def _kind(status: int) -> str:
    return "5xx" if status >= 500 else str(status)
