"""The digest as a picture for a phone: a bar for each unit against the line of the plan's pace."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from PIL import Image, ImageDraw

from guides.lettering import drawable, fitted, font, width, write
from rules.figures import UnitFigures, add_up, expected_share, farthest_behind
from rules.plan import Plan
from texts import digest_picture as words
from texts.figure_words import clipped

WIDE = 1080
MARGIN, ROW, BAR = 56, 76, 40
NAMES, FIGURES = 300, 210  # the columns left and right of the bars
MOST_ROWS = 24  # more would make the letters too small on a phone; the farthest behind are shown
PAPER, INK, SOFT, TRACK = (255, 255, 255), (28, 36, 48), (96, 107, 122), (230, 234, 240)
DONE, LATE, PACE = (0, 94, 168), (196, 78, 16), (176, 16, 32)
_HEAD, _FOOT = 330, 130


def digest_picture(plan: Plan, units: Sequence[UnitFigures], day: date) -> bytes:
    """The PNG, 1080 pixels wide and as high as its units need."""
    shown = _order(units)[:MOST_ROWS]
    image = Image.new("RGB", (WIDE, _HEAD + ROW * len(shown) + _FOOT), PAPER)
    draw = ImageDraw.Draw(image)
    pace = expected_share(plan, day)
    _head(draw, plan, units, day, pace)
    for number, unit in enumerate(shown):
        _row(draw, unit, _HEAD + ROW * number, pace)
    if pace is not None and shown:
        _pace_line(draw, pace, _HEAD - 6, _HEAD + ROW * len(shown) - 20)
    _foot(draw, plan, len(units) - len(shown), image.height)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _order(units: Sequence[UnitFigures]) -> list[UnitFigures]:
    """The silent first, then as in the text: the farthest behind before the rest."""
    silent = [unit for unit in units if not unit.reported]
    behind = farthest_behind([unit for unit in units if unit.reported])
    return [*silent, *behind, *(unit for unit in units if unit.reported and unit not in behind)]


def _head(draw: ImageDraw.ImageDraw, plan: Plan, units: Sequence[UnitFigures], day: date, pace: float | None) -> None:
    face, lines = fitted(drawable(words.title(plan, day)), "ExtraBold", range(50, 34, -2), WIDE - 2 * MARGIN, 1)
    write(draw, (MARGIN, 92), lines[0], face, INK)
    whole = add_up(units)
    face, lines = fitted(drawable(words.whole(plan, whole)), "SemiBold", range(34, 24, -2), WIDE - 2 * MARGIN, 2)
    for number, line in enumerate(lines[:2]):
        write(draw, (MARGIN, 146 + 44 * number), line, face, DONE)
    write(draw, (MARGIN, 236), drawable(words.today(plan, whole)), font("Medium", 32), SOFT)
    if pace is not None:
        draw.line((MARGIN, 276, MARGIN + 34, 276), fill=PACE, width=6)
        said = drawable(words.pace(plan, pace))
        write(draw, (MARGIN + 48, 287), said, font("Medium", 30), PACE)


def _row(draw: ImageDraw.ImageDraw, unit: UnitFigures, top: int, pace: float | None) -> None:
    left, right = MARGIN + NAMES, WIDE - MARGIN - FIGURES
    face, lines = fitted(drawable(clipped(unit.name)), "SemiBold", range(30, 21, -1), NAMES - 20, 1)
    for number, line in enumerate(lines[:2]):
        write(draw, (MARGIN, top + (31 if len(lines) == 1 else 18 + 27 * number)), line, face, INK)
    draw.rounded_rectangle((left, top, right, top + BAR), 8, fill=TRACK)
    share = min(1.0, unit.done / unit.total) if unit.total and unit.reported else 0.0
    reach = left + round((right - left) * share)
    if reach - left >= 2:
        late = pace is not None and share < pace
        draw.rounded_rectangle((left, top, reach, top + BAR), min(8, (reach - left) // 2), fill=LATE if late else DONE)
    said = drawable(words.row(unit))
    face = fitted(said, "SemiBold", range(30, 18, -1), FIGURES - 16, 1)[0]
    write(draw, (WIDE - MARGIN - width(said, face), top + 31), said, face, INK)


def _pace_line(draw: ImageDraw.ImageDraw, pace: float, top: int, bottom: int) -> None:
    left, right = MARGIN + NAMES, WIDE - MARGIN - FIGURES
    at = left + round((right - left) * pace)
    draw.line((at, top, at, bottom), fill=PACE, width=5)


def _foot(draw: ImageDraw.ImageDraw, plan: Plan, rest: int, height: int) -> None:
    for number, line in enumerate(words.foot(plan, rest)):
        face, lines = fitted(drawable(line), "Medium", range(28, 18, -1), WIDE - 2 * MARGIN, 1)
        write(draw, (MARGIN, height - 76 + 40 * number), lines[0], face, SOFT)
