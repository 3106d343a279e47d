"""Commands, links and mentions that Telegram finds in a text by itself, and lengths as Telegram counts them."""

import re
from typing import Any

Entity = dict[str, Any]

_FINDABLE = re.compile(r"[/@#]|\+\d|\.[a-z]{2}", re.I)
_FOUND = re.compile(
    r"(?P<email>\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<url>\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)\]]|\b(?:[a-z0-9-]+\.)+(?:vn|com|org|net|me|io|gov|edu)\b(?:/[^\s<>\"]*)?)"
    r"|(?P<bot_command>(?<![\w/@#.])/[a-z0-9_]{1,64}(?:@[a-z]\w{3,31})?(?![\w/]))"
    r"|(?P<mention>(?<![\w@/])@[a-z]\w{3,31}\b)"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
    r"|(?P<phone_number>(?<![\w+])\+\d[\d ]{7,14}\d\b)",
    re.I,
)
_KEEPS_OUT = {"code", "pre", "text_link", "text_mention"}


def units(text: str) -> int:
    """Length in UTF-16 code units, which is what Telegram's offsets and limits count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def found_in(text: str) -> list[Entity]:
    """The entities Telegram adds to a plain text, in reading order."""
    if not _FINDABLE.search(text):
        return []
    return [
        {"type": str(found.lastgroup), "offset": units(text[: found.start()]), "length": units(found.group())}
        for found in _FOUND.finditer(text)
    ]


def joined(given: list[Entity], found: list[Entity]) -> list[Entity]:
    """Entities the sender set and the ones Telegram found, except inside code and links; outer ones first."""
    closed = [entity for entity in given if entity["type"] in _KEEPS_OUT]
    added = [entity for entity in found if not any(_overlap(entity, other) for other in closed)]
    return sorted(given + added, key=lambda entity: (entity["offset"], -entity["length"]))


def _overlap(one: Entity, other: Entity) -> bool:
    end, other_end = one["offset"] + one["length"], other["offset"] + other["length"]
    return bool(one["offset"] < other_end and other["offset"] < end)


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Text without blanks at both ends, as Telegram stores it, and the entities moved along."""
    kept = text.strip()
    if kept == text or not entities:
        return kept, entities
    shift, length = units(text) - units(text.lstrip()), units(kept)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] + entity["length"] - shift, length)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return kept, moved
