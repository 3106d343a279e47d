"""Callback queries that wait for their one answer."""

from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from simulator.refusals import bad_request

if TYPE_CHECKING:
    from simulator.accounts import Bot
    from simulator.people import Person

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class Callbacks:
    """`lifetime` in seconds: how long a tap may be answered."""

    lifetime: float
    _waiting: dict[str, tuple["Person", int, float]] = field(default_factory=dict)
    _last: int = 4_000_000_000_000_000_000

    def ask(self, person: "Person", bot: "Bot") -> str:
        self._last += 1
        self._waiting[str(self._last)] = (person, bot.id, monotonic())
        return str(self._last)

    def answer(self, query_id: str, bot: "Bot") -> "Person":
        """Who tapped. Raises Refused for a second answer, a late one, or an id never given to this bot."""
        person, bot_id, since = self._waiting.pop(query_id, (None, 0, 0.0))
        if person is None or bot_id != bot.id or monotonic() - since > self.lifetime:
            raise bad_request(TOO_OLD)
        return person

    def clear(self) -> None:
        self._waiting.clear()
