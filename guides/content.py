"""What every guide says, taken from the plan once, in letters the font has."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guides import words
from guides.lettering import drawable
from guides.palette import Palette, palette
from rules.plan import Plan

LinkFor = Callable[[words.System], str]  # what a code opens instead of the store itself, such as our own page


@dataclass(frozen=True)
class Code:
    phone: str
    store: str
    link: str
    says: str


@dataclass(frozen=True)
class Content:
    """Everything a card says, in letters the font has."""

    app: str
    where: str
    codes: tuple[Code, ...]
    steps: tuple[str, ...]
    hotline: str
    hotline_note: str
    authority: str
    colours: Palette


def content_of(plan: Plan, place: str, systems: Sequence[words.System], link_for: LinkFor | None = None) -> Content:
    """What a guide for the residents of `place` says; it says the same whatever its codes open."""
    opens = link_for or (lambda system: store_link(plan, system))
    return Content(
        app=drawable(plan.app.name),
        where=words.where(drawable(plan.place.name), drawable(place)),
        codes=tuple(Code(words.PHONES[s], words.STORES[s], opens(s), words.under_code(plan, s)) for s in systems),
        steps=tuple(drawable(step) for step in plan.app.steps),
        hotline=drawable(plan.app.hotline),
        hotline_note=drawable(plan.app.hotline_note),
        authority=drawable(plan.place.authority),
        colours=palette(plan.place.colours),
    )


def store_link(plan: Plan, system: words.System) -> str:
    """The plan's link to this store, the same however the plan's letters were composed."""
    app = plan.app.model_copy(update={"name": unicodedata.normalize("NFC", plan.app.name)})
    return app.store_link(system)
