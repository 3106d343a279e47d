"""`units import` and `units list`: the units of a campaign from the office's own spreadsheet, and a look at them."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, agreed, chosen_plan, now, opened, plans, read_settings
from texts import commands as words

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from papers.unit_sheet import Sheet
    from rules.plan import Plan
    from storage.database import Database
    from storage.unit_import import Proposal

_Campaign = Annotated[str | None, typer.Option("--campaign", metavar="SLUG", help=words.CAMPAIGN_OPTION)]


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help=words.XLSX)],
    campaign: _Campaign = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=words.YES_OPTION)] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help=words.SKIP_BAD_OPTION)] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=words.DRY_RUN_OPTION)] = False,
) -> None:
    settings = read_settings()
    plan = chosen_plan(settings, campaign)
    sheet = _read(file)
    asyncio.run(_import(settings, plan, sheet, yes=yes, skip_bad=skip_bad, dry_run=dry_run))


def _read(file: Path) -> Sheet:
    """The sheet, with a bar on a terminal. Raises Stop."""
    from papers.unit_sheet import UnreadableSheet, read
    from texts.unit_import import READING, unreadable

    if not file.is_file():
        raise Stop(words.no_file(file))
    try:
        with typer.progressbar(length=0, label=READING, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
            return read(file, step=lambda: bar.update(1))
    except UnreadableSheet as fault:
        raise Stop(unreadable(file, fault.why, fault.said)) from None


async def _import(settings: Settings, plan: Plan, sheet: Sheet, *, yes: bool, skip_bad: bool, dry_run: bool) -> None:
    from storage.unit_import import propose
    from texts import unit_import as said

    async with opened(settings, may_make=True) as database:
        async with database.reading() as session:
            proposed = await propose(session, plan, sheet.lines)
        faults = sorted([*sheet.faults, *proposed.faults], key=lambda fault: fault.number)
        for line in said.proposal(replace(proposed, faults=faults), sheet.sums):
            typer.echo(line)
        if faults and not skip_bad:
            raise Stop(said.bad_lines(len(faults)))
        if not proposed.new and not proposed.changed:
            typer.echo(said.NOTHING_TO_DO)
        elif dry_run:
            typer.echo(said.DRY_RUN)
        elif yes or agreed(said.ASK, said.ADD_YES):
            await _write(settings, database, plan, sheet, proposed)
            typer.echo(said.imported(proposed, len(faults)))
        else:
            raise Stop(words.STOPPED)


async def _write(settings: Settings, database: Database, plan: Plan, sheet: Sheet, proposed: Proposal) -> None:
    from storage.unit_import import ChangedMeanwhile, apply
    from texts.unit_import import CHANGED_MEANWHILE, WRITING

    count = len(proposed.new) + len(proposed.changed)
    with typer.progressbar(length=count, label=WRITING, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        async def job(session: AsyncSession) -> None:
            await apply(session, plan, sheet.lines, proposed, now=now(settings), step=lambda: bar.update(1))

        try:
            await database.write(job)
        except ChangedMeanwhile:
            raise Stop(CHANGED_MEANWHILE) from None


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
