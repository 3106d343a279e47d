"""`digest`: the day's digest as it would be made at a time; with --send, queued for the running bot to deliver."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, now, opened, plans, read_settings
from texts import commands as words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from rules.plan import Plan


def digest(
    at: Annotated[str, typer.Option("--at", metavar="TIME", help=words.AT_OPTION)],
    send: Annotated[bool, typer.Option("--send", help=words.SEND_OPTION)] = False,
) -> None:
    settings = read_settings()
    asyncio.run(_digest(settings, read_time(at, now(settings)), send))


def read_time(said: str, today: datetime) -> datetime:
    """An aware moment from "17:00" (that day in Vietnam) or ISO (Vietnam time unless it has an offset). Raises Stop."""
    from rules.clock import VIETNAM, at_vietnam, day_in_vietnam

    try:
        if len(said) <= 5:
            return at_vietnam(day_in_vietnam(today), time.fromisoformat(said.zfill(5)))
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise Stop(words.bad_time(said)) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


async def _digest(settings: Settings, at: datetime, send: bool) -> None:
    from scheduler.digest import day_due, draft

    async with opened(settings) as database:
        for plan in plans(settings):
            day = day_due(plan, at)
            if day is None:
                typer.echo(words.no_digest(plan.title, at, plan.time.digest_at))
                continue
            async with database.reading() as session:
                waiting = await _texts(session, plan, day, at)
                sent = [] if waiting else await _sent(session, plan, day)
                for readers, text in waiting or sent or [({}, await draft(session, plan, day))]:
                    typer.echo(f"{words.digest_for(readers, sent=bool(sent))}\n\n{text}\n")
            if send:
                queued = await database.write(partial(_send, plan=plan, at=at, now=now(settings)))
                typer.echo(words.queued(queued))


async def _send(session: AsyncSession, plan: Plan, at: datetime, now: datetime) -> int:
    """Queue the digest of that time; whoever says so before its hour wants it sent now."""
    from scheduler.digest import make_due
    from storage import outbox

    queued = await make_due(session, plan, at)
    if queued and at > now:
        await outbox.hasten(session, "digest:", now)
    return queued


async def _texts(session: AsyncSession, plan: Plan, day: date, at: datetime) -> list[tuple[dict[str, int], str]]:
    """Each text that would go out, with how many of each role it goes to.

    With what is set right of earlier digests and how the plan changed, as those who get it will read it.
    """
    from scheduler.digest import READERS, each_drafted
    from storage import bulletins

    waiting = await bulletins.awaiting(session, plan.slug, READERS, bulletins.DAILY, day)
    drafted = await each_drafted(session, plan, day, waiting, at)
    return _by_text((drawn.said, person.role) for person, _, drawn in drafted)


async def _sent(session: AsyncSession, plan: Plan, day: date) -> list[tuple[dict[str, int], str]]:
    """What went out, as it was sent: figures that changed since are the next day's matter."""
    from storage import bulletins

    return _by_text(await bulletins.sent_on(session, plan.slug, bulletins.DAILY, day))


def _by_text(said: Iterable[tuple[str, str]]) -> list[tuple[dict[str, int], str]]:
    readers: dict[str, dict[str, int]] = {}
    for text, role in said:
        counts = readers.setdefault(text, {})
        counts[role] = counts.get(role, 0) + 1
    return [(counts, text) for text, counts in readers.items()]
