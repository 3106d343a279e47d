"""The lines between bot and phones: channels without HTTP that keep each messenger's rules and refusals."""

from collections import defaultdict
from typing import Any

from aiogram import Bot

from bot.channels import Letter, SendFailure
from bot.channels.telegram import updates
from bot.channels.telegram.failures import cannot_edit, is_harmless
from bot.channels.telegram.render import Call, calls
from bot.channels.unplugged import Unplugged
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.client import NoSuchChat, Refused
from bot.documents import Documents, Unmade
from rules.clock import Clock
from rules.plan import Plan
from storage.database import Database
from storage.inbox import Arrival
from tests.conversations.phone import Phone, sent_file
from tests.conversations.zalo_phone import ZaloPhone

BOT_ID = 4242
ZALO_BOT_ID = "1459232241454765289"
ADDRESS = "https://bot.example"
_MOST_CHARACTERS = 2000


class TelegramLine:
    """A `bot.channels.Channel` whose far end is the phones plugged into it, by account id."""

    platform = "telegram"
    bot_key = f"telegram:{BOT_ID}"

    def __init__(self, plan: Plan, documents: Documents) -> None:
        self.plan, self.documents = plan, documents
        self.bot = Bot(f"{BOT_ID}:a-token-for-tests-of-no-use-elsewhere", session=Unplugged())
        self.phones: dict[str, Phone] = {}
        self.refused: list[str] = []
        self.is_cut = False

    def arrival(self, raw: bytes) -> Arrival:
        return updates.arrival(self.bot_key, raw)

    def remember(self, reply: Any, chat: Any, now: Any) -> None:
        """The phone keeps its buttons itself."""

    def update_of(self, raw: bytes, chat: Any = None, seq: int = 0) -> dict[str, Any]:
        return updates.decoded(raw)

    def tap_of(self, update: dict[str, Any]) -> dict[str, Any] | None:
        return updates.tap_of(update)

    async def answer(self, letter: Letter) -> None:
        for call in calls(letter):
            if call.document:
                await self._hand_over(self.phones[letter.external_id], call, call.document.token)
            else:
                self._one(self.phones[letter.external_id], call)

    async def download(self, file_id: str, most: int) -> bytes:
        if self.is_cut:
            raise SendFailure("0 cut", retry_after=1.0)
        return sent_file(file_id)

    async def _hand_over(self, phone: Phone, call: Call, token: str) -> None:
        try:
            made = await self.documents.made(token)
        except Unmade as unmade:
            phone.apply(Call("sendMessage", {"text": str(unmade)}))
            return
        phone.apply(call, made)
        await self.documents.handed(token, made)

    async def push(self, letter: Letter) -> None:
        await self.answer(letter)

    def _one(self, phone: Phone, call: Call) -> None:
        """As `bot.channels.telegram.answering` goes on after a refusal; one that a person would feel is noted."""
        try:
            phone.apply(call)
        except SendFailure as failure:
            if is_harmless(failure.why) or call.optional:
                return
            if call.instead and cannot_edit(failure.why):
                self._one(phone, call.instead)
                return
            if not phone.is_blocking:
                self.refused.append(failure.why)
            raise


class ZaloLine:
    """A `bot.channels.Channel`: the real Zalo channel, except that its client hands over to the phones plugged in."""

    platform = "zalo"
    bot_key = f"zalo:{ZALO_BOT_ID}"

    def __init__(self, plan: Plan, database: Database, clock: Clock, documents: Documents) -> None:
        token = f"{ZALO_BOT_ID}:a-token-for-tests-of-no-use-elsewhere"
        self.plan = plan
        self.channel = ZaloChannel(
            token, "http://127.0.0.1:9", plan, database, public_url=ADDRESS, clock=clock, documents=documents
        )
        self.bot, self.arrival, self.update_of = self.channel.bot, self.channel.arrival, self.channel.update_of
        self.remember, self.tap_of = self.channel.remember, self.channel.tap_of
        self.phones: dict[str, ZaloPhone] = {}
        self.refused: list[str] = []
        self._came: dict[str, list[str]] = defaultdict(list)
        self.channel._speaker._client = self  # type: ignore[assignment]

    async def answer(self, letter: Letter) -> None:
        await self.channel.answer(letter)
        self._shown(letter, pushed=False)

    async def push(self, letter: Letter) -> None:
        await self.channel.push(letter)
        self._shown(letter, pushed=True)

    def _shown(self, letter: Letter, *, pushed: bool) -> None:
        self.phones[letter.external_id].shows(letter.reply, self._came.pop(letter.external_id, []), pushed=pushed)

    # What the channel's speaker asks of its client

    async def send_message(self, chat_id: str, text: str) -> str:
        if self.phones[chat_id].is_blocking:
            raise NoSuchChat(410, "gone")
        if not 0 < len(text) <= _MOST_CHARACTERS:
            self.refused.append(f"{len(text)} characters")
            raise Refused(400, "too long or empty")
        self._came[chat_id].append(text)
        return "1"

    async def send_photo(self, chat_id: str, photo_url: str, caption: str = "") -> str:
        return await self.send_message(chat_id, caption or " ")
