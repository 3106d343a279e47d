"""How a bot stands with its messenger, as its own calls found it."""

from dataclasses import dataclass
from time import monotonic

from bot.channels import SendFailure

REFUSED_WAIT = 60.0  # seconds


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

    def must_be_known(self) -> None:
        """Raises SendFailure while the token is refused: the same call would be."""
        if self.token_refused:
            raise SendFailure("401 the token is refused", retry_after=REFUSED_WAIT, stop=True)

    @property
    def silent(self) -> float | None:
        """Seconds since polling was answered last; None where updates are not polled for."""
        return None if self._answered_at is None else monotonic() - self._answered_at
