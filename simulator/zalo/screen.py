"""A message as it stands on a Zalo phone: text, a picture, a link to tap; never a button."""

import re
from dataclasses import dataclass
from typing import Any

from simulator.entities import found_in, units
from simulator.media import picture_size

_NUMBERED = re.compile(r"^(\d{1,2})\. ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ZaloBubble:
    """`date` is epoch milliseconds; `photo` the picture's bytes; `file_id` where the chat page finds them."""

    message_id: str
    chat_id: str
    sender: str
    from_bot: bool
    kind: str
    text: str
    date: int
    photo: bytes | None = None
    file_id: str = ""

    @property
    def choices(self) -> dict[str, str]:
        """The numbered lines of the text: label → number."""
        lines = (line.split(". ", 1) for line in self.text.split("\n") if _NUMBERED.match(line))
        return {label.strip(): number for number, label in lines}

    def as_json(self) -> dict[str, Any]:
        return {
            "message_id": self.message_id,
            "chat_id": self.chat_id,
            "from_bot": self.from_bot,
            "kind": self.kind,
            "text": self.text,
            "labels": list(self.choices),
            "date": self.date,
            "message": self._for_page(),
            "keys": None,
        }

    def _for_page(self) -> dict[str, Any]:
        """In the terms the chat page draws: a number that begins a line can be tapped, as a phone's eye would."""
        name = "caption" if self.kind == "photo" else "text"
        page: dict[str, Any] = {
            "message_id": self.message_id,
            "date": self.date // 1000,
            "chat": {"id": self.chat_id},
            "from": {"is_bot": self.from_bot, "first_name": self.sender},
        }
        if self.kind == "photo" and self.photo is not None:
            width, height = picture_size(self.photo) or (1, 1)
            page["photo"] = [{"file_id": self.file_id, "width": width, "height": height}]
        elif self.kind in _CARDS:
            page |= _CARDS[self.kind]
        if self.text:
            page[name] = self.text
            page["entities" if name == "text" else "caption_entities"] = self._tappable()
        return page

    def _tappable(self) -> list[dict[str, Any]]:
        links = [entity for entity in found_in(self.text) if entity["type"] == "url"]
        numbers = [
            {"type": "bot_command", "offset": units(self.text[: found.start(1)]), "length": len(found[1])}
            for found in _NUMBERED.finditer(self.text)
            if self.from_bot
        ]
        return sorted(links + numbers, key=lambda entity: entity["offset"])


_CARDS: dict[str, dict[str, Any]] = {
    "sticker": {"sticker": {"emoji": "👍"}},
    "voice": {"voice": {"duration": 3}},
    "unsupported": {"document": {"file_name": "Tệp", "file_size": 0, "file_id": ""}},
}
