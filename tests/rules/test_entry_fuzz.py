"""Spoilt lines: whatever arrives, nothing is raised, and cleaning what is clean changes nothing."""

import random
from pathlib import Path

import pytest

from rules.entry import read_line, read_list
from rules.people_list import read_people
from rules.spelling import clean, fold
from rules.unit_total import read_unit_total
from tests.rules.test_entry_corpus import HERE, PLAN, TODAY, lines

_ODD = (
    "\u200b\u202e\u0301\u0323\u0303\ufe0f\u00ad\ud800\x00\x0b\u2028\u3000Ａ𝐍ﬁеα"
    "😀👨‍👩‍👧٣５'\"%_\\<>{}=+-/.,;:|\n\tđĐướỵ0123456789"
)
_SEEDS = [line for path in sorted(Path(HERE).glob("corpus_*.tsv")) for _, line, _ in lines(path.name)]


def _spoilt(chance: random.Random) -> str:
    """A line of the corpora with letters dropped, doubled, swapped and replaced by what no keyboard types."""
    letters = list(chance.choice(_SEEDS))
    for _ in range(chance.randrange(1, 8)):
        place = chance.randrange(len(letters) + 1)
        match chance.randrange(4):
            case 0:
                letters[place : place + chance.randrange(1, 4)] = []
            case 1:
                letters.insert(place, chance.choice(_ODD))
            case 2:
                letters[place:place] = letters[place : place + 6]
            case _:
                other = chance.choice(_SEEDS)
                letters[place:] = list(other[chance.randrange(len(other)) :])
    return "".join(letters)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("many", [1_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_spoilt_lines_raise_nothing_and_are_spelt_once(many):
    chance = random.Random(many)
    for nth in range(many):
        line = _spoilt(chance)
        once = clean(line)
        assert clean(once) == once
        assert fold(fold(line)) == fold(line)
        read_line(line, PLAN, TODAY)
        read_unit_total(line, TODAY)
        if nth % 10 == 0:
            read_list(line, PLAN, TODAY)
            read_people(line)
