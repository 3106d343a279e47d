"""What people send besides text, as the objects Telegram makes of it."""

import struct
import zlib
from collections.abc import Callable
from typing import Any

from simulator.files import Cabinet, StoredFile

Content = dict[str, Any]


def photo(files: Cabinet, content: bytes | None = None, caption: str = "") -> Content:
    stored = files.keep(content or plain_picture(), "photo")
    return _captioned({"photo": files.photo_sizes(stored)}, caption)


def document(
    files: Cabinet, name: str = "so-tay.txt", content: bytes = b"12 Tran Hung Dao", caption: str = ""
) -> Content:
    return _captioned({"document": described(files.keep(content, "document", name))}, caption)


def described(stored: StoredFile) -> Content:
    """A Document object of a stored file."""
    return stored.as_file() | {"file_name": stored.name, "mime_type": stored.mime}


def sticker(files: Cabinet, emoji: str = "👍") -> Content:
    stored = files.keep(plain_picture(512, 512, emoji), "sticker", "sticker.png")
    looks = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": emoji}
    return {"sticker": stored.as_file() | looks}


def voice(files: Cabinet, seconds: int = 3) -> Content:
    stored = files.keep(b"OggS" + bytes(600), "voice")
    return {"voice": stored.as_file() | {"duration": seconds, "mime_type": "audio/ogg"}}


def video_note(files: Cabinet, seconds: int = 3) -> Content:
    stored = files.keep(b"\0\0\0\x18ftypmp42" + bytes(900), "video_note", "note.mp4")
    return {"video_note": stored.as_file() | {"duration": seconds, "length": 240}}


def location(_: Cabinet, latitude: float = 20.9373, longitude: float = 106.3146) -> Content:
    return {"location": {"latitude": latitude, "longitude": longitude}}


def contact(
    _: Cabinet, phone_number: str = "+84900000000", first_name: str = "Ví dụ", user_id: int | None = None
) -> Content:
    card: Content = {"phone_number": phone_number, "first_name": first_name}
    return {"contact": card | ({"user_id": user_id} if user_id else {})}


def poll(_: Cabinet, question: str = "Chiều nay đi được không?", options: tuple[str, ...] = ("Được", "Bận")) -> Content:
    answers = [
        {"persistent_id": str(number), "text": text, "voter_count": 0} for number, text in enumerate(options, start=1)
    ]
    flags = {
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }
    return {
        "poll": {"id": "5000000000000000001", "question": question, "options": answers, "total_voter_count": 0} | flags
    }


def dice(_: Cabinet, value: int = 6, emoji: str = "🎲") -> Content:
    return {"dice": {"emoji": emoji, "value": value}}


KINDS: dict[str, Callable[..., Content]] = {
    "photo": photo,
    "document": document,
    "sticker": sticker,
    "voice": voice,
    "video_note": video_note,
    "location": location,
    "contact": contact,
    "poll": poll,
    "dice": dice,
}


def plain_picture(width: int = 640, height: int = 480, shade: str = "photo") -> bytes:
    """A PNG of one colour that depends on `shade`, drawn with the standard library alone."""
    colour = bytes(60 + zlib.crc32(f"{shade}{channel}".encode()) % 160 for channel in "rgb")
    rows = (b"\0" + colour * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 6)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _captioned(content: Content, caption: str) -> Content:
    return content | ({"caption": caption} if caption else {})
