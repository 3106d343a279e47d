"""A bot's updates as getUpdates hands them out: one a call, with no offset and no acknowledgement."""

import asyncio
from collections import deque
from time import monotonic
from typing import Any, Literal

Event = dict[str, Any]
Habit = Literal["consume", "replay"]


class EventQueue:
    """Observers contradict each other, so there are both habits.

    "consume": an update is gone as soon as an answer carried it; two pollers split them. "replay": it comes back on
    every poll, at once, until the server is restarted. With `lost_after` seconds, what arrives when nobody has polled
    for that long is lost.
    """

    def __init__(self, habit: Habit = "consume", lost_after: float | None = None) -> None:
        self.habit, self.lost_after = habit, lost_after
        self.lost = 0
        self.empty = asyncio.Event()
        self.empty.set()
        self._new: deque[Event] = deque()
        self._given: deque[Event] = deque()
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._polled_at = monotonic()

    def add(self, event: Event) -> None:
        if self.lost_after is not None and not self._waiting and monotonic() - self._polled_at > self.lost_after:
            self.lost += 1
            return
        self._new.append(event)
        self.empty.clear()
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(None)
                break

    async def next(self, seconds: float) -> Event | None:
        """The next update, waiting up to `seconds`; None when there is none."""
        until = monotonic() + seconds
        while not self._new and not (self.habit == "replay" and self._given) and (left := until - monotonic()) > 0:
            await self._wait(left)
        self._polled_at = monotonic()
        return self._take()

    def _take(self) -> Event | None:
        if self._new:
            event = self._new.popleft()
            if self.habit == "replay":
                self._given.append(event)
        elif self.habit == "replay" and self._given:
            self._given.rotate(-1)
            event = self._given[-1]
        else:
            return None
        if not self._new:
            self.empty.set()
        return event

    async def _wait(self, seconds: float) -> None:
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        try:
            await asyncio.wait_for(waiting, seconds)
        except TimeoutError:
            pass
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)

    def restart(self) -> None:
        """As after a restart of their server: nothing is replayed any more."""
        self._given.clear()

    def wake(self) -> None:
        """Ends every waiting poll."""
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)

    def clear(self) -> None:
        self._new.clear()
        self._given.clear()
        self.empty.set()

    def __len__(self) -> int:
        return len(self._new)
