"""Long polling, one poller a bot: an event is stored before the next is asked for, whatever habit the server has."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable

from bot.channels.standing import Standing
from bot.channels.zalo.client import QuotaUsed, WrongToken, ZaloClient
from storage.inbox import Arrival

log = logging.getLogger(__name__)
POLL_SECONDS = 30
FLOOR = 1.0  # between the starts of two polls: a server that replays answers at once, for ever
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0


class Poller:
    """Fetches events and stores them; one that could not be stored is kept in hand, the server may not repeat it."""

    def __init__(
        self,
        client: ZaloClient,
        arrival: Callable[[bytes], Arrival],
        store: Callable[[list[Arrival]], Awaitable[None]],
        *,
        floor: float = FLOOR,
        standing: Standing | None = None,
    ) -> None:
        self._client, self._arrival, self._store, self._floor = client, arrival, store, floor
        self._in_hand: list[Arrival] = []
        self._standing = standing or Standing()

    async def run(self) -> None:
        """Poll until cancelled; trouble is waited out, longer each time, a minute at most."""
        self._standing.polling_begins()
        try:
            await self._for_ever()
        finally:
            self._standing.polling_ends()

    async def _for_ever(self) -> None:
        wait = _FIRST_WAIT
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                await self._once()
                wait = _FIRST_WAIT
                await asyncio.sleep(max(began + self._floor - loop.time(), 0))
            except Exception as error:
                wait = _LONGEST_WAIT if isinstance(error, (WrongToken, QuotaUsed)) else wait
                self._standing.token_refused |= isinstance(error, WrongToken)
                log.warning("polling failed (%s), again in %.0f s", _reason(error), wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, _LONGEST_WAIT)

    async def _once(self) -> None:
        if not self._in_hand:
            events = await self._client.get_updates(POLL_SECONDS)
            self._standing.poll_answered()
            self._in_hand = [self._arrival(json.dumps(event).encode()) for event in events]
        if self._in_hand:
            await self._store(self._in_hand)
            self._in_hand = []


def _reason(error: Exception) -> str:
    code = getattr(error, "code", None)
    if code == 400:
        return "400: a webhook is set"
    return f"the server said {code}" if code else type(error).__name__
