"""What became of a pasted list: records, units' figures, lines not read, talk; and what a line above set."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rules.grammar.record import Entry

Why = Literal["no_outcome", "no_house", "unclear", "private", "too_long", "range", "total"]


@dataclass(frozen=True)
class Total:
    """A unit's own figure: `done` of `out_of` households; with a `day` it is that day's, without one all so far."""

    line_no: int
    unit: str
    done: int
    out_of: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class Unread:
    """A line that seems to carry a record and could not be read, and why."""

    line_no: int
    text: str
    why: Why


@dataclass
class Batch:
    """What became of every line, numbered from 1 as typed; records that are not `sure` want a question first."""

    records: list[tuple[int, Entry]] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    talk: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Heading:
    """What a line above set for the lines below.

    `sheet` says that the list copies a paper sheet, `errand` that it is about something else than the plan's.
    """

    unit: str | None = None
    day: date | None = None
    saying: str = ""
    sheet: bool = False
    alley: str = ""
    errand: bool = False
