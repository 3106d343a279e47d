"""Imports aiogram in a quarter of the time: its models are built when they are first used, not all at import.

aiogram 3.31 asks pydantic to build each of its 400 models when `aiogram.types` is imported: 3.5 of the 4.9 s of CPU the
import costs here, at every start and so after every crash, for models of which a bot that talks uses a tenth. The
request is noted instead, with the names it came with, which is all pydantic needs to build a model at its first use.
What the bot uses at once is built here, so that the first update does not wait for it (docs/decisions/0007).

Import this module before aiogram; where aiogram came first, nothing is left to do and nothing changes.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel

_AT_ONCE = ("Update", "SendMessage", "SendPhoto", "EditMessageText", "EditMessageReplyMarkup", "AnswerCallbackQuery")


@contextmanager
def _noting_what_is_asked() -> Iterator[None]:
    """Within it, `model_rebuild` with names of its own keeps the names for later and builds nothing."""
    at_once = BaseModel.__dict__["model_rebuild"]

    def later(cls: type[BaseModel], *, _types_namespace: dict[str, Any] | None = None, **asked: Any) -> bool | None:
        if _types_namespace is None:
            return at_once.__get__(None, cls)(**asked)  # type: ignore[no-any-return]
        cls.__pydantic_parent_namespace__ = dict(_types_namespace)
        return None

    BaseModel.model_rebuild = classmethod(later)  # type: ignore[arg-type, assignment, method-assign]
    try:
        yield
    finally:
        BaseModel.model_rebuild = at_once  # type: ignore[method-assign]


def _name_the_types_to_the_methods() -> None:
    """A method built before the types it names would not find what those name in turn."""
    from aiogram import methods, types

    names = types.Update.__pydantic_parent_namespace__
    for model in (getattr(methods, name) for name in methods.__all__):
        if issubclass(model, BaseModel) and not model.__pydantic_complete__:
            model.__pydantic_parent_namespace__ = names
    for name in _AT_ONCE:
        (getattr(types, name, None) or getattr(methods, name)).model_rebuild()


if "aiogram" not in sys.modules:
    with _noting_what_is_asked():
        import aiogram.types  # noqa: F401
    _name_the_types_to_the_methods()
