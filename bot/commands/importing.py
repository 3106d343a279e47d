"""What every import from a spreadsheet shares: read with a bar, said before it is done, and written once agreed to."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.commands.ground import Stop, wanted
from texts import commands as words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from sqlmodel.ext.asyncio.session import AsyncSession

    from storage.database import Database

T = TypeVar("T")
Yes = Annotated[bool, typer.Option("--yes", "-y", help=words.YES_OPTION)]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help=words.SKIP_BAD_OPTION)]
DryRun = Annotated[bool, typer.Option("--dry-run", help=words.DRY_RUN_OPTION)]


@dataclass(frozen=True, slots=True)
class Leave:
    """What the caller allowed beforehand: `--yes`, `--skip-bad`, `--dry-run`."""

    yes: bool
    skip_bad: bool
    dry_run: bool


def read_sheet(file: Path, read: Callable[..., T], unreadable: Callable[[Path, str, str], str]) -> T:
    """What `read` makes of the file, with a bar on a terminal. Raises Stop."""
    from papers.table import UnreadableSheet
    from texts.unit_import import READING

    if not file.is_file():
        raise Stop(words.no_file(file))
    try:
        with typer.progressbar(length=0, label=READING, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
            return read(file, step=lambda: bar.update(1))
    except UnreadableSheet as fault:
        raise Stop(unreadable(file, fault.why, fault.said)) from None


def shall_write(proposal: list[str], *, faults: int, changes: int, leave: Leave) -> bool:
    """Says what the import would do; whether it is to be done. Raises Stop for bad lines and for a "no"."""
    from texts import unit_import as said

    for line in proposal:
        typer.echo(line)
    if faults and not leave.skip_bad:
        raise Stop(said.bad_lines(faults))
    if not changes or leave.dry_run:
        typer.echo(said.DRY_RUN if changes else said.NOTHING_TO_DO)
        return False
    if not (leave.yes or wanted(said.ASK)):
        raise Stop(words.STOPPED)
    return True


async def write(
    database: Database,
    changes: int,
    apply: Callable[[AsyncSession, Callable[[], object]], Awaitable[None]],
    changed_meanwhile: str,
) -> None:
    """`apply` in one transaction, with a bar of so many changes. Raises Stop when others changed it in between."""
    from storage.unit_import import ChangedMeanwhile
    from texts.unit_import import WRITING

    with typer.progressbar(length=changes, label=WRITING, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        try:
            await database.write(lambda session: apply(session, lambda: bar.update(1)))
        except ChangedMeanwhile:
            raise Stop(changed_meanwhile) from None
