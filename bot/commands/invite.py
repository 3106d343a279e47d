"""`invite`: codes that let people join, one a line with the link that carries it. Works while the bot runs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, chosen_plan, now, opened, read_settings, unit_called
from texts import commands as words
from texts import printing as said

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
    poster: Annotated[Path | None, typer.Option("--poster", metavar="FILE.pdf", help=said.POSTER_OPTION)] = None,
) -> None:
    settings = read_settings()
    plan = chosen_plan(settings, campaign)
    if quota and plan.quota(quota) is None:
        raise Stop(words.unknown_quota(quota, [known.slug for known in plan.quotas]))
    if poster and not poster.resolve().parent.is_dir():
        raise Stop(words.no_folder(poster.parent))
    asyncio.run(_invite(settings, plan, _role(role), unit, count, quota, poster))


def _role(said: str) -> Role:
    from rules.roles import Role
    from rules.spelling import fold
    from texts.roles_typed import ROLE_WORDS

    known = {fold(word): Role(value) for value, spoken in ROLE_WORDS.items() for word in (value, *spoken)}
    if fold(said) not in known:
        raise Stop(words.unknown_role(said, [spoken[0] for spoken in ROLE_WORDS.values()]))
    return known[fold(said)]


async def _invite(
    settings: Settings, plan: Plan, role: Role, unit: str, count: int, quota: str, poster: Path | None
) -> None:
    from storage.invitations import make
    from storage.roots import ensure_root

    async with opened(settings, may_make=True) as database:

        async def codes(session: AsyncSession) -> tuple[str, list[str]]:
            await ensure_root(session, plan)
            place = await unit_called(session, plan, unit)
            wanted = {"campaign": plan.slug, "role": role, "unit": place, "now": now(settings), "quota": quota}
            return place.name, [await make(session, **wanted) for _ in range(count)]  # type: ignore[arg-type]

        place, made = await database.write(codes)
        link = await _link(settings, database)
    for code in made:
        typer.echo(f"{code}  {link}{code}" if link else code)
    if poster:
        _draw(settings, plan, role, place, made, link, poster)


def _draw(settings: Settings, plan: Plan, role: Role, place: str, made: Sequence[str], link: str, file: Path) -> None:
    """A page a code, with a bar on a terminal; what is written goes to stderr, so that stdout is codes alone."""
    from guides.joining import Joining, poster
    from guides.pdf import pdf
    from guides.words import JOIN, where
    from rules.clock import VIETNAM
    from storage.invitations import VALID_FOR
    from texts.roles import ROLE_NAMES

    until = said.single_use(f"{(now(settings) + VALID_FOR).astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}")
    zalo = [("Zalo", settings.zalo_bot_link)] if settings.zalo_bot_link else []
    pages = []
    with typer.progressbar(made, label=said.DRAWING, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        for code in bar:
            scans = (*([("Telegram", f"{link}{code}")] if link else []), *zalo)
            at = where(plan.place.name, "" if place == plan.place.name else place)
            pages.append(poster(Joining(code, ROLE_NAMES[role], at, until, plan.place.authority, scans)))
    try:
        file.write_bytes(pdf(pages, JOIN))
    except OSError:
        raise Stop(said.not_a_folder(file)) from None
    typer.echo(said.poster_made(len(made), file), err=True)


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
