"""Whether a database is whole and ours: its pages, its references, its revision, the key that opens its cells."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, LargeBinary, NullPool, create_engine, func, inspect, select, type_coerce
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  (fills SQLModel.metadata)
from storage.sealing import SealedBytes, SealedJson, SealedText, unseal

_SEALED = (SealedText, SealedJson, SealedBytes)


@contextmanager
def read_only(file: Path) -> Iterator[Connection]:
    """A SQLite file opened so that nothing can be written to it, nor an absent one made."""
    uri = f"{file.absolute().as_uri()}?mode=ro"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(uri, uri=True, timeout=5), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def damage(connection: Connection, *, quick: bool = False) -> str:
    """What SQLite's own check says is broken, in its words; empty when all is well."""
    check = "PRAGMA quick_check(1)" if quick else "PRAGMA integrity_check(1)"
    said = str(connection.exec_driver_sql(check).scalar())
    return "" if said == "ok" else " ".join(said.split())


def loose_references(connection: Connection) -> int:
    """How many rows of a SQLite database refer to a row that is not there."""
    return len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())


def row_counts(connection: Connection) -> dict[str, int]:
    """Rows by table, for the tables of ours that are there."""
    there = set(inspect(connection).get_table_names())
    tables = [table for table in SQLModel.metadata.sorted_tables if table.name in there]
    return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def revision(connection: Connection) -> str | None:
    """The revision a database is at; None for one without tables of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def known_revisions() -> frozenset[str]:
    """Every revision this code can bring up to date."""
    scripts = ScriptDirectory(str(Path(__file__).parent / "migrations"))
    return frozenset(script.revision for script in scripts.walk_revisions())


def try_key(connection: Connection) -> int:
    """Open the newest sealed cell of every column that has one; returns how many. Raises WrongKey."""
    there = set(inspect(connection).get_table_names())
    cells = [_newest_cell(connection, column) for column in _sealed_columns() if column.table.name in there]
    found = [cell for cell in cells if cell is not None]
    for cell in found:
        unseal(cell)
    return len(found)


def _sealed_columns() -> Iterator[Column[object]]:
    for table in SQLModel.metadata.sorted_tables:
        yield from (column for column in table.columns if isinstance(column.type, _SEALED))


def _newest_cell(connection: Connection, column: Column[object]) -> bytes | None:
    first_key = next(iter(column.table.primary_key.columns))
    query = select(type_coerce(column, LargeBinary)).where(column.is_not(None)).order_by(first_key.desc()).limit(1)
    cell: bytes | None = connection.scalar(query)
    return cell
