"""`backup` and `restore`: a checked copy of the SQLite database, and putting one back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, read_settings
from texts import commands as words

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.backup import Contents

_File = Annotated[Path, typer.Argument(metavar="FILE", help=words.BACKUP_FILE)]


def backup(file: _File, force: Annotated[bool, typer.Option("--force", help=words.FORCE_OPTION)] = False) -> None:
    settings = _unlocked()
    from storage.backup import BadCopy, make

    live = _live_file(settings, words.use_pg_dump)
    if live.exists() and file.exists() and file.samefile(live):
        raise Stop(words.SAME_FILE)
    if not file.absolute().parent.is_dir():
        raise Stop(words.no_folder(file.absolute().parent))
    try:
        contents = make(live, file, replace=force)
    except FileExistsError:
        raise Stop(words.already_there(file)) from None
    except FileNotFoundError:
        raise Stop(words.no_database(live)) from None
    except BadCopy as bad:
        raise Stop(words.bad_backup(bad.why)) from None
    typer.echo(words.backed_up(file, contents.rows, contents.size, contents.cells))


def restore(file: _File) -> None:
    settings = _unlocked()
    live = _live_file(settings, words.use_pg_restore)
    if not file.is_file():
        raise Stop(words.no_file(file))
    if live.exists() and file.samefile(live):
        raise Stop(words.SAME_FILE)
    contents, kept = asyncio.run(_restore(settings, file, live))
    typer.echo(words.restored(file, contents.rows, kept))


def _unlocked() -> Settings:
    from storage.sealing import unlock

    settings = read_settings()
    settings.check_secret()
    unlock(settings.secret_key)
    return settings


def _live_file(settings: Settings, instead: words.Instead) -> Path:
    """The SQLite file. For PostgreSQL raises Stop with the command to use instead, the password left out."""
    from sqlalchemy.engine import make_url

    from storage.database import sqlite_file

    live = sqlite_file(settings.database_url)
    if live is None:
        url = make_url(settings.database_url)
        raise Stop(instead(url.host or "", url.port or 5432, url.username or "", url.database or ""))
    return live


async def _restore(settings: Settings, file: Path, live: Path) -> tuple[Contents, Path | None]:
    """Under the lock: check the file, put it in place, bring it to today's shape."""
    from storage import backup, migrate
    from storage.database import Database

    database = Database(settings.database_url)
    try:
        database.take_lock()
        contents = _examined(file)
        kept = backup.put_in_place(file, live, datetime.now(UTC))
        await migrate.upgrade(database)
    finally:
        await database.close()
    return contents, kept


def _examined(file: Path) -> Contents:
    from storage.backup import BadCopy, UnknownRevision, examine

    try:
        return examine(file)
    except UnknownRevision:
        raise Stop(words.NEWER_DATABASE) from None
    except BadCopy as bad:
        raise Stop(words.bad_copy(file, bad.why)) from None
