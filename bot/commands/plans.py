"""`plan FILE`: a campaign as prose, to hold against its công văn; what changed since it was taken; and that applied."""

from __future__ import annotations

import asyncio
import getpass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from texts import commands as words

if TYPE_CHECKING:
    from rules.plan import Plan


def plan(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=words.TOML)],
    diff: Annotated[bool, typer.Option("--diff", help=words.DIFF_OPTION)] = False,
    apply: Annotated[bool, typer.Option("--apply", help=words.APPLY_OPTION)] = False,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=words.BY_OPTION)] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help=words.YES_OPTION)] = False,
) -> int:
    from bot.commands.ground import Stop
    from rules.plan import UnreadablePlan, load
    from texts.plan import prose

    if not file.is_file():
        raise Stop(words.no_file(file))
    try:
        read = load(file)
    except UnreadablePlan as fault:
        typer.echo(str(fault), err=True)
        return 1
    if diff or apply:
        asyncio.run(_changed(read, apply=apply, author=by.strip() or getpass.getuser(), yes=yes))
    else:
        typer.echo(prose(read))
    return 0


async def _changed(read: Plan, *, apply: bool, author: str, yes: bool) -> None:
    """Say what the file decides otherwise than the plan in use, and with `apply` take it. Raises Stop."""
    from bot.commands.ground import Stop, agreed, now, opened, read_settings
    from storage import resettle
    from texts import plan_changes as said

    settings = read_settings()
    async with opened(settings) as database:
        async with database.reading() as session:
            pending = await resettle.pending(session, read)
        if not pending:
            typer.echo(said.NEVER_TAKEN if pending is None else said.NOTHING)
            return
        typer.echo("\n".join([said.COMPARED, *said.lines(pending)]))
        if not apply:
            return
        if not yes and not agreed(said.ASK, said.APPLY_YES):
            raise Stop(words.STOPPED)
        job = partial(resettle.follow, plan=read, now=now(settings), author=author, again_at_start=True)
        followed = await database.write(job)
        typer.echo(said.applied(followed.houses, author))
