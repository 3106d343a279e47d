"""Who is greeted or thanked beside a house is no part of what is told of it."""

from datetime import date

import pytest

from campaigns import EXAMPLE
from rules import plan as plans
from rules.entry import read_line

PLAN = plans.load(EXAMPLE)


@pytest.mark.parametrize(
    "line",
    [
        "cháu ơi nhà 12 vắng",
        "bạn ơi, nhà 12 vắng nhé",
        "cảm ơn cháu, nhà 12 vắng rồi nhé",
        "nhà 12 vắng, cám ơn em nhiều ạ",
        "nha 12 vang nha, cam on chau",
    ],
)
def test_the_house_is_told(line: str) -> None:
    entry = read_line(line, PLAN, date(2026, 6, 10))
    assert entry is not None
    assert (entry.house, entry.outcome, entry.sure) == ("12", "nobody_home", True)


@pytest.mark.parametrize("line", ["cảm ơn bác Ba đã cài", "cảm ơn nhà 12"])
def test_thanks_alone_tell_nothing(line: str) -> None:
    entry = read_line(line, PLAN, date(2026, 6, 10))
    assert entry is None or not entry.sure
