"""Every "no" the product says, as data; the sentences live in `texts.refusals`.

Refusal
├── NotFound            also what lies outside one's scope: nobody learns that it exists
│   └── UnknownUnit     a unit named in a line; its own words, and those one may write to
├── NotAllowed          the role may not do this
├── BadCode             an invitation that does not open (unknown, used, expired: not told apart)
├── NothingToUndo
├── NothingToRedo
├── ChangedSince        somebody else has changed it in the meantime
├── NotAsItWas          what was taken back cannot be brought back: something has changed since
├── TooLong             more letters than a field takes
├── NotUnderstood       a field was answered with something it cannot be
└── OutsideTime         a day outside the campaign or in the future
"""

from dataclasses import dataclass
from datetime import date


class Refusal(Exception):
    """An expected "no": it is answered with a sentence, and the conversation stays where it was."""


@dataclass
class NotFound(Refusal):
    what: str = ""


@dataclass
class UnknownUnit(NotFound):
    """`name` is the unit as it was said, `known` are the units one may name, those most like it first.

    `kept`: the words it was said in stand among what was not read.
    """

    name: str = ""
    known: tuple[str, ...] = ()
    kept: bool = False


@dataclass
class NotAllowed(Refusal):
    word: str = ""


class BadCode(Refusal):
    pass


class NothingToUndo(Refusal):
    pass


class NothingToRedo(Refusal):
    pass


@dataclass
class ChangedSince(Refusal):
    houses: tuple[str, ...]


@dataclass
class NotAsItWas(Refusal):
    """`what`: "house", "figure", "person" or "place"; `names` what they are called."""

    what: str
    names: tuple[str, ...]


@dataclass
class TooLong(Refusal):
    most: int
    got: int


@dataclass
class NotUnderstood(Refusal):
    field: str
    said: str = ""


@dataclass
class OutsideTime(Refusal):
    day: date
    first: date
    last: date
