"""Whom a message is for, without asking every conversation in turn.

aiogram walks from router to router and asks every handler's filters: some thirty routers and ninety handlers, a third
of what an update cost. Here the same handlers stand in one row, in the order aiogram would ask them, and those that
wait for another word, button or step than this one, for a stranger, or for more than a plain word or number, are left
out before. The rest is asked as ever.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters import StateFilter
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, TelegramObject

from handlers.joining import Stranger
from handlers.labels import TAPS
from handlers.sifting import Sifted, plainly
from handlers.words import Spoken, Tapped, Word

Group = tuple[TelegramEventObserver, tuple[HandlerObject, ...]]  # one router's handlers, behind that router's filters


class Told(NamedTuple):
    """What tells at a glance which handlers cannot be meant."""

    word: str | None
    button: str | None
    step: str | None
    stranger: bool
    plain: str


class Row:
    """All handlers of one kind of update; `answer` is the one handler that aiogram knows of."""

    def __init__(self, observers: Sequence[TelegramEventObserver]) -> None:
        self._groups: list[Group] = [(observer, tuple(observer.handlers)) for observer in observers]
        self._guarded = {observer for observer in observers if observer._handler.filters}  # told in no other way
        asked = [one.callback for _, handlers in self._groups for handler in handlers for one in handler.filters or ()]
        self._words = {one.word for one in asked if isinstance(one, Word)}
        self._buttons = {one.kind for one in asked if isinstance(one, (Tapped, Sifted))}
        self._found: dict[Told, list[Group]] = {}  # as many as there are words, buttons and steps, whatever people send

    async def answer(self, event: TelegramObject, **data: Any) -> Any:
        """The first answer that is one. Raises SkipHandler when nobody has any."""
        for observer, handlers in self.meant(event, data):
            passed, known = await self._let_in(observer, event, data)
            answer = await _first(handlers, event, known) if passed else UNHANDLED
            if answer is not UNHANDLED:
                return answer
        raise SkipHandler

    async def _let_in(
        self, observer: TelegramEventObserver, event: TelegramObject, data: dict[str, Any]
    ) -> tuple[bool, dict[str, Any]]:
        return await observer.check_root_filters(event, **data) if observer in self._guarded else (True, data)

    def meant(self, event: TelegramObject, data: dict[str, Any]) -> list[Group]:
        """Who may be meant, in order."""
        told = self._told(event, data)
        groups = self._found.get(told)
        if groups is None:
            sifted = [(at, tuple(one for one in some if _may_be_meant(one, told))) for at, some in self._groups]
            groups = self._found[told] = [group for group in sifted if group[1]]
        return groups

    def _told(self, event: TelegramObject, data: dict[str, Any]) -> Told:
        heard: Spoken | None = data.get("heard")
        button, _, rest = ((event.data or "") if isinstance(event, CallbackQuery) else "").partition("|")
        word = heard.word if heard else rest if button == "w" else None
        known = word if word in self._words else None, button if button in self._buttons else None
        plain = plainly(event, heard.word, heard.rest) if heard else plainly(event, None, "")
        return Told(*known, data.get("raw_state"), data.get("me") is None, plain)


def _may_be_meant(handler: HandlerObject, told: Told) -> bool:
    """False where one of its filters would surely refuse."""
    return all(_may_hold(asked.callback, told) for asked in handler.filters or ())


def _may_hold(asked: Any, told: Told) -> bool:
    match asked:
        case Word():
            return told.word == asked.word
        case Tapped():
            return told.button == asked.kind
        case Stranger():
            return told.stranger
        case Sifted():
            return asked.may_hold(told.plain, told.button)
        case StateFilter():
            return any(_may_be_at(step, told.step) for step in asked.states)
    return True


def _may_be_at(step: Any, raw: str | None) -> bool:
    """aiogram knows more ways to name a step than these two; any other is left to it."""
    if isinstance(step, State):
        return step.state in (raw, "*")
    return step is not None or raw is None


async def _first(handlers: Sequence[HandlerObject], event: TelegramObject, data: dict[str, Any]) -> Any:
    for handler in handlers:
        passed, known = await handler.check(event, **data)
        if passed:
            try:
                return await handler.call(event, **known)
            except SkipHandler:
                continue
    return UNHANDLED


def connect(dispatcher: Dispatcher, conversations: Sequence[Router]) -> None:
    """Let the dispatcher ask these conversations, in this order; they have no middlewares and no sub-routers."""
    for kind, observer in dispatcher.observers.items():
        observers = [router.observers[kind] for router in conversations if kind in router.observers]
        observers = [one for one in observers if one.handlers]
        if observers:
            row = Row(observers)
            observer.register(row.answer)
            if kind == "callback_query":
                dispatcher[TAPS] = row.answer
