"""One Telegram bot: receiving by polling or webhook, answering and pushing."""

import hmac
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.types import BotCommand
from aiogram.utils.token import TokenValidationError
from aiohttp import web

from bot.channels import Letter, SendFailure, WrongToken
from bot.channels.standing import Standing
from bot.channels.telegram import updates
from bot.channels.telegram.answering import Answerer, build_bot
from bot.channels.telegram.pictures import Maker, Pictures
from bot.channels.telegram.polling import ALLOWED, Poller
from bot.channels.telegram.pushing import Pusher
from bot.documents import Documents
from rules.plan import Plan
from rules.reply import Reply
from storage.database import Database
from storage.inbox import Arrival
from storage.tables import Chat

__all__ = ["SETTING", "TelegramChannel", "WrongToken"]

log = logging.getLogger(__name__)
SETTING = "TELEGRAM_TOKEN"
BIGGEST_BODY = 1024 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
Store = Callable[[list[Arrival]], Awaitable[None]]


class TelegramChannel:
    """Everything about one Telegram bot that the rest of the product need not know."""

    platform = "telegram"

    def __init__(
        self,
        token: str,
        api_url: str,
        plan: Plan,
        database: Database,
        makers: dict[str, Maker] | None = None,
        edition: str = "",
        documents: Documents | None = None,
        setting: str = SETTING,
    ) -> None:
        self._setting = setting
        try:
            self.bot: Bot = build_bot(token, api_url)
        except TokenValidationError:
            raise WrongToken(setting) from None
        self.bot_key = f"telegram:{self.bot.id}"
        self.plan = plan
        self._url = f"{api_url}/bot{token}"
        pictures = Pictures(database, self.bot_key, makers or {}, edition)
        self._answerer = Answerer(self.bot, pictures, documents)
        self._pusher = Pusher(token, api_url, pictures, documents)
        self._poller: Poller | None = None
        self.standing = Standing()

    def arrival(self, raw: bytes) -> Arrival:
        return updates.arrival(self.bot_key, raw)

    def update_of(self, raw: bytes, chat: Chat, seq: int) -> dict[str, Any]:
        return updates.decoded(raw)

    def tap_of(self, update: dict[str, Any]) -> dict[str, Any] | None:
        return updates.tap_of(update)

    def remember(self, reply: Reply, chat: Chat, now: datetime) -> None:
        """Telegram keeps the buttons itself."""

    async def answer(self, letter: Letter) -> None:
        await self._spoken(self._answerer.say, letter)

    async def push(self, letter: Letter) -> None:
        await self._spoken(self._pusher.say, letter)

    async def _spoken(self, say: Callable[[Letter], Awaitable[None]], letter: Letter) -> None:
        """Nothing is said while the token is refused."""
        self.standing.must_be_known()
        try:
            await say(letter)
        except SendFailure as failure:
            self.standing.token_refused |= failure.stop
            raise

    async def recheck(self) -> None:
        """Ask whether the token is known now."""
        try:
            await self.username()
        except (WrongToken, AiogramError):
            return
        self.standing.token_refused = False

    async def username(self) -> str:
        """The bot's name for links. Raises WrongToken, or AiogramError while the server cannot be reached."""
        try:
            return str((await self.bot.get_me(request_timeout=10)).username)
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise WrongToken(self._setting) from None

    async def introduce(self, commands: list[tuple[str, str]]) -> None:
        """Fill the messenger's list of commands; it may be out of reach, nothing depends on it."""
        try:
            await self.bot.set_my_commands(
                [BotCommand(command=word, description=meaning) for word, meaning in commands], request_timeout=10
            )
        except AiogramError as error:
            log.warning("commands not set (%s)", type(error).__name__)

    def poller(self, store: Store) -> Poller:
        self._poller = Poller(f"{self._url}/getUpdates", self.arrival, store, self.standing)
        return self._poller

    async def stop_webhook(self) -> None:
        """Polling and webhook exclude each other; what waits at the server stays."""
        await self.bot.delete_webhook(drop_pending_updates=False, request_timeout=10)

    async def start_webhook(self, url: str, secret: str) -> None:
        await self.bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED, request_timeout=10)

    def webhook(self, secret: str, store: Store) -> Callable[[web.Request], Awaitable[web.Response]]:
        """The route Telegram posts to: secret first, stored before 200, 503 while the database refuses."""
        expected = secret.encode()

        async def received(request: web.Request) -> web.Response:
            given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
            if not hmac.compare_digest(given, expected):
                return web.Response(status=401)
            raw = await request.read()
            try:
                await store([self.arrival(raw)])
            except Exception as error:
                log.error("an update was refused for now: %s", type(error).__name__)
                return web.Response(status=503)
            return web.json_response({})

        return received

    async def download(self, file_id: str, most: int) -> bytes:
        """A file somebody sent. Raises SendFailure, for good when the file is gone or longer than `most` bytes."""
        return await self._answerer.download(file_id, most)

    async def close(self) -> None:
        await self._pusher.close()
        await self.bot.session.close()
