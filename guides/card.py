"""The resident's card: one picture to hold up at the gate, with the code, the steps and whom to call."""

from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Literal

from guides import words
from guides.card_layout import drawn
from guides.content import Content, content_of, store_link
from rules.plan import Plan

Phone = Literal["ios", "android", "both"]
SYSTEMS: dict[Phone, tuple[words.System, ...]] = {"ios": ("ios",), "android": ("android",), "both": ("ios", "android")}
KEPT = 128  # pictures of about 0.1 MB


def card(plan: Plan, place: str, phone: Phone, link: str = "") -> bytes:
    """A PNG for the residents of one unit: 1080 pixels wide, as tall as its words need.

    With `link` its codes open that page instead of the stores, and the card says nothing different. The same arguments
    give the same bytes. Raises ValueError when a link is longer than a QR code holds.
    """
    return _drawn(_content(plan, place, phone, link))


def card_key(plan: Plan, place: str, phone: Phone) -> str:
    """At most 40 ASCII letters that change whenever anything on the card would, its design included."""
    said = repr(_content(plan, place, phone)) + _design()
    return f"{phone}-{sha256(said.encode()).hexdigest()[:24]}"


def links(plan: Plan, phone: Phone) -> list[tuple[str, str]]:
    """The stores this phone needs, as (name, link): exactly what the card's codes open."""
    return [(words.STORES[system], store_link(plan, system)) for system in SYSTEMS[phone]]


def _content(plan: Plan, place: str, phone: Phone, page: str = "") -> Content:
    return content_of(plan, place, SYSTEMS[phone], (lambda _: page) if page else None)


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
