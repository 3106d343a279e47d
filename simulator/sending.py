"""What people send: texts, pictures, albums, old news, and everything else a phone can."""

from typing import TYPE_CHECKING, Any

from simulator import attachments
from simulator.chats import Chat, Message, Payload
from simulator.entities import found_in
from simulator.groups import Group
from simulator.phones import Phone

if TYPE_CHECKING:
    from simulator.accounts import Bot

_GROUP_BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
_CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


class Sender(Phone):
    """Each of these returns the new message's id; `bot` names another bot than the first, `chat` a group."""

    async def says(self, text: str, *, chat: Group | None = None, bot: "Bot | None" = None, **extra: Any) -> int:
        """Sends a text; `as_anonymous=True` or `as_channel=Chat payload` hide who it was, in a group."""
        entities = found_in(text)
        content: Payload = {"text": text} | ({"entities": entities} if entities else {})
        return self._sends(content, chat, bot, **extra)

    async def sends(self, kind: str, *, chat: Group | None = None, bot: "Bot | None" = None, **details: Any) -> int:
        """Any kind in `attachments.KINDS`, with the details its function takes."""
        return self._sends(attachments.KINDS[kind](self.world.files, **details), chat, bot)

    async def sends_photo(self, content: bytes | None = None, caption: str = "", **to: Any) -> int:
        return await self.sends("photo", content=content, caption=caption, **to)

    async def sends_document(self, name: str, content: bytes, caption: str = "", **to: Any) -> int:
        return await self.sends("document", name=name, content=content, caption=caption, **to)

    async def sends_sticker(self, **to: Any) -> int:
        return await self.sends("sticker", **to)

    async def sends_voice(self, **to: Any) -> int:
        return await self.sends("voice", **to)

    async def sends_video_note(self, **to: Any) -> int:
        return await self.sends("video_note", **to)

    async def sends_location(self, **to: Any) -> int:
        return await self.sends("location", **to)

    async def sends_contact(self, **details: Any) -> int:
        return await self.sends("contact", **details)

    async def sends_poll(self, **to: Any) -> int:
        return await self.sends("poll", **to)

    async def sends_dice(self, **to: Any) -> int:
        return await self.sends("dice", **to)

    async def sends_album(self, count: int = 3, *, chat: Group | None = None, bot: "Bot | None" = None) -> list[int]:
        """Several photos at once: as many messages, one media_group_id."""
        album = {"media_group_id": str(self.world.unique_number())}
        pictures = (attachments.plain_picture(640, 480, f"{album}{number}") for number in range(count))
        return [self._sends(attachments.photo(self.world.files, picture) | album, chat, bot) for picture in pictures]

    async def forwards(
        self, text: str, *, hidden_user: bool = True, year: int = 2015, bot: "Bot | None" = None, **to: Any
    ) -> int:
        """Forwards somebody's old message; from a hidden user it carries a name and no id."""
        date = int((year - 1970) * 31_556_952) + 86_400
        hidden = {"type": "hidden_user", "date": date, "sender_user_name": "Người cũ"}
        shown = {"type": "user", "date": date, "sender_user": {"id": 777, "is_bot": False, "first_name": "Người cũ"}}
        return await self.says(text, bot=bot, forward_origin=hidden if hidden_user else shown, **to)

    async def replies(
        self, to_message_id: int, text: str, *, chat: Group | None = None, bot: "Bot | None" = None
    ) -> int:
        original = self._place(chat, bot)[1].messages[to_message_id].payload
        quoted = {key: value for key, value in original.items() if key != "reply_to_message"}
        return await self.says(text, chat=chat, bot=bot, reply_to_message=quoted)

    def _sends(self, content: Payload, chat: Group | None, bot: "Bot | None", **extra: Any) -> int:
        bots, place = self._place(chat, bot)
        if chat is None and bots[0].id in self.blocked:
            self._turns(bots[0], "kicked", "member")  # writing to a blocked bot starts it again
        sender, disguise = _disguised(self, place, extra)
        message = place.keep(Message(self.world.stamped(place, sender, content | disguise | extra)))
        self.world.arrives(place, bots, message)
        return message.id

    def _place(self, group: Group | None, bot: "Bot | None") -> "tuple[list[Bot], Chat]":
        if group is not None:
            return group.bots, group.chat
        chosen = bot or self.my_bot
        return [chosen], self.chat_with(chosen)

    def _turns(self, bot: "Bot | None", old: str, new: str) -> None:
        chosen = bot or self.my_bot
        place = self.chat_with(chosen)
        (self.blocked.add if new == "kicked" else self.blocked.discard)(chosen.id)
        self.world.tell_membership(chosen, place, self, old, new)


def _disguised(person: Phone, place: Chat, extra: Payload) -> tuple[Payload, Payload]:
    """Who a group message says it is from: the person, the group itself, or a channel."""
    if extra.pop("as_anonymous", False):
        return _GROUP_BOT, {"sender_chat": place.payload}
    if channel := extra.pop("as_channel", None):
        return _CHANNEL_BOT, {"sender_chat": channel}
    return person.user(), {}
