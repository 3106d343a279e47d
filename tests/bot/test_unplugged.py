"""The bot that stands for Zalo inside the dispatcher can never speak to Telegram."""

import pytest
from aiogram import Bot

from bot.channels.unplugged import Unplugged


async def test_whoever_speaks_through_it_is_refused_at_once() -> None:
    bot = Bot("1459232241454765289:zalo", session=Unplugged())
    with pytest.raises(RuntimeError, match="sendMessage"):
        await bot.send_message(1, "chào bác")
    with pytest.raises(RuntimeError, match="a file"):
        await bot.download_file("photos/1.jpg")
