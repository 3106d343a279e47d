"""Alembic's entry: `storage.migrate` hands over an open connection; nothing is read from a file."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import DateTime, LargeBinary
from sqlmodel import AutoString, SQLModel

import storage.tables  # noqa: F401  (fills SQLModel.metadata)
from storage.sealing import Moment, SealedBytes, SealedJson, SealedText


def render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Migrations speak of plain column types, so that an old one never depends on today's code."""
    if kind == "type" and isinstance(item, (SealedText, SealedJson, SealedBytes)):
        return "sa.LargeBinary()"
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


def compare_type(_context: Any, _inspected: Any, _metadata: Any, seen: Any, wanted: Any) -> bool | None:
    if isinstance(wanted, (SealedText, SealedJson, SealedBytes)):
        return not isinstance(seen, LargeBinary)
    if isinstance(wanted, Moment):
        return not isinstance(seen, DateTime)
    return None


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_item=render_item,
    compare_type=compare_type,
    render_as_batch=True,
    user_module_prefix="",
)
with context.begin_transaction():
    context.run_migrations()
