"""How the resident's card looks: a head, one code or two, the steps, the hotline."""

from dataclasses import replace

from PIL.ImageFont import FreeTypeFont

from guides import codes, words
from guides.content import Code, Content
from guides.lettering import fitted, font, lines
from guides.palette import CREAM, WHITE, Palette
from guides.sheet import Band, Strip, beside, centred, gap, grounded, pasted, png, ragged, stacked, tallest

# Pixels, on a card that a 6-inch phone shows edge to edge.
WIDTH, MARGIN, GUTTER = 1080, 48, 28
MEASURE = WIDTH - 2 * MARGIN
HALF = (MEASURE - GUTTER) // 2
CODE_SIDE, LEAST_MODULE = 640, 8
STEP_SIZES, STEP_INDENT = range(52, 43, -2), 68
PADDING, CORNER = 16, 24

INK = (28, 30, 33)


def bands(colours: Palette) -> tuple[Band, ...]:
    """Head, paper, numbers, panels and help, in the plan's colours; which grey is which does not depend on them."""
    return (
        Band(0, colours.head, WHITE),
        Band(1, CREAM, INK),
        Band(2, CREAM, colours.help),
        Band(3, WHITE, INK),
        Band(4, colours.help, WHITE),
    )


HEAD, PAPER, NUMBER, PANEL, HELP = bands(Palette(INK, INK))


def drawn(content: Content) -> bytes:
    """The card as a PNG."""
    strips = [_head(content), gap(22), _codes(content.codes), gap(30), _steps(content.steps), gap(12), _foot(content)]
    return png(stacked(strips), WIDTH, bands(content.colours), PAPER.ground)


def _head(content: Content) -> Strip:
    install = font("Medium", 44), [words.INSTALL]
    app = fitted(content.app, "ExtraBold", range(104, 55, -4), MEASURE, most_lines=2)
    where = fitted(content.where, "SemiBold", range(46, 33, -2), MEASURE, most_lines=2)
    name, unit = (centred(setting, MARGIN, MEASURE, HEAD.ink) for setting in (app, where))
    strips = [gap(22), centred(install, MARGIN, MEASURE, HEAD.ink), name, gap(6), unit, gap(26)]
    return grounded(stacked(strips), 0, WIDTH, HEAD.ground)


def _codes(shown: tuple[Code, ...]) -> Strip:
    scan = centred(fitted(words.SCAN, "SemiBold", range(48, 33, -2), MEASURE, most_lines=1), MARGIN, MEASURE, PAPER.ink)
    if len(shown) == 2 and all(codes.module(code.link, HALF) >= LEAST_MODULE for code in shown):
        return stacked([scan, gap(18), _side_by_side(shown)])
    return stacked([scan, *(strip for code in shown for strip in (gap(18), _panel(code)))])


def _panel(code: Code) -> Strip:
    side = min(MEASURE, max(CODE_SIDE, codes.matrix(code.link).width * LEAST_MODULE))
    whose = _label(f"{code.phone} · {code.store}", 56, MARGIN, MEASURE)
    return grounded(_coded(whose, code, MARGIN, MEASURE, side, most_lines=1), MARGIN, MEASURE, PANEL.ground, CORNER)


def _side_by_side(shown: tuple[Code, ...]) -> Strip:
    columns = list(zip(shown, (MARGIN, MARGIN + HALF + GUTTER), strict=True))
    whose = [stacked([_label(code.phone, 66, x, HALF), _label(code.store, 44, x, HALF)]) for code, x in columns]
    halves = [_coded(who, code, x, HALF, HALF, most_lines=2) for who, (code, x) in zip(whose, columns, strict=True)]
    level = [replace(half, height=tallest(halves)) for half in halves]
    return beside([grounded(half, x, HALF, PANEL.ground, CORNER) for half, (_, x) in zip(level, columns, strict=True)])


def _label(name: str, size: int, x: int, measure: int) -> Strip:
    return centred((font("ExtraBold", size), [name]), x, measure, PANEL.ink)


def _coded(whose: Strip, code: Code, x: int, measure: int, side: int, most_lines: int) -> Strip:
    picture = codes.picture(code.link, side, dark=PANEL.ink, light=PANEL.ground)
    says = fitted(code.says, "SemiBold", range(46, 35, -2), measure - 2 * PADDING, most_lines)
    under = centred(says, x + PADDING, measure - 2 * PADDING, PANEL.ink)
    return stacked([gap(14), whose, pasted(picture, x, measure), under, gap(22)])


def _steps(said: tuple[str, ...]) -> Strip:
    settings = [fitted(step, "SemiBold", STEP_SIZES, MEASURE - STEP_INDENT, most_lines=2) for step in said]
    face = min((face for face, _ in settings), key=lambda face: face.size)
    strips = [_step(number, step, face) for number, step in enumerate(said, 1)]
    return stacked([strip for step in strips for strip in (step, gap(14))])


def _step(number: int, step: str, face: FreeTypeFont) -> Strip:
    numeral = ragged((font("ExtraBold", 60), [str(number)]), MARGIN, NUMBER.ink)
    said = ragged((face, lines(step, face, MEASURE - STEP_INDENT)), MARGIN + STEP_INDENT, PAPER.ink)
    return beside([grounded(numeral, MARGIN, STEP_INDENT, NUMBER.ground), said])


def _foot(content: Content) -> Strip:
    authority = fitted(content.authority, "Medium", range(34, 27, -2), MEASURE, most_lines=2)
    signed = stacked([gap(14), centred(authority, MARGIN, MEASURE, PAPER.ink), gap(20)])
    if not content.hotline:
        return signed
    call = fitted(words.help_line(content.hotline), "ExtraBold", range(64, 39, -4), MEASURE, most_lines=1)
    said = [centred(call, MARGIN, MEASURE, HELP.ink)]
    if content.hotline_note:
        note = fitted(words.aside(content.hotline_note), "SemiBold", range(40, 31, -2), MEASURE, most_lines=1)
        said.append(centred(note, MARGIN, MEASURE, HELP.ink))
    band = stacked([gap(14), *said, gap(18)])
    return stacked([grounded(band, 0, WIDTH, HELP.ground), signed])
