"""`quota`: how far the month's Zalo messages go, bot by bot, what to change, and how many volunteers a bot serves."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import now, opened, plans, read_settings
from texts import quota as words

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from rules.quota import Allowance
    from storage.tables import ServingBot

_NEAR_DAYS = 60  # nobody plans farther ahead than a campaign


def quota(
    readers: Annotated[int, typer.Option("--readers", min=0, max=50, help=words.READERS_OPTION)] = 5,
    resume: Annotated[bool, typer.Option("--resume", help=words.RESUME_OPTION)] = False,
) -> None:
    settings = read_settings()
    if resume:
        for line in asyncio.run(_resumed(settings)):
            typer.echo(line)
        return
    for line in [*asyncio.run(_bots(settings)), "", *table(settings.allowance, readers)]:
        typer.echo(line)


def table(allowance: Allowance, readers: int = 5) -> list[str]:
    """How many volunteers one bot serves, by the way they tell their households: what the README quotes."""
    from rules.quota import HOUSEHOLDS_A_DAY, STYLES, volunteers

    out, both = (replace(allowance, incoming_counts=counts) for counts in (False, True))
    rows = {
        style: (volunteers(style, out, readers=readers), volunteers(style, both, readers=readers)) for style in STYLES
    }
    return words.served(rows, allowance, HOUSEHOLDS_A_DAY, readers)


async def _bots(settings: Settings) -> list[str]:
    from rules.clock import day_in_vietnam
    from storage import bots, message_counts

    today = day_in_vietnam(now(settings))
    async with opened(settings) as database, database.reading() as session:
        listed = {bot.key: bot for bot in await bots.all_of(session, "zalo")}
        known = [*listed, *(key for key in await message_counts.bots(session, "zalo") if key not in listed)]
        reports = [await _bot(session, bot_key, settings.allowance, today) for bot_key in known]
        for bot, report in zip(listed.values(), reports, strict=False):
            report[1:1] = await _places(session, bot, now(settings), several=len(settings.plans) > 1)
        for bot_key, report in zip(known, reports, strict=True):
            report += [words.STOPPED] if await message_counts.is_stopped(session, bot_key, now(settings)) else []
    return [line for report in reports for line in report] or [words.NO_BOTS]


async def _places(session: AsyncSession, bot: ServingBot, moment: datetime, *, several: bool) -> list[str]:
    """Whom the bot serves, the places that are kept, and when it will be full at the pace of the last days."""
    from rules.clock import day_in_vietnam
    from rules.quota import PACE_DAYS
    from storage import bots

    load = await bots.load(session, bot, moment)
    pace = await bots.joined_since(session, bot.key, moment - timedelta(days=PACE_DAYS)) / PACE_DAYS
    served = [words.serves(bot.campaigns.split())] if several else []
    if load.free is None:
        return served
    days = None if not pace else max(load.free, 0) / pace
    full_on = day_in_vietnam(moment + timedelta(days=days)) if days is not None and days <= _NEAR_DAYS else None
    return [*served, *words.places(load.kept, load.free, full_on)]


async def _resumed(settings: Settings) -> list[str]:
    """Every bot that its messenger stopped may push again: the operator says so."""
    from storage import audit, message_counts, outbox

    moment, hours = now(settings), plans(settings)[0].time
    awake = outbox.after_quiet(moment, hours.quiet_from, hours.quiet_to)

    async def job(session: AsyncSession) -> dict[str, int]:
        known = await message_counts.bots(session, "zalo")
        freed = {
            bot: await message_counts.resume(session, bot, awake)
            for bot in known
            if await message_counts.is_stopped(session, bot, moment)
        }
        if freed:
            audit.note(session, "quota.resumed", "outbox", now=moment, detail=dict(freed))
        return freed

    async with opened(settings) as database:
        freed = await database.write(job)
    return [words.resumed(bot.partition(":")[2], waited) for bot, waited in freed.items()] or [words.NONE_STOPPED]


async def _bot(session: AsyncSession, bot_key: str, allowance: Allowance, today: date) -> list[str]:
    from rules.quota import PACE_DAYS, forecast, proposals
    from scheduler.digest import READERS
    from storage import message_counts

    first = min(today.replace(day=1), today - timedelta(days=PACE_DAYS))
    counts = await message_counts.by_day(session, bot_key, first, today)
    out, both = (
        forecast({day: one.used(incoming_counts=way) for day, one in counts.items()}, allowance.messages, today)
        for way in (False, True)
    )
    served = await message_counts.people_of(session, bot_key)
    people = sum(served.values())
    changes = proposals(
        both if allowance.incoming_counts else out,
        people=people,
        households=await message_counts.households_of(session, bot_key, today.replace(day=1), today),
        readers=sum(served.get(role, 0) for role in READERS),
        days=sum(day.month == today.month for day in counts),
        allowance=allowance,
    )
    return [*words.bot_lines(bot_key.partition(":")[2], people, allowance, out, both), *words.advice(changes)]
