"""The digest's picture: as wide as a phone, as high as its units, a bar in its place, the same every time."""

from datetime import date
from io import BytesIO

from PIL import Image

from papers.digest_picture import (
    _FOOT,
    _HEAD,
    FIGURES,
    LATE,
    MARGIN,
    MOST_ROWS,
    NAMES,
    ROW,
    WIDE,
    digest_picture,
)
from papers.digest_picture import (
    colours as office_colours,
)
from rules.figures import expected_share
from tests.scheduler.commune import VIET_HOA, june
from tests.scheduler.test_words import unit

PACE, DONE = office_colours(VIET_HOA)


def colours(png: bytes) -> dict[tuple[int, int, int], int]:
    image = Image.open(BytesIO(png)).convert("RGB")
    return {colour: n for n, colour in image.getcolors(1_000_000)}


def test_a_bar_is_as_long_as_its_share_and_late_ones_stand_out():
    late, ahead = unit(1, 60, 6), unit(2, 60, 60)
    png = digest_picture(VIET_HOA, [late, ahead], june(10))
    image = Image.open(BytesIO(png)).convert("RGB")
    assert image.size[0] == WIDE
    left, right = MARGIN + NAMES, WIDE - MARGIN - FIGURES
    first = [image.getpixel((x, _HEAD + 20)) for x in range(left, right)]
    second = [image.getpixel((x, _HEAD + ROW + 20)) for x in range(left, right)]
    assert abs(first.count(LATE) - (right - left) / 10) <= 2
    assert second.count(DONE) > (right - left) * 0.97
    assert first.count(PACE) == 5
    assert png == digest_picture(VIET_HOA, [ahead, late], june(10))


def test_the_pace_line_runs_from_the_start_to_the_deadline():
    start = VIET_HOA.time.start
    shares = [expected_share(VIET_HOA, day) for day in (date(2026, 5, 17), start, june(30), date(2026, 7, 9))]
    assert shares[0] == 0
    assert 0 < shares[1] < 0.05
    assert shares[2:] == [1.0, 1.0]


def test_sixty_units_and_hostile_names_keep_it_readable():
    rows = [unit(n, 60 if n % 4 else None, n, None if n % 7 == 0 else june(24)) for n in range(1, 60)]
    rows.append(unit(60, 60, 3, name="Thôn\u0000 <b>👍" + "Ngạc " * 40))
    image = Image.open(BytesIO(digest_picture(VIET_HOA, rows, june(24))))
    assert image.size == (WIDE, _HEAD + ROW * MOST_ROWS + _FOOT)


def test_nothing_reported_yet_is_no_bar_at_all():
    found = colours(digest_picture(VIET_HOA, [unit(1, 60, 0, None)], june(1)))
    assert LATE not in found
