"""Copies of a SQLite database: made while the bot writes, checked before anyone trusts them, put back whole.

A plain `cp` of a live file is malformed; `VACUUM INTO` makes a consistent copy and leaves out freed pages, so what was
deleted is gone from the copy too. Copies hold personal data (sealed) and are readable by their owner only.
"""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from rules.clock import VIETNAM
from storage import soundness

_OWNER_ONLY = 0o600


class BadCopy(Exception):
    """This file is no database of ours that could be put back; `why` says what is wrong in SQLite's words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class UnknownRevision(BadCopy):
    """The copy comes from software newer than this."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a checked copy holds. `cells` is how many sealed cells the key was tried on; `size` is in bytes."""

    rows: dict[str, int]
    size: int
    revision: str
    cells: int


def examine(file: Path) -> Contents:
    """Check a copy from end to end. Raises BadCopy, UnknownRevision, WrongKey, FileNotFoundError."""
    size = file.stat().st_size
    try:
        with soundness.read_only(file) as connection:
            if damaged := soundness.damage(connection):
                raise BadCopy(damaged)
            if loose := soundness.loose_references(connection):
                raise BadCopy(f"foreign_key_check: {loose}")
            revision = soundness.revision(connection)
            if revision is None:
                raise BadCopy("alembic_version: 0")
            if revision not in soundness.known_revisions():
                raise UnknownRevision(revision)
            return Contents(soundness.row_counts(connection), size, revision, soundness.try_key(connection))
    except DatabaseError as error:
        raise BadCopy(_printable(str(error.orig))) from None


def _printable(said: str) -> str:
    """SQLite's words without the raw bytes of a cell that it may quote."""
    return "".join(letter for letter in said if letter.isascii() and letter.isprintable())[:80]


def make(source: Path, target: Path, *, replace: bool = False) -> Contents:
    """Copy the live database to a new file and check the copy; writers wait meanwhile.

    The copy appears under its name only when it proved good. Raises FileExistsError unless `replace`, FileNotFoundError
    for a source that is not there, and what `examine` raises.
    """
    if target.exists() and not replace:
        raise FileExistsError(target)
    if not source.exists():
        raise FileNotFoundError(source)
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        counted = _copy(source, part)
        contents = examine(part)
        if contents.rows != counted:
            raise BadCopy("row counts differ")
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    _sync(target.parent)
    return contents


def _copy(source: Path, part: Path) -> dict[str, int]:
    """Copy within one quiet moment, in which the rows of the source are counted too."""
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
    with (
        closing(sqlite3.connect(source, timeout=30, isolation_level=None)) as holder,
        closing(sqlite3.connect(source, timeout=30, isolation_level=None)) as copier,
    ):
        holder.execute("BEGIN IMMEDIATE")
        copier.execute("VACUUM INTO ?", [str(part)])
        with soundness.read_only(source) as connection:
            counted = soundness.row_counts(connection)
        holder.execute("ROLLBACK")
    _sync(part)
    return counted


def put_in_place(copy: Path, live: Path, now: datetime) -> Path | None:
    """Make a checked copy the live database, in one rename; the caller holds the lock.

    Returns where the database that stood there is kept (with its `-wal`, if that could not be folded in), None if there
    was none. A crash on the way leaves the old database in place.
    """
    live.parent.mkdir(parents=True, exist_ok=True)
    fresh = live.with_name(f"{live.name}.restoring")
    fresh.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
    shutil.copyfile(copy, fresh)
    _sync(fresh)
    kept = _keep(live, now) if live.exists() else None
    for suffix in ("-wal", "-shm"):
        live.with_name(live.name + suffix).unlink(missing_ok=True)
    os.replace(fresh, live)
    _sync(live.parent)
    return kept


def _keep(live: Path, now: datetime) -> Path:
    """A second name for the present file: it stays where it is until the new one takes its place."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(live, timeout=5)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = live.with_name(f"{live.name}.before-restore-{now.astimezone(VIETNAM):%Y%m%d-%H%M%S}")
    os.link(live, kept)
    wal = live.with_name(f"{live.name}-wal")
    if wal.exists() and wal.stat().st_size:
        os.replace(wal, kept.with_name(f"{kept.name}-wal"))
    return kept


def _sync(path: Path) -> None:
    """Have the disk say that it has this file, or this folder's names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
