"""The resident's card: one picture to hold up at the gate, with the code, the steps and whom to call."""

import unicodedata
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Literal

from guides import words
from guides.card_layout import Code, Content, drawn
from guides.lettering import drawable
from rules.plan import Plan

Phone = Literal["ios", "android", "both"]
SYSTEMS: dict[Phone, tuple[words.System, ...]] = {"ios": ("ios",), "android": ("android",), "both": ("ios", "android")}
KEPT = 128  # pictures of about 0.1 MB


def card(plan: Plan, place: str, phone: Phone) -> bytes:
    """A PNG for the residents of one unit: 1080 pixels wide, as tall as its words need.

    The same arguments give the same bytes. Raises ValueError when a store link is longer than a QR code holds.
    """
    return _drawn(_content(plan, place, phone))


def card_key(plan: Plan, place: str, phone: Phone) -> str:
    """At most 40 ASCII letters that change whenever anything on the card would, its design included."""
    said = repr(_content(plan, place, phone)) + _design()
    return f"{phone}-{sha256(said.encode()).hexdigest()[:24]}"


def links(plan: Plan, phone: Phone) -> list[tuple[str, str]]:
    """The stores this phone needs, as (name, link): exactly what the card's codes open."""
    app = plan.app.model_copy(update={"name": unicodedata.normalize("NFC", plan.app.name)})
    return [(words.STORES[system], app.store_link(system)) for system in SYSTEMS[phone]]


def _content(plan: Plan, place: str, phone: Phone) -> Content:
    systems = zip(SYSTEMS[phone], links(plan, phone), strict=True)
    return Content(
        app=drawable(plan.app.name),
        where=words.where(drawable(plan.place.name), drawable(place)),
        codes=tuple(Code(words.PHONES[s], store, link, words.under_code(plan, s)) for s, (store, link) in systems),
        steps=tuple(drawable(step) for step in plan.app.steps),
        hotline=drawable(plan.app.hotline),
        hotline_note=drawable(plan.app.hotline_note),
        authority=drawable(plan.place.authority),
    )


@cache
def _design() -> str:
    """A stamp of what draws, so that a cached picture never outlives its design."""
    sources = sorted(
        path.name + path.read_text("utf-8") for path in files("guides").iterdir() if path.name.endswith(".py")
    )
    return "".join([*sources, version("pillow"), version("qrcode"), version("fontpkg-be-vietnam-pro")])


@lru_cache(maxsize=KEPT)
def _drawn(content: Content) -> bytes:
    return drawn(content)
