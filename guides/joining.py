"""A poster that lets one person join: the invitation's code in large letters, and codes to scan for each messenger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image

from guides import codes, words
from guides.lettering import drawable, fitted
from guides.palette import Palette
from guides.print_layout import A6_WIDE, DPI, HALF, MEASURE, SAFE, Colours, Scale, steps
from guides.sheet import Strip, beside, boxed, centred, framed, gap, grounded, saved, stacked, tallest

A4 = (2480, 3508)
_GROUP = 5  # a code is read out and typed in two halves


@dataclass(frozen=True)
class Joining:
    """What a poster says; `scans` are messengers with the link each one's code opens."""

    code: str
    who: str
    where: str
    until: str
    authority: str
    colours: Palette
    scans: tuple[tuple[str, str], ...] = ()


def poster(joining: Joining) -> bytes:
    """An A4 page as a PNG. Raises ValueError when a link is longer than a QR code holds."""
    colours = Colours.of(joining.colours)
    for percent in range(100, 39, -4):
        parts = _parts(joining, Scale(A4[0], percent / 100), colours)
        spare = A4[1] - sum(part.height for part in parts)
        if spare >= 0:
            break
    between = max(0, spare) // (len(parts) - 1)
    sheet = Image.new("L", A4, colours.paper.ground)
    stacked([strip for part in parts for strip in (part, gap(between))]).paint(sheet, 0)
    return saved(sheet, colours.bands, DPI)


def _parts(joining: Joining, scale: Scale, colours: Colours) -> list[Strip]:
    scans = [_scans(joining.scans, scale, colours)] if joining.scans else []
    told = steps(words.how_to_join(bool(scans)), scale, colours)
    return [
        _head(joining, scale, colours),
        _code(joining, scale, colours),
        *scans,
        told,
        _foot(joining, scale, colours),
    ]


def _head(joining: Joining, scale: Scale, colours: Colours) -> Strip:
    x, measure, ink = scale(SAFE), scale(MEASURE), colours.head.ink
    invited = fitted(words.JOIN, "ExtraBold", scale.letters(112, 80), measure, most_lines=1)
    who = fitted(drawable(joining.who), "SemiBold", scale.letters(56, 40), measure, most_lines=2)
    where = fitted(words.shortened(drawable(joining.where)), "SemiBold", scale.letters(46, 36), measure, most_lines=2)
    rows = [centred(setting, x, measure, ink) for setting in (invited, who, where)]
    return grounded(stacked([gap(scale(52)), *rows, gap(scale(26))]), 0, scale(A6_WIDE), colours.head.ground)


def _code(joining: Joining, scale: Scale, colours: Colours) -> Strip:
    x, measure, ink = scale(SAFE), scale(MEASURE), colours.paper.ink
    shown = f"{joining.code[:_GROUP]} {joining.code[_GROUP:]}"
    label = fitted(words.YOUR_CODE, "SemiBold", scale.letters(48, 36), measure, most_lines=1)
    code = fitted(shown, "ExtraBold", scale.letters(140, 80), measure, most_lines=1)
    return stacked([gap(scale(14)), centred(label, x, measure, ink), centred(code, x, measure, colours.number.ink)])


def _scans(scans: Sequence[tuple[str, str]], scale: Scale, colours: Colours) -> Strip:
    first = SAFE if len(scans) > 1 else SAFE + (MEASURE - HALF) // 2
    places = [scale(first + number * (MEASURE - HALF)) for number in range(len(scans))]
    columns = [_scan(name, link, x, scale, colours) for (name, link), x in zip(scans, places, strict=True)]
    level = [replace(column, height=tallest(columns)) for column in columns]
    line = {"measure": scale(HALF), "ink": colours.rule.ink, "thick": scale(3), "radius": scale(24)}
    return beside([framed(column, x, **line) for column, x in zip(level, places, strict=True)])


def _scan(name: str, link: str, x: int, scale: Scale, colours: Colours) -> Strip:
    measure, side, paper = scale(HALF), scale((HALF - 40) * scale.type), colours.paper
    label = centred(fitted(name, "ExtraBold", scale.letters(60, 50), measure, most_lines=1), x, measure, paper.ink)
    picture = codes.picture(link, side, paper.ink, paper.ground)
    return stacked([gap(scale(10)), label, boxed(picture, x, measure, side), gap(scale(14))])


def _foot(joining: Joining, scale: Scale, colours: Colours) -> Strip:
    x, measure = scale(SAFE), scale(MEASURE)
    until = fitted(joining.until, "SemiBold", scale.letters(40, 30), measure, most_lines=2)
    band = grounded(
        stacked([gap(scale(12)), centred(until, x, measure, colours.help.ink), gap(scale(14))]),
        0, scale(A6_WIDE), colours.help.ground,
    )  # fmt: skip
    authority = fitted(drawable(joining.authority), "Medium", scale.letters(36, 28), measure, most_lines=2)
    return stacked([band, gap(scale(14)), centred(authority, x, measure, colours.paper.ink), gap(scale(50))])
