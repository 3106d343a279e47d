"""The switchboard leaves nobody out who would have answered: aiogram, asking everyone, comes to the same handler."""

from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message, User
from aiogram.types import Chat as TelegramChat

from bot.dialogue import DialogueStorage
from campaigns import EXAMPLE
from handlers import build_dispatcher
from handlers.joining import Stranger
from handlers.sifting import Sifted
from handlers.switchboard import Row
from handlers.words import Spoken, Tapped, Word, spoken
from rules.plan import load
from rules.reply import Choice
from storage.tables import Chat, Person

SAID = (
    "ghi",
    "ghi 12",
    "tôi",
    "12",
    "còn",
    "dữ liệu",
    "liên kết",
    "sửa",
    "nhà 12 đã cài",
    "huỷ",
    "vướng mất mạng",
    "có",
    "0",
    "045",
    "2605",
    "12345",
    "hoàn tác",
    "/menu",
    "xuất",
    "cảm ơn",
    "qr",
    "start",
)
TAPPED = ("w|ghi", "w|dữ liệu", "w|tôi", "go|installed|3", "gi|2|3", "ht|7", "s|7", "lk|yes|3", "so|x|3", "gd|-|3",
          "w|không có", "zz|1", "", "|", "j|yes|3",
          "cn|yes", "cn|no", "cn|back", "fr|1", "fg|2.x")  # fmt: skip
STEPS = (None, "Visiting:house", "Visiting:outcome", "Visiting:installs", "Mending:value", "Joining:agreement",
         "Linking:sure", "Raising:text", "Asking:guided", "Nowhere:known")  # fmt: skip
ME = (None, Person(campaign="x", role="volunteer", unit_id=1))
QUICK = (Word, Tapped, Stranger, StateFilter, Sifted)


NOW = datetime(2026, 6, 10, tzinfo=UTC)


def row_of(kind: str) -> Row:
    callback = build_dispatcher(DialogueStorage()).observers[kind].handlers[0].callback
    row = callback.__self__
    assert isinstance(row, Row)
    return row


def message(text: str) -> Message:
    sender = User(id=1, is_bot=False, first_name="Lan")
    return Message(
        message_id=1, date=datetime(2026, 6, 10, tzinfo=UTC), chat=TelegramChat(id=1, type="private"), text=text,
        from_user=sender,
    )  # fmt: skip


def query(data: str) -> CallbackQuery:
    return CallbackQuery(id="1", from_user=User(id=1, is_bot=False, first_name="Lan"), chat_instance="1", data=data)


async def refuses(handler: HandlerObject, event: Message | CallbackQuery, data: dict[str, Any]) -> bool:
    """Whether one of the filters the switchboard looks at says no when it is really asked."""
    quick = [asked for asked in handler.filters or () if isinstance(asked.callback, QUICK)]
    return not all([await asked.call(event, **data) for asked in quick])


@pytest.mark.parametrize("kind", ["message", "callback_query"])
async def test_who_is_left_out_would_have_refused(kind: str) -> None:
    row, left_out, plan = row_of(kind), 0, load(EXAMPLE)
    at_hand = dict.fromkeys(["session", "state", "desk"]) | {"plan": plan, "plans": {plan.slug: plan}, "source": "u1"}
    at_hand |= {"now": NOW, "today": NOW.date(), "offered": lambda: [Choice("12", "x|1"), Choice("Ghi", "w|ghi")]}
    said = SAID if kind == "message" else TAPPED
    for words, step, me in product(said, STEPS, ME):
        event = message(words) if kind == "message" else query(words)
        data: dict[str, Any] = at_hand | {
            "raw_state": step,
            "me": me,
            "chat": Chat(key="k", card=3, platform="telegram"),
        }
        data["heard"] = spoken(words) if kind == "message" else None
        meant = {id(one) for _, some in row.meant(event, data) for one in some}
        for handler in (one for _, some in row._groups for one in some if id(one) not in meant):
            assert await refuses(handler, event, data), (words, step, handler.callback)
            left_out += 1
    assert left_out > 1000  # or the sieve lets all through


def test_what_is_said_does_not_fill_the_memory() -> None:
    row = row_of("callback_query")
    for number in range(50):
        row.meant(query(f"x{number}|{number}"), {"raw_state": None, "me": None})
        row.meant(query(f"w|{number}"), {"raw_state": None, "me": None})
    row.meant(query("w|ghi"), {"raw_state": None, "me": None, "heard": Spoken(None, "")})
    assert len(row._found) <= 3


async def test_they_are_asked_in_the_order_of_the_map() -> None:
    """The groups of a word stand as `build_dispatcher` names them: menu before remaining before elsewhere."""
    said = "còn 12/34"
    rooms = [at.router.name for at, _ in row_of("message").meant(message(said), {"heard": spoken(said)})]
    named = [name for name in rooms if name in ("handlers.safekeeping", "handlers.remaining", "handlers.elsewhere")]
    assert named == ["handlers.safekeeping", "handlers.remaining", "handlers.elsewhere"]
