"""aiogram answers: one call after another, each either delivered or a SendFailure."""

import json
import re
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramEntityTooLarge,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    Response,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile
from aiohttp import ClientError, ClientTimeout

from bot.channels import Letter, SendFailure
from bot.channels.telegram.failures import bad_file_id, cannot_edit, is_harmless, refused
from bot.channels.telegram.pictures import Pictures
from bot.channels.telegram.render import Call, calls
from bot.documents import Documents, Unmade
from rules.reply import Document
from texts import exporting as texts

_METHODS: dict[str, type[TelegramMethod[Any]]] = {
    "answerCallbackQuery": AnswerCallbackQuery,
    "editMessageText": EditMessageText,
    "sendMessage": SendMessage,
}
_TIMEOUT = ClientTimeout(total=60)
_WELL = re.compile(r'\s*\{\s*"ok"\s*:\s*true\b')
_CODES = {
    "TelegramBadRequest": 400, "TelegramUnauthorizedError": 401, "TelegramForbiddenError": 403, "TelegramNotFound": 404,
    "TelegramConflictError": 409, "TelegramEntityTooLarge": 413, "TelegramServerError": 500, "RestartingTelegram": 500,
}  # fmt: skip


class PlainSession(AiohttpSession):
    """aiogram's own session, except that what is sent and what comes back are not made into objects nobody looks at.

    A text costs a third that way; what Telegram refuses becomes the same exceptions as ever.
    """

    async def say(self, bot: Bot, name: str, params: dict[str, Any]) -> None:
        """One call that carries no file, as JSON. Raises AiogramError."""
        http = await self.create_session()
        try:
            async with http.post(self.api.api_url(bot.token, name), json=params, timeout=_TIMEOUT) as response:
                content = await response.text()
        except (TimeoutError, ClientError) as error:
            raise TelegramNetworkError(_method(name, params), type(error).__name__) from error
        if not _went_well(response.status, content):
            self.check_response(bot, _method(name, params), response.status, content)

    def check_response(self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str) -> Response[Any]:
        if isinstance(method, (SendPhoto, SendDocument)) and _went_well(status_code, content):
            return Response[Any].model_construct(ok=True, result=content)
        return super().check_response(bot, method, status_code, content)


def _went_well(status: int, content: str) -> bool:
    """Told from the first letters, without reading the whole answer; servers differ in their spaces."""
    return status == 200 and _WELL.match(content) is not None


def _method(name: str, params: dict[str, Any]) -> TelegramMethod[Any]:
    return _METHODS[name].model_construct(**params)


def build_bot(token: str, api_url: str) -> Bot:
    """An aiogram Bot on that server. Raises aiogram's TokenValidationError for what is no token at all."""
    return Bot(token, session=PlainSession(api=TelegramAPIServer.from_base(api_url), limit=200))


class Answerer:
    """Says replies through aiogram."""

    def __init__(self, bot: Bot, pictures: Pictures, documents: Documents | None = None) -> None:
        self._bot, self._pictures, self._documents = bot, pictures, documents
        assert isinstance(bot.session, PlainSession), "made by build_bot"  # noqa: S101
        self._session = bot.session

    async def say(self, letter: Letter) -> None:
        """Every call of the reply, in order. Raises SendFailure."""
        for call in calls(letter):
            await self._one(call)

    async def _one(self, call: Call) -> None:
        try:
            await self._call(call)
        except AiogramError as error:
            failure = _failure(error)
            if is_harmless(failure.why) or (call.optional and not failure.retryable):
                return
            if call.instead and cannot_edit(failure.why):
                await self._one(call.instead)
            elif call.picture and bad_file_id(failure.why):
                await self._pictures.forget(call.picture)
                raise SendFailure(failure.why, retry_after=0.0) from None
            else:
                raise failure from None

    async def _call(self, call: Call) -> None:
        if call.document and self._documents:
            await self._hand_over(call, call.document, self._documents)
            return
        if not call.picture:
            await self._session.say(self._bot, call.method, call.params)
            return
        file_id = await self._pictures.known(call.picture)
        photo = file_id or BufferedInputFile(await self._pictures.draw(call.picture), "huong-dan.png")
        sent = await self._bot(SendPhoto.model_construct(**call.params, photo=photo))
        if not file_id:
            await self._pictures.remember(call.picture, _file_id(sent))

    async def download(self, file_id: str, most: int) -> bytes:
        """The bytes of a file that the server keeps for us. Raises SendFailure."""
        try:
            file = await self._bot.get_file(file_id, request_timeout=20)
            url = self._session.api.file_url(self._bot.token, file.file_path or "")
            content = b""
            async for chunk in self._session.stream_content(url, timeout=60, raise_for_status=True):
                content += chunk
                if len(content) > most:
                    raise SendFailure("the file is too long")
        except AiogramError as error:
            raise _failure(error) from None
        except (TimeoutError, ClientError) as error:
            raise refused(0, type(error).__name__) from None
        return content

    async def _hand_over(self, call: Call, document: Document, documents: Documents) -> None:
        """The file with its caption; the sentence why not where it cannot be made."""
        chat = {"chat_id": call.params["chat_id"]}

        async def tell() -> None:
            await self._session.say(self._bot, "sendMessage", chat | {"text": texts.MAKING})

        try:
            made = await documents.in_time(document.token, tell)
        except Unmade as unmade:
            await self._session.say(self._bot, "sendMessage", chat | {"text": str(unmade)})
            return
        file = BufferedInputFile(made.content, made.name)
        await self._bot(SendDocument.model_construct(**call.params, document=file))
        await documents.handed(document.token, made)


def _file_id(sent: Any) -> str:
    return str(json.loads(sent)["result"]["photo"][-1]["file_id"] if isinstance(sent, str) else sent.photo[-1].file_id)


def _failure(error: AiogramError) -> SendFailure:
    if isinstance(error, TelegramRetryAfter):
        return refused(429, error.message, retry_after=error.retry_after)
    if isinstance(error, TelegramMigrateToChat):
        return refused(400, error.message, moved_to=error.migrate_to_chat_id)
    if isinstance(error, ClientDecodeError) or (
        isinstance(error, TelegramNetworkError) and not isinstance(error, TelegramEntityTooLarge)
    ):
        return refused(0, type(error).__name__)
    message = error.message if isinstance(error, TelegramAPIError) else ""
    return refused(_CODES.get(type(error).__name__, 400), message)
