"""One row written down at once, past the unit of work.

A flush looks through all that the session holds, also where every other chat of the batch stands. The three of a new
visit were half of what all updates cost; by the tables its rows cost a quarter of that.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import Insert, Table, Update, bindparam, inspect
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import SQLModel

T = TypeVar("T", bound=SQLModel)


class WithId(Protocol):
    """A row of any table that numbers its rows."""

    id: int | None


def insert(session: Session, row: WithId) -> int:
    """Store a row that no session knows yet; returns its new id. The session knows it from then on."""
    statement, columns = _insert(type(row))
    held = vars(row)
    result = session.connection().execute(statement, {name: held.get(name) for name in columns})
    row_id: int = (result.inserted_primary_key or [0])[0]
    set_committed_value(row, "id", row_id)
    make_transient_to_detached(row)
    session.add(row)
    return row_id


def store(session: Session, kind: type[SQLModel], **values: Any) -> None:
    """Store a row that nobody looks at in this transaction. Raises TypeError for a field that the table has not."""
    session.connection().execute(_insert(kind)[0], {**_without_id(kind), **_known(kind, values)})


def update(session: Session, row: WithId, values: Mapping[str, Any]) -> None:
    """Store these fields of a row that the session knows; the session takes them for unchanged."""
    session.connection().execute(_update(type(row)), {**values, "_id": row.id})
    for name, value in values.items():
        set_committed_value(row, name, value)


def _table(kind: type[Any]) -> Table:
    table: Table = inspect(kind).local_table
    return table


@cache
def _insert(kind: type[Any]) -> tuple[Insert, list[str]]:
    table = _table(kind)
    return table.insert(), [column.key for column in table.c if column.key != "id"]


@cache
def _update(kind: type[Any]) -> Update:
    table = _table(kind)
    return table.update().where(table.c.id == bindparam("_id"))


def made(kind: type[T], **values: Any) -> T:
    """A new row as `kind(**values)` makes it, at a quarter of the cost: pydantic and SQLAlchemy look at no field of it.

    Not for rows that are made together with those they belong to: nothing is told of relationships. Raises TypeError
    for a field that the table has not.
    """
    row: T = inspect(kind).class_manager.new_instance()
    vars(row).update(_defaults(kind), **_known(kind, values))
    return row


def _known(kind: type[SQLModel], values: dict[str, Any]) -> dict[str, Any]:
    unknown = values.keys() - _defaults(kind).keys()
    if unknown:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return values


@cache
def _defaults(kind: type[SQLModel]) -> dict[str, Any]:
    """Every column, with what it holds where nothing is said; None for one that must be given."""
    fields = kind.model_fields
    return {one.key: None if fields[one.key].is_required() else fields[one.key].get_default() for one in _table(kind).c}


@cache
def _without_id(kind: type[SQLModel]) -> dict[str, Any]:
    return {key: value for key, value in _defaults(kind).items() if key != "id"}
