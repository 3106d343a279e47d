"""The order people expect: numbers as numbers, letters without their accents."""

import re

from rules.spelling import fold

_RUNS = re.compile(r"\d+|\D+")


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key: "Tổ 2" before "Tổ 10", "nhà 12" before "nhà 12A" before "nhà ông Tám"."""
    runs = _RUNS.findall(fold(text))
    return tuple((0, int(run), "") if run.isdecimal() and run.isascii() else (1, 0, run.strip()) for run in runs)
