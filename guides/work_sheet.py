"""A unit's work list on paper: a page per alley, big numbers, and the boxes whose letters are typed back (c, v, t)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from guides.lettering import drawable, font, width, write

A4 = (2480, 3508)  # at 300 dpi
DPI = 300
_MARGIN, _TOP, _ROW = 150, 520, 118
ROWS = (A4[1] - _TOP - 260) // _ROW
_BOXES = ("c", "v", "t")
_BOX, _STEP = 70, 130
_INK, _PAPER, _RULE = 0, 255, 190
_HINT = "c = đã cài · v = vắng nhà · t = từ chối. Về nhà gõ lại cho bot: 12 c, 13 v, 14 t"


@dataclass(frozen=True, slots=True)
class Door:
    """One line of the sheet: what is typed back, and a few words beside it."""

    number: str
    words: str = ""


def door_of(label: str, head_name: str, list_number: int | None) -> Door:
    """What is typed back stands big: the house number, or without one its number in the list."""
    has_number = any(map(str.isdigit, label))
    number = label if has_number or list_number is None else str(list_number)
    return Door(number, head_name if number != head_name else "")


def pdf(unit: str, alleys: Iterable[tuple[str, Sequence[Door]]]) -> bytes:
    """The sheets of every alley, as many pages as each needs."""
    pages = []
    for alley, doors in alleys:
        parts = [doors[start : start + ROWS] for start in range(0, len(doors), ROWS)]
        pages += [_page(f"{unit} · {alley}", part, nth, len(parts)) for nth, part in enumerate(parts, 1)]
    out = BytesIO()
    pages[0].save(out, "PDF", resolution=DPI, save_all=True, append_images=pages[1:])
    return out.getvalue()


def _page(title: str, doors: Sequence[Door], nth: int, of: int) -> Image.Image:
    sheet = Image.new("L", A4, _PAPER)
    draw = ImageDraw.Draw(sheet)
    write(draw, (_MARGIN, 240), _fitting(title, 84, A4[0] - 2 * _MARGIN), font("ExtraBold", 84), _INK)
    write(draw, (_MARGIN, 340), _HINT, font("Medium", 46), _INK)
    for place, letter in enumerate(_BOXES):
        write(draw, (_box_x(place) + 18, _TOP - 30), letter, font("ExtraBold", 60), _INK)
    for row, door in enumerate(doors):
        _line(draw, door, _TOP + row * _ROW)
    write(draw, (_MARGIN, A4[1] - 120), f"Trang {nth}/{of}", font("Medium", 42), _INK)
    return sheet


def _line(draw: ImageDraw.ImageDraw, door: Door, y: int) -> None:
    draw.line([(_MARGIN, y + _ROW - 8), (A4[0] - _MARGIN, y + _ROW - 8)], fill=_RULE, width=3)
    write(draw, (_MARGIN, y + 80), _fitting(door.number, 72, 560), font("ExtraBold", 72), _INK)
    words = _box_x(0) - _MARGIN - 640
    write(draw, (_MARGIN + 600, y + 78), _fitting(door.words, 46, words), font("Medium", 46), _INK)
    for place in range(len(_BOXES)):
        x = _box_x(place)
        draw.rectangle([x, y + 20, x + _BOX, y + 20 + _BOX], outline=_INK, width=5)


def _box_x(place: int) -> int:
    return A4[0] - _MARGIN - (len(_BOXES) - place) * _STEP + _STEP - _BOX


def _fitting(text: str, size: int, measure: float) -> str:
    """What fits on the line; a name too long ends in an ellipsis, the number before it says which house it is."""
    text = drawable(text)
    face = font("ExtraBold", size)
    if width(text, face) <= measure:
        return text
    while text and width(f"{text}…", face) > measure:
        text = text[:-1]
    return f"{text.rstrip()}…"
