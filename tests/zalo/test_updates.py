"""Zalo's events in aiogram's terms, from bodies recorded on the live service (names changed) and from hostile ones."""

import json
from typing import Any

import pytest
from aiogram.types import Update

from bot.channels.zalo import updates
from storage.tables import Chat

KEY = "zalo:1459232241454765289"
CHAT = Chat(id=7, key=f"{KEY}:6ede9afa66b88fe6d6a9", platform="zalo", bot_key=KEY, external_id="6ede9afa66b88fe6d6a9")
WHO = {
    "message_id": "2d758cb5e222177a4e35",
    "chat": {"id": "6ede9afa66b88fe6d6a9", "chat_type": "PRIVATE"},
    "from": {"id": "6ede9afa66b88fe6d6a9", "display_name": "Nguyen Van A", "is_bot": False},
    "date": 1750316131602,
}
TEXT = {"event_name": "message.text.received", "message": WHO | {"text": "xin chào"}}
IMAGE = {
    "event_name": "message.image.received",
    "message": WHO
    | {"photo_url": "https://photo-stal-1.zdn.vn/a.jpg", "caption": "biên bản", "message_type": "CHAT_PHOTO"},
}
VOICE = {
    "event_name": "message.voice.received",
    "message": WHO | {"voice_url": "https://f2-voice-aac-dl.zdn.vn/a.aac", "message_type": "CHAT_VOICE"},
}
STICKER = {"event_name": "message.sticker.received", "message": WHO | {"sticker": "0e07", "url": "https://example.vn"}}
UNSUPPORTED = {"event_name": "message.unsupported.received", "message": WHO}


def raw(body: Any) -> bytes:
    return json.dumps(body).encode()


def read(event: dict[str, Any]) -> Update:
    """As the dispatcher reads it: what aiogram would refuse fails here."""
    return Update.model_validate(updates.update_of(updates.event_of(raw(event)), CHAT, 41))


@pytest.mark.parametrize("body", [TEXT, {"ok": True, "result": TEXT}, {"ok": True, "result": TEXT, "error_code": 0}])
def test_flat_and_wrapped_are_the_same_arrival(body: dict[str, Any]):
    arrival = updates.arrival(KEY, raw(body))
    assert (arrival.bot_key, arrival.update_key, arrival.chat_key) == (KEY, WHO["message_id"], CHAT.key)
    assert arrival.order_key == 0, "the order they come in, whatever their dates"
    assert updates.event_of(arrival.raw) == TEXT


def test_a_text_is_a_message_with_our_ids():
    message = read(TEXT).message
    assert message
    assert (message.message_id, message.chat.id, message.chat.type, message.text) == (41, 7, "private", "xin chào")
    assert message.from_user
    assert (message.from_user.id, message.from_user.full_name) == (7, "Nguyen Van A")
    assert message.date.timestamp() == 1750316131


@pytest.mark.parametrize(
    ("event", "kind"), [(IMAGE, "photo"), (VOICE, "voice"), (STICKER, "sticker"), (UNSUPPORTED, "document")]
)
def test_other_kinds_are_what_the_calm_words_know(event: dict[str, Any], kind: str):
    message = read(event).message
    assert message
    assert getattr(message, kind)
    assert message.caption == ("biên bản" if kind == "photo" else None)


def test_a_group_is_a_group_and_a_bot_is_a_bot():
    in_group = TEXT | {"message": TEXT["message"] | {"chat": {"id": "g1", "chat_type": "GROUP"}}}
    message = read(in_group).message
    assert message
    assert message.chat.type == "group"
    assert not updates.is_private_text(in_group)
    by_bot = TEXT | {"message": TEXT["message"] | {"from": WHO["from"] | {"is_bot": True}}}
    message = read(by_bot).message
    assert message
    assert message.from_user
    assert message.from_user.is_bot
    assert not updates.is_private_text(by_bot)


@pytest.mark.parametrize(
    "event",
    [
        {"event_name": "message.unsupported.received"},
        {"event_name": "user.follow", "follower": {"id": "1"}},
        {"event_name": "message.link.received", "message": WHO},
        {"event_name": "message.text.received", "message": WHO},
        {"event_name": "message.text.received", "message": {"text": "a"}},
        {"event_name": "message.text.received", "message": "a"},
        {"event_name": None},
        {},
    ],
)
def test_what_nobody_knows_is_seen_and_left_alone(event: dict[str, Any]):
    update = read(event)
    assert update.channel_post
    assert update.message is None


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"[]", b"null", b"1", b'"a"', b'{"result": 1}', b'{"message": {"message_id": 5}}',
     b"[" * 100_000, raw({"message": WHO | {"message_id": ""}}), raw({"message": WHO | {"message_id": "x" * 500}}),
     raw({"message": WHO | {"chat": {"id": 7}}}), raw({"message": WHO | {"chat": None}})],
)  # fmt: skip
def test_what_says_neither_who_nor_which_is_kept_under_its_hash(body: bytes):
    one, other = updates.arrival(KEY, body), updates.arrival(KEY, body + b" ")
    assert one.chat_key == f"{KEY}:?"
    assert (one.raw, one.order_key) == (body, 0)
    assert one.update_key != other.update_key
    assert one == updates.arrival(KEY, body)


@pytest.mark.parametrize("date", [None, "now", -5, 2**80, True, 1.5])
def test_a_strange_date_does_not_matter(date: Any):
    event = {"event_name": "message.text.received", "message": WHO | {"text": "a", "date": date}}
    assert updates.arrival(KEY, raw(event)).order_key == 0
    assert read(event).message


def test_a_date_far_in_the_future_is_not_believed():
    event = {"event_name": "message.text.received", "message": WHO | {"text": "a", "date": 2**62}}
    assert updates.arrival(KEY, raw(event)).order_key == 0
    message = read(event).message
    assert message
    assert message.date.timestamp() == 0


def test_half_characters_are_replaced():
    event = {"event_name": "message.text.received", "message": WHO | {"text": "nh\ud83d 12"}}
    message = read(event).message
    assert message
    assert message.text == "nh\ufffd 12"


def test_ids_are_opaque_text():
    strange = {"event_name": "message.text.received", "message": WHO | {"text": "a", "chat": {"id": "abc.xyz:1"}}}
    assert updates.arrival(KEY, raw(strange)).chat_key == f"{KEY}:abc.xyz:1"


def test_a_choice_is_a_button_press():
    query = Update.model_validate(updates.callback_of(TEXT, CHAT, 41, "go|a|3")).callback_query
    assert query
    assert (query.id, query.data, query.from_user.full_name) == ("z41", "go|a|3", "Nguyen Van A")
    assert query.message
    assert query.message.chat.type == "private"
