"""Imports aiogram in a quarter of the time: its models are built when they are first used, not all at import.

aiogram 3.31 asks pydantic to build each of its 400 models when `aiogram.types` is imported: 3.5 of the 4.9 s of CPU the
import costs here, at every start and so after every crash, for models of which a bot that talks uses a tenth. The
request is noted instead, and the names it came with are put where pydantic looks when a model is first used: into the
modules that name them. What the bot uses at once is built here, so that the first update does not wait for it
(docs/decisions/0007).

Import this module before aiogram; where aiogram came first, nothing is left to do and nothing changes.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel

_AT_ONCE = ("Update", "SendMessage", "SendPhoto", "EditMessageText", "EditMessageReplyMarkup", "AnswerCallbackQuery")


@contextmanager
def _noting_what_is_asked() -> Iterator[dict[str, Any]]:
    """Within it, `model_rebuild` with names of its own builds nothing; the names are what it yields."""
    at_once, noted = BaseModel.__dict__["model_rebuild"], dict[str, Any]()

    def later(cls: type[BaseModel], *, _types_namespace: dict[str, Any] | None = None, **asked: Any) -> bool | None:
        if _types_namespace is None:
            return at_once.__get__(None, cls)(**asked)  # type: ignore[no-any-return]
        noted.update(_types_namespace)
        return None

    BaseModel.model_rebuild = classmethod(later)  # type: ignore[arg-type, assignment, method-assign]
    try:
        yield noted
    finally:
        BaseModel.model_rebuild = at_once  # type: ignore[method-assign]


def _put_into_modules(names: dict[str, Any]) -> None:
    """Makes true what aiogram's modules only tell type checkers: that they import the types they name."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("aiogram.types.", "aiogram.methods.")):
            for called, entity in names.items():
                module.__dict__.setdefault(called, entity)


def _build(*names: str) -> None:
    from aiogram import methods, types

    for name in names:
        (getattr(types, name, None) or getattr(methods, name)).model_rebuild()


if "aiogram" not in sys.modules:
    with _noting_what_is_asked() as _names:
        import aiogram.methods  # noqa: F401
    _put_into_modules(_names)
    _build(*_AT_ONCE)
