"""Statements compiled once for all tests of a process, not once for each test's database.

SQLAlchemy keeps what it compiled with an engine, and under that engine's own dialect object. Each test opens a database
of its own, so each compiled the same hundreds of statements anew. Dialects of one class are all set up alike here, and
may stand for each other.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_KEPT: LRUCache[Any, Any] = LRUCache(5000)  # statements; the whole suite has fewer


def share() -> None:
    """From here on, what opens a database in this process finds what others have compiled."""
    DefaultDialect.__eq__ = lambda dialect, other: type(dialect) is type(other)  # type: ignore[method-assign,assignment]
    DefaultDialect.__hash__ = lambda dialect: hash(type(dialect))  # type: ignore[method-assign]
    Engine._compiled_cache = property(lambda engine: _KEPT, lambda engine, own: None)  # type: ignore[assignment]
