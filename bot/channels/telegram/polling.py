"""Long polling of our own: an update is acknowledged only by the call after the one that stored it."""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.channels.standing import Standing
from storage.inbox import Arrival

log = logging.getLogger(__name__)
POLL_SECONDS = 25
MOST_UPDATES = 100
_SLOWEST, _UNKNOWN = 10.0, 60.0  # the second: while the token is refused
_UPDATE_ID = re.compile(rb'"update_id"\s*:\s*(\d{1,18})\b')
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]


class Poller:
    """Fetches updates, stores them, and only then asks for the next ones."""

    def __init__(
        self,
        url: str,
        arrival: Callable[[bytes], Arrival],
        store: Callable[[list[Arrival]], Awaitable[None]],
        standing: Standing | None = None,
    ) -> None:
        self._url, self._arrival, self._store = url, arrival, store
        self._offset: int | None = None
        self._singly = 0
        self._standing = standing or Standing()

    async def run(self) -> None:
        """Poll until cancelled; any trouble is waited out and the same updates asked for again."""
        self._standing.polling_begins()
        try:
            await self._for_ever()
        finally:
            self._standing.polling_ends()

    async def _for_ever(self) -> None:
        wait = 0.0
        timeout = aiohttp.ClientTimeout(total=POLL_SECONDS + 15)
        async with aiohttp.ClientSession(timeout=timeout) as http:
            while True:
                try:
                    await self._once(http)
                    wait = 0.0
                except Exception as error:
                    is_unknown = isinstance(error, PollRefused) and error.code == 401
                    self._standing.token_refused |= is_unknown
                    wait = _UNKNOWN if is_unknown else min(max(wait * 2, 0.2), _SLOWEST)
                    log.warning("polling failed (%s), again in %.1f s", _reason(error), wait)
                    await asyncio.sleep(wait)

    async def _once(self, http: aiohttp.ClientSession) -> None:
        limit = 1 if self._singly else MOST_UPDATES
        params: dict[str, Any] = {"timeout": POLL_SECONDS, "limit": limit, "allowed_updates": ALLOWED}
        if self._offset is not None:
            params["offset"] = self._offset
        async with http.post(self._url, json=params) as response:
            body = await response.read()
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            if response.status != 200 or not await self._kept_unread(body):
                raise
            return
        if not answer.get("ok"):
            raise PollRefused(answer)
        self._standing.poll_answered()
        updates = answer["result"]
        if updates:
            raws = [json.dumps(update).encode() for update in updates]
            await self._store([self._arrival(raw) for raw in raws])
            self._offset = max(int(update["update_id"]) for update in updates if "update_id" in update) + 1
        self._singly = max(self._singly - 1, 0)

    async def _kept_unread(self, body: bytes) -> bool:
        """Updates that no parser reads are asked for one by one; the one at fault is kept as it came, and passed."""
        found = _UPDATE_ID.search(body)
        if found and self._singly:
            await self._store([self._arrival(body)])
            self._offset = int(found[1]) + 1
        elif found:
            self._singly = MOST_UPDATES
        return bool(found)


class PollRefused(Exception):
    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__(f"{answer.get('error_code')}")
        self.code = answer.get("error_code")
        self.retry_after = (answer.get("parameters") or {}).get("retry_after")


def _reason(error: Exception) -> str:
    if isinstance(error, PollRefused):
        if error.code == 409:
            return "409: another program polls this token, or a webhook is set"
        return f"the server said {error.code}"
    return type(error).__name__
