"""Every call a Zalo bot made, in order, for tests and benchmarks to read."""

from dataclasses import asdict, dataclass
from typing import Any

from simulator.journal import Record, Recorded


@dataclass(slots=True)
class ZaloCall(Recorded[str]):
    """A call of the Zalo Bot API."""

    @property
    def chat_id(self) -> str:
        return self.to

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ok": self.ok}


class ZaloJournal(Record[ZaloCall]):
    """What the bots on the Zalo server called."""

    def __init__(self, keep: int = 200_000) -> None:
        super().__init__(ZaloCall, keep)
