"""An A4 sheet of eight small cards to cut out: the app, its two codes, whom to call."""

from PIL import Image, ImageDraw

from guides import codes, words
from guides.content import Code, Content
from guides.lettering import Setting, fitted
from guides.print_layout import A6_WIDE, Colours, Scale, hotline
from guides.sheet import Strip, beside, boxed, centred, gap, grounded, stacked

ACROSS, DOWN = 2, 4
SAFE, MIDDLE = 56, A6_WIDE // 2  # tenths of a millimetre: a card is as wide as an A6 page and half as tall
SIDE = 458
DASH = 40


def page(content: Content, size: tuple[int, int], colours: Colours) -> Image.Image:
    """The sheet in its bands' greys, with dashed lines to cut along."""
    wide, tall = size
    one = _card(content, (wide // ACROSS, tall // DOWN), colours)
    sheet = Image.new("L", size, colours.paper.ground)
    for place in range(ACROSS * DOWN):
        sheet.paste(one, (place % ACROSS * one.width, place // ACROSS * one.height))
    _cuts(sheet, one.size, colours.rule.ink)
    return sheet


def _card(content: Content, size: tuple[int, int], colours: Colours) -> Image.Image:
    for percent in range(100, 39, -4):
        scale = Scale(size[0], percent / 100)
        parts = [_head(content, scale, colours), _codes(content.codes, scale, colours), *_foot(content, scale, colours)]
        spare = size[1] - sum(part.height for part in parts)
        if spare >= 0:
            break
    top, bottom = gap(max(0, spare) // 2), gap(max(0, spare) - max(0, spare) // 2)
    sheet = Image.new("L", size, colours.paper.ground)
    stacked([parts[0], top, parts[1], bottom, *parts[2:]]).paint(sheet, 0)
    return sheet


def _head(content: Content, scale: Scale, colours: Colours) -> Strip:
    x, measure, ink = scale(SAFE), scale(A6_WIDE - 2 * SAFE), colours.head.ink
    app = fitted(words.install(content.app), "ExtraBold", scale.letters(60, 36), measure, most_lines=1)
    where = fitted(content.where, "SemiBold", scale.letters(40, 28), measure, most_lines=1)
    rows = [gap(scale(40)), centred(app, x, measure, ink), centred(where, x, measure, ink), gap(scale(10))]
    return grounded(stacked(rows), 0, scale(A6_WIDE), colours.head.ground)


def _codes(shown: tuple[Code, ...], scale: Scale, colours: Colours) -> Strip:
    measure = scale(MIDDLE - SAFE)
    labels = [f"{code.phone} · {code.store}" for code in shown]
    faces = [fitted(label, "ExtraBold", scale.letters(44, 30), measure - scale(8), most_lines=1)[0] for label in labels]
    face = min(faces, key=lambda face: face.size)
    columns = zip(shown, labels, (scale(SAFE), scale(MIDDLE)), strict=True)
    return beside([_column(code, (face, [label]), x, scale, colours) for code, label, x in columns])


def _column(code: Code, whose: Setting, x: int, scale: Scale, colours: Colours) -> Strip:
    measure, paper = scale(MIDDLE - SAFE), colours.paper
    side = scale(SIDE * min(1, scale.type + 0.16))
    picture = codes.picture(code.link, side, paper.ink, paper.ground)
    return stacked([gap(scale(6)), centred(whose, x, measure, paper.ink), boxed(picture, x, measure, side)])


def _foot(content: Content, scale: Scale, colours: Colours) -> list[Strip]:
    return [*hotline(content, scale, colours, one_line=True), gap(scale(20))]


def _cuts(sheet: Image.Image, card: tuple[int, int], ink: int) -> None:
    draw = ImageDraw.Draw(sheet)
    for number in range(1, ACROSS):
        for y in range(0, sheet.height, DASH):
            draw.line((number * card[0], y, number * card[0], y + DASH // 2), fill=ink, width=2)
    for number in range(1, DOWN):
        for x in range(0, sheet.width, DASH):
            draw.line((x, number * card[1], x + DASH // 2, number * card[1]), fill=ink, width=2)
