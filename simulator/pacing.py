"""Strict pacing, off by default: who sends faster than Telegram allows is refused for a while."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from simulator.refusals import too_many_requests


@dataclass(slots=True)
class _Bucket:
    rate: float
    burst: float
    level: float = 0.0
    at: float = 0.0

    def overflows(self, now: float) -> bool:
        self.level = max(self.level - (now - self.at) * self.rate, 0.0)
        self.at = now
        if self.level + 1 > self.burst:
            return True
        self.level += 1
        return False


@dataclass(slots=True)
class Pacing:
    """Messages a second over all chats and per chat, with the bursts forgiven; a violation blocks for `block` seconds.

    The overall limit blocks every chat, the limit of one chat only that chat. `clock` tells seconds.
    """

    overall: float = 30.0
    overall_burst: float = 30.0
    per_chat: float = 1.0
    chat_burst: float = 5.0
    block: float = 5.0
    clock: Callable[[], float] = monotonic
    _everyone: _Bucket = field(init=False)
    _chats: dict[int, _Bucket] = field(default_factory=dict)
    _blocked: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._everyone = _Bucket(self.overall, self.overall_burst)

    def admit(self, chat_id: int) -> None:
        """Counts one message to a chat. Raises Refused (429) when it comes too fast."""
        now = self.clock()
        free_at = max(self._blocked.get(0, 0.0), self._blocked.get(chat_id, 0.0))
        if free_at > now:
            raise too_many_requests(math.ceil(free_at - now))
        chat = self._chats.setdefault(chat_id, _Bucket(self.per_chat, self.chat_burst))
        for bucket, key in ((chat, chat_id), (self._everyone, 0)):
            if bucket.overflows(now):
                self._blocked[key] = now + self.block
                raise too_many_requests(math.ceil(self.block))
