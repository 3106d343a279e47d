"""The plan's two colours, made to be read: on paper, on a card, and on a page by day and by night.

Contrast is WCAG 2.2's ratio of relative luminances; 4.5 is its AA for any text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import ImageColor

from guides.sheet import Rgb

AA = 4.5
WHITE, CREAM = (255, 255, 255), (255, 247, 234)
NIGHT = (29, 36, 38)  # the palest ground of the page at night
_STEP = 0.06


@dataclass(frozen=True)
class Palette:
    """`head` carries the name of the app, `help` numbers and the hotline; each is dark enough on cream and white."""

    head: Rgb
    help: Rgb

    @property
    def head_at_night(self) -> Rgb:
        return towards(self.head, WHITE, NIGHT)

    @property
    def help_at_night(self) -> Rgb:
        return towards(self.help, WHITE, NIGHT)


def palette(colours: Sequence[str]) -> Palette:
    """From a plan's `place.colours` (accent, main), each "#RRGGBB"; one that is too pale to read is darkened."""
    accent, main = (ImageColor.getrgb(colour)[:3] for colour in colours)
    return Palette(head=towards(main, (0, 0, 0), CREAM), help=towards(accent, (0, 0, 0), CREAM))


def towards(colour: Rgb, end: Rgb, ground: Rgb) -> Rgb:
    """The colour itself, or mixed with `end` until it can be read on `ground`."""
    share = 0.0
    mixed = colour
    while contrast(mixed, ground) < AA:
        share += _STEP
        mixed = _mixed(colour, end, share)
    return mixed


def contrast(one: Rgb, other: Rgb) -> float:
    """WCAG's contrast ratio, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def as_hex(colour: Rgb) -> str:
    """As a style sheet writes it, "#0b534c"."""
    return "#" + "".join(f"{part:02x}" for part in colour)


def _mixed(colour: Rgb, end: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * min(share, 1.0)) for a, b in zip(colour, end, strict=True))
    return red, green, blue


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
