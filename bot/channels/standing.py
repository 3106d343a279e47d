"""How a bot stands with its messenger, as its own calls found it."""

from dataclasses import dataclass
from time import monotonic


@dataclass(slots=True)
class Standing:
    """`token_refused`: the last call that could tell was answered 401, and nothing is sent until one is not."""

    token_refused: bool = False
    _answered_at: float | None = None

    def polling_begins(self) -> None:
        """Silence is counted from here."""
        self._answered_at = monotonic()

    def polling_ends(self) -> None:
        self._answered_at = None

    def poll_answered(self) -> None:
        """getUpdates came back, with updates or without."""
        self._answered_at = monotonic()
        self.token_refused = False

    @property
    def silent(self) -> float | None:
        """Seconds since polling was answered last; None where updates are not polled for."""
        return None if self._answered_at is None else monotonic() - self._answered_at
