"""`units merge A --into B`: two units made one, agreed to first, kept with its day and author."""

from __future__ import annotations

import asyncio
import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, agreed, chosen_plan, now, opened, read_settings, unit_called
from texts import commands as common
from texts import merging as words

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from rules.plan import Plan
    from storage.merging import Merged
    from storage.tables import Unit


def merge(
    gone: Annotated[str, typer.Argument(metavar="UNIT", help=words.GONE)],
    into: Annotated[str, typer.Option("--into", metavar="UNIT", help=words.INTO_OPTION)],
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="SLUG", help=common.CAMPAIGN_OPTION)] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=words.BY_OPTION)] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help=common.YES_OPTION)] = False,
) -> None:
    settings = read_settings()
    plan = chosen_plan(settings, campaign)
    asyncio.run(_merge(settings, plan, gone, into, author=by.strip() or getpass.getuser(), yes=yes))


async def _merge(settings: Settings, plan: Plan, gone: str, into: str, *, author: str, yes: bool) -> None:
    from storage import merge_preview, merging

    async def named(session: AsyncSession) -> tuple[Unit, Unit]:
        return await unit_called(session, plan, gone), await unit_called(session, plan, into)

    async def job(session: AsyncSession) -> Merged:
        return await merging.merge(session, *await named(session), author=author, now=now(settings))

    try:
        async with opened(settings) as database:
            async with database.reading() as session:
                first, second = await named(session)
                said = words.foreseen(first.name, second.name, await merge_preview.foresee(session, first, second))
            typer.echo(said)
            if not yes and not agreed(words.ASK, words.ADD_YES):
                raise Stop(common.STOPPED)
            merged = await database.write(job)
    except merging.CannotMerge as no:
        raise Stop(words.cannot(no.why, no.unit)) from None
    typer.echo(words.done(first.name, second.name, merged.houses, merged.renamed, merged.people))
