"""A volunteer on Zalo, from the typed code to the corrected entry: everything real but Zalo itself."""

import asyncio

import pytest

from rules.plan import Plan
from simulator.attachments import plain_picture
from simulator.zalo import Limits, Pushing, ZaloSimulator
from storage.database import Database
from tests.conversations.office import StandingClock
from tests.zalo.office import Talker, ZaloOffice, opened

SAVED_12 = "✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 2 người.\n\n(gõ “hoàn tác” hoặc “sửa”)"


@pytest.fixture
async def office(database: Database, clock: StandingClock, plan: Plan):
    async with (
        ZaloSimulator(now=clock.now) as simulator,
        opened(ZaloOffice(database, clock, plan, simulator)) as office,
    ):
        yield office


@pytest.fixture
async def lan(office: ZaloOffice) -> Talker:
    return await office.joined("Lan")


async def test_joining_by_a_typed_code_and_a_number(office: ZaloOffice):
    lan = Talker(office.simulator.person("lan", "Lan"), office)
    assert "mã mời" in await lan.asks("bắt đầu")
    asked = await lan.asks(await office.code())
    assert asked.endswith("1. Đồng ý\n2. Không đồng ý\nTrả lời bằng số 1–2.")
    welcome = await lan.asks("1")
    assert welcome.startswith("Chào Lan! Bạn đã là tình nguyện viên của Tổ dân phố 3.")
    assert "1. Ghi\n2. Còn\n" in welcome


async def test_declining_in_words(office: ZaloOffice):
    lan = Talker(office.simulator.person("lan", "Lan"), office)
    await lan.asks(await office.code())
    assert "Không sao" in await lan.asks("khong dong y")


async def test_a_household_by_numbers(lan: Talker):
    assert (await lan.asks("1")).endswith("(gõ “huỷ” để dừng)")
    outcomes = await lan.asks("12")
    assert outcomes.startswith("Nhà 12: kết quả thế nào?\n\n1. Đã cài")
    assert "mấy người" in await lan.asks("1")
    assert await lan.asks("2") == SAVED_12


async def test_after_an_echo_a_number_is_the_next_house(lan: Talker):
    await lan.asks("nhà 12 đã cài 2")
    assert (await lan.asks("14")).startswith("Nhà 14: kết quả thế nào?")
    await lan.asks("số 3")
    assert (await lan.asks("1")).startswith("Nhà 1: kết quả thế nào?")


async def test_one_line_then_what_is_left_then_a_house_of_the_list(lan: Talker):
    assert await lan.asks("nhà 12 đã cài 2") == SAVED_12
    assert "vắng nhà" in await lan.asks("nha 20 vang nha")
    left = await lan.asks("còn")
    assert "1. Nhà 20 – vắng nhà" in left
    assert left.count("20") == 1
    assert (await lan.asks("1")).startswith("Nhà 20: kết quả thế nào?")


async def test_the_label_does_as_well_as_the_number(lan: Talker):
    await lan.asks("14")
    assert "vắng nhà" in await lan.asks("VANG NHA")


async def test_a_number_out_of_range_is_explained_and_nothing_is_logged(lan: Talker):
    await lan.asks("menu")
    answer = await lan.asks("14")
    assert answer.startswith("Mình chưa ghi gì: danh sách không có số 14.")
    assert "gõ “nhà 14”" in answer
    assert (await lan.asks("1")).startswith("Nhà nào?")


async def test_an_old_number_is_explained_and_is_no_house(lan: Talker, office: ZaloOffice):
    await lan.asks("menu")
    assert "cứ nhắn nhé" in await lan.asks("cảm ơn")
    answer = await lan.asks("2")
    assert answer.startswith("Số 2 là của danh sách cũ nên mình chưa ghi gì.")
    assert (await lan.asks("1")).startswith("Nhà nào?")
    office.clock.passes(days=3)


async def test_a_misunderstood_answer_leaves_the_numbers(lan: Talker):
    await lan.asks("nhà 14")
    assert "chưa hiểu" in await lan.asks("hôm nay trời đẹp quá")
    assert "vắng nhà" in await lan.asks("3")


async def test_zero_is_the_menu(lan: Talker):
    await lan.asks("nhà 14")
    assert "1. Ghi" in await lan.asks("0")


async def test_taking_back_and_mending_by_words(lan: Talker):
    await lan.asks("nhà 12 đã cài 2")
    fields = await lan.asks("sửa")
    assert fields.startswith("Nhà 12: đã cài, 2 người")
    assert "2. Số người cài" in fields
    assert "(gõ “huỷ” để dừng)" in await lan.asks("2")
    assert "2 người → 3 người" in await lan.asks("3")
    assert "Đã trả" in await lan.asks("hoan tac")
    assert "1. 12: đã cài · hôm nay" in await lan.asks("sửa")


async def test_a_pasted_list_is_taken_back_by_its_word(lan: Talker):
    saved = await lan.asks("nhà 6 đã cài\nnhà 7 đã cài 2\nnhà 9 vắng")
    assert saved.endswith("(gõ “hoàn tác cả danh sách”)")
    assert "1. Nhà 9" in await lan.asks("còn")
    await lan.asks("nhà 16 đã cài\nnhà 17 đã cài 2\nnhà 19 vắng")
    await lan.asks("hoàn tác cả danh sách")
    assert "Nhà 19" not in await lan.asks("còn")


async def test_a_difficulty_may_begin_with_a_number(lan: Talker):
    assert (await lan.asks("vướng")).endswith("(gõ “huỷ” để dừng)")
    assert "đã ghi lại" in await lan.asks("3 nhà ngõ 5 mất sóng")


async def test_qr_without_an_address_says_what_the_picture_would(lan: Talker):
    assert "1. iPhone" in await lan.asks("qr")
    guide = await lan.asks("1")
    for part in ("App Store: https://", "Bước 1: ", "1022", "Android"):
        assert part in guide
    assert "quét mã" not in guide


async def test_qr_with_an_address_is_a_picture(database: Database, clock: StandingClock, plan: Plan):
    async with (
        ZaloSimulator(now=clock.now) as simulator,
        opened(ZaloOffice(database, clock, plan, simulator), public=True) as office,
    ):
        lan = await office.joined()
        await lan.asks("qr iphone")
        shown = lan.person.screen[-1]
        assert shown.kind == "photo"
        assert (shown.photo or b"")[:4] == plain_picture()[:4]


async def test_other_things_are_met_calmly_and_the_unreadable_once_a_day(lan: Talker, office: ZaloOffice):
    person = lan.person
    await person.sends_sticker()
    assert "Cảm ơn bạn! 😊 Mình chỉ đọc được chữ." in await lan.hears()
    await person.sends_photo()
    assert "không nhận ảnh" in await lan.hears()
    await person.sends_voice()
    assert "tin thoại" in await lan.hears()
    await person.sends_unsupported()
    said = await lan.hears()
    assert "Zalo không chuyển nội dung" in said
    assert "danh sách Excel thì gửi cho mình trên Telegram" in said
    await person.sends_unsupported()
    await person.sends_unsupported(with_message=False)
    person.pushes_raw({"event_name": "user.follow", "follower": {"id": "x"}})
    assert "1. Ghi" in await lan.asks("menu")
    office.clock.passes(days=1)
    await person.sends_unsupported()
    assert "Zalo không chuyển nội dung" in await lan.hears()
    assert set(await office.handled()) == {"done"}


async def test_a_group_is_declined_once(lan: Talker, office: ZaloOffice):
    group = office.simulator.group("nhom", [lan.person])
    at = f"@{office.simulator.bot.display_name}"
    await lan.person.says(f"{at} nhà 12 đã cài", group=group)
    assert "tin nhắn riêng" in await lan.hears()
    await lan.person.says(f"{at} 1", group=group)
    assert not await lan.person.hears(timeout=0.3)


@pytest.mark.parametrize("shape", ["flat", "wrapped"])
async def test_the_same_by_webhook_with_everything_twice(
    sqlite_database: Database, clock: StandingClock, plan: Plan, shape
):
    pushing = Pushing(shape=shape, copies=2)
    async with (
        ZaloSimulator(now=clock.now, pushing=pushing) as simulator,
        opened(ZaloOffice(sqlite_database, clock, plan, simulator), by="webhook") as office,
    ):
        lan = await office.joined()
        assert await lan.asks("nhà 12 đã cài 2") == SAVED_12


async def test_the_same_while_the_server_replays_everything(
    sqlite_database: Database, clock: StandingClock, plan: Plan
):
    async with (
        ZaloSimulator(now=clock.now, habit="replay") as simulator,
        opened(ZaloOffice(sqlite_database, clock, plan, simulator)) as office,
    ):
        lan = await office.joined()
        assert await lan.asks("nhà 12 đã cài 2") == SAVED_12
        assert not await lan.person.hears(timeout=0.3)


async def test_answers_survive_a_bad_line(lan: Talker, office: ZaloOffice):
    office.simulator.misbehave("sendMessage", "502_before", times=1)
    await lan.person.says("nhà 12 đã cài 2")
    assert [bubble.text for bubble in await lan.person.hears(timeout=30)] == [SAVED_12]


async def test_a_month_at_its_end_still_counts_what_was_sent(
    sqlite_database: Database, clock: StandingClock, plan: Plan
):
    async with (
        ZaloSimulator(now=clock.now, limits=Limits(messages=3)) as simulator,
        opened(ZaloOffice(sqlite_database, clock, plan, simulator)) as office,
    ):
        lan = await office.joined()
        await lan.asks("menu")
        await lan.person.says("nhà 12 đã cài 2")
        assert not await lan.person.hears(timeout=0.5)
        async with asyncio.timeout(30):
            while set(await office.handled()) != {"done"}:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
