"""Which unit is meant when people say its name: "tổ 3", "tdp 3", "thôn 1" for Thôn Một, "số 3", or the whole name."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from rules.spelling import clean, fold

_KINDS = {"tdp": "to dan pho", "kdc": "khu dan cu", "kp": "khu pho"}
# Words that say what kind of unit it is, not which.
_SORTS = frozenset(["to", "dan", "pho", "thon", "xom", "khu", "cu", "so", "ap", "ban", "doi", "lang", "xa", "phuong"])
_PARTS = frozenset(["cum", "khoi", "buon", "phum", "soc", "tieu"])
_WORDS = {"một": 1, "nhất": 1, "hai": 2, "nhì": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
          "tám": 8, "chín": 9, "mười": 10}  # fmt: skip
_ROMAN = re.compile(r"x{0,2}(?:ix|iv|v?i{0,3})")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}


def called(said: str, names: Sequence[str], *, part: bool = False) -> list[int]:
    """The places in `names` of those that `said` may mean; one when it is clear, none when nobody is called so.

    A whole name first; then its number with words that only say what kind of unit it is, those of the kind that was
    said before others. With `part`, also a name that has all the words said ("đông" for Thôn Đông).
    """
    wanted = fold(said)
    if exact := [at for at, name in enumerate(names) if fold(name) == wanted]:
        return exact
    words = _spelled_out(wanted)
    if numbered := _numbered(words, names):
        return numbered
    telling = {word for word in words if word not in _SORTS}
    if not (part and words):
        return []
    having = [at for at, name in enumerate(names) if set(words) <= set(_spelled_out(fold(name)))]
    return having or [at for at, name in enumerate(names) if telling and telling <= set(fold(name).split())]


def nearest(said: str, names: Sequence[str]) -> list[str]:
    """All of these names, those most like what was said first; alike, as they stand."""
    wanted = " ".join(_spelled_out(fold(said)))
    return sorted(names, key=lambda name: -SequenceMatcher(None, wanted, fold(name)).ratio())


def may_be_part(said: str, names: Sequence[str]) -> bool:
    """Whether `said` may name a part of one of these units: a name of its own ("xóm Đình"), and of another kind.

    "thôn Đình" beside Thôn 3 is a unit of its own, and so is whatever has a number.
    """
    kind = _kind(said)
    kinds = {_kind(name) for name in names}
    return bool(kind) and not any(map(str.isdecimal, said)) and kind not in kinds and len(fold(said).split()) > 1


def _kind(name: str) -> str:
    """The word that says what kind of unit it is; a "tổ" is a tổ dân phố, a "khu" may be any."""
    words = _spelled_out(fold(name))
    return words[0] if words and (words[0] in _SORTS or words[0] in _PARTS) else ""


def _spelled_out(folded: str) -> list[str]:
    return [word for short in folded.split() for word in _KINDS.get(short, short).split()]


def _numbered(words: list[str], names: Sequence[str]) -> list[int]:
    """Those of this number; nothing when the words say more than a kind and a number."""
    numbers = [int(word) for word in words if word.isdecimal()]
    kind = {word for word in words if not word.isdecimal()}
    if not numbers or not kind <= _SORTS:
        return []
    found = [at for at, name in enumerate(names) if _numbers(name) == numbers]
    same = [at for at in found if kind - {"so"} <= set(_spelled_out(fold(names[at])))]
    return same or found


def _numbers(name: str) -> list[int]:
    """The numbers in a unit's own name: its digits, or a single word with its accents (Thôn Hai, Khu IV).

    "Thôn Nam" is no 5 and "Tổ dân phố Hai Bà Trưng" no 2.
    """
    words = clean(name).lower().split()
    if digits := [int(word) for word in words if word.isdecimal()]:
        return digits
    own = [word for word in words if fold(word) not in _SORTS]
    return [number] if len(own) == 1 and (number := _number(own[0])) else []


def _number(word: str) -> int | None:
    return _WORDS.get(word) or (_of_roman(word) if _ROMAN.fullmatch(word) else None)


def _of_roman(word: str) -> int:
    digits = [_ROMAN_DIGITS[letter] for letter in word]
    return sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))
