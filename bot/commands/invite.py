"""`invite`: codes that let people join, one a line with the link that carries it. Works while the bot runs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, chosen_plan, now, opened, plans, read_settings, unit_called
from texts import commands as words
from texts import printing as said

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from bot.stations import Station
    from rules.plan import Plan
    from rules.roles import Role
    from storage.invitations import Made

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
    from bot.stations import stations
    from storage import bots
    from storage.invitations import assigned
    from storage.roots import ensure_root

    found = stations(settings, plans(settings))

    async with opened(settings, may_make=True) as database:

        async def codes(session: AsyncSession) -> tuple[str, list[Made]]:
            if found:  # so that places are shared out even before the first start
                await bots.keep(session, [station.row(settings) for station in found])
            await ensure_root(session, plan)
            place = await unit_called(session, plan, unit)
            wanted = {"campaign": plan.slug, "role": role, "unit": place, "now": now(settings), "quota": quota}
            return place.name, [await assigned(session, **wanted) for _ in range(count)]  # type: ignore[arg-type]

        place, made = await database.write(codes)
        link = await _link(settings, plan, found, made[0].ways.username)
    for one in made:
        typer.echo("  ".join([one.code, *([f"{link}{one.code}"] if link else []), *filter(None, [one.ways.zalo])]))
    _mind_places(made)
    if poster:
        _draw(settings, plan, role, place, made, link, poster)


def _mind_places(made: Sequence[Made]) -> None:
    """A word on stderr when more are invited than the Zalo bots have places for."""
    from texts import bots as bot_words

    last = made[-1].load
    if last and last.most is not None and (last.free or 0) <= 0:
        typer.echo(bot_words.over(last.people, last.kept, last.most), err=True)


def _draw(settings: Settings, plan: Plan, role: Role, place: str, made: Sequence[Made], link: str, file: Path) -> None:
    """A page a code, with a bar on a terminal; what is written goes to stderr, so that stdout is codes alone."""
    from guides.joining import Joining, poster
    from guides.palette import palette
    from guides.pdf import pdf
    from guides.words import JOIN, where
    from rules.clock import VIETNAM
    from storage.invitations import VALID_FOR
    from texts.roles import ROLE_NAMES

    until = said.single_use(f"{(now(settings) + VALID_FOR).astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}")
    pages, colours = [], palette(plan.place.colours)
    with typer.progressbar(made, label=said.DRAWING, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        for one in bar:
            zalo = one.ways.zalo or settings.zalo_bot_link
            scans = (*([("Telegram", f"{link}{one.code}")] if link else []), *([("Zalo", zalo)] if zalo else []))
            at = where(plan.place.name, "" if place == plan.place.name else place)
            says = Joining(one.code, ROLE_NAMES[role], at, until, plan.place.authority, colours, scans)
            pages.append(poster(says))
    try:
        file.write_bytes(pdf(pages, JOIN))
    except OSError:
        raise Stop(said.not_a_folder(file)) from None
    typer.echo(said.poster_made(len(made), file), err=True)


async def _link(settings: Settings, plan: Plan, found: Sequence[Station], username: str) -> str:
    """The start link up to the code; "" when the bot's name cannot be learnt, with one line on stderr that says why."""
    username = username or await _asked_name(settings, plan, found)
    return f"https://t.me/{username}?start=" if username else ""


async def _asked_name(settings: Settings, plan: Plan, found: Sequence[Station]) -> str:
    from bot.commands import get_me
    from bot.stations import variable_of

    mine = [station for station in found if plan.slug in station.campaigns]
    variable = variable_of(plan, "telegram")
    why = words.no_token_yet(variable)
    for station in mine:
        if station.platform != "telegram":
            continue
        try:
            return await get_me.username(settings, station.token)
        except get_me.TokenRefused:
            why = words.token_refused(variable)
        except get_me.Away:
            why = words.TELEGRAM_AWAY
    if all(station.platform == "telegram" for station in mine):  # on Zalo alone there is nothing to miss
        typer.echo(words.no_link(why), err=True)
    return ""
