"""`demo`: example people and units, to practise with."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, chosen_plan, now, opened, plans, read_settings
from texts import commands as words

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from rules.plan import Plan


def demo(
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="SLUG", help=words.CAMPAIGN_OPTION)] = None,
) -> None:
    """Without `--campaign` every plan that runs here gets its examples."""
    settings = read_settings()
    asyncio.run(_fill(settings, [chosen_plan(settings, campaign)] if campaign else plans(settings)))
    typer.echo(words.FILLED)


async def _fill(settings: Settings, chosen: list[Plan]) -> None:
    from bot.examples import fill

    async def job(session: AsyncSession) -> None:
        for plan in chosen:
            await _refuse_beside_others(session, plan)
            await fill(session, plan, now(settings))

    async with opened(settings, may_make=True) as database:
        await database.write(job)


async def _refuse_beside_others(session: AsyncSession, plan: Plan) -> None:
    """Raises Stop where a plan has people already: real ones are not mixed with examples, nor examples doubled.

    Real people of any other plan on this database refuse it too: what is tried is tried somewhere else.
    """
    from sqlmodel import col, select

    from storage.tables import Person

    if (await session.exec(select(Person.id).where(col(Person.example).is_(False)).limit(1))).first() is not None:
        raise Stop(words.REAL_PEOPLE)
    if (await session.exec(select(Person.id).where(Person.campaign == plan.slug).limit(1))).first() is not None:
        raise Stop(words.FILLED_BEFORE)
