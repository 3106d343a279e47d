"""Setting Vietnamese in type: the shipped font, only letters it has, lines that fit their measure."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from math import ceil, floor
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

Weight = Literal["Medium", "SemiBold", "ExtraBold"]
Ink = int | tuple[int, int, int]  # a grey, or red, green and blue
Setting = tuple[ImageFont.FreeTypeFont, list[str]]  # a face and the lines set in it
ARROW = "→"  # Be Vietnam Pro has no arrow: it is set as a dash that runs into an angle quote
ARROW_PARTS = ("–", "›")
ARROW_OVERLAP = 0.24  # of the size
NO_BREAK = "\u00a0"
LEADING = 1.3  # room for Ổ above and ợ below
_NO_CODE_POINT = "\U0010ffff"


@lru_cache(maxsize=64)
def font(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """Be Vietnam Pro (OFL) at `size` pixels; the basic layout draws the same on every machine, with raqm or without."""
    path = files("fontpkg_be_vietnam_pro") / "files" / f"BeVietnamPro-{weight}.ttf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def has_glyph(letter: str) -> bool:
    """Whether the font can draw this character: its .notdef is blank, so a missing one would leave a silent gap."""
    if letter == ARROW or letter == " ":
        return True
    return _mark(letter) != _mark(_NO_CODE_POINT)


@lru_cache(maxsize=4096)
def _mark(letter: str) -> tuple[tuple[int, int], bytes]:
    """What the font leaves on paper."""
    mask = font("Medium", 16).getmask(letter, mode="1")
    return mask.size, bytes(mask)


def drawable(text: str) -> str:
    """`text` in NFC on one line, without what the font lacks: emoji, controls, stray marks; "５" becomes "5"."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(_letters(composed)).split())


def _letters(text: str) -> Iterator[str]:
    for letter in text:
        if letter.isspace():
            yield " "
            continue
        for plain in letter if has_glyph(letter) else unicodedata.normalize("NFKC", letter):
            if unicodedata.category(plain)[0] not in "MC" and has_glyph(plain):
                yield plain


@lru_cache(maxsize=4096)
def width(text: str, face: ImageFont.FreeTypeFont) -> float:
    """Pixels from the start of `text` to where the next letter would stand."""
    return sum(_advance(letter, face) for letter in text)


@lru_cache(maxsize=8192)
def _advance(letter: str, face: ImageFont.FreeTypeFont) -> float:
    """The basic layout does not kern this font: letters add up to lines. Asking for whole lines cost 0.1 s a card."""
    if letter == ARROW:
        return sum(face.getlength(part) for part in ARROW_PARTS) - face.size * ARROW_OVERLAP
    return face.getlength(letter)


def write(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, face: ImageFont.FreeTypeFont, ink: Ink
) -> None:
    """Set one line whose baseline starts at `at` (pixels)."""
    x, y = at
    for number, piece in enumerate(text.split(ARROW)):
        if number:
            x = _write_arrow(draw, x, y, face, ink)
        _print(draw, (x, y), piece, face, ink)
        x += width(piece, face)


def _write_arrow(draw: ImageDraw.ImageDraw, x: float, y: float, face: ImageFont.FreeTypeFont, ink: Ink) -> float:
    dash, head = ARROW_PARTS
    end = x + _advance(ARROW, face)
    _print(draw, (x, y), dash, face, ink)
    _print(draw, (end - face.getlength(head), y), head, face, ink)
    return end


def _print(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, face: ImageFont.FreeTypeFont, ink: Ink
) -> None:
    """What `draw.text` does, from a stencil that is cut once: a commune's pages differ by a line each."""
    x, y = at
    stencil, left, up = _stencil(text, face, x % 1, y % 1)
    draw.bitmap((int(x) + left, int(y) + up), stencil, ink)


@lru_cache(maxsize=128)  # about 0.1 MB each
def _stencil(text: str, face: ImageFont.FreeTypeFont, x: float, y: float) -> tuple[Image.Image, int, int]:
    """The letters as a mask, and where it lies from the baseline's start; `x` and `y` are parts of a pixel."""
    left, top, right, bottom = face.getbbox(text, anchor="ls")
    left, up, size = floor(left) - 1, floor(top) - 1, (ceil(right - left) + 3, ceil(bottom - top) + 3)
    stencil = Image.new("L", size)
    ImageDraw.Draw(stencil).text((x - left, y - up), text, fill=255, font=face, anchor="ls")
    return stencil, left, up


@lru_cache(maxsize=1024)
def lines(text: str, face: ImageFont.FreeTypeFont, measure: float) -> list[str]:
    """`text` in as few lines of at most `measure` pixels as it needs, of about equal length; nothing is cut."""
    broken = _filled(text, face, measure)
    widest = max(width(word, face) for word in _words(text, face, measure))
    narrower = measure
    while len(broken) > 1 and (narrower := narrower * 0.95) > widest:
        tighter = _filled(text, face, narrower)
        if len(tighter) > len(broken):
            break
        broken = tighter
    return broken


def _filled(text: str, face: ImageFont.FreeTypeFont, measure: float) -> list[str]:
    done, line, reach, space = [], "", 0.0, width(" ", face)
    for word in _words(text, face, measure):
        if line and reach + space + width(word, face) <= measure:
            line = f"{line} {word}"
            reach += space + width(word, face)
            continue
        if line:
            done.append(line)
        *full, line = _pieces(word, face, measure)
        done += full
        reach = width(line, face)
    return [*done, line]


def _words(text: str, face: ImageFont.FreeTypeFont, measure: float) -> Iterator[str]:
    """What may stand on different lines; words tied by a no-break space part only where a line cannot hold them."""
    for tied in text.split(" "):
        yield from [tied] if width(tied, face) <= measure else tied.split(NO_BREAK)


def _pieces(word: str, face: ImageFont.FreeTypeFont, measure: float) -> list[str]:
    """A word, broken between letters where it is too long for a line."""
    if width(word, face) <= measure:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, face) > measure:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@lru_cache(maxsize=512)
def fitted(text: str, weight: Weight, sizes: range, measure: float, most_lines: int) -> Setting:
    """The largest of `sizes` (falling) at which `text` takes `most_lines`; at the smallest, as many as it needs."""
    for size in sizes:
        setting = font(weight, size), lines(text, font(weight, size), measure)
        if len(setting[1]) <= most_lines:
            break
    return setting
