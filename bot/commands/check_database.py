"""Looking at the database without changing it: is it there, whole, of a known shape, ours, and does a bot run on it."""

import fcntl
import os
import shutil
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings
from storage import migrate, soundness
from storage.database import Database, sqlite_file
from storage.sealing import WrongKey
from texts import checks as words
from texts.checks import Finding


async def look(settings: Settings) -> list[Finding]:
    """Everything there is to say about the database; SECRET_KEY was handed over if it is good."""
    file = sqlite_file(settings.database_url)
    if file is None:
        return await _look_at_postgres(settings)
    folder = _standing_folder(file)
    if not os.access(folder, os.W_OK | os.X_OK) or not shutil.disk_usage(folder).total:
        return [words.folder_closed(folder)]
    return [*_look_at_file(file), _disk(folder)]


def _standing_folder(file: Path) -> Path:
    """The folder of the file, or the nearest one above it that is there."""
    return next(folder for folder in file.absolute().parents if folder.exists())


def _look_at_file(file: Path) -> list[Finding]:
    if not file.exists():
        return [words.database_new(file)]
    try:
        with soundness.read_only(file) as connection:
            damaged = soundness.damage(connection, quick=True)
            if damaged:
                return [words.integrity_bad(damaged), _lock(file)]
            return [words.database_ok(file), words.INTEGRITY_OK, *_shape_and_key(connection), _lock(file)]
    except SQLAlchemyError as error:
        return [words.integrity_bad(str(getattr(error, "orig", type(error).__name__)))]


async def _look_at_postgres(settings: Settings) -> list[Finding]:
    database = Database(settings.database_url)
    shown = make_url(settings.database_url).render_as_string(hide_password=True)
    try:
        async with database.readers.connect() as connection:
            return [words.database_ok(shown), *await connection.run_sync(_shape_and_key)]
    except (SQLAlchemyError, OSError) as error:
        return [words.database_away(type(error).__name__)]
    finally:
        await database.close()


def _shape_and_key(connection: Connection) -> list[Finding]:
    revision = soundness.revision(connection)
    if revision is None:
        return [words.REVISION_OLD]
    if revision not in soundness.known_revisions():
        return [words.REVISION_UNKNOWN]
    shape = words.revision_ok(revision) if revision == migrate.newest() else words.REVISION_OLD
    try:
        return [shape, words.KEY_OPENS] if soundness.try_key(connection) else [shape]
    except WrongKey:
        return [shape, words.KEY_FAILS]


def _lock(file: Path) -> Finding:
    """Whether a bot holds the lock; it is asked for in shared mode and let go at once."""
    try:
        handle = os.open(f"{file}.lock", os.O_RDONLY)
    except FileNotFoundError:
        return words.LOCK_FREE
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return words.LOCK_FREE
    except OSError:
        return words.LOCK_TAKEN
    finally:
        os.close(handle)


def _disk(folder: Path) -> Finding:
    usage = shutil.disk_usage(folder)
    return words.disk(usage.free * 100 // usage.total, folder)
