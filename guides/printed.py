"""A resident's guide on paper: door card, leaflet, poster, a sheet of cards to cut out, as PNG and as PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from guides import cut_cards, print_layout, words
from guides.content import LinkFor, content_of
from guides.pdf import pdf
from guides.print_layout import DPI, Colours
from guides.sheet import saved
from rules.plan import Plan

Form = Literal["a6", "a5", "a4", "cards"]
A6, A5, A4 = (1240, 1748), (1748, 2480), (2480, 3508)  # dots at 300 an inch
SIZES: dict[Form, tuple[int, int]] = {"a6": A6, "a5": A5, "a4": A4, "cards": A4}


@dataclass(frozen=True)
class Guide:
    """One page for one unit, drawn once; the PDF carries the same dots."""

    form: Form
    title: str
    png: bytes

    @property
    def pdf(self) -> bytes:
        return bound([self])


def printed(plan: Plan, place: str, form: Form, link_for: LinkFor | None = None) -> Guide:
    """The guide of a unit in one form. `link_for` says what a code opens instead of the plan's store page.

    The same arguments give the same bytes. Raises ValueError when a link is longer than a QR code holds.
    """
    content = content_of(plan, place, ("ios", "android"), link_for)
    colours = Colours.of(content.colours)
    if form == "cards":
        sheet = cut_cards.page(content, SIZES[form], colours)
    else:
        extra = words.HELPER if form == "a5" else ()
        sheet = print_layout.page(content, SIZES[form], colours, extra)
    return Guide(form, f"{words.install(content.app)} – {content.where}", saved(sheet, colours.bands, DPI))


def bound(guides: Sequence[Guide]) -> bytes:
    """Several guides as one PDF, a page each, to be printed in one go."""
    return pdf([guide.png for guide in guides], guides[0].title)
