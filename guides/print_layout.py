"""How a guide on paper looks: a head, two codes, the steps, the hotline, all as large as the page allows.

The A sizes are one shape, so one layout serves the door card, the leaflet and the poster. Measures are in tenths of a
millimetre on an A6 page; a `Scale` turns them into dots.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from guides import codes, words
from guides.content import Code, Content
from guides.lettering import fitted, font, lines, width
from guides.palette import WHITE, Palette
from guides.sheet import (
    Band,
    Strip,
    beside,
    boxed,
    centred,
    framed,
    gap,
    grounded,
    ragged,
    stacked,
    tallest,
    underlined,
)

DPI = 300
INK, GREY = (28, 30, 33), (110, 112, 115)
A6_WIDE = 1050
SAFE = 70  # nothing to be read comes nearer to the edge: no office printer prints, and no knife cuts, so far in
MEASURE = A6_WIDE - 2 * SAFE
GUTTER = 24
HALF = (MEASURE - GUTTER) // 2
STEP_INDENT = 66
BESIDE, BETWEEN = 50, 16  # the codes come nearer to the edge than words do: a smudged print is still read
PANEL = (A6_WIDE - 2 * BESIDE - BETWEEN) // 2
CODE = PANEL - 8


@dataclass(frozen=True)
class Colours:
    """The bands of a page on white paper: a grey printer keeps them apart too."""

    bands: tuple[Band, ...]

    @classmethod
    def of(cls, plan: Palette) -> "Colours":
        inks = ((plan.head, WHITE), (WHITE, INK), (WHITE, plan.help), (plan.help, WHITE), (WHITE, GREY))
        return cls(tuple(Band(place, ground, ink) for place, (ground, ink) in enumerate(inks)))

    @property
    def head(self) -> Band:
        return self.bands[0]

    @property
    def paper(self) -> Band:
        return self.bands[1]

    @property
    def number(self) -> Band:
        return self.bands[2]

    @property
    def help(self) -> Band:
        return self.bands[3]

    @property
    def rule(self) -> Band:
        return self.bands[4]


@dataclass(frozen=True)
class Scale:
    """From tenths of a millimetre on A6 to dots on this page; `type` shrinks letters where words are many."""

    width: int
    type: float = 1.0

    def __call__(self, measure: float) -> int:
        return round(measure * self.width / A6_WIDE)

    def letters(self, largest: int, smallest: int) -> range:
        """Sizes to try, from the largest down, in dots."""
        top, bottom = self(largest * self.type), self(smallest * self.type)
        return range(top, bottom - 1, -max(1, (top - bottom) // 8))


def page(content: Content, size: tuple[int, int], colours: Colours, extra: Sequence[str] = ()) -> Image.Image:
    """The page in its bands' greys, `size` dots wide and tall; `extra` lines are left to be filled in by hand."""
    wide, tall = size
    for percent in range(100, 39, -4):
        scale = Scale(wide, percent / 100)
        parts = list(_parts(content, scale, colours, extra))
        spare = tall - sum(part.height for part in parts)
        if spare >= 0:
            break
    sheet = Image.new("L", size, colours.paper.ground)
    _spread(parts, max(0, spare)).paint(sheet, 0)
    return sheet


def _parts(content: Content, scale: Scale, colours: Colours, extra: Sequence[str]) -> Iterator[Strip]:
    yield head(content, scale, colours)
    yield _codes(content.codes, scale, colours)
    yield steps(content.steps, scale, colours)
    if extra:
        yield stacked([_to_fill_in(label, scale, colours) for label in extra])
    yield _foot(content, scale, colours)


def _spread(parts: Sequence[Strip], spare: int) -> Strip:
    """The parts down the page with what room is left shared between them: head at the top, foot at the bottom."""
    each = spare // (len(parts) - 1)
    spaced = [strip for part in parts[:-1] for strip in (part, gap(each))]
    return stacked([*spaced, gap(spare - each * (len(parts) - 1)), parts[-1]])


def head(content: Content, scale: Scale, colours: Colours) -> Strip:
    x, measure, ink = scale(SAFE), scale(MEASURE), colours.head.ink
    install = fitted(words.INSTALL, "Medium", scale.letters(42, 36), measure, most_lines=1)
    app = fitted(content.app, "ExtraBold", scale.letters(112, 60), measure, most_lines=2)
    where = fitted(content.where, "SemiBold", scale.letters(46, 36), measure, most_lines=2)
    rows = [gap(scale(52)), centred(install, x, measure, ink), centred(app, x, measure, ink), gap(scale(4))]
    rows += [centred(where, x, measure, ink), gap(scale(26))]
    return grounded(stacked(rows), 0, scale(A6_WIDE), colours.head.ground)


def _codes(shown: Sequence[Code], scale: Scale, colours: Colours) -> Strip:
    x, measure = scale(SAFE), scale(MEASURE)
    scan = fitted(words.SCAN, "SemiBold", scale.letters(48, 36), measure, most_lines=1)
    places = [scale(BESIDE), scale(BESIDE + PANEL + BETWEEN)]
    columns = [_column(code, at, scale, colours) for code, at in zip(shown, places, strict=True)]
    level = [replace(column, height=tallest(columns)) for column in columns]
    frame = {"measure": scale(PANEL), "ink": colours.rule.ink, "thick": scale(3), "radius": scale(24)}
    panels = [framed(column, at, **frame) for column, at in zip(level, places, strict=True)]
    return stacked([gap(scale(12)), centred(scan, x, measure, colours.paper.ink), gap(scale(8)), beside(panels)])


def _column(code: Code, x: int, scale: Scale, colours: Colours) -> Strip:
    """Whose phone, the code, what it opens. The codes shrink with the letters only when they must."""
    measure, inner = scale(PANEL), scale(PANEL - 2 * 16)
    side = scale(CODE * min(1, scale.type + 0.2))
    whose = centred(fitted(code.phone, "ExtraBold", scale.letters(60, 50), inner, 1), x, measure, colours.paper.ink)
    picture = boxed(codes.picture(code.link, side, colours.paper.ink, colours.paper.ground), x, measure, side)
    says = fitted(code.says, "SemiBold", scale.letters(38, 30), inner, most_lines=2)
    under = centred(says, x + scale(16), inner, colours.paper.ink)
    return stacked([gap(scale(8)), whose, picture, under, gap(scale(8))])


def steps(said: Sequence[str], scale: Scale, colours: Colours) -> Strip:
    """The steps, numbered, all in letters of one size."""
    measure = scale(MEASURE - STEP_INDENT)
    settings = [fitted(step, "SemiBold", scale.letters(47, 40), measure, most_lines=2) for step in said]
    face = min((face for face, _ in settings), key=lambda face: face.size)
    rows = []
    for number, step in enumerate(said, 1):
        numeral = ragged((font("ExtraBold", round(face.size * 1.2)), [str(number)]), scale(SAFE), colours.number.ink)
        told = ragged((face, lines(step, face, measure)), scale(SAFE + STEP_INDENT), colours.paper.ink)
        marked = grounded(numeral, scale(SAFE), scale(STEP_INDENT), colours.number.ground)
        rows += [gap(scale(8) if number > 1 else scale(14)), beside([marked, told])]
    return stacked(rows)


def _to_fill_in(label: str, scale: Scale, colours: Colours) -> Strip:
    """A label and a line to write on."""
    setting = fitted(label, "Medium", scale.letters(42, 34), scale(MEASURE), most_lines=1)
    told = ragged(setting, scale(SAFE), colours.paper.ink)
    start = scale(SAFE) + round(width(label, setting[0])) + scale(10)
    return stacked([gap(scale(26)), underlined(told, start, scale(A6_WIDE - SAFE), colours.rule.ink, scale(3))])


def _foot(content: Content, scale: Scale, colours: Colours) -> Strip:
    x, measure = scale(SAFE), scale(MEASURE)
    authority = fitted(content.authority, "Medium", scale.letters(36, 28), measure, most_lines=2)
    signed = [gap(scale(14)), centred(authority, x, measure, colours.paper.ink), gap(scale(50))]
    return stacked([gap(scale(12)), *hotline(content, scale, colours), *signed])


def hotline(content: Content, scale: Scale, colours: Colours, *, one_line: bool = False) -> list[Strip]:
    """Whom to call, on a band from edge to edge; nothing where the plan names nobody."""
    if not content.hotline:
        return []
    x, measure, ink = scale(SAFE), scale(MEASURE), colours.help.ink
    note = words.aside(content.hotline_note) if content.hotline_note else ""
    said = words.help_line(content.hotline)
    if one_line:
        both = fitted(f"{said} {note}".strip(), "ExtraBold", scale.letters(50, 34), measure, most_lines=1)
        rows = [gap(scale(6)), centred(both, x, measure, ink), gap(scale(8))]
    else:
        call = fitted(said, "ExtraBold", scale.letters(76, 46), measure, most_lines=1)
        aside = fitted(note, "SemiBold", scale.letters(40, 32), measure, most_lines=1)
        rows = [gap(scale(12)), centred(call, x, measure, ink), *([centred(aside, x, measure, ink)] if note else [])]
        rows.append(gap(scale(14)))
    return [grounded(stacked(rows), 0, scale(A6_WIDE), colours.help.ground)]
