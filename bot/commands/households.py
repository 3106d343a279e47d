"""`units households`: a unit's household list from the office's own spreadsheet, as the volunteers' work list."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import chosen_plan, now, opened, read_settings, unit_called
from bot.commands.importing import DryRun, Leave, SkipBad, Yes, read_sheet, shall_write, write
from texts import commands as words

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from papers.house_sheet import Sheet
    from rules.plan import Plan


def households(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help=words.XLSX)],
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help=words.UNIT_OPTION)],
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="SLUG", help=words.CAMPAIGN_OPTION)] = None,
    yes: Yes = False,
    skip_bad: SkipBad = False,
    dry_run: DryRun = False,
) -> None:
    settings = read_settings()
    plan = chosen_plan(settings, campaign)
    sheet = _read(file)
    asyncio.run(_import(settings, plan, unit, sheet, Leave(yes, skip_bad, dry_run)))


def _read(file: Path) -> Sheet:
    from papers.house_sheet import read
    from texts.house_import import unreadable

    return read_sheet(file, read, unreadable)


async def _import(settings: Settings, plan: Plan, name: str, sheet: Sheet, leave: Leave) -> None:
    from storage.house_import import apply, propose
    from texts import house_import as said

    async with opened(settings) as database:
        async with database.reading() as session:
            unit = await unit_called(session, plan, name)
            proposed = await propose(session, unit, sheet.lines)
        faults = sorted([*sheet.faults, *proposed.faults], key=lambda fault: fault.number)
        lines = said.proposal(unit.name, replace(proposed, faults=faults), sheet.passed_over)
        changes = len(proposed.new) + len(proposed.changed)

        async def job(session: AsyncSession, step: Callable[[], object]) -> None:
            await apply(session, unit, sheet.lines, proposed, now=now(settings), step=step)

        if shall_write(lines, faults=len(faults), changes=changes, leave=leave):
            await write(database, changes, job, said.CHANGED_MEANWHILE)
            typer.echo(said.imported(proposed, len(faults)))
