"""A bot's queue of updates, by the rules of getUpdates: an update stays until a higher offset is asked for."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from itertools import islice
from typing import Any

from simulator.refusals import conflict

Update = dict[str, Any]

# https://core.telegram.org/bots/api#getupdates: all but these unless asked for by name
_ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
LONGEST_POLL = 50  # seconds


class UpdateQueue:
    """Updates nobody has confirmed yet, oldest first, and the one poller who may wait for more."""

    def __init__(self, first_id: int) -> None:
        self.pending: OrderedDict[int, Update] = OrderedDict()
        self.confirmed = 0
        self.allowed: frozenset[str] = frozenset()
        self.empty = asyncio.Event()
        self.empty.set()
        self._next_id = first_id
        self._waiting: asyncio.Future[None] | None = None

    def welcomes(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in _ONLY_ON_REQUEST

    def allow(self, kinds: Any) -> None:
        """Sets what later updates are kept; None leaves the earlier choice, an empty list goes back to the default."""
        if isinstance(kinds, list):
            self.allowed = frozenset(map(str, kinds))

    def add(self, content: dict[str, Any]) -> Update:
        """Numbers an update, queues it, and wakes the poller."""
        update = {"update_id": self._next_id, **content}
        self._next_id += 1
        self.pending[update["update_id"]] = update
        self.empty.clear()
        self._wake()
        return update

    def confirm_below(self, offset: int) -> None:
        while self.pending and next(iter(self.pending)) < offset:
            self.pending.popitem(last=False)
            self.confirmed += 1
        self._note_emptiness()

    def keep_newest(self, count: int) -> None:
        """A negative offset: all but the last `count` are forgotten."""
        while len(self.pending) > count:
            self.pending.popitem(last=False)
            self.confirmed += 1
        self._note_emptiness()

    def confirm(self, update_id: int) -> None:
        """One update delivered by webhook, not always the oldest."""
        if self.pending.pop(update_id, None):
            self.confirmed += 1
        self._note_emptiness()

    def first(self, limit: int) -> list[Update]:
        return list(islice(self.pending.values(), limit))

    async def wait(self, seconds: float) -> None:
        """Waits up to `seconds` for an update. Raises Refused (409) when another poller takes over."""
        waiting = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        try:
            await asyncio.wait_for(waiting, seconds)
        except TimeoutError:
            pass
        finally:
            if self._waiting is waiting:
                self._waiting = None

    def end_poll(self, ended_by: str) -> None:
        """Ends a waiting poller with Telegram's 409."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(conflict(f"terminated by {ended_by}"))

    def clear(self) -> None:
        self.pending.clear()
        self.confirmed = 0
        self.empty.set()

    def _note_emptiness(self) -> None:
        if not self.pending:
            self.empty.set()

    def _wake(self) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)


def clipped_limit(limit: int) -> int:
    return limit if 1 <= limit <= 100 else 100


def conversation_of(update: Update) -> int:
    """The chat an update belongs to, for keeping its order; 0 when it has none."""
    for content in _contents(update):
        message = content.get("message", content)
        if isinstance(message, dict) and isinstance(message.get("chat"), dict):
            return int(message["chat"]["id"])
        if isinstance(content.get("from"), dict):
            return int(content["from"]["id"])
    return 0


def _contents(update: Update) -> Iterable[dict[str, Any]]:
    return (content for content in update.values() if isinstance(content, dict))
