"""Answers that no echo bot asks for, read by both libraries' own strict models."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiogram
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramForbiddenError, TelegramMigrateToChat, TelegramRetryAfter
from telegram.error import ChatMigrated, Forbidden, InvalidToken, RetryAfter

from simulator import Person, TelegramSimulator


@pytest.fixture
async def by_aiogram(sim: TelegramSimulator) -> AsyncIterator[aiogram.Bot]:
    async with aiogram.Bot(sim.bot.token, session=AiohttpSession(api=TelegramAPIServer.from_base(sim.url))) as bot:
        yield bot


@pytest.fixture
async def by_ptb(sim: TelegramSimulator) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(sim.bot.token, base_url=f"{sim.url}/bot", base_file_url=f"{sim.url}/file/bot") as bot:
        yield bot


async def test_aiogram_reads_the_rest(by_aiogram: aiogram.Bot, lan: Person) -> None:
    assert (await by_aiogram.me()).username == "GoTungNhaBot"
    assert (await by_aiogram.get_chat(1001)).first_name == "Lan"
    assert (await by_aiogram.get_webhook_info()).url == ""
    assert await by_aiogram.send_chat_action(1001, "typing")
    assert await by_aiogram.set_my_commands([aiogram.types.BotCommand(command="ghi", description="Ghi")])
    assert [command.command for command in await by_aiogram.get_my_commands()] == ["ghi"]
    await lan.sends_document("a.txt", b"12")
    stored = await by_aiogram.get_file(lan.screen[0].payload["document"]["file_id"])
    assert stored.file_size == 2


async def test_ptb_reads_the_rest(by_ptb: telegram.Bot, lan: Person) -> None:
    assert (await by_ptb.get_chat(1001)).first_name == "Lan"
    assert (await by_ptb.get_webhook_info()).pending_update_count == 0
    assert await by_ptb.send_chat_action(1001, "typing")
    assert await by_ptb.set_my_commands([("ghi", "Ghi một hộ")], language_code="vi")
    assert [command.command for command in await by_ptb.get_my_commands(language_code="vi")] == ["ghi"]


async def test_aiogram_knows_the_refusals(by_aiogram: aiogram.Bot, sim: TelegramSimulator, lan: Person) -> None:
    sim.misbehave("sendMessage", "429", times=1, retry_after=7)
    with pytest.raises(TelegramRetryAfter) as slow:
        await by_aiogram.send_message(1001, "x")
    assert slow.value.retry_after == 7
    await sim.group(-500, [lan]).upgrades(-1_001_000_000_500)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await by_aiogram.send_message(-500, "x")
    assert moved.value.migrate_to_chat_id == -1_001_000_000_500
    await lan.blocks()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await by_aiogram.send_message(1001, "x")


async def test_ptb_knows_the_refusals(
    by_ptb: telegram.Bot, sim: TelegramSimulator, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it, reading retry_after is a deprecation warning
    sim.misbehave("sendMessage", "429", times=1, retry_after=7)
    with pytest.raises(RetryAfter) as slow:
        await by_ptb.send_message(1001, "x")
    assert slow.value.retry_after == timedelta(seconds=7)
    await sim.group(-500, [lan]).upgrades(-1_001_000_000_500)
    with pytest.raises(ChatMigrated) as moved:
        await by_ptb.send_message(-500, "x")
    assert moved.value.new_chat_id == -1_001_000_000_500
    await lan.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await by_ptb.send_message(1001, "x")


async def test_ptb_knows_a_wrong_token(sim: TelegramSimulator) -> None:
    stranger = telegram.Bot("999:not-known-here", base_url=f"{sim.url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()
