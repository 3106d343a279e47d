"""The little world behind the server: setting the scene, looking at it, breaking it."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from simulator.accounts import Bot
from simulator.callbacks import Callbacks
from simulator.chats import Chat, Payload
from simulator.faults import Fault, Faults, Misbehaviour
from simulator.groups import Group
from simulator.journal import Journal
from simulator.pacing import Pacing
from simulator.people import Person
from simulator.post import Post
from simulator.webhook import Retrying

TOKEN = "123456:TEST-simulator-token-of-no-use-elsewhere"  # noqa: S105


def real_time() -> datetime:
    return datetime.now(UTC)


class World(Post, ABC):
    """Everything there is, without HTTP. Messages are dated by `now`; `callback_lifetime` is in seconds."""

    def __init__(
        self,
        token: str = TOKEN,
        username: str = "GoTungNhaBot",
        name: str = "Gõ Từng Nhà",
        *,
        now: Callable[[], datetime] = real_time,
        callback_lifetime: float = 900.0,
        pacing: Pacing | None = None,
        retrying: Retrying | None = None,
        keep_calls: int = 200_000,
    ) -> None:
        super().__init__(now)
        self.pacing = pacing
        self.faults: Faults[Fault] = Faults()
        self.calls = Journal(keep_calls)
        self.callbacks = Callbacks(callback_lifetime)
        self._retrying = retrying or Retrying()
        self.bot = self.add_bot(token, username, name)

    # Setting the scene

    def add_bot(self, token: str, username: str, name: str, *, reads_groups: bool = True) -> Bot:
        """One more bot; `reads_groups=False` is a bot with group privacy on."""

        async def answered(call: dict[str, Any]) -> None:
            await self.perform(self.bots[token], str(call.get("method")), call)

        self.bots[token] = Bot(token, username, name, self._retrying, answered, reads_groups)
        return self.bots[token]

    def bot_named(self, username: str | None) -> Bot:
        """The bot of this username; the first one for None."""
        if username is None:
            return self.bot
        return next(bot for bot in self.bots.values() if bot.username == username)

    def person(self, id: int, first_name: str = "Lan", *, started: bool = False, **about: Any) -> Person:
        """A person (the same one for the same id); `started` when they have already written to the first bot."""
        if id not in self.people:
            self.people[id] = Person(self, id, first_name, **about)
            self.feed.tell("people")
        if started:
            self.people[id].chat_with(self.bot)
        return self.people[id]

    def group(
        self,
        id: int,
        members: Iterable[Person],
        title: str = "Nhóm ví dụ",
        *,
        bots: Sequence[Bot] | None = None,
    ) -> Group:
        """A group; ids below -1e12 are supergroups, as on Telegram."""
        kind = "supergroup" if id < -1_000_000_000_000 else "group"
        chat = Chat({"id": id, "type": kind, "title": title})
        self.groups[id] = Group(self, chat, list(members), list(bots or [self.bot]))
        return self.groups[id]

    def misbehave(self, method: str = "*", what: Misbehaviour = "429", **how: Any) -> Fault:
        """Orders a fault; see `Fault` for `times`, `share`, `seed`, `retry_after`, `seconds`, `chat_id`."""
        return self.faults.order(Fault(method, what, **how))

    def clear(self) -> None:
        """Forgets messages, updates, calls, faults; bots, people and groups stay, and people have still written."""
        for bot in self.bots.values():
            bot.queue.clear()
        for person in self.people.values():
            person.forgets()
        for group in self.groups.values():
            group.chat.clear()
        self.calls.clear()
        self.callbacks.clear()
        self.faults.lift()
        self.feed.tell("cleared")

    # Looking

    def pending(self, bot: Bot | None = None) -> list[Payload]:
        """Updates the bot has not confirmed, oldest first."""
        return list((bot or self.bot).queue.pending.values())

    async def settled(self, seconds: float = 10.0, bot: Bot | None = None) -> None:
        """Waits until the bot has confirmed every update. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            await (bot or self.bot).queue.empty.wait()

    @property
    def confirmed(self) -> int:
        """How many updates the first bot has confirmed."""
        return self.bot.queue.confirmed

    @abstractmethod
    async def perform(self, bot: Bot, method: str, values: dict[str, Any]) -> Any:
        """Runs a Bot API method; the server knows the methods, see `botapi`."""
