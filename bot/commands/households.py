"""`units households`: a unit's household list from the office's own spreadsheet, as the volunteers' work list."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, agreed, chosen_plan, now, opened, read_settings, unit_called
from texts import commands as words

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from papers.house_sheet import Sheet
    from rules.plan import Plan
    from storage.database import Database
    from storage.house_import import HouseProposal
    from storage.tables import Unit


def households(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help=words.XLSX)],
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help=words.UNIT_OPTION)],
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="SLUG", help=words.CAMPAIGN_OPTION)] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=words.YES_OPTION)] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help=words.SKIP_BAD_OPTION)] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=words.DRY_RUN_OPTION)] = False,
) -> None:
    settings = read_settings()
    plan = chosen_plan(settings, campaign)
    sheet = _read(file)
    asyncio.run(_import(settings, plan, unit, sheet, yes=yes, skip_bad=skip_bad, dry_run=dry_run))


def _read(file: Path) -> Sheet:
    """The sheet, with a bar on a terminal. Raises Stop."""
    from papers.house_sheet import UnreadableSheet, read
    from texts.house_import import unreadable
    from texts.unit_import import READING

    if not file.is_file():
        raise Stop(words.no_file(file))
    try:
        with typer.progressbar(length=0, label=READING, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
            return read(file, step=lambda: bar.update(1))
    except UnreadableSheet as fault:
        raise Stop(unreadable(file, fault.why, fault.said)) from None


async def _import(
    settings: Settings, plan: Plan, name: str, sheet: Sheet, *, yes: bool, skip_bad: bool, dry_run: bool
) -> None:
    from storage.house_import import propose
    from texts import house_import as said
    from texts import unit_import as units_said

    async with opened(settings) as database:
        async with database.reading() as session:
            unit = await unit_called(session, plan, name)
            proposed = await propose(session, unit, sheet.lines)
        faults = sorted([*sheet.faults, *proposed.faults], key=lambda fault: fault.number)
        for line in said.proposal(unit.name, replace(proposed, faults=faults), sheet.passed_over):
            typer.echo(line)
        if faults and not skip_bad:
            raise Stop(units_said.bad_lines(len(faults)))
        if not proposed.new and not proposed.changed:
            typer.echo(units_said.NOTHING_TO_DO)
        elif dry_run:
            typer.echo(units_said.DRY_RUN)
        elif yes or agreed(units_said.ASK, units_said.ADD_YES):
            await _write(settings, database, unit, sheet, proposed)
            typer.echo(said.imported(proposed, len(faults)))
        else:
            raise Stop(words.STOPPED)


async def _write(settings: Settings, database: Database, unit: Unit, sheet: Sheet, proposed: HouseProposal) -> None:
    from storage.house_import import apply
    from storage.unit_import import ChangedMeanwhile
    from texts.house_import import CHANGED_MEANWHILE
    from texts.unit_import import WRITING

    count = len(proposed.new) + len(proposed.changed)
    with typer.progressbar(length=count, label=WRITING, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        async def job(session: AsyncSession) -> None:
            await apply(session, unit, sheet.lines, proposed, now=now(settings), step=lambda: bar.update(1))

        try:
            await database.write(job)
        except ChangedMeanwhile:
            raise Stop(CHANGED_MEANWHILE) from None
