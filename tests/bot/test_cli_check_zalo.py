"""`check` with a Zalo bot: its token, and whether pictures can be sent."""

import asyncio

from simulator.zalo import ZaloSimulator
from tests.bot.terminal import Terminal, terminal  # noqa: F401

KEY = "a key for the suite, not a secret"


async def checked(terminal: Terminal, **settings: str):  # noqa: F811
    return await asyncio.to_thread(terminal.types_for_real, "check", SECRET_KEY=KEY, **settings)


async def test_a_zalo_bot_alone_is_checked_by_itself(terminal: Terminal):  # noqa: F811
    async with ZaloSimulator() as zalo:
        address = {"ZALO_TOKEN": zalo.bot.token, "ZALO_API_URL": zalo.url}
        said = await checked(terminal, **address)
        assert said.code == 0, said.out
        assert "ZALO_TOKEN: bot" in said.out
        assert "ảnh QR được thay bằng chữ" in said.out
        assert "TELEGRAM_TOKEN" not in said.out
        said = await checked(terminal, **address, ZALO_MODE="webhook")
        assert said.code == 1
        assert "ZALO_MODE=webhook cần PUBLIC_URL" in said.out
        said = await checked(terminal, **address, PUBLIC_URL="https://bot.example")
        assert "gửi qua PUBLIC_URL" in said.out
        wrong = await checked(terminal, ZALO_TOKEN=zalo.bot.token + "x", ZALO_API_URL=zalo.url)
        assert wrong.code == 1
        assert "ZALO_TOKEN không đúng" in wrong.out
        assert zalo.bot.token not in wrong.out
