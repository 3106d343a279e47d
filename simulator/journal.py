"""The journal: every call a server answered, in order, for tests and benchmarks to read."""

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar

Id = TypeVar("Id", int, str)


@dataclass(slots=True)
class Recorded(Generic[Id]):
    """One call, on either messenger. `at` is `time.monotonic()` seconds.

    `outcome` is "ok", the code and description of the refusal, or the fault that struck; a fault that struck
    after delivery leaves "ok" in front ("ok 502_after").
    """

    number: int
    at: float
    bot: str
    method: str
    params: dict[str, Any]
    outcome: str = "ok"
    message_id: Id | None = None

    @property
    def ok(self) -> bool:
        """Whether it took effect, also when the answer was lost."""
        return self.outcome.startswith("ok")

    @property
    def to(self) -> str:
        """The chat it went to, as the caller wrote it."""
        return str(self.params.get("chat_id", ""))


@dataclass(slots=True)
class Call(Recorded[int]):
    """A call of the Bot API."""

    @property
    def chat_id(self) -> int | None:
        return int(self.to) if self.to.lstrip("-").isdigit() else None

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"chat_id": self.chat_id, "ok": self.ok}


AnyCall = TypeVar("AnyCall", bound=Recorded[Any])


class Record(Generic[AnyCall]):
    """The last `keep` calls; `counted` goes on counting the ones that were let go."""

    def __init__(self, kind: type[AnyCall], keep: int = 200_000) -> None:
        self._kind = kind
        self._calls: deque[AnyCall] = deque(maxlen=keep)
        self.counted = 0

    def write(self, at: float, bot: str, method: str, params: dict[str, Any]) -> AnyCall:
        self.counted += 1
        call = self._kind(self.counted, at, bot, method, params)
        self._calls.append(call)
        return call

    def of(
        self, method: str | None = None, *, chat_id: int | str | None = None, ok: bool | None = None, after: int = 0
    ) -> list[AnyCall]:
        """Calls of `method` (any case), to `chat_id`, accepted or refused, numbered above `after`; all by default."""
        wanted = method.lower() if method else None
        return [
            call
            for call in self._calls
            if call.number > after
            and (wanted is None or call.method.lower() == wanted)
            and (chat_id is None or call.to == str(chat_id))
            and (ok is None or call.ok == ok)
        ]

    def clear(self) -> None:
        self._calls.clear()

    def __iter__(self) -> Iterator[AnyCall]:
        return iter(self._calls)

    def __len__(self) -> int:
        return len(self._calls)

    def __getitem__(self, index: int) -> AnyCall:
        return self._calls[index]


class Journal(Record[Call]):
    """What the bots on the Bot API server called."""

    def __init__(self, keep: int = 200_000) -> None:
        super().__init__(Call, keep)
