"""`guide`: the residents' guide on paper, for one unit or for every unit of a commune. Works while the bot runs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, chosen_plan, opened, read_settings, unit_called
from texts import commands as words
from texts import printing as said

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from guides.content import LinkFor
    from guides.printed import Form, Guide
    from rules.plan import Plan
    from storage.tables import Unit


def guide(
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help=words.UNIT_OPTION)],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=said.OUT_OPTION)],
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="SLUG", help=words.CAMPAIGN_OPTION)] = None,
    formats: Annotated[str, typer.Option("--formats", metavar="LIST", help=said.FORMATS_OPTION)] = "",
) -> None:
    settings = read_settings()
    plan = chosen_plan(settings, campaign)
    forms = _forms(formats)
    _make_folder(out)
    places = asyncio.run(_places(settings, plan, unit))
    typer.echo(said.drawn(_draw(settings, plan, places, forms, out), len(places), out))


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


async def _places(settings: Settings, plan: Plan, name: str) -> list[Unit]:
    """The unit; for the commune itself every unit below, where there is one."""
    from storage import units
    from storage.roots import ROOT_KIND, ensure_root

    async def job(session: AsyncSession) -> list[Unit]:
        await ensure_root(session, plan)
        unit = await unit_called(session, plan, name)
        lower = await units.below(session, unit) if unit.kind == ROOT_KIND else []
        return lower or [unit]

    async with opened(settings, may_make=True) as database:
        return await database.write(job)


def _draw(settings: Settings, plan: Plan, places: Sequence[Unit], forms: Sequence[Form], out: Path) -> int:
    """Writes the files, with a bar on a terminal, and returns how many guides there are."""
    from guides.printed import bound

    pages: dict[Form, list[Guide]] = {form: [] for form in forms}
    count, hidden = len(places) * len(forms), not sys.stderr.isatty()
    with typer.progressbar(length=count, label=said.DRAWING, file=sys.stderr, hidden=hidden) as bar:
        for guide, stem in _guides(settings, plan, places, forms):
            _write(out / f"{stem}.png", guide.png)
            _write(out / f"{stem}.pdf", guide.pdf)
            pages[guide.form].append(guide)
            bar.update(1)
    if len(places) > 1:
        for form, drawn in pages.items():
            _write(out / f"{form}-{said.ALL_UNITS}.pdf", bound(drawn))
    return count


def _guides(
    settings: Settings, plan: Plan, places: Sequence[Unit], forms: Sequence[Form]
) -> Iterator[tuple[Guide, str]]:
    """Each unit's guides with the name of their files, unit by unit: a unit's codes are worked out once."""
    from guides.printed import printed

    stems = _stems(places)
    for unit in places:
        name = "" if unit.kind == "commune" else unit.name
        opens = link_for(settings, plan, unit)
        for form in forms:
            try:
                yield printed(plan, name, form, opens), f"{form}-{stems[unit.id]}"
            except ValueError:
                raise Stop(said.link_too_long(plan.app.name)) from None


def link_for(settings: Settings, plan: Plan, unit: Unit) -> LinkFor | None:
    """What this unit's codes open instead of the store page; None is the store page."""
    return None


def _stems(places: Sequence[Unit]) -> dict[int | None, str]:
    """Each unit's name as a file's name; units that would share one get their number behind it."""
    import re

    from rules.spelling import fold

    plain = {unit.id: re.sub(r"[^a-z0-9]+", "-", fold(unit.name)).strip("-")[:80] or "don-vi" for unit in places}
    taken = list(plain.values())
    return {key: stem if taken.count(stem) == 1 else f"{stem}-{key}" for key, stem in plain.items()}


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError:
        raise Stop(said.not_a_folder(path.parent)) from None
