"""What most verbs stand on: settings, the plan that is meant, an opened database, and a way to stop with one line."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

import typer

from texts import commands as words

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from rules.plan import Plan
    from storage.database import Database
    from storage.tables import Unit


class Stop(Exception):
    """A verb cannot go on; the message is the one line a person reads."""


def read_settings() -> Settings:
    """The settings, with a usable DATABASE_URL. Raises BadSettings."""
    from bot.settings import read_settings as read

    settings = read()
    settings.check_database()
    return settings


def now(settings: Settings) -> datetime:
    """Now by the clock that CLOCK may have moved."""
    from rules.clock import Clock

    return Clock(settings.clock).now()


def plans(settings: Settings) -> list[Plan]:
    """Every plan of CAMPAIGN. Raises UnreadablePlan, or Stop when there is none."""
    from rules.plan import load

    if not settings.plans:
        raise Stop(words.NO_PLAN)
    return [load(path) for path in settings.plans]


def chosen_plan(settings: Settings, slug: str | None) -> Plan:
    """The plan with this slug, or the only one. Raises Stop when it is not clear which is meant."""
    known = {plan.slug: plan for plan in plans(settings)}
    if slug is None and len(known) == 1:
        return next(iter(known.values()))
    if slug is None:
        raise Stop(words.which_plan(list(known)))
    if slug not in known:
        raise Stop(words.unknown_plan(slug, list(known)))
    return known[slug]


async def unit_called(session: AsyncSession, plan: Plan, name: str) -> Unit:
    """The unit people call so. Raises Stop with the names that are near it."""
    from rules.refusals import NotFound
    from rules.spelling import fold
    from storage import units

    try:
        return await units.by_name(session, plan.slug, name)
    except NotFound:
        known = {unit.name_key: unit.name for unit in await units.all_of(session, plan.slug)}
        near = get_close_matches(fold(name), known, n=3, cutoff=0.5)
        raise Stop(words.unknown_unit(name, [known[key] for key in near])) from None


@asynccontextmanager
async def opened(settings: Settings, *, may_make: bool = False) -> AsyncIterator[Database]:
    """The database, unlocked and of today's shape; the bot may be running beside us, so the lock is not taken.

    With `may_make` a database that is not there yet is made. Raises BadSettings, WrongKey, and Stop when it cannot be
    used.
    """
    from storage.database import Database, sqlite_file
    from storage.sealing import unlock
    from storage.soundness import try_key

    settings.check_secret()
    unlock(settings.secret_key)
    file = sqlite_file(settings.database_url)
    if file and not file.exists() and not may_make:
        raise Stop(words.no_database(file))
    database = Database(settings.database_url)
    try:
        await _bring_up(database, may_make)
        async with database.readers.connect() as connection:
            await connection.run_sync(try_key)  # or what is written now would be sealed with a key of its own
        yield database
    finally:
        await database.close()


async def _bring_up(database: Database, may_make: bool) -> None:
    from storage import migrate
    from storage.soundness import known_revisions

    revision = await migrate.revision(database)
    if revision is None and may_make:
        await migrate.upgrade(database)
    elif revision is None:
        raise Stop(words.no_database(database.file or "PostgreSQL"))
    elif revision != migrate.newest():
        raise Stop(words.OLD_DATABASE if revision in known_revisions() else words.NEWER_DATABASE)


def wanted(question: str) -> bool:
    """y/N on a terminal; a script has nobody to ask and means what it typed (`--dry-run` only looks)."""
    return not sys.stdin.isatty() or typer.confirm(question, default=False)


def agreed(question: str, unasked: str) -> bool:
    """y/N on a terminal. Raises Stop where there is nobody to ask."""
    if not sys.stdin.isatty():
        raise Stop(unasked)
    return typer.confirm(question, default=False)
