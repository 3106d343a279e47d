"""`guide`: the residents' guide on paper, for one unit or for every unit of a commune. Works while the bot runs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, chosen_plan, read_settings
from bot.commands.guide_places import Place, Whose, places
from texts import commands as words
from texts import printing as said

if TYPE_CHECKING:
    from guides.content import LinkFor
    from guides.printed import Form, Guide
    from rules.plan import Plan


def guide(
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help=words.UNIT_OPTION)],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=said.OUT_OPTION)],
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="SLUG", help=words.CAMPAIGN_OPTION)] = None,
    formats: Annotated[str, typer.Option("--formats", metavar="LIST", help=said.FORMATS_OPTION)] = "",
    each: Annotated[bool, typer.Option("--each-volunteer", help=said.EACH_OPTION)] = False,
    named: Annotated[str, typer.Option("--for", metavar="NAME", help=said.FOR_OPTION)] = "",
) -> None:
    settings = read_settings()
    plan = chosen_plan(settings, campaign)
    forms = _forms(formats)
    _make_folder(out)
    whose = Whose(each, named.strip())
    chosen = asyncio.run(places(settings, plan, unit, whose))
    told = said.drawn_for_people if any(whose) else said.drawn
    typer.echo(told(_draw(plan, chosen, forms, out, together=not any(whose)), len(chosen), out))


def _forms(typed: str) -> list[Form]:
    from guides.printed import SIZES

    known = {form.casefold(): form for form in SIZES}
    asked = [word.strip() for word in typed.split(",") if word.strip()] or list(known)
    for word in asked:
        if word.casefold() not in known:
            raise Stop(said.unknown_form(word, list(known)))
    return list(dict.fromkeys(known[word.casefold()] for word in asked))


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Stop(said.not_a_folder(out)) from None


def _draw(plan: Plan, chosen: Sequence[Place], forms: Sequence[Form], out: Path, *, together: bool) -> int:
    """Writes the files, with a bar on a terminal, and returns how many guides there are.

    Several units' pages are also bound `together`; volunteers' are not, for only a file's name says whose it is.
    """
    from guides.printed import bound

    pages: dict[Form, list[Guide]] = {form: [] for form in forms}
    count, hidden = len(chosen) * len(forms), not sys.stderr.isatty()
    with typer.progressbar(length=count, label=said.DRAWING, file=sys.stderr, hidden=hidden) as bar:
        for guide, stem in _guides(plan, chosen, forms):
            _write(out / f"{stem}.png", guide.png)
            _write(out / f"{stem}.pdf", guide.pdf)
            pages[guide.form].append(guide)
            bar.update(1)
    if together and len(chosen) > 1:
        for form, drawn in pages.items():
            _write(out / f"{form}-{said.ALL_UNITS}.pdf", bound(drawn))
    return count


def _guides(plan: Plan, chosen: Sequence[Place], forms: Sequence[Form]) -> Iterator[tuple[Guide, str]]:
    """Each unit's guides with the name of their files, unit by unit: a unit's codes are worked out once."""
    from guides.printed import printed

    for name, stem, page in chosen:
        for form in forms:
            try:
                yield printed(plan, name, form, _opens(page)), f"{form}-{stem}"
            except ValueError:
                raise Stop(said.link_too_long(plan.app.name)) from None


def _opens(page: str) -> LinkFor | None:
    """Both codes open the unit's page, where there is one; else each its store."""
    return (lambda system: page) if page else None


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError:
        raise Stop(said.not_a_folder(path.parent)) from None
