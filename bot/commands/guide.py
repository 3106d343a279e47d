"""`guide`: the residents' guide on paper, for one unit or for every unit of a commune. Works while the bot runs."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, chosen_plan, now, opened, read_settings, unit_called
from texts import commands as words
from texts import printing as said

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from guides.content import LinkFor
    from guides.printed import Form, Guide
    from rules.plan import Plan
    from storage.tables import Unit

    Place = tuple[str, str, str]  # the unit's name on the page, its files' name, the page its codes open or ""


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
    typer.echo(said.drawn(_draw(plan, places, forms, out), len(places), out))


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


async def _places(settings: Settings, plan: Plan, name: str) -> list[Place]:
    """The unit; for the commune itself every unit below, where there is one. With PUBLIC_URL each has its page."""
    from rules.guide_codes import scan_link
    from storage import guide_codes, units
    from storage.roots import ROOT_KIND, ensure_root

    async def job(session: AsyncSession) -> list[Place]:
        await ensure_root(session, plan)
        unit = await unit_called(session, plan, name)
        lower = await units.within(session, await units.below(session, unit)) if unit.kind == ROOT_KIND else []
        chosen = [one for one in lower if one.id != unit.id] or [unit]
        url, codes = settings.public_url, {}
        if url:
            codes = await guide_codes.codes_for(session, plan.slug, [u.id or 0 for u in chosen], now=now(settings))
        stems = _stems(chosen)
        return [
            (
                one.name if one.kind != ROOT_KIND else "",
                stems[one.id],
                scan_link(url, codes[one.id or 0]) if url else "",
            )
            for one in chosen
        ]

    async with opened(settings, may_make=True) as database:
        return await database.write(job)


def _stems(chosen: Sequence[Unit]) -> dict[int | None, str]:
    """Each unit's name as a file's name; units that would share one get their number behind it."""
    from rules.spelling import fold

    plain = {unit.id: re.sub(r"[^a-z0-9]+", "-", fold(unit.name)).strip("-")[:80] or "don-vi" for unit in chosen}
    taken = list(plain.values())
    return {key: stem if taken.count(stem) == 1 else f"{stem}-{key}" for key, stem in plain.items()}


def _draw(plan: Plan, places: Sequence[Place], forms: Sequence[Form], out: Path) -> int:
    """Writes the files, with a bar on a terminal, and returns how many guides there are."""
    from guides.printed import bound

    pages: dict[Form, list[Guide]] = {form: [] for form in forms}
    count, hidden = len(places) * len(forms), not sys.stderr.isatty()
    with typer.progressbar(length=count, label=said.DRAWING, file=sys.stderr, hidden=hidden) as bar:
        for guide, stem in _guides(plan, places, forms):
            _write(out / f"{stem}.png", guide.png)
            _write(out / f"{stem}.pdf", guide.pdf)
            pages[guide.form].append(guide)
            bar.update(1)
    if len(places) > 1:
        for form, drawn in pages.items():
            _write(out / f"{form}-{said.ALL_UNITS}.pdf", bound(drawn))
    return count


def _guides(plan: Plan, places: Sequence[Place], forms: Sequence[Form]) -> Iterator[tuple[Guide, str]]:
    """Each unit's guides with the name of their files, unit by unit: a unit's codes are worked out once."""
    from guides.printed import printed

    for name, stem, page in places:
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
