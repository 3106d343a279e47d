"""What a messenger must be able to do for us; everything else about it stays in its own folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

import bot.aiogram_start  # noqa: F401  # first: it makes the import of aiogram quick  # isort: skip
from aiogram import Bot

from rules.plan import Plan
from rules.reply import Reply
from storage.inbox import Arrival
from storage.tables import Chat


@dataclass
class SendFailure(Exception):
    """A message did not go out. Says what to do about it, never what was in it.

    `retry_after`: seconds to wait before anything more goes to this chat; None: this message will never go.
    `gone`: the person takes nothing from us (blocked, deactivated). `moved_to`: the group goes by another id now.
    `stop`: the token is no good; nothing will go until the operator mends it.
    """

    why: str
    retry_after: float | None = None
    gone: bool = False
    moved_to: str = ""
    stop: bool = False

    @property
    def retryable(self) -> bool:
        return self.retry_after is not None


class WrongToken(Exception):
    """A messenger does not know this token; the message names the setting that holds it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One reply on its way to one chat. `tap` names the button press it answers: its query id and message id.

    `pressing`: an answer, an alarm, a reminder of a deadline; a month's messages are kept for these at its end.
    """

    chat_key: str
    external_id: str
    reply: Reply
    tap: dict[str, Any] | None = None
    pressing: bool = True


class Channel(Protocol):
    """One bot on one messenger."""

    platform: str
    bot_key: str
    plan: Plan
    bot: Bot  # what aiogram's dispatcher is shown; never used to send while handling

    def arrival(self, raw: bytes) -> Arrival:
        """How to tell this update apart and whose it is; for bytes nobody can read, an arrival of its own."""
        ...

    def update_of(self, raw: bytes, chat: Chat, seq: int) -> dict[str, Any]:
        """The update in aiogram's terms. `seq` numbers it. Raises ValueError when it cannot be read."""
        ...

    def tap_of(self, update: dict[str, Any]) -> dict[str, Any] | None:
        """The button press in an update, as `Letter.tap` wants it."""
        ...

    def remember(self, reply: Reply, chat: Chat, now: datetime) -> None:
        """Keep with the chat, in the transaction of the answer, what the messenger cannot: which choices it shows."""
        ...

    async def answer(self, letter: Letter) -> None:
        """Say it now, in answer to an update. Raises SendFailure."""
        ...

    async def push(self, letter: Letter) -> None:
        """Say it unprompted, at the messenger's pace. Raises SendFailure."""
        ...


@runtime_checkable
class Gathers(Protocol):
    """A channel on which messages are scarce: answers that `may_wait` do so for `gathers` seconds, to go as one."""

    gathers: float

    async def answer_together(self, letters: Sequence[Letter]) -> None:
        """One chat's answers, in order, in as few messages as they fit in. Raises SendFailure."""
        ...


def chat_key(bot_key: str, external_id: str) -> str:
    return f"{bot_key}:{external_id}"


def external_id(chat: Chat | str) -> str:
    key = chat if isinstance(chat, str) else chat.key
    return key.split(":", 2)[2]
