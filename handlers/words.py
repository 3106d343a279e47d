"""How a handler is called: by a word people type or tap, or by a button of the question at hand.

All filters here are coroutines. aiogram runs a plain function, and so every `F.…` and every bare `State`, in a thread.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.sifting import NUMBER, Sifted
from rules.asks import menu_word
from rules.refusals import NotAllowed
from rules.reply import Choice
from rules.roles import Role, may
from rules.spelling import clean, fold, says
from storage.tables import Chat, Person

_SLASHES = "/／"
_ALL = (
    "menu",
    "ghi",
    "sửa",
    "hoàn tác",
    "còn",
    "qr",
    "tôi",
    "tiến độ",
    "xuất",
    "mời",
    "vướng",
    "trợ giúp",
    "huỷ",
    "dữ liệu",
    "chưa hiểu",
    "liên kết",
    "xem",
    "kiểm tra",
    "nhật ký",
    "lưu ý",
    "start",
)
_ALIASES = {
    "bắt đầu": "menu", "cancel": "huỷ", "thôi": "huỷ", "thoát": "huỷ", "help": "trợ giúp", "giúp": "trợ giúp",
    "hỗ trợ": "trợ giúp", "undo": "hoàn tác", "còn ai": "còn", "còn những ai": "còn", "còn nhà nào": "còn",
    "nhật kí": "nhật ký",
}  # fmt: skip
_MENTION = re.compile(r"(?<=\S)@\w+$")
_POLITE = frozenset(["nhe", "nha", "di", "a", "nao", "nua", "giup", "minh", "voi"])  # "huỷ đi", "còn ai nữa ạ"


def _joined(text: str) -> str:
    return fold(text).replace(" ", "")


_KNOWN = {_joined(word): word for word in _ALL} | {_joined(alias): word for alias, word in _ALIASES.items()}
_MOST_WORDS = 6
_LONGEST_ANSWER = 60
_LABELS = {"qr": "Mã QR"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a text says to us: the word of the menu it begins with, if any, and what follows that word."""

    word: str | None
    rest: str


def spoken(text: str) -> Spoken:
    """Read the word: with or without accents, capitals, a slash, the bot's name ("/hoantac@bot", "HOAN TAC", "ghi 12").

    A word said with something behind it is only taken where that means something (see `Word`).
    """
    plain = clean(text, most=4096).lstrip(_SLASHES)
    if word := _alone(_MENTION.sub("", plain)):
        return Spoken(word, "")
    parts = plain.split()
    for length in (1, 2):
        if len(parts) > length and (word := _KNOWN.get(_joined(" ".join(parts[:length]).split("@", 1)[0]))):
            if asked := menu_word(plain):
                return Spoken(asked, "")
            return Spoken(word, " ".join(parts[length:]))
    return Spoken(menu_word(plain), "")


def _alone(said: str) -> str | None:
    """The word that is all that was said, courtesies behind it left out."""
    words = said.split(" ")
    while words and len(words) <= _MOST_WORDS:
        if word := _KNOWN.get(_joined(" ".join(words))):
            return word
        if fold(words.pop()) not in _POLITE:
            return None
    return None


async def hear(handler: Callable[..., Awaitable[Any]], event: TelegramObject, data: dict[str, Any]) -> Any:
    """A middleware: the text is read once for all filters that ask about it."""
    is_own = isinstance(event, Message) and event.forward_origin is None  # a forwarded word is somebody else's
    text = event.text if isinstance(event, Message) and is_own else None
    heard = spoken(text) if text else Spoken(None, "")
    data["heard"] = _of_unit(heard, text or "", data.get("me"))
    return await handler(event, data)


def _of_unit(heard: Spoken, text: str, me: Person | None) -> Spoken:
    """ "được bao nhiêu nhà rồi?" of one who does not go to the doors alone is about the unit."""
    asks = heard.word == "tôi" and me is not None and menu_word(clean(text, most=4096)) == "tôi"
    return Spoken("tiến độ", "") if asks and me and Role(me.role) is not Role.VOLUNTEER else heard


class Word(Filter):
    """The word typed (with `rest` words behind it only where that means something), or its button `w|word`."""

    def __init__(self, word: str, *, rest: bool = False) -> None:
        self.word, self.rest = word, rest
        self.data = f"w|{word}"

    async def __call__(self, event: Message | CallbackQuery, heard: Spoken | None = None) -> bool | dict[str, Any]:
        if heard is None:
            return {"rest": ""} if isinstance(event, CallbackQuery) and event.data == self.data else False
        if heard.word != self.word or (heard.rest and not self.rest):
            return False
        return {"rest": heard.rest}


class Text(Filter):
    """A text, handed over as `text` (or by another name)."""

    def __init__(self, name: str = "text") -> None:
        self.name = name

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        return {self.name: message.text} if message.text else False


class Says(Sifted):
    """One of these answers, accents or not; with accents they must be its own: "vắng" is no "vâng"."""

    def __init__(self, *answers: str) -> None:
        self.answers = answers
        self._keys = frozenset(map(fold, answers))
        self.deaf_to = frozenset() if any(map(str.isdecimal, "".join(answers))) else frozenset({NUMBER})

    async def __call__(self, message: Message) -> bool:
        text = message.text or ""
        if not 0 < len(text) < _LONGEST_ANSWER or fold(text) not in self._keys:
            return False
        return any(says(text, answer) for answer in self.answers)


class Tapped(Filter):
    """A button `kind|value` (only that `value`, if one is named).

    With `card` it must be of the question at hand, so that an old one never answers a new one.
    """

    def __init__(self, kind: str, value: str | None = None, *, card: bool = True) -> None:
        self.kind, self.value, self.card = kind, value, card

    async def __call__(self, query: CallbackQuery, chat: Chat) -> bool | dict[str, Any]:
        kind, _, rest = (query.data or "").partition("|")
        if kind != self.kind:
            return False
        if not self.card:
            return {"value": rest}
        value, _, card = rest.rpartition("|")
        if not rest.isprintable() or card != str(chat.card) or (self.value is not None and value != self.value):
            return False
        chat.last_tap = query.data or ""
        return {"value": value}


def is_of_album(message: Message, chat: Chat) -> bool:
    """Whether this picture comes behind another of the same album, which was answered."""
    if not message.media_group_id:
        return False
    album = f"album:{message.media_group_id}"
    seen, chat.last_tap = chat.last_tap == album, album
    return seen


def message_key(chat: Chat, message: Message) -> str:
    """By which a message is known again when it is edited or replied to."""
    return f"{chat.id}:{message.message_id}"


def word_choice(word: str) -> Choice:
    return Choice(_LABELS.get(word, word[0].upper() + word[1:]), f"w|{word}")


def fresh_card(chat: Chat) -> int:
    """A number for the question being asked now; buttons of earlier questions no longer match it."""
    chat.card += 1
    return chat.card


def card_choice(label: str, kind: str, value: str, card: int) -> Choice:
    return Choice(label, f"{kind}|{value}|{card}")


def need(me: Person, word: str) -> Role:
    """The person's role, if it may do this now. Raises NotAllowed."""
    role = Role(me.role)
    if not may(role, word):
        raise NotAllowed(word)
    return role
