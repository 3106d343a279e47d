"""How many updates a round reads follows from how many the last one got through."""

import pytest

from bot.intake import BATCH, _pace_after


def test_little_is_read_in_vain_when_rounds_are_cut_short() -> None:
    assert _pace_after(BATCH, BATCH, 25) == 29
    assert _pace_after(29, 29, 4) == 5


def test_it_grows_while_all_that_was_read_is_handled() -> None:
    pace, rounds = _pace_after(BATCH, BATCH, 1), 0
    while pace < BATCH:
        pace, rounds = _pace_after(pace, pace, pace), rounds + 1
    assert pace == BATCH
    assert rounds <= 6


@pytest.mark.parametrize("waiting", [0, 1, 3])
def test_few_that_wait_say_nothing_about_the_pace(waiting: int) -> None:
    assert _pace_after(20, waiting, waiting) == 20
