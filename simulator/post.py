"""The post: how messages get from people to bots, from bots to people, and onto the phones."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import count

from simulator.accounts import Bot
from simulator.chats import Chat, Message, Payload
from simulator.feed import Feed
from simulator.files import Cabinet
from simulator.groups import Group
from simulator.people import Person
from simulator.phones import Phone
from simulator.refusals import bad_request, forbidden


class Post:
    """Who there is, and what passes between them; messages are dated by `now`."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.bots: dict[str, Bot] = {}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.files, self.feed = Cabinet(), Feed()
        self._numbers = count(13_000_000_000_000_001)

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

    def tell_membership(self, bot: Bot, chat: Chat, by: Phone, old: str, new: str) -> None:
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


def _membership(bot: Bot, status: str) -> Payload:
    return {"user": bot.user(), "status": status} | ({"until_date": 0} if status == "kicked" else {})
