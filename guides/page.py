"""The resident's page behind a guide's code: one small HTML, all inline, that needs no script, picture or cookie.

It is the same for every code of a plan, known or not: what it shows comes from the plan, the phone and the step.
"""

import re
import unicodedata
from functools import cache, lru_cache
from html import escape
from importlib.resources import files
from string import Template

from guides.palette import as_hex, palette
from rules.plan import Plan
from rules.visitors import System
from texts import landing as texts

_SYSTEMS: tuple[System, ...] = ("ios", "android")


@lru_cache(maxsize=128)
def page(plan: Plan, system: System | None = None, step: int = 1) -> str:
    """The whole document; `system` has its store first, `step` is marked as where the reader is (one past: done)."""
    body = "".join([_head(plan), "<main>", _stores(plan, system), _steps(plan, step), _help(plan), "</main>"])
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
        f"<title>{_said(texts.title(plan))} – {_said(texts.place(plan))}</title>"
        f"<style>{_style(*plan.place.colours)}</style></head>"
        f"<body>{body}{_about(plan)}</body></html>"
    )


def step_of(asked: str, plan: Plan) -> int:
    """The step a link asks for, between the first and one past the last; nonsense is the first."""
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 3 else 1
    return min(max(number, 1), len(plan.app.steps) + 1)


@cache
def _style(accent: str, main: str) -> str:
    """The style sheet in the plan's colours, by day and by night."""
    colours = palette((accent, main))
    return _sheet().substitute(
        head=as_hex(colours.head),
        help=as_hex(colours.help),
        night_head=as_hex(colours.head_at_night),
        night_help=as_hex(colours.help_at_night),
    )


@cache
def _sheet() -> Template:
    return Template("".join((files("guides") / "page.css").read_text("utf-8").splitlines()))


def _said(text: str) -> str:
    return escape(unicodedata.normalize("NFC", text))


def _head(plan: Plan) -> str:
    return (
        f'<a class="skip" href="#get">{texts.SKIP}</a>'
        f"<header><h1><small>{texts.INSTALL}</small> {_said(plan.app.name)}</h1>"
        f"<p>{_said(texts.place(plan))}</p></header>"
    )


def _stores(plan: Plan, system: System | None) -> str:
    heading = f'<h2 id="get">{texts.GET_IT}</h2>'
    if system is None:
        return f"{heading}<p>{texts.WHICH_PHONE}</p>" + "".join(_button(plan, each, is_first=True) for each in _SYSTEMS)
    other = next(each for each in _SYSTEMS if each != system)
    first = f"<p>{texts.yours(system)}</p>{_button(plan, system, is_first=True)}"
    return f"{heading}{first}<p>{texts.OTHER_PHONE}</p>{_button(plan, other, is_first=False)}"


def _button(plan: Plan, system: System, *, is_first: bool) -> str:
    looks = "get first" if is_first else "get"
    name, phone = _said(texts.button(plan, system)), _said(texts.for_phone(system))
    return f'<a class="{looks}" href="{escape(plan.app.store_link(system))}" rel="noreferrer"><b>{name}</b> {phone}</a>'


def _steps(plan: Plan, step: int) -> str:
    last = len(plan.app.steps)
    where = texts.FINISHED if step > last else texts.at_step(step, last)
    items = "".join(_step(number, said, step, last) for number, said in enumerate(plan.app.steps, 1))
    again = f'<a class="move" href="?buoc=1#steps">{texts.START_OVER}</a>' if step > last else ""
    video = _link(plan.app.video, texts.VIDEO) if plan.app.video else ""
    return f'<h2 id="steps">{texts.STEPS}</h2><p class="note">{where}</p><ol>{items}</ol>{again}{video}'


def _step(number: int, said: str, at: int, last: int) -> str:
    if number != at:
        return f"<li><span>{number}</span><div><p>{_said(said)}</p></div></li>"
    on = texts.next_step(number) if number < last else texts.last_done(number)
    moves = f'<a class="move" href="?buoc={number + 1}#steps">{on}</a>'
    if number > 1:
        moves += f'<a class="move" href="?buoc={number - 1}#steps">{texts.back(number - 1)}</a>'
    return f'<li class="now" aria-current="step"><span>{number}</span><div><p>{_said(said)}</p>{moves}</div></li>'


def _link(href: str, says: str) -> str:
    return f'<a class="get" href="{escape(href)}" rel="noreferrer"><b>{says}</b></a>'


def _help(plan: Plan) -> str:
    return f"<h2>{texts.HELP}</h2>{_hotline(plan)}<p>{_said(texts.ask_nearby(plan))}</p><p>{texts.BEWARE}</p>"


def _hotline(plan: Plan) -> str:
    number = re.sub(r"[^0-9+]", "", plan.app.hotline)
    if not number:
        return f"<p>{_said(plan.app.hotline)}</p>" if plan.app.hotline else ""
    note = f" {_said(plan.app.hotline_note)}" if plan.app.hotline_note else ""
    return f'<a class="get call" href="tel:{number}"><b>{_said(texts.call(plan))}</b>{note}</a>'


def _about(plan: Plan) -> str:
    said = "".join(f"<p>{_said(sentence)}</p>" for sentence in texts.about(plan))
    return f"<footer><h2>{texts.ABOUT}</h2>{said}</footer>"
