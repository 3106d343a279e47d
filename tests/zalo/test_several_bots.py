"""Several bots of one commune share the work: a place is kept where there is room, and nothing else changes."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from campaigns import EXAMPLE
from rules.reply import Reply
from rules.roles import Role
from simulator.telegram import TelegramSimulator
from simulator.zalo import Limits, ZaloSimulator
from storage import message_counts, outbox, people
from storage.tables import Chat, Person
from tests.zalo.several import Installation, running, token

MORNING = datetime.fromisoformat("2026-06-10T09:00:00+07:00")


@pytest.fixture
async def office(tmp_path: Path):
    """Two Zalo bots of two people each, and Telegram."""
    async with (
        ZaloSimulator(token(0), "Bot Việt Hoà 1", limits=Limits(people=6)) as zalo,
        TelegramSimulator() as telegram,
    ):
        zalo.add_bot(token(1), "Bot Việt Hoà 2")
        async with running(tmp_path, zalo, telegram, clock=MORNING, zalo_people=2, campaign=str(EXAMPLE)) as office:
            yield office


async def test_people_are_shared_out_and_each_hears_by_their_own_bot(office: Installation):
    one, two = office.bots
    lan, minh = await office.joined("Lan"), await office.joined("Minh")
    assert [set(bot.served) for bot in (one, two)] == [{one.chat_id_of("lan")}, {two.chat_id_of("minh")}]

    said = await office.asks(lan, "nhà 12 đã cài 2", one)
    assert said.startswith("✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 2 người.")
    assert "Mã mời" not in await office.asks(minh, "tôi", two)

    async def job(session):
        for person in await session.exec(select(Person)):
            await outbox.push(session, person, Reply(f"Chào {person.name}"), key=person.name, now=office.clock.now())

    await office.app.database.write(job)
    office.app.delivery.wake()
    assert [bubble.text for bubble in await lan.hears(timeout=30)] == ["Chào Lan"]
    assert [bubble.text for bubble in await minh.hears(timeout=30)] == ["Chào Minh"]
    assert lan.screen_of(two) == [] == minh.screen_of(one)


async def test_a_code_works_at_another_bot_while_it_has_room_and_is_sent_on_when_not(office: Installation):
    one, two = office.bots
    await office.joined("Lan", bot=one)
    await office.joined("Minh", bot=one)  # whose place was kept at the other
    made = await office.invites()
    assert made.ways.zalo == two.link
    hoa = office.zalo.person("hoa", "Hoa")
    said = await office.asks(hoa, made.code, one)
    assert said == (
        "Mình chưa nhận thêm bạn được: bot này đã đủ số người mà Zalo cho phép. Bạn dùng bot này nhé:\n"
        f"Trên Zalo: mở {two.link} rồi gửi lại mã.\n"
        f"Trên Telegram: https://t.me/GoTungNhaBot?start={made.code}\n"
        "Mã vẫn còn dùng được."
    )
    assert "Đồng ý" in await office.asks(hoa, made.code, two)
    assert "Bạn đã là" in await office.asks(hoa, "1", two)


async def test_a_place_kept_for_one_is_not_given_to_another(office: Installation):
    one, two = office.bots
    kept = [await office.invites() for _ in range(4)]
    assert [made.ways.zalo for made in kept] == [one.link, two.link, one.link, two.link]
    lan = office.zalo.person("lan", "Lan")
    assert "đã đủ số người" in await office.asks(lan, kept[1].code, one)  # both places there are kept for others
    assert "Đồng ý" in await office.asks(lan, kept[0].code, one)
    assert "Bạn đã là" in await office.asks(lan, "1", one)


async def test_the_inviter_is_told_when_all_bots_are_full_and_telegram_is_still_open(office: Installation):
    hanh = office.telegram.person(7, "Hạnh")
    made = await office.invites(role=Role.HEAD)
    await hanh.says(f"/start {made.code}")
    await hanh.hears(5)
    await hanh.taps("Đồng ý")
    await hanh.hears(5)
    for name in ("Lan", "Minh", "Hoa"):
        await office.joined(name)
    await hanh.says("mời")
    (first,) = await hanh.hears(5)
    assert "Lưu ý" not in first.text
    assert f"mở {office.bots[1].link}" in first.text
    await hanh.says("mời")
    (last,) = await hanh.hears(5)
    assert "đủ 2 chỗ Zalo cho phép" in last.text
    code = last.text.splitlines()[1]
    khach = office.zalo.person("khach", "Khách")
    full = await office.asks(khach, code, office.bots[0])
    assert f"https://t.me/GoTungNhaBot?start={code}" in full
    assert "Trên Zalo" not in full


async def test_the_last_place_goes_to_who_agrees_first(office: Installation):
    one, _ = office.bots
    await office.joined("Lan", bot=one)
    codes = [(await office.invites()).code for _ in range(4)]
    await office.app.database.write(lambda session: _forget_kept_places(session))
    minh, hoa = office.zalo.person("minh", "Minh"), office.zalo.person("hoa", "Hoa")
    assert "Đồng ý" in await office.asks(minh, codes[0], one)
    assert "Đồng ý" in await office.asks(hoa, codes[1], one)
    assert "Bạn đã là" in await office.asks(minh, "1", one)
    assert "đã đủ số người" in await office.asks(hoa, "1", one)
    assert "Đồng ý" in await office.asks(hoa, codes[1], office.bots[1])


async def _forget_kept_places(session):
    from storage.tables import Invitation

    for invitation in await session.exec(select(Invitation)):
        invitation.bot_key = ""
        session.add(invitation)


async def test_each_bot_has_its_own_counts_and_webhook(office: Installation):
    one, two = office.bots
    lan = await office.joined("Lan")
    await office.asks(lan, "tôi", one)
    await office.joined("Minh")
    assert one.webhook.url.endswith("/zalo/webhook")
    assert two.webhook.url.endswith(f"/zalo/webhook/{two.id}")
    for line in office.app.lines[1:]:
        await line.channel.tally.write()
    async with office.app.database.reading() as session:
        counts = [await message_counts.of_month(session, f"zalo:{bot.id}", MORNING.date()) for bot in office.bots]
        chats = list(await session.exec(select(Chat)))
    assert [(one.incoming, one.outgoing) for one in counts] == [(3, 3), (2, 2)]
    assert {(chat.bot_key, chat.external_id) for chat in chats} == {
        (f"zalo:{one.id}", one.chat_id_of("lan")),
        (f"zalo:{two.id}", two.chat_id_of("minh")),
    }


async def test_a_place_comes_back_when_a_code_runs_out_and_when_somebody_leaves(office: Installation):
    for name in ("Lan", "Minh"):
        await office.joined(name)
    for _ in range(2):
        await office.invites()
    assert (await office.invites()).load.free == 0
    await office.app.database.write(lambda session: people.leave(session, 2, now=office.clock.now(), source="test"))
    assert office.bot_of((await office.invites()).ways.zalo) is office.bots[1]
    office.clock.move(MORNING + timedelta(days=4))
    assert (await office.invites()).load.free == 2


async def test_the_simulator_refuses_whom_zalo_would_refuse():
    async with ZaloSimulator(limits=Limits()) as zalo:
        for number in range(50):
            await zalo.person(f"{number}", "Lan").says("menu")
        await zalo.person("51", "Minh").says("menu")
        assert len(zalo.bot.served) == 50
        assert zalo.bot.chat_id_of("51") not in zalo.bot.served
        other = zalo.add_bot(token(1), "Bot thứ hai")
        await zalo.person("51").says("menu", bot=other)
        assert other.chat_id_of("51") in other.served
