"""A house as people say it, the name that is in it, and what makes two sayings one house."""

import re

from rules.grammar.names import HOME
from rules.grammar.people import honors
from rules.grammar.words import Line
from rules.spelling import plain

_ONLY_NUMBER = re.compile(r"(?:số|so|sn|:)\s*:?\s*(\d\S*)", re.IGNORECASE)
_NUMBER_OF_HOUSE = re.compile(r"^(?:số|so) (?:nhà|nha):? ?(?=\d)", re.IGNORECASE)
_KEY_PART = re.compile(r"\d+[a-z]?\d*(?:/\d+[a-z]?)*|[^\W\d_]+")
_ALLEYS = frozenset(["ngo", "ngach", "hem", "kiet", "lo", "day", "block", "toa", "tang", "duong", "can", "phong"])
_DROPPED = frozenset(["nha", "ho", "so", "sn", "gd", "can"])
_WRITTEN_OUT = {"o": "ong", "b": "ba", "a": "anh", "c": "chi", "e": "em"}


def without_house_word(text: str) -> str:
    """The house as people say it, without the leading "nhà": "nhà số 12" is "12", "nhà ông Tám" is "ông Tám"."""
    line = Line(text)
    kept = 0
    while kept < len(line.words) - 1 and _leads(line, kept):
        kept += 1
    rest = _NUMBER_OF_HOUSE.sub("", text[line.words[kept].start :] if line.words else text)
    number = _ONLY_NUMBER.fullmatch(rest)
    return number[1] if number else rest


def without_honorific(text: str) -> str:
    """The bare name: "bà Tám" is "Tám", "nhà anh Nguyễn Văn Bình" is "Nguyễn Văn Bình"."""
    line = Line(text)
    place = 0
    while place < len(line.words) and (
        line.words[place].full in HOME or honors(line, place) or line.words[place].typed == "."
    ):
        place += 1
    return text[line.words[place].start :] if place < len(line.words) else ""


def _leads(line: Line, place: int) -> bool:
    word = line.words[place].full
    if word in ("số", "so"):
        return len(line.words) == place + 2
    return word in HOME or word in ("sn", ":") or (word == "đình" and place > 0 and line.words[place - 1].full == "gia")


def house_key(text: str) -> str:
    """What makes two sayings one house within a unit: "nhà số 12" and "so 12"; "ngõ 3 số 8" and "số 8 ngõ 3"."""
    parts = _KEY_PART.findall(plain(re.sub(r"(\d) (?=[a-zA-Z]\b)", r"\1", text)))
    pairs: list[str] = []
    for part in parts:
        if part[0].isdigit():
            part = "/".join(piece.lstrip("0") or "0" for piece in part.split("/"))
            pairs.append(f"{pairs.pop()} {part}" if pairs and pairs[-1] in _ALLEYS else part)
        elif part not in _DROPPED:
            pairs.append(_WRITTEN_OUT.get(part, part) if not pairs else part)
    numbered = any(pair[0].isdigit() for pair in pairs)
    return " ".join(sorted(pairs, key=_door_first) if numbered else pairs)


def _door_first(pair: str) -> tuple[bool, str]:
    return not pair[0].isdigit(), pair if pair.split()[0] in _ALLEYS else ""
