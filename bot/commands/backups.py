"""`backup` and `restore`: a checked copy of the SQLite database, and putting one back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, now, read_settings
from texts import commands as words
from texts.forgetting import again

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.backup import Contents
    from storage.tables import Erasure

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
    contents, kept, forgotten = asyncio.run(_restore(settings, file, live))
    typer.echo(words.restored(file, contents.rows, kept))
    if forgotten:
        typer.echo(again(forgotten))


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


async def _restore(settings: Settings, file: Path, live: Path) -> tuple[Contents, Path | None, int]:
    """Under the lock: check the file, put it in place, bring it to today's shape, forget again who was forgotten."""
    from storage import backup, forgetting, migrate
    from storage.database import Database

    database = Database(settings.database_url)
    try:
        database.take_lock()
        contents = _examined(file)
        erasures = await _erasures(settings)
        kept = backup.put_in_place(file, live, datetime.now(UTC))
        await migrate.upgrade(database)
        forgotten = await database.write(lambda session: forgetting.again(session, erasures, now(settings)))
    finally:
        await database.close()
    return contents, kept, forgotten


async def _erasures(settings: Settings) -> list[Erasure]:
    """Whom the present database was told to forget; nobody where it cannot say so (broken, or older than that)."""
    from sqlalchemy.exc import DatabaseError

    from storage import forgetting
    from storage.database import Database

    database = Database(settings.database_url)
    try:
        async with database.reading() as session:
            return await forgetting.known(session)
    except DatabaseError:
        return []
    finally:
        await database.close()


def _examined(file: Path) -> Contents:
    from storage.backup import BadCopy, UnknownRevision, examine

    try:
        return examine(file)
    except UnknownRevision:
        raise Stop(words.NEWER_DATABASE) from None
    except BadCopy as bad:
        raise Stop(words.bad_copy(file, bad.why)) from None
