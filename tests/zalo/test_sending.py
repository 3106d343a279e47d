"""Messages on their way out: what is tried again, what is let go, what stops everything but answers."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.channels import Letter, SendFailure
from bot.channels.zalo import sending
from bot.channels.zalo.channel import ZaloChannel
from rules.plan import Plan
from rules.reply import Choice, Picture, Reply
from simulator.zalo import TOKEN, ZaloPerson, ZaloSimulator
from storage import people
from storage.database import Database
from tests.conversations.office import StandingClock
from tests.zalo.conftest import until


@pytest.fixture
async def channel(
    sim: ZaloSimulator, sqlite_database: Database, plan: Plan, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[ZaloChannel]:
    monkeypatch.setattr(sending, "_PAUSE", 0.01)
    channel = ZaloChannel(TOKEN, sim.url, plan, sqlite_database, clock=clock)
    yield channel
    await channel.close()


def letter(chat: str, reply: Reply | None = None) -> Letter:
    return Letter(f"zalo:{TOKEN.split(':')[0]}:{chat}", chat, reply or Reply("Chào bạn"))


async def failure(channel: ZaloChannel, chat: str, *, push: bool = False) -> SendFailure:
    with pytest.raises(SendFailure) as caught:
        await (channel.push if push else channel.answer)(letter(chat))
    return caught.value


@pytest.mark.parametrize("what", ["403", "500", "502_before"])
async def test_an_outage_is_tried_again(sim: ZaloSimulator, lan_chat: str, channel: ZaloChannel, what):
    sim.misbehave("sendMessage", what, times=1)
    failed = await failure(channel, lan_chat)
    assert failed.retryable
    assert (failed.gone, failed.stop) == (False, False)
    assert len(sim.calls.of("sendMessage")) == 1
    await channel.answer(letter(lan_chat))


@pytest.mark.parametrize("what", ["408", "cut_before"])
async def test_what_may_have_arrived_is_tried_once_more(
    sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, channel: ZaloChannel, what
):
    sim.misbehave("sendMessage", what, times=1)
    await channel.answer(letter(lan_chat))
    assert [bubble.text for bubble in lan.screen] == ["Chào bạn"]


@pytest.mark.parametrize("what", ["408_after", "cut_after"])
async def test_and_never_a_third_time(sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, channel: ZaloChannel, what):
    sim.misbehave("sendMessage", what)
    failed = await failure(channel, lan_chat)
    assert not failed.retryable
    assert len(lan.screen) == 2


async def test_who_is_gone_and_what_is_refused(sim: ZaloSimulator, lan_chat: str, channel: ZaloChannel):
    failed = await failure(channel, "0" * 20)
    assert (failed.gone, failed.retryable) == (True, False)
    sim.misbehave("sendMessage", "401", times=1)
    failed = await failure(channel, lan_chat)
    assert (failed.stop, failed.retryable, failed.gone) == (True, True, False)


async def test_a_refused_token_stops_everything_until_it_is_good_again(
    sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, channel: ZaloChannel
):
    fault = sim.misbehave("**", "401")
    assert (await failure(channel, lan_chat)).stop
    called = len(sim.calls)
    for push in (False, True):
        failed = await failure(channel, lan_chat, push=push)
        assert (failed.stop, failed.retry_after, failed.why[:3]) == (True, 60.0, "401")
    assert len(sim.calls) == called, "a refused token is not tried on every message"
    await channel.recheck()
    assert channel.standing.token_refused
    sim.faults.lift(fault)
    sim.misbehave("getMe", "502_before", times=1)
    await channel.recheck()
    assert channel.standing.token_refused, "no answer is no yes"
    await channel.recheck()
    await channel.push(letter(lan_chat, Reply("Bản tin")))
    assert [bubble.text for bubble in lan.screen] == ["Bản tin"]


async def test_polling_finds_out_too(sim: ZaloSimulator, lan: ZaloPerson, channel: ZaloChannel):
    sim.misbehave("getUpdates", "401", times=1)
    polling = asyncio.create_task(channel.poller(_nothing).run())
    await until(lambda: channel.standing.token_refused)
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)


async def _nothing(_: object) -> None:
    return None


async def test_429_stops_pushes_until_the_month_turns_and_never_answers(
    sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, channel: ZaloChannel, clock: StandingClock
):
    sim.misbehave("sendMessage", "429", times=1)
    failed = await failure(channel, lan_chat, push=True)
    assert (failed.stop, failed.gone) == (True, False)
    assert failed.retry_after
    called = len(sim.calls)
    assert (await failure(channel, lan_chat, push=True)).stop
    assert len(sim.calls) == called
    await channel.answer(letter(lan_chat))
    assert len(lan.screen) == 1
    clock.passes(days=20)
    assert (await failure(channel, lan_chat, push=True)).stop
    clock.passes(days=1)  # 1 July
    await channel.push(letter(lan_chat, Reply("Bản tin")))
    assert lan.screen[-1].text == "Bản tin"


async def test_the_operator_may_let_pushes_go_again(sim: ZaloSimulator, lan_chat: str, channel: ZaloChannel):
    sim.misbehave("sendMessage", "429", times=1)
    failed = await failure(channel, lan_chat)
    assert failed.retryable
    assert not failed.stop
    assert (await failure(channel, lan_chat, push=True)).stop
    await channel.resume()
    await channel.push(letter(lan_chat))


async def test_half_a_long_message_is_not_said_again(
    sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, channel: ZaloChannel
):
    reply = Reply("\n\n".join(f"Đoạn {number} " + "chữ " * 300 for number in range(4)))
    sim.misbehave("sendMessage", "500", times=1)
    with pytest.raises(SendFailure):
        await channel.answer(letter(lan_chat, reply))
    await channel.answer(letter(lan_chat, reply))
    whole = [bubble.text for bubble in lan.screen]
    sim.clear()
    await channel.answer(letter(lan_chat, reply))
    assert [bubble.text for bubble in lan.screen] == whole
    sim.clear()
    struck = sim.misbehave("sendMessage", "500", share=0.5, seed=1)
    for _ in range(20):
        try:
            await channel.answer(letter(lan_chat, reply))
        except SendFailure:
            continue
        break
    assert struck.struck > 1
    assert [bubble.text for bubble in lan.screen] == whole


async def test_what_telegram_would_edit_is_said_only_when_it_differs(
    lan: ZaloPerson, lan_chat: str, channel: ZaloChannel
):
    page = Reply("Trang 1", ((Choice("Xem tiếp ›", "cp|10"),),), in_place=True)
    await channel.answer(letter(lan_chat, page))
    await channel.answer(letter(lan_chat, page))
    assert len(lan.screen) == 1
    await channel.answer(letter(lan_chat, Reply("Trang 2", in_place=True)))
    await channel.answer(letter(lan_chat, page))
    assert len(lan.screen) == 3


async def test_a_picture_zalo_cannot_fetch_becomes_words(
    sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, sqlite_database: Database, plan: Plan
):
    channel = ZaloChannel(TOKEN, sim.url, plan, sqlite_database, public_url="http://127.0.0.1:9")
    reply = Reply("bà con quét mã, hoặc mở đường dẫn.", picture=Picture("guide", "viet-hoa|1|ios", "1. Mở"))
    await channel.answer(letter(lan_chat, reply))
    await channel.close()
    assert [bubble.kind for bubble in lan.screen] == ["text"]
    assert lan.screen[0].text.startswith("bà con mở đường dẫn.\nBước 1: ")


async def test_what_a_push_offers_is_kept_with_the_chat(
    sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, database: Database, plan: Plan
):
    channel = ZaloChannel(TOKEN, sim.url, plan, database)
    news = Reply("Có vướng mắc mới.", ((Choice("Trả lời", "vt|5"),),))
    await channel.push(letter(lan_chat, news))
    await channel.close()
    assert lan.screen[-1].text == "Có vướng mắc mới.\n\n(gõ “trả lời”)"
    key = f"{channel.bot_key}:{lan_chat}"

    async def job(session):
        return (await people.chats_for(session, [(key, "zalo", channel.bot_key, lan_chat)]))[key].menu

    assert (await database.write(job))["pushed"] == [{"label": "Trả lời", "data": "vt|5"}]


async def test_month_boundaries_are_vietnams(sim: ZaloSimulator, lan_chat: str, channel: ZaloChannel, clock):
    clock.at("2026-06-30 23:59:00")
    sim.misbehave("sendMessage", "429", times=1)
    await failure(channel, lan_chat, push=True)
    clock.move(clock.now() + timedelta(minutes=2))
    await channel.push(letter(lan_chat))


async def test_a_burst_is_answered_together_and_goes_on_where_it_stopped(
    sim: ZaloSimulator, lan: ZaloPerson, lan_chat: str, channel: ZaloChannel
):
    burst = [letter(lan_chat, Reply(f"✅ Đã ghi nhà {number}.")) for number in (12, 14, 16)]
    await channel.answer_together(burst)
    assert [bubble.text for bubble in lan.screen] == ["✅ Đã ghi nhà 12.\n✅ Đã ghi nhà 14.\n✅ Đã ghi nhà 16."]
    sim.misbehave("sendMessage", "403", times=1)
    with pytest.raises(SendFailure) as caught:
        await channel.answer_together(burst[:2])
    assert caught.value.retryable
    await channel.answer_together(burst[:2])
    assert len(lan.screen) == 2
