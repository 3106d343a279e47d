"""A raw Telegram update, told apart without being decoded: only ids are read before it is safe."""

import json
from hashlib import sha256
from typing import Any

from bot.channels import chat_key
from storage.inbox import Arrival

_WITH_CHAT = (
    "message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member", "chat_member",
    "chat_join_request", "message_reaction", "business_message", "edited_business_message",
)  # fmt: skip
_WITH_SENDER = ("inline_query", "chosen_inline_result", "shipping_query", "pre_checkout_query", "poll_answer")
_BIGGEST = 2**63 - 1
OWN = "0"
_OWN_WORDS = (
    "text", "entities", "caption", "caption_entities", "reply_markup", "photo", "document", "reply_to_message",
)  # fmt: skip


def arrival(bot_key: str, raw: bytes) -> Arrival:
    """Whose update this is and how to know it again. Bytes that say nothing are kept under their hash."""
    try:
        update = json.loads(raw)
        update_id = int(update["update_id"])
        if not 0 <= update_id <= _BIGGEST:
            raise ValueError
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return Arrival(bot_key, sha256(raw).hexdigest(), chat_key(bot_key, "?"), 0, raw)
    return Arrival(bot_key, str(update_id), chat_key(bot_key, _whose(update)), update_id, raw)


def _whose(update: dict[str, Any]) -> str:
    """The id of the chat an update belongs to, of its sender where there is no chat, "?" where there is neither."""
    try:
        for kind in _WITH_CHAT:
            if kind in update:
                return str(int(update[kind]["chat"]["id"]))
        if "callback_query" in update:
            query = update["callback_query"]
            return str(int((query.get("message") or {}).get("chat", query["from"])["id"]))
        for kind in _WITH_SENDER:
            if kind in update:
                return str(int((update[kind].get("from") or update[kind]["user"])["id"]))
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
        pass
    return "?"


def decoded(raw: bytes) -> dict[str, Any]:
    """The update as JSON, half characters (lone surrogates) replaced. Raises ValueError when it is no JSON object.

    Without what stood on a message that is tapped: our own words and buttons, of which aiogram would make objects.
    """
    update = json.loads(raw)
    if not isinstance(update, dict):
        raise ValueError("not an object")
    _lighten(update.get("callback_query"))
    return _whole(update) if b"\\ud" in raw.lower() else update


def _lighten(query: Any) -> None:
    message = query.get("message") if isinstance(query, dict) else None
    if isinstance(message, dict):
        for key in _OWN_WORDS:
            message.pop(key, None)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return value


def tap_of(update: dict[str, Any]) -> dict[str, Any] | None:
    """The button press in an update: its query id, and the message the button stood under (None: too old).

    None also for one of our own making, by which a fetched file goes on (see `bot.receiving`): nobody waits for it.
    """
    query = update.get("callback_query")
    if not query or query["id"] == OWN:
        return None
    message = query.get("message") or {}
    can_edit = bool(message.get("date"))
    return {"id": str(query["id"]), "message_id": message.get("message_id") if can_edit else None}
