"""What a Bot API server says is understood however it spaces its JSON."""

from collections.abc import AsyncIterator

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.telegram.answering import build_bot

_SENT = '{"ok":true,"result":{"message_id":5,"date":1781057100,"chat":{"id":7,"type":"private"},"text":"x"}}'
_SPACED = '{ "ok": true,\n "result": {"message_id": 5, "date": 1781057100, "chat": {"id": 7, "type": "private"}}}'
_REFUSED = '{"error_code": 400, "description": "Bad Request: chat not found", "ok": false}'


@pytest.fixture
async def told() -> AsyncIterator[tuple[TestServer, list[str]]]:
    """A server, and the list whose last line it answers to everything."""
    lines = [""]

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=lines[-1], content_type="application/json", status=400 if "400" in lines[-1] else 200)

    app = web.Application()
    app.router.add_post("/bot{token}/{method}", answer)
    async with TestServer(app) as server:
        yield server, lines


@pytest.mark.parametrize("body", [_SENT, _SPACED])
async def test_a_message_that_went_out_is_known_to_have_gone(told: tuple[TestServer, list[str]], body: str) -> None:
    server, lines = told
    lines.append(body)
    async with build_bot("42:TOKEN", str(server.make_url(""))) as bot:
        await bot.session.say(bot, "sendMessage", {"chat_id": 7, "text": "x"})  # type: ignore[attr-defined]


async def test_a_refusal_is_a_refusal(told: tuple[TestServer, list[str]]) -> None:
    server, lines = told
    lines.append(_REFUSED)
    async with build_bot("42:TOKEN", str(server.make_url(""))) as bot:
        with pytest.raises(TelegramBadRequest, match="chat not found"):
            await bot.session.say(bot, "sendMessage", {"chat_id": 7, "text": "x"})  # type: ignore[attr-defined]
