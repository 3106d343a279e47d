"""python-telegram-bot pushes: the one module that knows it, at a steady pace that draws no 429."""

import os
from functools import cached_property
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels import Letter, SendFailure
from bot.channels.telegram.failures import bad_file_id, is_harmless, refused
from bot.channels.telegram.pictures import Pictures
from bot.channels.telegram.render import Call, calls
from bot.documents import Documents, Unmade
from rules.reply import Document

os.environ.setdefault("PTB_TIMEDELTA", "true")  # waits come as timedelta, as they will in the next version
PACE = 29  # messages a second; Telegram allows about 30 in bulk, and a bucket that bursts is punished


class Pusher:
    """Says replies unprompted through python-telegram-bot."""

    def __init__(self, token: str, api_url: str, pictures: Pictures, documents: Documents | None = None) -> None:
        self._pictures, self._documents = pictures, documents
        self._token, self._api_url = token, api_url
        self._open = False

    @cached_property
    def _bot(self) -> ExtBot[Any]:
        """Made when something is first pushed: httpx reads every certificate there is, twice a bot."""
        return ExtBot(
            self._token,
            base_url=f"{self._api_url}/bot",
            base_file_url=f"{self._api_url}/file/bot",
            request=HTTPXRequest(connection_pool_size=8, read_timeout=20, connect_timeout=10),
            rate_limiter=AIORateLimiter(overall_max_rate=1, overall_time_period=1 / PACE, max_retries=0),
        )

    async def say(self, letter: Letter) -> None:
        """Every call of the reply, in order. Raises SendFailure."""
        if not self._open:
            await self._bot._request[1].initialize()  # not `initialize`, which would ask getMe first
            self._open = True
        for call in calls(letter):
            await self._one(call)

    async def _one(self, call: Call) -> None:
        try:
            await self._call(call)
        except TelegramError as error:
            failure = _failure(error)
            if is_harmless(failure.why):
                return
            if call.picture and bad_file_id(failure.why):
                await self._pictures.forget(call.picture)
                raise SendFailure(failure.why, retry_after=0.0) from None
            raise failure from None

    async def _call(self, call: Call) -> None:
        if call.document and self._documents:
            await self._hand_over(call, call.document, self._documents)
            return
        if not call.picture:
            await self._bot.send_message(**_arguments(call.params))
            return
        file_id = await self._pictures.known(call.picture)
        photo = file_id or await self._pictures.draw(call.picture)
        sent = await self._bot.send_photo(photo=photo, **_arguments(call.params))
        if not file_id:
            await self._pictures.remember(call.picture, sent.photo[-1].file_id)

    async def _hand_over(self, call: Call, document: Document, documents: Documents) -> None:
        try:
            made = await documents.made(document.token)
        except Unmade as unmade:
            await self._bot.send_message(chat_id=call.params["chat_id"], text=str(unmade))
            return
        await self._bot.send_document(document=made.content, filename=made.name, **_arguments(call.params))
        await documents.handed(document.token, made)

    async def close(self) -> None:
        if self._open:
            await self._bot._request[1].shutdown()


def _arguments(params: dict[str, Any]) -> dict[str, Any]:
    from telegram import InlineKeyboardMarkup

    markup = params.get("reply_markup")
    return {**params, "reply_markup": InlineKeyboardMarkup.de_json(markup, None)} if markup else params


def _failure(error: TelegramError) -> SendFailure:
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return refused(429, error.message, retry_after=wait if isinstance(wait, (int, float)) else wait.total_seconds())
    if isinstance(error, ChatMigrated):
        return refused(400, error.message, moved_to=error.new_chat_id)
    if isinstance(error, InvalidToken):
        return refused(401, "Unauthorized")
    if isinstance(error, Forbidden):
        return refused(403, error.message)
    if isinstance(error, BadRequest):
        return refused(400, error.message)
    if isinstance(error, Conflict):
        return refused(409, error.message)
    if isinstance(error, (TimedOut, NetworkError)):
        return refused(0, type(error).__name__)
    return refused(400, error.message)
