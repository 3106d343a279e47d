"""The digest as a picture for a phone: a bar for each unit against the line of the plan's pace."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

from guides.lettering import drawable, fitted, font, width, write
from rules.figures import UnitFigures, add_up, expected_share, farthest_behind
from rules.plan import Plan
from texts import digest_picture as words
from texts.figure_words import clipped

WIDE = 1080
MARGIN, ROW, BAR = 48, 84, 44
NAMES, FIGURES = 290, 320  # the columns left and right of the bars; 3 pixels are one of a phone 360 wide
MOST_ROWS = 24  # more would make the letters too small on a phone; the farthest behind are shown
PAPER, INK, SOFT, TRACK = (255, 255, 255), (28, 36, 48), (96, 107, 122), (230, 234, 240)
LATE = (196, 78, 16)
_HEAD, _FOOT = 336, 140
Rgb = tuple[int, int, int]


def colours(plan: Plan) -> tuple[Rgb, Rgb]:
    """The office's own two colours: of the pace line and of the bars that keep it."""
    pace, done = (ImageColor.getrgb(colour)[:3] for colour in plan.place.colours)
    return pace, done


def digest_picture(plan: Plan, units: Sequence[UnitFigures], day: date) -> bytes:
    """The PNG, 1080 pixels wide and as high as its units need."""
    shown = _order(units)[:MOST_ROWS]
    image = Image.new("RGB", (WIDE, _HEAD + ROW * len(shown) + _FOOT), PAPER)
    draw = ImageDraw.Draw(image)
    pace = expected_share(plan, day)
    _head(draw, plan, units, day, pace)
    for number, unit in enumerate(shown):
        _row(draw, plan, unit, _HEAD + ROW * number, pace)
    if pace is not None and shown:
        _pace_line(draw, plan, pace, _HEAD - 6, _HEAD + ROW * len(shown) - 20)
    _foot(draw, words.foot(plan, len(units) - len(shown), has_pace=pace is not None), image.height)
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
    whole, (red, blue) = add_up(units), colours(plan)
    face, lines = fitted(drawable(words.whole(plan, whole)), "SemiBold", range(38, 28, -2), WIDE - 2 * MARGIN, 2)
    for number, line in enumerate(lines[:2]):
        write(draw, (MARGIN, 146 + 44 * number), line, face, blue)
    write(draw, (MARGIN, 238), drawable(words.today(plan, whole)), font("Medium", 36), SOFT)
    if pace is not None:
        draw.line((MARGIN, 276, MARGIN + 34, 276), fill=red, width=6)
        said = drawable(words.pace(plan, pace))
        write(draw, (MARGIN + 48, 289), said, font("Medium", 36), red)


def _row(draw: ImageDraw.ImageDraw, plan: Plan, unit: UnitFigures, top: int, pace: float | None) -> None:
    left, right = MARGIN + NAMES, WIDE - MARGIN - FIGURES
    face, lines = fitted(drawable(clipped(unit.name)), "SemiBold", range(36, 21, -1), NAMES - 20, 1)
    for number, line in enumerate(lines[:2]):
        write(draw, (MARGIN, top + (34 if len(lines) == 1 else 18 + 29 * number)), line, face, INK)
    draw.rounded_rectangle((left, top, right, top + BAR), 8, fill=TRACK)
    share = min(1.0, unit.done / unit.total) if unit.total and unit.reported else 0.0
    reach = left + round((right - left) * share)
    if reach - left >= 2:
        late = pace is not None and share < pace
        draw.rounded_rectangle(
            (left, top, reach, top + BAR), min(8, (reach - left) // 2), fill=LATE if late else colours(plan)[1]
        )
    said = drawable(words.row(unit))
    face = fitted(said, "SemiBold", range(36, 24, -1), FIGURES - 16, 1)[0]
    write(draw, (WIDE - MARGIN - width(said, face), top + 34), said, face, INK)


def _pace_line(draw: ImageDraw.ImageDraw, plan: Plan, pace: float, top: int, bottom: int) -> None:
    left, right = MARGIN + NAMES, WIDE - MARGIN - FIGURES
    at = left + round((right - left) * pace)
    draw.line((at, top, at, bottom), fill=colours(plan)[0], width=5)


def _foot(draw: ImageDraw.ImageDraw, said: Sequence[str], height: int) -> None:
    for number, line in enumerate(said):
        face, lines = fitted(drawable(line), "Medium", range(34, 24, -1), WIDE - 2 * MARGIN, 1)
        write(draw, (MARGIN, height - 82 + 46 * number), lines[0], face, SOFT)
