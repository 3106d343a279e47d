"""Names that may be one house: "ông Tám" and "ông Tám ngã ba", "bà Hoà" and "bà Hoa"."""

import itertools
import re
import unicodedata
from dataclasses import dataclass

from rules.entry import house_key
from rules.spelling import fold
from rules.telex import tone_on_last

_DOORS = frozenset(["nha", "ho", "gia", "dinh"])
_TITLES = frozenset(
    ["ong", "ba", "anh", "chi", "co", "chu", "bac", "cu", "di", "duong", "mo", "thim", "cau", "em", "chau", "o", "b"]
)
_MOST_NAMES = 3  # words of a name: "nguyễn văn tám"
_SLASHED = re.compile(r"(?P<alley>\d+)/(?P<door>\d+[a-z]?)")
_IN_ALLEY = re.compile(r"(?P<door>\d+[a-z]?) (?:ngo|ngach|hem|kiet) (?P<alley>\d+)")
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A name taken apart once, to be held against many: its words without titles, its titles, who is called so."""

    words: frozenset[str]
    titles: frozenset[str]
    called: frozenset[str]


def taken_apart(name: str) -> Named | None:
    """The parts of a name told without a number; None for a door, and for no name at all."""
    words = fold(name).split()
    if any(word[0].isdecimal() for word in words):
        return None
    names = frozenset(word for word in words if len(word) > 1 and word not in _TITLES | _DOORS)
    return Named(names, _TITLES & {*words}, frozenset(_called(name))) if names else None


def are_near(one: str, other: str) -> bool:
    """Whether two names told without a number may be the same house: one says no more than the other adds to."""
    ours, theirs = taken_apart(one), taken_apart(other)
    return bool(ours and theirs and may_be_one(ours, theirs))


def may_be_one(one: Named, other: Named) -> bool:
    """The same of names that were taken apart."""
    if one.titles and other.titles and not one.titles & other.titles:
        return False
    less, more = (one, other) if one.words <= other.words else (other, one)
    return less.words <= more.words and bool(more.called & less.words)


def _called(text: str) -> set[str]:
    """The given name of whoever is named first: the last capital behind the title, "ông Nguyễn Văn Tám ngã ba".

    In small letters it is one of the words behind the title. What follows says where they live, what they do or whose
    they are, and names nobody who could be the same.
    """
    words = _WORDS.findall(unicodedata.normalize("NFC", text))
    first = next((place for place, word in enumerate(words) if fold(word) in _TITLES), -1) + 1
    behind = words[first:]
    capitals = list(itertools.takewhile(lambda word: word[:1].isupper(), behind))
    small = [word for word in behind if fold(word) not in _DOORS][:_MOST_NAMES]
    return {fold(word) for word in capitals[-1:] or small}


def also_written(label: str) -> tuple[str, ...]:
    """The other ways to write a door in an alley: "12/5" is number 5 of alley 12; () for any other house."""
    key = house_key(label)
    if found := _SLASHED.fullmatch(key):
        return tuple(f"{found['door']} {alley} {found['alley']}" for alley in ("ngõ", "ngách", "hẻm", "kiệt"))
    if found := _IN_ALLEY.fullmatch(key):
        return (f"{found['alley']}/{found['door']}",)
    return ()


def differ_in_marks(one: str, other: str) -> bool:
    """Whether two names that fold alike are written with other marks: "Tám" and "Tâm", "bà Hoa" and "bà Hoà".

    Who types no mark at all may mean any: "ong tam" is "ông Tám". A title without its mark tells nothing either.
    """
    ours, theirs = marked_key(one).split(), marked_key(other).split()
    if all(map(str.isascii, ours)) or all(map(str.isascii, theirs)):
        return False
    return any(_is_other(word, [each for each in theirs if fold(each) == fold(word)]) for word in ours)


def _is_other(word: str, alike: list[str]) -> bool:
    is_title = fold(word) in _TITLES | _DOORS and (word.isascii() or any(map(str.isascii, alike)))
    return bool(alike) and word not in alike and not is_title


def written_otherwise(one: str, other: str) -> bool:
    """Whether two names fold alike and are not written alike, the place of the tone apart: "anh Dung", "anh Dũng".

    A door with a number is no name.
    """
    is_name = not any(map(str.isdecimal, one))
    return is_name and fold(one) == fold(other) and marked_key(one) != marked_key(other)


def marked_key(name: str) -> str:
    """The name small, with its marks in their usual place: what tells "ông Tám" from "ông Tâm"."""
    return " ".join(map(_usual, _WORDS.findall(unicodedata.normalize("NFC", name))))


def _usual(word: str) -> str:
    return tone_on_last(word.lower())
