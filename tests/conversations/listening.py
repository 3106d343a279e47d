"""What somebody has heard from the bot and not yet listened to, whatever phone they hold."""

from collections.abc import Awaitable
from typing import Any, Protocol

Update = dict[str, Any]


class Post(Protocol):
    """How what someone does reaches the bot: updates that arrive together, and are dealt with on return."""

    def __call__(self, *updates: Update) -> Awaitable[None]: ...


class Listener:
    """What the bot says is heard once: by `hears` (exactly everything since last time) or `reads`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.unheard: list[str] = []

    def worded(self, text: str) -> str:
        """How this messenger says what a test spells out."""
        return text

    def hears(self, *texts: str) -> None:
        """Exactly these messages, and no other, since last time."""
        heard = self.reads()
        assert heard == list(map(self.worded, texts)), f"{self.name} heard {heard}"

    def hears_part(self, *parts: str) -> str:
        """Exactly one message, with all of these in it; the message."""
        heard = self.reads()
        assert len(heard) == 1, f"{self.name} heard {heard}"
        missing = [part for part in map(self.worded, parts) if part not in heard[0]]
        assert not missing, f"{self.name} heard {heard[0]!r}, without {missing}"
        return heard[0]

    def hears_nothing(self) -> None:
        self.hears()

    def reads(self) -> list[str]:
        """Everything since last time, whatever it was."""
        heard, self.unheard = [Said(text, self.worded) for text in self.unheard], []
        return heard


class Said(str):
    """What was heard; equal to what a test spells out in either messenger's words ("Chạm" here, "Chọn" there)."""

    def __new__(cls, text: str, worded: Any) -> "Said":
        said = super().__new__(cls, text)
        said.worded = worded
        return said

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and str.__eq__(self, self.worded(str(other)))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __contains__(self, part: str) -> bool:
        return str.__contains__(self, self.worded(part))

    __hash__ = str.__hash__
