"""`forget phone|house|campaign`: a resident's request to be deleted, carried out for good; figures stay."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.commands.ground import Stop, agreed, chosen_plan, now, opened, read_settings, unit_called
from texts import commands as words
from texts import forgetting as texts

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from storage.forgetting import Erased

Found = TypeVar("Found")
_Yes = Annotated[bool, typer.Option("--yes", "-y", help=words.YES_OPTION)]
_Campaign = Annotated[str | None, typer.Option("--campaign", metavar="SLUG", help=words.CAMPAIGN_OPTION)]


def phone(number: Annotated[str, typer.Argument(metavar="NUMBER", help=texts.NUMBER)], yes: _Yes = False) -> None:
    from rules.phones import BadPhone, read
    from storage import forgetting

    try:
        digits = read(number).digits
    except BadPhone:
        raise Stop(texts.BAD_PHONE) from None
    settings = _confirmed(yes)
    _tell(asyncio.run(_erase(settings, lambda session: forgetting.phone(session, digits, now(settings)))))


def house(
    label: Annotated[str, typer.Argument(metavar="HOUSE", help=texts.HOUSE)],
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help=words.UNIT_OPTION)],
    campaign: _Campaign = None,
    yes: _Yes = False,
) -> None:
    settings = _confirmed(yes)
    plan = chosen_plan(settings, campaign)

    async def job(session: AsyncSession) -> Erased:
        from storage import forgetting, houses

        place = await unit_called(session, plan, unit)
        if await houses.called(session, place.id or 0, label) is None:
            raise Stop(texts.no_house(label, place.name))
        return await forgetting.house(session, place.id or 0, label, now(settings))

    _tell(asyncio.run(_erase(settings, job)))


def campaign(
    slug: Annotated[str | None, typer.Argument(metavar="SLUG", help=words.CAMPAIGN_OPTION)] = None, yes: _Yes = False
) -> None:
    from storage.retention import forget_residents

    settings = _confirmed(yes)
    plan = chosen_plan(settings, slug)
    count = asyncio.run(_erase(settings, lambda session: forget_residents(session, plan.slug, now(settings))))
    typer.echo(texts.campaign_erased(count, plan.title))


def _confirmed(yes: bool) -> Settings:
    settings = read_settings()
    if not yes and not agreed(texts.QUESTION, texts.UNASKED):
        raise typer.Exit(1)
    return settings


async def _erase(settings: Settings, job: Callable[[AsyncSession], Awaitable[Found]]) -> Found:
    async with opened(settings) as database:
        return await database.write(job)


def _tell(erased: Erased) -> None:
    said = texts.erased(erased.houses, erased.listed, erased.messages) if erased else texts.NOTHING
    typer.echo(said)
