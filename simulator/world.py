"""The little world behind the server: bots, people, groups, and the messages that pass between them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from simulator.accounts import Bot
from simulator.callbacks import Callbacks
from simulator.chats import Chat, Message, Payload
from simulator.faults import Fault, Faults, Misbehaviour
from simulator.feed import Feed
from simulator.files import Cabinet
from simulator.groups import Group
from simulator.journal import Journal
from simulator.pacing import Pacing
from simulator.people import Person
from simulator.refusals import bad_request, forbidden
from simulator.webhook import Retrying

TOKEN = "123456:TEST-simulator-token-of-no-use-elsewhere"  # noqa: S105


def real_time() -> datetime:
    return datetime.now(UTC)


class World:
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
        self.now = now
        self.pacing = pacing
        self.bots: dict[str, Bot] = {}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.files, self.feed, self.faults = Cabinet(), Feed(), Faults()
        self.calls = Journal(keep_calls)
        self.callbacks = Callbacks(callback_lifetime)
        self._retrying = retrying or Retrying()
        self._numbers = count(13_000_000_000_000_001)
        self.bot = self.add_bot(token, username, name)

    # Setting the scene

    def add_bot(self, token: str, username: str, name: str, *, reads_groups: bool = True) -> Bot:
        """One more bot; `reads_groups=False` is a bot with group privacy on."""

        async def answered(call: dict[str, Any]) -> None:
            await self.perform(self.bots[token], str(call.get("method")), call)

        self.bots[token] = Bot(token, username, name, self._retrying, answered, reads_groups)
        return self.bots[token]

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

    @property
    def confirmed(self) -> int:
        """How many updates the first bot has confirmed."""
        return self.bot.queue.confirmed

    # Passing messages

    def unix_now(self) -> int:
        return int(self.now().timestamp())

    def unique_number(self) -> int:
        return next(self._numbers)

    def stamped(self, chat: Chat, sender: Payload, content: Payload) -> Payload:
        """A new message object of this content."""
        return {
            "message_id": chat.next_id(),
            "from": sender,
            "chat": chat.payload,
            "date": self.unix_now(),
            **content,
        }

    def chat_for(self, bot: Bot, chat_id: int) -> Chat:
        """The chat a bot may write to. Raises Refused in Telegram's words when it may not."""
        if group := self.groups.get(chat_id):
            return group.admits(bot)
        person = self.people.get(chat_id)
        if person is None:
            raise bad_request("chat not found")
        if person.deactivated:
            raise forbidden("user is deactivated")
        if bot.id in person.blocked:
            raise forbidden("bot was blocked by the user")
        if bot.id not in person.chats:
            raise forbidden("bot can't initiate conversation with a user")
        return person.chats[bot.id]

    def arrives(self, chat: Chat, bots: Iterable[Bot], message: Message) -> None:
        """A person's message reaches the bots, and every phone it belongs on."""
        group = self.groups.get(chat.id)
        for bot in bots:
            if group is None or group.hears(bot, message):
                bot.gets("message", message.payload)
        self.show(chat, message, "message")

    def show(self, chat: Chat, message: Message, event: str) -> None:
        """A message appears, changes or goes on the phones in its chat."""
        for person in self.watching(chat):
            if event != "deleted":
                person.notices(message)
            if self.feed.watched:
                self.feed.tell(event, person=person.id, bot=chat.bot_id, message=message.payload, keys=message.keys)

    def watching(self, chat: Chat) -> list[Person]:
        if chat.id > 0:
            return [self.people[chat.id]]
        return self.groups[chat.id].members

    def tell_membership(self, bot: Bot, chat: Chat, by: Person, old: str, new: str) -> None:
        """my_chat_member: the bot was let in, blocked or kicked."""
        bot.gets(
            "my_chat_member",
            {
                "chat": chat.payload,
                "from": by.user(),
                "date": self.unix_now(),
                "old_chat_member": _membership(bot, old),
                "new_chat_member": _membership(bot, new),
            },
        )

    async def perform(self, bot: Bot, method: str, values: dict[str, Any]) -> Any:
        """Runs a Bot API method; the server knows the methods, see `botapi`."""
        raise NotImplementedError


def _membership(bot: Bot, status: str) -> Payload:
    return {"user": bot.user(), "status": status} | ({"until_date": 0} if status == "kicked" else {})
