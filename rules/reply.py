"""What a handler hands back: plain data that each messenger renders in its own way."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tap, or on a messenger without buttons one number to type.

    `data` comes back when it is chosen; at most 64 bytes of ASCII (Bot API, InlineKeyboardButton).
    With `url` it opens a page instead and nothing comes back.
    """

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture we can make again at any time: `kind` names the maker, `key` what it draws, `says` its own words."""

    kind: str
    key: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was ordered and is made once the order is committed: by its `token` (see `storage.handouts`)."""

    token: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. Text is plain, never markup; rows of choices stand below it.

    `in_place` asks a messenger that can edit to turn the tapped message into this one.
    `takes_numbers`: a number typed next is a house, a count, a phone: where choices are numbered, these must not be.
    `toast` is a short word shown at the tap itself; alone, nothing else is said.
    `may_wait`: it merely confirms; a messenger that counts messages may hold it a moment to join it with others.
    """

    text: str = ""
    choices: tuple[tuple[Choice, ...], ...] = ()
    picture: Picture | None = None
    document: Document | None = None
    in_place: bool = False
    takes_numbers: bool = False
    toast: str = ""
    may_wait: bool = False
    then: "Reply | None" = field(default=None)


def rows(choices: list[Choice], wide: int = 2) -> tuple[tuple[Choice, ...], ...]:
    """Choices laid out `wide` to a row."""
    return tuple(tuple(choices[i : i + wide]) for i in range(0, len(choices), wide))


def to_json(reply: Reply) -> dict[str, Any]:
    """The reply as JSON, to be kept until it is delivered.

    Written out, for every answer passes here: `dataclasses.asdict` asks each field of each button what it is.
    """
    return {
        "text": reply.text,
        "choices": [[{"label": one.label, "data": one.data, "url": one.url} for one in row] for row in reply.choices],
        "picture": asdict(reply.picture) if reply.picture else None,
        "document": asdict(reply.document) if reply.document else None,
        "in_place": reply.in_place,
        "takes_numbers": reply.takes_numbers,
        "toast": reply.toast,
        "may_wait": reply.may_wait,
        "then": to_json(reply.then) if reply.then else None,
    }


def from_json(kept: dict[str, Any]) -> Reply:
    """The reply that `to_json` kept."""
    picture, document, then = kept.get("picture"), kept.get("document"), kept.get("then")
    return Reply(
        text=kept["text"],
        choices=tuple(tuple(Choice(**choice) for choice in row) for row in kept["choices"]),
        picture=Picture(**picture) if picture else None,
        document=Document(**document) if document else None,
        in_place=kept["in_place"],
        takes_numbers=kept.get("takes_numbers", False),
        toast=kept["toast"],
        may_wait=kept.get("may_wait", False),
        then=from_json(then) if then else None,
    )
