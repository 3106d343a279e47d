"""Every call a Zalo bot made, in order, for tests and benchmarks to read."""

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(slots=True)
class ZaloCall:
    """One call. `at` is `time.monotonic()` seconds; `outcome` "ok", the refusal, or the fault that struck.

    A fault that struck after the effect leaves "ok" in front ("ok 502_after").
    """

    number: int
    at: float
    bot: str
    method: str
    params: dict[str, Any]
    outcome: str = "ok"
    message_id: str | None = None

    @property
    def ok(self) -> bool:
        """Whether it took effect, also when the answer was lost."""
        return self.outcome.startswith("ok")

    @property
    def chat_id(self) -> str:
        return str(self.params.get("chat_id", ""))

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ok": self.ok}


class ZaloJournal:
    """The last `keep` calls; `counted` goes on counting the ones that were let go."""

    def __init__(self, keep: int = 200_000) -> None:
        self._calls: deque[ZaloCall] = deque(maxlen=keep)
        self.counted = 0

    def write(self, at: float, bot: str, method: str) -> ZaloCall:
        self.counted += 1
        call = ZaloCall(self.counted, at, bot, method, {})
        self._calls.append(call)
        return call

    def of(self, method: str | None = None, *, chat_id: str | None = None, ok: bool | None = None) -> list[ZaloCall]:
        """Calls of `method`, to `chat_id`, accepted or refused; all by default."""
        return [
            call
            for call in self._calls
            if (method is None or call.method == method)
            and (chat_id is None or call.chat_id == chat_id)
            and (ok is None or call.ok == ok)
        ]

    def clear(self) -> None:
        self._calls.clear()

    def __iter__(self) -> Iterator[ZaloCall]:
        return iter(self._calls)

    def __len__(self) -> int:
        return len(self._calls)
