"""`register`: the register comes back from Excel; each change is shown first, and the last import can be undone."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.export import account
from bot.commands.ground import Stop, chosen_plan, now, opened, read_settings, unit_called
from bot.commands.importing import DryRun, Leave, SkipBad, Yes, read_sheet, shall_write, write
from texts import commands as common
from texts import register as words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from rules.plan import Plan
    from storage.database import Database
    from storage.register_reading import RegisterLine
    from storage.units import Scope


def register(
    file: Annotated[Path | None, typer.Argument(metavar="FILE.xlsx", help=words.FILE)] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="NAME", help=words.UNIT)] = None,
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="SLUG", help=common.CAMPAIGN_OPTION)] = None,
    yes: Yes = False,
    skip_bad: SkipBad = False,
    dry_run: DryRun = False,
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
    asyncio.run(_import(settings, plan, unit, file, lines, Leave(yes, skip_bad, dry_run)))


def _read(file: Path) -> list[RegisterLine]:
    from papers.register_sheet import read

    return read_sheet(file, read, words.unreadable)


async def _import(
    settings: Settings, plan: Plan, name: str | None, file: Path, lines: Sequence[RegisterLine], leave: Leave
) -> None:
    from rules.clock import day_in_vietnam
    from storage import register as storage
    from storage.clerks import clerk

    async with opened(settings) as database:
        scope = await _scope(database, plan, name)
        moment, who = now(settings), account()
        today = day_in_vietnam(moment)
        async with database.reading() as session:
            proposed = await storage.propose(session, plan, scope, lines, today)
        about = {"file": file.name, "who": who, "source": f"x{int(moment.timestamp() * 1000)}"}

        async def job(session: AsyncSession, step: Callable[[], object]) -> None:
            person = await clerk(session, plan, who, moment)
            await storage.apply(
                session, plan, scope, lines, proposed, person, now=moment, today=today, step=step, **about
            )

        changes = len(proposed.changes)
        if shall_write(words.proposal(plan, proposed), faults=len(proposed.faults), changes=changes, leave=leave):
            await write(database, changes, job, words.CHANGED_MEANWHILE)
            typer.echo(words.imported(proposed, words.BACK_AT_THE_MACHINE))


async def _scope(database: Database, plan: Plan, name: str | None) -> Scope:
    """The named unit and what is below it, or the whole place."""
    from storage import units
    from storage.roots import ensure_root

    async def job(session: AsyncSession) -> Scope:
        unit = await unit_called(session, plan, name) if name else await ensure_root(session, plan)
        return await units.below(session, unit)

    return await database.write(job)


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
