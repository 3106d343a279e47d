"""A door before each conversation: one question instead of all of its filters, asked of every update that passes by.

What a door asks is read off the handlers behind it: their words, their buttons, the states they wait in. A conversation
with a handler that listens to more than those keeps its door open.
"""

from collections.abc import Iterable

from aiogram import Router
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from handlers.words import Spoken, Tapped, Word


class Concerns(Filter):
    """Whether any handler behind the door could want this: by word, by kind of button, by state."""

    def __init__(self, filters: Iterable[Filter]) -> None:
        filters = list(filters)
        self.words = {one.word for one in filters if isinstance(one, Word)}
        self.kinds = {one.kind for one in filters if isinstance(one, Tapped)}
        self.states = {state.state for one in filters if isinstance(one, StateFilter) for state in _states(one)}

    async def __call__(
        self, event: Message | CallbackQuery, raw_state: str | None = None, heard: Spoken | None = None
    ) -> bool:
        if isinstance(event, CallbackQuery):
            kind, _, rest = (event.data or "").partition("|")
            return kind in self.kinds or (kind == "w" and rest in self.words)
        return raw_state in self.states or (heard is not None and heard.word in self.words)


def _states(one: StateFilter) -> list[State]:
    return [state for state in one.states if isinstance(state, State)]


def gated(router: Router) -> Router:
    """The router behind its door; the router itself where a door would hide something."""
    door = Router(name=f"{router.name}.door")
    for inside, outside in ((router.message, door.message), (router.callback_query, door.callback_query)):
        told = [_telling(handler.filters or []) for handler in inside.handlers]
        if inside.handlers and None in told:
            return router
        outside.filter(Concerns(one for one in told if one))
    if any(_others(router)):
        return router
    door.include_router(router)
    return door


def _telling(filters: Iterable[object]) -> Filter | None:
    """The filter that says whom a handler is for: a word, a button, or single states. None: it listens to more."""
    for one in (getattr(each, "callback", each) for each in filters):
        if isinstance(one, (Word, Tapped)) or (isinstance(one, StateFilter) and len(_states(one)) == len(one.states)):
            return one
    return None


def _others(router: Router) -> Iterable[TelegramEventObserver]:
    """What else the router listens to: edits, membership, channels."""
    known = ("message", "callback_query", "update", "error", "errors")
    return (one for name, one in router.observers.items() if name not in known and one.handlers)
