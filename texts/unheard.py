"""The lines that could not be read, as the head sees them."""

from collections.abc import Sequence

from rules.clock import VIETNAM
from storage.tables import Person, UnreadLine

_MOST = 15
_MOST_LETTERS = 80


def lines(found: Sequence[tuple[UnreadLine, Person]]) -> str:
    """Newest first, each with who typed it and when."""
    if not found:
        return "7 ngày qua không có dòng nào mình chưa hiểu."
    shown = [
        f"• {person.name or 'Không tên'}, {line.at.astimezone(VIETNAM):%d/%m %H:%M}: “{_short(line.said)}”"
        for line, person in found[:_MOST]
    ]
    more = [f"… và {len(found) - _MOST} dòng nữa"] if len(found) > _MOST else []
    return "\n".join([f"{len(found)} dòng mình chưa hiểu trong 7 ngày qua:", *shown, *more])


def _short(said: str) -> str:
    said = " ".join(said.split())
    return said if len(said) <= _MOST_LETTERS else f"{said[: _MOST_LETTERS - 1]}…"
