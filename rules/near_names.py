"""Names that may be one house: "ông Tám" and "ông Tám ngã ba", "bà Hoà" and "bà Hoa"."""

import re
import unicodedata

from rules.spelling import fold
from rules.telex import tone_on_last

_DOORS = frozenset(["nha", "ho", "gia", "dinh"])
_TITLES = frozenset(
    ["ong", "ba", "anh", "chi", "co", "chu", "bac", "cu", "di", "duong", "mo", "thim", "cau", "em", "chau", "o", "b"]
)
_WORDS = re.compile(r"[^\W\d_]+")


def are_near(one: str, other: str) -> bool:
    """Whether two names told without a number may be the same house: one says no more than the other adds to."""
    ours, theirs = fold(one).split(), fold(other).split()
    if not ours or not theirs or any(word[0].isdecimal() for word in ours + theirs):
        return False
    names = [{word for word in words if len(word) > 1 and word not in _TITLES | _DOORS} for words in (ours, theirs)]
    titles = [_TITLES & {*words} for words in (ours, theirs)]
    if not names[0] or not names[1] or (titles[0] and titles[1] and not titles[0] & titles[1]):
        return False
    return names[0] <= names[1] or names[1] <= names[0]


def differ_in_marks(one: str, other: str) -> bool:
    """Whether two names that fold alike are written with other marks: "Tám" and "Tâm", not "Tám" and "tam"."""
    theirs = {fold(word): word for word in _marked(other)}
    return any(theirs.get(fold(word), word) != word for word in _marked(one))


def marked_key(name: str) -> str:
    """The name small, with its marks in their usual place: what tells "ông Tám" from "ông Tâm"."""
    return " ".join(map(_usual, _WORDS.findall(unicodedata.normalize("NFC", name))))


def _marked(name: str) -> list[str]:
    """The words that carry marks; those without may be any of them."""
    return [word for word in marked_key(name).split() if not word.isascii()]


def _usual(word: str) -> str:
    return tone_on_last(word.lower())
