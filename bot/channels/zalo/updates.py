"""A raw Zalo event, told apart before it is safe, and later put into aiogram's terms."""

import json
from hashlib import sha256
from typing import Any

from bot.channels import chat_key
from bot.channels.telegram.updates import decoded
from storage.inbox import Arrival
from storage.tables import Chat

_BIGGEST = 2**63 - 1
_LATEST = 2**32  # seconds; later than that is no date
_LONGEST_ID = 200
TEXT = "message.text.received"
UNSUPPORTED = "message.unsupported.received"


def inner(body: Any) -> dict[str, Any]:
    """The event itself, out of the wrapping {"ok", "result"} that it may or may not come in. Raises ValueError."""
    if isinstance(body, dict) and isinstance(body.get("result"), dict):
        body = body["result"]
    if not isinstance(body, dict):
        raise ValueError("not an event")
    return body


def arrival(bot_key: str, raw: bytes) -> Arrival:
    """Whose event this is and how to know it again. What says neither is kept under its hash.

    A chat's events are handled in the order they are first seen: Zalo promises none, and its dates are for display.
    """
    try:
        message = inner(json.loads(raw))["message"]
        message_id, chat_id = _id(message["message_id"]), _id(message["chat"]["id"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return Arrival(bot_key, sha256(raw).hexdigest(), chat_key(bot_key, "?"), 0, raw)
    return Arrival(bot_key, message_id, chat_key(bot_key, chat_id), 0, raw)


def _id(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_ID or not value.isprintable():
        raise ValueError("no id")
    return value


def _millis(message: dict[str, Any]) -> int:
    date = message.get("date")
    return date if isinstance(date, int) and not isinstance(date, bool) and 0 <= date <= _BIGGEST else 0


def event_of(raw: bytes) -> dict[str, Any]:
    """The event of a stored update, half characters replaced. Raises ValueError when it is none."""
    return inner(decoded(raw))


def update_of(event: dict[str, Any], chat: Chat, seq: int) -> dict[str, Any]:
    """The event as a Bot API Update. Ids are ours, since Zalo's are texts: the inbox number and the chat's row.

    What nobody knows yet becomes a post in a channel, which is seen and left alone.
    """
    message = event.get("message")
    if not isinstance(message, dict) or not isinstance(message.get("from"), dict):
        return silent(chat, seq)
    content = _content(event, message, seq)
    if content is None:
        return silent(chat, seq)
    return {"update_id": seq, "message": _about(message, chat, seq) | content}


def callback_of(event: dict[str, Any], chat: Chat, seq: int, data: str) -> dict[str, Any]:
    """The press of a button with this data, which a typed number or label stands for."""
    about = _about(event["message"], chat, seq)
    shown = {"message_id": seq, "date": about["date"] or 1, "chat": about["chat"], "text": ""}
    query = {"id": f"z{seq}", "from": about["from"], "chat_instance": str(chat.id), "data": data, "message": shown}
    return {"update_id": seq, "callback_query": query}


def is_private_text(event: dict[str, Any]) -> bool:
    """Whether a person says something to us alone, so that it may be a choice."""
    message = event.get("message")
    return (
        event.get("event_name") == TEXT
        and isinstance(message, dict)
        and isinstance(message.get("text"), str)
        and isinstance(message.get("from"), dict)
        and not message["from"].get("is_bot")
        and not _is_group(message)
    )


def is_unsupported(event: dict[str, Any]) -> bool:
    """Whether a person alone with us sent what Zalo does not carry over."""
    message = event.get("message")
    is_known = isinstance(message, dict) and isinstance(message.get("from"), dict)
    return event.get("event_name") == UNSUPPORTED and is_known and not _is_group(event["message"])


def _is_group(message: dict[str, Any]) -> bool:
    place = message.get("chat")
    return isinstance(place, dict) and place.get("chat_type") == "GROUP"


def _about(message: dict[str, Any], chat: Chat, seq: int) -> dict[str, Any]:
    name = message["from"].get("display_name")
    name = name if isinstance(name, str) else ""
    is_bot = bool(message["from"].get("is_bot"))
    seconds = _millis(message) // 1000
    place = {"type": "group", "title": ""} if _is_group(message) else {"type": "private", "first_name": name}
    return {
        "message_id": seq,
        "date": seconds if seconds < _LATEST else 0,
        "chat": {"id": chat.id} | place,
        "from": {"id": chat.id, "is_bot": is_bot, "first_name": name},
    }


def _content(event: dict[str, Any], message: dict[str, Any], seq: int) -> dict[str, Any] | None:
    """The message's content by Bot API names; None for an event nobody knows."""
    file = {"file_id": f"zalo{seq}", "file_unique_id": f"zalo{seq}"}
    caption = message.get("caption")
    match event.get("event_name"):
        case "message.text.received" if isinstance(message.get("text"), str):
            return {"text": message["text"]}
        case "message.image.received":
            picture = {"photo": [file | {"width": 1, "height": 1}]}
            return picture | ({"caption": caption} if isinstance(caption, str) else {})
        case "message.sticker.received":
            looks = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return {"sticker": file | looks}
        case "message.voice.received":
            return {"voice": file | {"duration": 0}}
        case "message.unsupported.received":
            return {"document": file}
        case _:
            return None


def silent(chat: Chat, seq: int) -> dict[str, Any]:
    post = {"message_id": seq, "date": 0, "chat": {"id": chat.id, "type": "channel", "title": ""}}
    return {"update_id": seq, "channel_post": post}
