"""The line between bot and phones: a channel without HTTP that keeps Telegram's rules about edits and refusals."""

from typing import Any

from aiogram import Bot

from bot.channels import Letter, SendFailure
from bot.channels.telegram import updates
from bot.channels.telegram.failures import cannot_edit, is_harmless
from bot.channels.telegram.render import Call, calls
from rules.plan import Plan
from storage.inbox import Arrival
from tests.conversations.phone import Phone

BOT_ID = 4242


class TelegramLine:
    """A `bot.channels.Channel` whose far end is the phones plugged into it, by account id."""

    platform = "telegram"
    bot_key = f"telegram:{BOT_ID}"

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.bot = Bot(f"{BOT_ID}:a-token-for-tests-of-no-use-elsewhere")
        self.phones: dict[str, Phone] = {}
        self.refused: list[str] = []

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
            self._one(self.phones[letter.external_id], call)

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
