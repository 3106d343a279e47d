"""A message as the person holding the phone sees it."""

from dataclasses import dataclass, field
from typing import Any

from simulator.chats import Message
from simulator.files import Cabinet

_MEDIA = ("photo", "document", "sticker", "voice", "video_note", "location", "contact", "poll", "dice")


@dataclass(frozen=True, slots=True)
class Button:
    """`data` for a callback button, `url` for a link; neither for a key of a reply keyboard."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Bubble:
    """`text` is the text or the caption; `photo` the picture's bytes; `document` a file's name and bytes."""

    message_id: int
    chat_id: int
    from_bot: bool
    kind: str
    text: str
    buttons: tuple[tuple[Button, ...], ...]
    date: int
    edited: bool
    photo: bytes | None = None
    document: tuple[str, bytes] | None = None
    payload: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    keys: dict[str, Any] | None = field(default=None, compare=False, repr=False)

    @property
    def labels(self) -> list[str]:
        return [button.text for row in self.buttons for button in row]

    def as_json(self) -> dict[str, Any]:
        """For `/sim`: the Bot API object and what a reader wants at hand; bytes are fetched by file_id."""
        return {
            "message_id": self.message_id,
            "chat_id": self.chat_id,
            "from_bot": self.from_bot,
            "kind": self.kind,
            "text": self.text,
            "labels": self.labels,
            "edited": self.edited,
            "date": self.date,
            "message": self.payload,
            "keys": self.keys,
        }


def bubble(message: Message, files: Cabinet) -> Bubble:
    payload = message.payload
    kind = next((kind for kind in _MEDIA if kind in payload), "text")
    return Bubble(
        message_id=message.id,
        chat_id=payload["chat"]["id"],
        from_bot=bool(message.from_bot),
        kind=kind,
        text=payload.get("text") or payload.get("caption") or "",
        buttons=tuple(tuple(map(_button, row)) for row in message.buttons),
        date=payload["date"],
        edited="edit_date" in payload,
        photo=files.find(payload["photo"][-1]["file_id"]).content if kind == "photo" else None,
        document=_document(payload["document"], files) if kind == "document" else None,
        payload=payload,
        keys=message.keys,
    )


def _button(button: dict[str, Any]) -> Button:
    return Button(button["text"], button.get("callback_data"), button.get("url"))


def _document(document: dict[str, Any], files: Cabinet) -> tuple[str, bytes]:
    return document.get("file_name", ""), files.find(document["file_id"]).content
