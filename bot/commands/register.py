"""`register`: the register comes back from Excel; each change is shown first, and the last import can be undone."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.export import account
from bot.commands.ground import Stop, agreed, chosen_plan, now, opened, read_settings, unit_called
from texts import commands as common
from texts import register as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from rules.plan import Plan
    from storage.database import Database
    from storage.register import RegisterProposal
    from storage.register_reading import RegisterLine
    from storage.units import Scope


def register(
    file: Annotated[Path | None, typer.Argument(metavar="FILE.xlsx", help=words.FILE)] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="NAME", help=words.UNIT)] = None,
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="SLUG", help=common.CAMPAIGN_OPTION)] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=common.YES_OPTION)] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help=common.SKIP_BAD_OPTION)] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=common.DRY_RUN_OPTION)] = False,
    undo: Annotated[bool, typer.Option("--undo", help=words.UNDO)] = False,
) -> None:
    if undo == (file is not None):
        raise Stop(words.FILE_OR_UNDO)
    settings = read_settings()
    plan = chosen_plan(settings, campaign)
    if file is None:
        typer.echo(words.put_back(asyncio.run(_undo(settings, plan))))
        return
    lines = _read(file)
    asyncio.run(_import(settings, plan, unit, file, lines, yes=yes, skip_bad=skip_bad, dry_run=dry_run))


def _read(file: Path) -> list[RegisterLine]:
    """The rows, with a bar on a terminal. Raises Stop."""
    from papers.register_sheet import UnreadableSheet, read
    from texts.unit_import import READING

    if not file.is_file():
        raise Stop(common.no_file(file))
    try:
        with typer.progressbar(length=0, label=READING, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
            return read(file, step=lambda: bar.update(1))
    except UnreadableSheet as fault:
        raise Stop(words.unreadable(file, fault.why, fault.said)) from None


async def _import(
    settings: Settings,
    plan: Plan,
    name: str | None,
    file: Path,
    lines: Sequence[RegisterLine],
    *,
    yes: bool,
    skip_bad: bool,
    dry_run: bool,
) -> None:
    from rules.clock import day_in_vietnam
    from storage import register as storage
    from texts import unit_import as said

    async with opened(settings) as database:
        scope = await _scope(database, plan, name)
        async with database.reading() as session:
            proposed = await storage.propose(session, plan, scope, lines, day_in_vietnam(now(settings)))
        for line in words.proposal(plan, proposed):
            typer.echo(line)
        if proposed.faults and not skip_bad:
            raise Stop(said.bad_lines(len(proposed.faults)))
        if not proposed.changes:
            typer.echo(said.NOTHING_TO_DO)
        elif dry_run:
            typer.echo(said.DRY_RUN)
        elif yes or agreed(said.ASK, said.ADD_YES):
            await _write(settings, database, plan, scope, file, lines, proposed)
            typer.echo(words.imported(proposed, words.BACK_AT_THE_MACHINE))
        else:
            raise Stop(common.STOPPED)


async def _scope(database: Database, plan: Plan, name: str | None) -> Scope:
    """The named unit and what is below it, or the whole place."""
    from storage import units
    from storage.roots import ensure_root

    async def job(session: AsyncSession) -> Scope:
        unit = await unit_called(session, plan, name) if name else await ensure_root(session, plan)
        return await units.below(session, unit)

    return await database.write(job)


async def _write(
    settings: Settings,
    database: Database,
    plan: Plan,
    scope: Scope,
    file: Path,
    lines: Sequence[RegisterLine],
    proposed: RegisterProposal,
) -> None:
    from rules.clock import day_in_vietnam
    from storage import register as storage
    from storage.clerks import clerk
    from storage.unit_import import ChangedMeanwhile
    from texts.unit_import import WRITING

    moment, who, count = now(settings), account(), len(proposed.changes)
    with typer.progressbar(length=count, label=WRITING, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        async def job(session: AsyncSession) -> None:
            person = await clerk(session, plan, who, moment)
            about = {"file": file.name, "who": who, "source": f"x{int(moment.timestamp() * 1000)}"}
            await storage.apply(
                session, plan, scope, lines, proposed, person, now=moment, today=day_in_vietnam(moment),
                step=lambda: bar.update(1), **about,
            )  # fmt: skip

        try:
            await database.write(job)
        except ChangedMeanwhile:
            raise Stop(words.CHANGED_MEANWHILE) from None


async def _undo(settings: Settings, plan: Plan) -> int:
    """How many houses are as they were before this account's last import. Raises Stop."""
    from rules.refusals import ChangedSince, NothingToUndo
    from storage import undo
    from storage.clerks import clerk

    moment, who = now(settings), account()

    async def job(session: AsyncSession) -> int:
        person = await clerk(session, plan, who, moment)
        undone = await undo.last(session, plan, person, now=moment, source=f"x{int(moment.timestamp() * 1000)}")
        return len({house.id for house in (*undone.edited, *(logged.house for _, logged in undone.visits))})

    async with opened(settings) as database:
        try:
            return await database.write(job)
        except NothingToUndo:
            raise Stop(words.NOTHING_TO_UNDO) from None
        except ChangedSince as changed:
            raise Stop(words.changed_since(changed.houses)) from None
