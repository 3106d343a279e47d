"""The journal: every call the server answered, in order, for tests and benchmarks to read."""

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(slots=True)
class Call:
    """One call. `at` is `time.monotonic()` seconds.

    `outcome` is "ok", the code and description of the refusal, or the fault that struck; a fault that struck
    after delivery leaves "ok" in front ("ok 502_after").
    """

    number: int
    at: float
    bot: str
    method: str
    params: dict[str, Any]
    outcome: str = "ok"
    message_id: int | None = None

    @property
    def ok(self) -> bool:
        """Whether it took effect, also when the answer was lost."""
        return self.outcome.startswith("ok")

    @property
    def chat_id(self) -> int | None:
        value = str(self.params.get("chat_id", ""))
        return int(value) if value.lstrip("-").isdigit() else None

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"chat_id": self.chat_id, "ok": self.ok}


class Journal:
    """The last `keep` calls; `counted` goes on counting the ones that were let go."""

    def __init__(self, keep: int = 200_000) -> None:
        self._calls: deque[Call] = deque(maxlen=keep)
        self.counted = 0

    def write(self, at: float, bot: str, method: str, params: dict[str, Any]) -> Call:
        self.counted += 1
        call = Call(self.counted, at, bot, method, params)
        self._calls.append(call)
        return call

    def of(
        self,
        method: str | None = None,
        *,
        chat_id: int | None = None,
        ok: bool | None = None,
        after: int = 0,
    ) -> list[Call]:
        """Calls of `method` (any case), to `chat_id`, accepted or refused, numbered above `after`; all by default."""
        wanted = method.lower() if method else None
        return [
            call
            for call in self._calls
            if call.number > after
            and (wanted is None or call.method.lower() == wanted)
            and (chat_id is None or call.chat_id == chat_id)
            and (ok is None or call.ok == ok)
        ]

    def clear(self) -> None:
        self._calls.clear()

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls)

    def __len__(self) -> int:
        return len(self._calls)

    def __getitem__(self, index: int) -> Call:
        return self._calls[index]
