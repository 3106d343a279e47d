"""What every guide is put together from: coloured bands, strips that know their height, and a small PNG."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from guides.lettering import LEADING, Setting, width, write

Rgb = tuple[int, int, int]
SHADES = 51
Image.preinit()  # Pillow otherwise loads its file formats at the first save: 50 ms on somebody's first card
BASELINE = 1.02  # of the size, from the top of a line


@dataclass(frozen=True)
class Band:
    """A ground and an ink with the shades between them, side by side in the palette.

    A sheet is drawn as greys in which each band owns 51 neighbouring values. So Pillow's smoothing of letters
    lands on the right colours, and the file needs one byte a pixel: five times cheaper than RGB.
    """

    place: int
    ground_rgb: Rgb
    ink_rgb: Rgb

    @property
    def ground(self) -> int:
        return self.place * SHADES

    @property
    def ink(self) -> int:
        return self.ground + SHADES - 1

    def colours(self) -> list[int]:
        return [
            round(ground + (ink - ground) * shade / (SHADES - 1))
            for shade in range(SHADES)
            for ground, ink in zip(self.ground_rgb, self.ink_rgb, strict=True)
        ]


@dataclass(frozen=True)
class Strip:
    """Something `height` pixels high that `paint` puts on a sheet from a given y downward."""

    height: int
    paint: Callable[[Image.Image, int], None]


def gap(height: int) -> Strip:
    return Strip(height, lambda sheet, y: None)


def stacked(strips: Sequence[Strip]) -> Strip:
    """One under the other."""

    def paint(sheet: Image.Image, y: int) -> None:
        for strip in strips:
            strip.paint(sheet, y)
            y += strip.height

    return Strip(sum(strip.height for strip in strips), paint)


def beside(strips: Sequence[Strip]) -> Strip:
    """Tops level; each strip knows its own x."""

    def paint(sheet: Image.Image, y: int) -> None:
        for strip in strips:
            strip.paint(sheet, y)

    return Strip(tallest(strips), paint)


def tallest(strips: Sequence[Strip]) -> int:
    return max(strip.height for strip in strips)


def grounded(strip: Strip, x: int, measure: int, ground: int, radius: int = 0) -> Strip:
    """`strip` on a ground of its own, from x to x + measure, its corners rounded by `radius`."""

    def paint(sheet: Image.Image, y: int) -> None:
        box = (x, y, x + measure - 1, y + strip.height - 1)
        ImageDraw.Draw(sheet).rounded_rectangle(box, radius, fill=ground)
        strip.paint(sheet, y)

    return Strip(strip.height, paint)


def framed(strip: Strip, x: int, measure: int, ink: int, thick: int, radius: int) -> Strip:
    """`strip` with a line around it, from x to x + measure."""

    def paint(sheet: Image.Image, y: int) -> None:
        box = (x, y, x + measure - 1, y + strip.height - 1)
        ImageDraw.Draw(sheet).rounded_rectangle(box, radius, outline=ink, width=thick)
        strip.paint(sheet, y)

    return Strip(strip.height, paint)


def underlined(strip: Strip, start: int, end: int, ink: int, thick: int) -> Strip:
    """`strip` above a line from `start` to `end`, to be written on."""

    def paint(sheet: Image.Image, y: int) -> None:
        strip.paint(sheet, y)
        ImageDraw.Draw(sheet).rectangle((start, y + strip.height - thick, end, y + strip.height - 1), fill=ink)

    return Strip(strip.height, paint)


def centred(setting: Setting, x: int, measure: int, ink: int) -> Strip:
    """Lines of type, each in the middle of x to x + measure."""
    face, rows = setting
    starts = [round(x + (measure - width(row, face)) / 2) for row in rows]
    return _lettered(setting, starts, ink)


def ragged(setting: Setting, x: int, ink: int) -> Strip:
    """Lines of type that all start at x."""
    return _lettered(setting, [x] * len(setting[1]), ink)


def _lettered(setting: Setting, starts: list[int], ink: int) -> Strip:
    face, rows = setting
    leading = round(face.size * LEADING)

    def paint(sheet: Image.Image, y: int) -> None:
        draw = ImageDraw.Draw(sheet)
        for number, (row, start) in enumerate(zip(rows, starts, strict=True)):
            write(draw, (start, y + number * leading + round(face.size * BASELINE)), row, face, ink)

    return Strip(leading * len(rows), paint)


def pasted(picture: Image.Image, x: int, measure: int) -> Strip:
    """A picture in the middle of x to x + measure."""
    left = x + (measure - picture.width) // 2
    return Strip(picture.height, lambda sheet, y: sheet.paste(picture, (left, y)))


def boxed(picture: Image.Image, x: int, measure: int, height: int) -> Strip:
    """A picture in the middle of a box, so that what stands below stays where it is whatever the picture's size."""
    left, down = x + (measure - picture.width) // 2, (height - picture.height) // 2
    return Strip(height, lambda sheet, y: sheet.paste(picture, (left, y + down)))


def png(strip: Strip, wide: int, bands: Sequence[Band], ground: int) -> bytes:
    """The strip as a palette PNG on `ground`. `bands` in the order of their places."""
    sheet = Image.new("L", (wide, strip.height), ground)
    strip.paint(sheet, 0)
    return saved(sheet, bands)


def saved(sheet: Image.Image, bands: Sequence[Band], dpi: int | None = None) -> bytes:
    """A sheet of greys in its bands' colours, as a palette PNG."""
    sheet.putpalette([value for band in bands for value in band.colours()])
    out = BytesIO()
    sheet.save(out, "PNG", compress_level=1, **({"dpi": (dpi, dpi)} if dpi else {}))
    return out.getvalue()
