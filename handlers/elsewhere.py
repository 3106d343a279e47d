"""Everything else people send: one calm sentence each, and the conversation stays where it was."""

import re
from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.duties import duties_of
from handlers.sifting import Sifted
from handlers.words import Says, Text, is_of_album
from rules.asks import is_greeting
from rules.plan import Plan
from rules.reply import Choice, Reply
from rules.roles import Role, may
from rules.spelling import fold
from storage import unread
from storage.tables import Chat, Person
from texts import elsewhere as texts
from texts.duties import examples

_KINDS = (
    "sticker", "voice", "video_note", "photo", "video", "animation", "audio", "document", "location", "venue",
    "contact", "poll", "dice", "story", "game",
)  # fmt: skip

_THANKFUL = frozenset(
    [
        "cam",
        "on",
        "thank",
        "thanks",
        "you",
        "da",
        "vang",
        "c",
        "b",
        "e",
        "mn",
        "mng",
        "oke",
        "ok",
        "roi",
        "em",
        "chau",
        "ban",
        "anh",
        "chi",
        "co",
        "chu",
        "bac",
        "ong",
        "ba",
        "minh",
        "cac",
        "nhe",
        "nha",
        "a",
        "nhieu",
        "lam",
        "qua",
        "bot",
        "rat",
        "nhieu",
        "tot",
        "hay",
        "the",
    ]
)

_GREETING = frozenset(
    ["het", "xong", "chao", "ca", "vay", "thoi", "gui", "nhan", "duoc", "xin", "phep", "day", "toi", "con", "nay",
     "hom", "nua", "va", "kinh", "tren", "la", "danh", "sach", "ds", "bao", "cao", "thua"]
)  # fmt: skip
_NUMBER_OF_NOTHING = re.compile(r"\d{1,3}[.)/]")  # "3." with nothing behind; "15" by itself is a house
_MOST_WORDS = 12
_LONGEST = 200

_NOT_SAID = (
    "pinned_message", "message_auto_delete_timer_changed", "write_access_allowed", "chat_background_set",
    "successful_payment", "proximity_alert_triggered", "boost_added",
)  # fmt: skip


async def group_said(_: Message, chat: Chat) -> Reply | None:
    """In a group we speak once, and of nobody."""
    if chat.last_tap == "group":
        return None
    chat.last_tap = "group"
    return Reply(texts.GROUP)


async def nothing(_: Any) -> None:
    """Seen, and nothing to say."""


async def blocked(_: ChatMemberUpdated, chat: Chat, now: datetime) -> None:
    chat.unreachable_since = now


async def something_sent(message: Message, chat: Chat, me: Person) -> Reply | None:
    """A picture, a sticker, a voice…: an album is answered once, what Telegram itself puts into a chat not at all."""
    if any(getattr(message, kind, None) for kind in _NOT_SAID) or is_of_album(message, chat):
        return None
    kind = next((kind for kind in _KINDS if getattr(message, kind, None)), "")
    return Reply(texts.something_sent(kind, logs=_logs(me)))


def _logs(me: Person) -> bool:
    return may(Role(me.role), "ghi")


async def forwarded(message: Message, session: AsyncSession, chat: Chat, now: datetime) -> Reply:
    unread.keep(session, chat, message.text or "", "forwarded", now)
    return Reply(texts.FORWARDED)


async def edited(message: Message, me: Person) -> Reply | None:
    """A live location edits itself every few seconds: only changed words are answered."""
    if not (message.text or message.caption):
        return None
    return Reply(texts.EDITED, ((Choice("Sửa", "w|sửa"),),)) if _logs(me) else Reply(texts.EDITED_ELSEWHERE)


async def old_button(query: CallbackQuery, chat: Chat) -> Reply:
    """A button whose question is over: the same tap twice gets a nod, an older one a kind word."""
    if query.data and query.data == chat.last_tap:
        return Reply(toast=texts.TAPPED_ALREADY)
    return Reply(texts.OLD_BUTTON, ((Choice("Menu", "w|menu"),),))


async def thanked(_: Message) -> Reply:
    return Reply(texts.WELCOME)


async def greeted(_: Message, me: Person) -> Reply:
    return Reply(
        texts.HELLO if _logs(me) else texts.HELLO_ELSEWHERE, ((Choice("Menu", "w|menu"),),), takes_numbers=True
    )


async def not_understood(
    _: Message, text: str, session: AsyncSession, chat: Chat, me: Person, plan: Plan, now: datetime
) -> Reply:
    unread.keep(session, chat, text, "not understood", now)
    if me.unit and me.unit.kind != "village" and (duties := duties_of(me, plan)):
        return Reply(texts.not_understood_of(examples(duties)), ((Choice("Menu", "w|menu"),),))
    if not _logs(me):
        return Reply(texts.NOT_UNDERSTOOD_ELSEWHERE, ((Choice("Menu", "w|menu"),),))
    return Reply(texts.NOT_UNDERSTOOD, ((Choice("Ghi", "w|ghi"), Choice("Menu", "w|menu")),))


def is_thanks(text: str) -> bool:
    words = fold(text[:_LONGEST]).split()
    told = " ".join(words)
    return len(words) <= _MOST_WORDS and any(word in told for word in ("cam on", "thank")) and set(words) <= _THANKFUL


def is_courtesy(text: str) -> bool:
    """Thanks, "hết ạ", "em chào cả nhà": in a list nothing that anybody would look for afterwards."""
    return (
        not any(map(str.isalnum, text))
        or _NUMBER_OF_NOTHING.fullmatch(text.strip()) is not None
        or is_thanks(text)
        or not set(fold(text[:_LONGEST]).split()) - (_THANKFUL | _GREETING)
    )


class Thanks(Sifted):
    """ "cảm ơn cháu nhé", "dạ em cám ơn chị nhiều ạ": thanks, whoever is thanked, and nothing else."""

    async def __call__(self, message: Message) -> bool:
        return is_thanks(message.text or "")


class Greets(Sifted):
    """ "chào cháu": a greeting and nothing else."""

    async def __call__(self, message: Message) -> bool:
        return is_greeting(message.text or "")


class Elsewhere(Sifted):
    """Said in a group or channel, or by another bot: not between one person and us."""

    async def __call__(self, event: Message | CallbackQuery | ChatMemberUpdated) -> bool:
        if isinstance(event, CallbackQuery):
            return event.message is not None and event.message.chat.type != "private"
        return event.chat.type != "private"


class FromBot(Sifted):
    async def __call__(self, message: Message) -> bool:
        return message.from_user is None or message.from_user.is_bot


class Blocking(Filter):
    async def __call__(self, event: ChatMemberUpdated) -> bool:
        return event.chat.type == "private" and event.new_chat_member.status == "kicked"


class Forwarded(Sifted):
    async def __call__(self, message: Message) -> bool:
        return message.forward_origin is not None and bool(message.text)


def build_groups_router() -> Router:
    router = Router(name=f"{__name__}.groups")
    router.message.register(group_said, Elsewhere())
    router.edited_message.register(nothing, Elsewhere())
    router.channel_post.register(nothing)
    router.callback_query.register(nothing, Elsewhere())
    router.my_chat_member.register(blocked, Blocking())
    router.my_chat_member.register(nothing)
    router.message.register(nothing, FromBot())
    return router


def build_forwards_router() -> Router:
    """A forwarded message speaks of a third person: it is never taken for a report by itself."""
    router = Router(name=f"{__name__}.forwards")
    router.message.register(forwarded, Forwarded())
    return router


def build_thanks_router() -> Router:
    """Before the lines about houses: who is thanked is no house."""
    router = Router(name=f"{__name__}.thanks")
    router.message.register(thanked, Thanks())
    router.message.register(greeted, Greets())
    return router


def build_router() -> Router:
    router = Router(name=__name__)
    router.edited_message.register(edited)
    router.message.register(thanked, Says(*texts.THANKS))
    router.message.register(not_understood, Text())
    router.message.register(something_sent)
    router.callback_query.register(old_button)
    return router
