"""An aiogram session that reaches nobody: for a `Bot` that the dispatcher needs by name and that sends nothing."""

from collections.abc import AsyncGenerator
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType


class Unplugged(BaseSession):
    """Refuses every call with RuntimeError, so that nothing meant for another messenger ever reaches Telegram.

    It reads no certificates either, which costs aiogram's own session 0.03 s.
    """

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - the signature is aiogram's
    ) -> TelegramType:
        raise RuntimeError(f"{method.__api_method__} through a bot that is not plugged in")

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        raise RuntimeError("a file through a bot that is not plugged in")
        yield b""

    async def close(self) -> None:
        """Nothing is held open."""
