"""`units import` and `units list`: the units of a campaign from the office's own spreadsheet, and a look at them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import chosen_plan, now, opened, plans, read_settings
from bot.commands.importing import DryRun, Leave, SkipBad, Yes, read_sheet, shall_write, write
from texts import commands as words

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from papers.unit_sheet import Sheet
    from rules.plan import Plan

_Campaign = Annotated[str | None, typer.Option("--campaign", metavar="SLUG", help=words.CAMPAIGN_OPTION)]


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help=words.XLSX)],
    campaign: _Campaign = None,
    yes: Yes = False,
    skip_bad: SkipBad = False,
    dry_run: DryRun = False,
) -> None:
    settings = read_settings()
    plan = chosen_plan(settings, campaign)
    sheet = _read(file)
    asyncio.run(_import(settings, plan, sheet, Leave(yes, skip_bad, dry_run)))


def _read(file: Path) -> Sheet:
    from papers.unit_sheet import read
    from texts.unit_import import unreadable

    return read_sheet(file, read, unreadable)


async def _import(settings: Settings, plan: Plan, sheet: Sheet, leave: Leave) -> None:
    from storage.unit_import import apply, propose
    from texts import unit_import as said

    async with opened(settings, may_make=True) as database:
        async with database.reading() as session:
            proposed = await propose(session, plan, sheet.lines)
        faults = sorted([*sheet.faults, *proposed.faults], key=lambda fault: fault.number)
        lines = said.proposal(replace(proposed, faults=faults), sheet.sums)
        changes = len(proposed.new) + len(proposed.changed)

        async def job(session: AsyncSession, step: Callable[[], object]) -> None:
            await apply(session, plan, sheet.lines, proposed, now=now(settings), step=step)

        if shall_write(lines, faults=len(faults), changes=changes, leave=leave):
            await write(database, changes, job, said.CHANGED_MEANWHILE)
            typer.echo(said.imported(proposed, len(faults)))


def list_(campaign: _Campaign = None) -> None:
    settings = read_settings()
    chosen = [chosen_plan(settings, campaign)] if campaign else plans(settings)
    asyncio.run(_list(settings, chosen))


async def _list(settings: Settings, chosen: list[Plan]) -> None:
    from storage.units import all_of
    from texts.unit_import import table

    async with opened(settings) as database, database.reading() as session:
        for plan in chosen:
            typer.echo(f"{plan.title} ({plan.slug})")
            for line in table(await all_of(session, plan.slug)):
                typer.echo(line)
