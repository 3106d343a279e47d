"""The files people and bots have sent, found again by file_id or by path."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from simulator import media
from simulator.refusals import bad_request

PHOTO_LIMIT = 10 * 1024 * 1024  # bytes, https://core.telegram.org/bots/api#sending-files
DOCUMENT_LIMIT = 50 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
_LONGEST_SIDES = (("s", 90), ("m", 320), ("x", 800), ("y", 1280), ("w", 2560))


@dataclass(slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    kind: str
    content: bytes
    name: str
    path: str
    width: int = 0
    height: int = 0
    mime: str = "application/octet-stream"

    def as_file(self) -> dict[str, Any]:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}


@dataclass(slots=True)
class Cabinet:
    """Keeps each content once per kind; the same bytes get the same ids again."""

    by_id: dict[str, StoredFile] = field(default_factory=dict)
    by_path: dict[str, StoredFile] = field(default_factory=dict)

    def keep(self, content: bytes, kind: str, name: str = "") -> StoredFile:
        """Stores bytes as a "photo", "document", "voice", ... and returns them with their ids."""
        print_ = hashlib.sha1(
            kind.encode() + b"\0" + name.encode() + b"\0" + content, usedforsecurity=False
        ).hexdigest()
        file_id = f"AgACAgUAAx{kind[:3]}{print_}"
        if file_id not in self.by_id:
            width, height = media.picture_size(content) or (0, 0)
            number = len(self.by_path)
            ending = name.rsplit(".", 1)[-1] if "." in name else {"photo": "jpg", "voice": "oga"}.get(kind, "bin")
            path = f"{kind}s/file_{number}.{ending}"
            mime = media.type_of(content, name or path)
            stored = StoredFile(file_id, f"AQAD{print_[:12]}", kind, content, name, path, width, height, mime)
            self.by_id[file_id] = self.by_path[path] = stored
        return self.by_id[file_id]

    def find(self, file_id: str) -> StoredFile:
        """Raises Refused for an id this server never gave."""
        stored = self.by_id.get(file_id) or self.by_id.get(file_id[:-2] if file_id[-2:-1] == "-" else "")
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored

    def photo_sizes(self, photo: StoredFile) -> list[dict[str, Any]]:
        """The PhotoSize array of a photo, smallest first; the last one is the picture itself."""
        longest = max(photo.width, photo.height, 1)
        sizes = [(letter, side / longest) for letter, side in _LONGEST_SIDES if side < longest]
        return [_size(photo, f"-{letter}", scale) for letter, scale in sizes] + [_size(photo, "", 1.0)]

    def clear(self) -> None:
        self.by_id.clear()
        self.by_path.clear()


def _size(photo: StoredFile, suffix: str, scale: float) -> dict[str, Any]:
    return {
        "file_id": photo.file_id + suffix,
        "file_unique_id": photo.unique_id + suffix,
        "width": max(int(photo.width * scale), 1),
        "height": max(int(photo.height * scale), 1),
        "file_size": max(int(len(photo.content) * scale * scale), 1),
    }
