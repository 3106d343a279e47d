"""A person's phone: who owns it, the chats on it, and what the bot has made it show."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from simulator.chats import Chat, Message, Payload
from simulator.screen import Bubble, bubble

if TYPE_CHECKING:
    from simulator.accounts import Bot
    from simulator.world import World


@dataclass(slots=True)
class Toast:
    """What answerCallbackQuery showed; `alert` is the box that wants an OK."""

    text: str
    alert: bool


@dataclass(eq=False)
class Phone:
    """The owner as Telegram knows them; `kind` is the messenger, `role_label` what the chat page writes above it.

    `home` is the bot they talk to unless another is named (the first one), `place` the commune they are shown with.
    """

    world: "World"
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "vi"
    role_label: str = ""
    home: "Bot | None" = None
    place: str = ""
    kind: str = "telegram"
    deactivated: bool = False
    blocked: set[int] = field(default_factory=set)
    chats: dict[int, Chat] = field(default_factory=dict)
    toasts: list[Toast] = field(default_factory=list)
    _unheard: deque[Message] = field(default_factory=lambda: deque(maxlen=10_000))
    _stirred: asyncio.Event = field(default_factory=asyncio.Event)

    def user(self) -> Payload:
        user = {"id": self.id, "is_bot": False, "first_name": self.first_name, "language_code": self.language_code}
        extras = {"last_name": self.last_name, "username": self.username}
        return user | {name: value for name, value in extras.items() if value}

    def chat_with(self, bot: "Bot") -> Chat:
        """The private chat with a bot; made by the first word, as on Telegram."""
        if bot.id not in self.chats:
            named = {key: value for key, value in self.user().items() if key.endswith("name")}
            self.chats[bot.id] = Chat({"id": self.id, "type": "private", **named}, bot.id)
        return self.chats[bot.id]

    @property
    def my_bot(self) -> "Bot":
        return self.home or self.world.bot

    @property
    def screen(self) -> list[Bubble]:
        return self.screen_of(self.my_bot)

    def screen_of(self, bot: "Bot") -> list[Bubble]:
        chat = self.chats.get(bot.id)
        return [bubble(message, self.world.files) for message in chat.messages.values()] if chat else []

    async def hears(self, timeout: float = 10.0, count: int = 1) -> list[Bubble]:  # noqa: ASYNC109
        """The bot's messages, new or edited, since the last call; waits up to `timeout` seconds for `count` of them."""
        until = monotonic() + timeout
        while len(self._unheard) < count and (left := until - monotonic()) > 0:
            self._stirred.clear()
            try:
                await asyncio.wait_for(self._stirred.wait(), left)
            except TimeoutError:
                break
        heard = list(dict.fromkeys(self._unheard))
        self._unheard.clear()
        return [bubble(message, self.world.files) for message in heard]

    def notices(self, message: Message) -> None:
        """Called by the world for every message that reaches this phone."""
        if message.from_bot:
            self._unheard.append(message)
            self._stirred.set()

    def forgets(self) -> None:
        for chat in self.chats.values():
            chat.clear()
        self.toasts.clear()
        self._unheard.clear()
