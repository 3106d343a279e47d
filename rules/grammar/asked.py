"""A question about one house: "nhà 12 cài chưa?", "nhà ông Tám thế nào rồi". Nothing else may stand in it."""

import re
from dataclasses import dataclass

from rules.grammar.doors import doors
from rules.grammar.house_names import without_house_word
from rules.grammar.people import person
from rules.grammar.units import units
from rules.grammar.words import Line, spelt
from rules.spelling import clean

_MOST_LETTERS = 80
_ASKING = spelt(
    r"(?:(?:cho hỏi|hỏi|cho|dạ|chị|anh|em|cháu|mọi người|bạn nào|ai|có ai|đã|có|cài|cài đặt|xong|ghi|đi|đến|vào|"
    r"qua|làm|"
    r"app|được|rồi|tình hình|kết quả|như thế|thế|sao|là|thì|hả|ạ|vậy|nhỉ|à|nhé|ơi|gì|đến đâu|thế nào|ra sao|,)(?: |$))*"
    r"(?:chưa|không|sao|thế nào|ra sao|gì|đâu|nào)(?: (?:rồi|ạ|vậy|nhỉ|hả|thế|em|anh|chị|cháu|ta|mọi người))*"
)
_HOW_IT_STANDS = spelt(r"(?:thế nào|ra sao|làm sao|sao)(?: rồi)?")
_AT = re.compile(r"^(?:ở|tại|thuộc|bên|o|tai|thuoc|ben) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """The house as people say it, and the words naming its unit, None for one's own."""

    house: str
    unit: str | None


def read_asked(text: str) -> Asked | None:
    """Which one house is asked about, or None when this is no such question."""
    shown = clean(text[: _MOST_LETTERS * 4], most=_MOST_LETTERS * 8)
    if len(shown) > _MOST_LETTERS:
        return None
    line = Line(shown.rstrip("? .!"))
    named = units(line)
    taken = {place for places in named for place in places}
    asking = {place for _, places in line.find(_HOW_IT_STANDS) for place in places}
    told = doors(line, taken) or [who for who in [person(line, taken | asking)] if who]
    if len(told) != 1 or len(named) > 1 or not _only_asks(line, taken | set(told[0]), marked="?" in shown):
        return None
    unit = _AT.sub("", line.typed(named[0])) if named else None
    return Asked(without_house_word(line.typed(told[0])), unit)


def _only_asks(line: Line, taken: set[int], *, marked: bool) -> bool:
    """Without its mark "nhà 12 chưa" is an answer: only more words make it a question."""
    words = [word.full for place, word in enumerate(line.words) if place not in taken and word.is_word]
    return bool(_ASKING.fullmatch(" ".join(words))) and (
        marked or (len(words) > 1 and words[0] not in ("chưa", "chua"))
    )
