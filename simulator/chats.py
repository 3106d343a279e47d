"""Chats and the messages in them, as one bot (private chats) or several (groups) see them."""

from dataclasses import dataclass, field
from typing import Any

from simulator.refusals import bad_request

Payload = dict[str, Any]


@dataclass(slots=True, eq=False)
class Message:
    """A message: its Bot API object, and what that object does not tell.

    `payload` is replaced, never changed, so updates and answers may hold on to the one they were given.
    """

    payload: Payload
    from_bot: int = 0
    keys: Payload | None = None

    @property
    def id(self) -> int:
        return int(self.payload["message_id"])

    @property
    def buttons(self) -> list[list[Payload]]:
        rows = self.payload.get("reply_markup", {}).get("inline_keyboard")
        if rows:
            return list(rows)
        return list(self.keys.get("keyboard", [])) if self.keys else []


@dataclass(slots=True)
class Chat:
    """`payload` is the Bot API chat object; message ids grow by one per chat; `bot_id` is 0 for a group."""

    payload: Payload
    bot_id: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0

    @property
    def id(self) -> int:
        return int(self.payload["id"])

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def keep(self, message: Message) -> Message:
        self.messages[message.id] = message
        return message

    def message_to(self, what: str, message_id: int) -> Message:
        """A message that is still there. Raises Refused "message to edit|delete|be replied not found"."""
        message = self.messages.get(message_id)
        if message is None:
            raise bad_request(f"message to {what} not found")
        return message

    def newest_with(self, label: str) -> tuple[Message, Payload]:
        """The newest message that shows a button of this label. Raises LookupError naming the buttons there are."""
        seen: list[str] = []
        for message in reversed(self.messages.values()):
            for row in message.buttons:
                for button in row:
                    if button["text"] == label:
                        return message, button
                    seen.append(button["text"])
        raise LookupError(f"no button {label!r} in chat {self.id}; there are {seen[:20]}")

    def clear(self) -> None:
        self.messages.clear()
