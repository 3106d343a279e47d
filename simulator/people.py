"""People: what they do on their phones besides sending."""

from typing import TYPE_CHECKING

from simulator.chats import Chat, Message, Payload
from simulator.entities import found_in
from simulator.groups import Group
from simulator.sending import Sender

if TYPE_CHECKING:
    from simulator.accounts import Bot


class Person(Sender):
    """One person. `bot` in the methods names another bot than the first one; `chat` a group to do it in."""

    async def edits(self, message_id: int, text: str, *, chat: Group | None = None, bot: "Bot | None" = None) -> int:
        bots, place = self._place(chat, bot)
        message = place.messages[message_id]
        if message.from_bot or message.payload["from"]["id"] != self.id:
            raise LookupError(f"message {message_id} is not {self.first_name}'s own")
        plain = {key: value for key, value in message.payload.items() if key not in ("text", "entities")}
        entities = found_in(text)
        message.payload = plain | {"edit_date": self.world.unix_now(), "text": text}
        if entities:
            message.payload["entities"] = entities
        for listener in bots:
            listener.gets("edited_message", message.payload)
        self.world.show(place, message, "edited")
        return message_id

    async def taps(
        self, label: str, message_id: int | None = None, *, chat: Group | None = None, bot: "Bot | None" = None
    ) -> str:
        """Taps the button with this label on `message_id`, or on the newest message that shows it.

        Returns the callback query's id, a link's address, or the text a reply key sent.
        Raises LookupError when nobody sees such a button.
        """
        place = self._place(chat, bot)[1]
        message, button = _button_on(place, label, message_id)
        if "callback_data" in button:
            return await self.taps_data(button["callback_data"], message.id, chat=chat, bot=bot)
        if "url" in button:
            return str(button["url"])
        await self.says(label, chat=chat, bot=bot)
        return label

    async def taps_data(
        self, data: str, message_id: int, *, chat: Group | None = None, bot: "Bot | None" = None
    ) -> str:
        """A tap that carries any data at all, on any message, deleted ones too. Returns the callback query's id."""
        place = self._place(chat, bot)[1]
        message = place.messages.get(message_id)
        owner = self._owner_of(message, bot)
        gone = {"chat": place.payload, "message_id": message_id, "date": 0}
        query = {
            "id": self.world.callbacks.ask(self, owner),
            "from": self.user(),
            "message": message.payload if message else gone,
            "chat_instance": str(place.id * 7_919),
            "data": data,
        }
        owner.gets("callback_query", query)
        return str(query["id"])

    async def blocks(self, bot: "Bot | None" = None) -> None:
        self._turns(bot, "member", "kicked")

    async def unblocks(self, bot: "Bot | None" = None) -> None:
        self._turns(bot, "kicked", "member")

    async def pushes_raw(self, update: Payload, bot: "Bot | None" = None) -> int:
        """Any update as it is, numbered only: for what no well-meaning phone sends. Returns the update_id."""
        self.chat_with(bot or self.my_bot)
        return int((bot or self.my_bot).gets_raw(update)["update_id"])

    def _owner_of(self, message: Message | None, bot: "Bot | None") -> "Bot":
        sender = message.from_bot if message else 0
        owners = (other for other in self.world.bots.values() if other.id == sender)
        return bot or next(owners, self.my_bot)


def _button_on(place: Chat, label: str, message_id: int | None) -> tuple[Message, Payload]:
    if message_id is None:
        return place.newest_with(label)
    message = place.messages[message_id]
    buttons = {button["text"]: button for row in message.buttons for button in row}
    if label not in buttons:
        raise LookupError(f"no button {label!r} on message {message_id}; there are {list(buttons)}")
    return message, buttons[label]
