"""What a head may want to look at again, in visits that may all be right: many at once, the same again, all alike."""

from collections.abc import Sequence
from datetime import datetime, timedelta

BURST_HOUSES, BURST = 30, timedelta(minutes=5)
SHARED_PHONE = 3  # houses
SOON = timedelta(hours=6)  # between two words on one house of one day
LONG_RUN = 40  # houses, all of them done
PASSING = ("nobody_home", "come_back")  # whatever follows these is progress


def bursts(moments: Sequence[datetime]) -> list[tuple[int, int]]:
    """First and last index of every stretch of these moments, in order, of which 30 lie within five minutes.

    Five minutes to the second are within, a second more is not.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for end, moment in enumerate(moments):
        while moment - moments[start] > BURST:
            start += 1
        if end - start + 1 < BURST_HOUSES:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def runs(done: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last index of every stretch of more than forty done ones without another between."""
    found, start = [], 0
    for end, is_done in enumerate([*done, False]):
        if is_done:
            continue
        if end - start > LONG_RUN:
            found.append((start, end - 1))
        start = end + 1
    return found


def quarrel(earlier: tuple[str, datetime], later: tuple[str, datetime]) -> bool:
    """Whether two words (outcome, when) on one house of one day contradict each other within six hours."""
    return earlier[0] != later[0] and earlier[0] not in PASSING and later[1] - earlier[1] <= SOON
