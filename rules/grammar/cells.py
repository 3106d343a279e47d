"""Names that only their place in a row tells, and what kind of house stands ahead of its people."""

import re

from rules.grammar.doors import bare_numbers
from rules.grammar.outcomes import Verdict
from rules.grammar.reading import Reading
from rules.grammar.where import may_be_house

_KINDS = frozenset(
    re.findall(r"\w+", "nhà trọ dãy quán tro tiệm cửa hàng tạp hoá xưởng kho đại lý shop ki ốt sạp cà phê phở")
)
_CELL_SIGNS = frozenset(",|;-–")


def with_trade(reading: Reading, who: range) -> range:
    """Such as "trọ bà Sáu", "tiệm tạp hoá cô Ba": what kind of house it is stands ahead of its people."""
    start = who.start
    while start and start - 1 not in reading.taken and reading.line.words[start - 1].full in _KINDS:
        start -= 1
    return range(start, who.stop)


def name_in_a_cell(reading: Reading) -> range:
    """Such as "121, Hà, đã cài": what stands in capitals between the number and the next sign."""
    words, start = reading.line.words, reading.house.stop
    is_set_apart = start < len(words) and words[start].typed in _CELL_SIGNS
    start = end = start + is_set_apart
    while end < len(words) and words[end].capital and words[end].is_word and end not in reading.taken:
        end += 1
    is_cell = start < end < len(words) and words[end].typed in _CELL_SIGNS and (is_set_apart or end == start + 1)
    return range(start, end) if is_cell else range(0)


def name_at_the_phone(reading: Reading) -> range:
    """Such as "nhà 12 cài, Lan 0912345678": capitals right ahead of a phone."""
    end = start = reading.phone_at
    while start and reading.line.words[start - 1].capital and start - 1 not in reading.taken:
        start -= 1
    return range(start, end) if start > 0 else range(0)


def take_name_cell_ahead(reading: Reading, verdict: Verdict) -> range:
    """ "Hạnh, 80, 0327665114, cài": the name in capitals at the head of a row, its number taken for the house."""
    words, end = reading.line.words, 0
    while end < min(len(words), 4) and words[end].capital and words[end].is_word and end not in reading.taken:
        end += 1
    is_row = 0 < end < len(words) - 2 and words[end].typed in ",|;" and words[end + 2].typed in ",|;"
    if not is_row or end + 1 in reading.taken or not may_be_house(reading, end + 1, verdict.places):
        return range(0)
    if bare_numbers(reading.line, reading.taken)[:1] != [end + 1]:
        return range(0)
    reading.house = reading.take(range(end + 1, end + 2))
    return reading.take(range(end))
