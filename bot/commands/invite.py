"""`invite`: codes that let people join, one a line with the link that carries it. Works while the bot runs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, chosen_plan, now, opened, read_settings, unit_called
from texts import commands as words

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from rules.plan import Plan
    from rules.roles import Role
    from storage.database import Database

_MOST = 500


def invite(
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help=words.ROLE_OPTION)],
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help=words.UNIT_OPTION)],
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="SLUG", help=words.CAMPAIGN_OPTION)] = None,
    count: Annotated[int, typer.Option("--count", min=1, max=_MOST, help=words.COUNT_OPTION)] = 1,
    quota: Annotated[str, typer.Option("--quota", metavar="SLUG", help=words.QUOTA_OPTION)] = "",
) -> None:
    settings = read_settings()
    plan = chosen_plan(settings, campaign)
    if quota and plan.quota(quota) is None:
        raise Stop(words.unknown_quota(quota, [known.slug for known in plan.quotas]))
    asyncio.run(_invite(settings, plan, _role(role), unit, count, quota))


def _role(said: str) -> Role:
    from rules.roles import Role
    from rules.spelling import fold
    from texts.roles_typed import ROLE_WORDS

    known = {fold(word): Role(value) for value, spoken in ROLE_WORDS.items() for word in (value, *spoken)}
    if fold(said) not in known:
        raise Stop(words.unknown_role(said, [spoken[0] for spoken in ROLE_WORDS.values()]))
    return known[fold(said)]


async def _invite(settings: Settings, plan: Plan, role: Role, unit: str, count: int, quota: str) -> None:
    from storage.invitations import make
    from storage.roots import ensure_root

    async with opened(settings, may_make=True) as database:

        async def codes(session: AsyncSession) -> list[str]:
            await ensure_root(session, plan)
            place = await unit_called(session, plan, unit)
            wanted = {"campaign": plan.slug, "role": role, "unit": place, "now": now(settings), "quota": quota}
            return [await make(session, **wanted) for _ in range(count)]  # type: ignore[arg-type]

        made = await database.write(codes)
        link = await _link(settings, database)
    for code in made:
        typer.echo(f"{code}  {link}{code}" if link else code)


async def _link(settings: Settings, database: Database) -> str:
    """The start link up to the code; "" when the bot's name cannot be learnt, with one line on stderr that says why."""
    from storage import settings as remembered

    async with database.reading() as session:
        username = await remembered.get(session, "telegram.username")
    if username is None:
        username = await _asked_name(settings)
    return f"https://t.me/{username}?start=" if username else ""


async def _asked_name(settings: Settings) -> str:
    from bot.commands import get_me

    why = words.NO_TOKEN_YET
    if settings.is_live:
        try:
            return await get_me.username(settings)
        except get_me.TokenRefused:
            why = words.TOKEN_REFUSED
        except get_me.Away:
            why = words.TELEGRAM_AWAY
    typer.echo(words.no_link(why), err=True)
    return ""
