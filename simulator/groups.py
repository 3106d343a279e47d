"""Group chats: who is in them, and what became of them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.chats import Chat, Message
from simulator.refusals import Refused, forbidden

if TYPE_CHECKING:
    from simulator.accounts import Bot
    from simulator.people import Person
    from simulator.world import World


@dataclass(slots=True, eq=False)
class Group:
    """A group or supergroup with people and bots in it."""

    world: "World"
    chat: Chat
    members: list["Person"]
    bots: list["Bot"]
    kicked: set[int] = field(default_factory=set)
    migrated_to: int | None = None

    @property
    def id(self) -> int:
        return self.chat.id

    def admits(self, bot: "Bot") -> Chat:
        """The chat, for a bot that may write there. Raises Refused when it moved or the bot is out."""
        kind = self.chat.payload["type"]
        if self.migrated_to is not None:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refused(400, words, migrate_to_chat_id=self.migrated_to)
        if bot.id in self.kicked:
            raise forbidden(f"bot was kicked from the {kind} chat")
        if bot not in self.bots:
            raise forbidden(f"bot is not a member of the {kind} chat")
        return self.chat

    async def kicks(self, bot: "Bot", by: "Person") -> None:
        self.kicked.add(bot.id)
        self.world.tell_membership(bot, self.chat, by, "member", "kicked")

    async def upgrades(self, new_id: int) -> "Group":
        """Becomes a supergroup with a new id; the old one refuses and says where to go."""
        upgraded = self.world.group(new_id, self.members, title=self.chat.payload["title"], bots=self.bots)
        self._tells({"migrate_to_chat_id": new_id})
        upgraded._tells({"migrate_from_chat_id": self.id})
        self.migrated_to = new_id
        return upgraded

    def _tells(self, service: dict[str, int]) -> None:
        message = Message(self.world.stamped(self.chat, self.members[0].user(), service))
        self.world.arrives(self.chat, self.bots, self.chat.keep(message))

    def hears(self, bot: "Bot", message: Message) -> bool:
        """Whether a bot gets this message: all of them, or with group privacy only what is meant for it."""
        if bot.id in self.kicked:
            return False
        text = message.payload.get("text", "")
        replied = message.payload.get("reply_to_message", {}).get("from", {}).get("id") == bot.id
        return bot.reads_groups or text.startswith("/") or f"@{bot.username}" in text or replied
