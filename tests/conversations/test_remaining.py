"""còn: where to go next, ten a page, and straight on to what happened there."""

import re

import pytest
from sqlmodel import col, select

from rules.plan import Plan
from rules.roles import Role
from storage.tables import House
from tests.conversations.office import Office, People, StandingClock
from tests.conversations.phone import Phone
from texts import refusals


async def test_lan_sees_who_is_left_in_the_order_to_go(lan: Phone, people: People, clock: StandingClock) -> None:
    await people.unit("Tổ dân phố 3", households=20)
    await lan.says(
        "nhà 1 đã cài",
        "nhà 2 từ chối",
        "nhà 10 vắng nhà",
        "nhà 9 vắng nhà hôm qua",
        "nhà 3 vắng nhà",
        "nhà 4 hẹn chủ nhật",
        "nhà 5 hẹn thứ bảy",
        "nhà 6 không có smartphone",
        "nhà 7 chưa có VNeID mức 2",
        "nhà 8 chưa cài vì máy đầy",
    )
    lan.reads()
    await lan.says("còn")
    lan.hears(
        "Tổ dân phố 3 còn 8 nhà đã đến mà chưa xong:\n"
        "1. Nhà 5 – hẹn quay lại 13/06\n"
        "2. Nhà 4 – hẹn quay lại 14/06\n"
        "3. Nhà 9 – vắng nhà, hôm qua\n"
        "4. Nhà 3 – vắng nhà, hôm nay\n"
        "5. Nhà 7 – chưa có VNeID mức 2, hôm nay\n"
        "6. Nhà 8 – chưa cài, hôm nay\n"
        "7. Nhà 10 – vắng nhà, hôm nay\n"
        "8. Nhà 2 – từ chối, hôm nay\n"
        "Ngoài ra còn khoảng 11 hộ chưa ai ghi."
    )
    assert lan.labels == ["5", "4", "9", "3", "7", "8", "10", "2"]
    clock.passes(**({"days": 3} if lan.messenger == "telegram" else {"hours": 23}))  # on Zalo a list lasts a day
    await lan.taps("5")
    lan.hears("Nhà 5: kết quả thế nào?")
    await lan.taps("Có từ trước")
    lan.hears("✅ Đã ghi nhà 5, Tổ dân phố 3: có sẵn từ trước.")
    await lan.taps_word("còn")
    assert "còn 7 nhà" in lan.reads()[0]


async def test_ten_a_page_and_back(lan: Phone) -> None:
    await lan.says(*(f"nhà {number} vắng nhà" for number in range(1, 24)))
    lan.reads()
    await lan.says("còn ai nữa ạ")
    page = lan.hears_part("còn 23 nhà", "1. Nhà 1 –", "10. Nhà 10 –")
    assert "11. " not in page
    assert lan.labels[10:] == ["Xem tiếp ›"]
    await lan.taps("Xem tiếp ›")
    lan.hears_part("11. Nhà 11 –", "20. Nhà 20 –")
    assert lan.labels[10:] == ["‹ Trang trước", "Xem tiếp ›"]
    await lan.taps("Xem tiếp ›")
    assert lan.hears_part("21. Nhà 21 –", "23. Nhà 23 –").count("\n") == 3
    await lan.taps("‹ Trang trước")
    lan.hears_part("11. Nhà 11 –")
    for number in range(1, 24):
        await lan.says(f"nhà {number} đã cài")
    lan.reads()
    await (lan.taps("Xem tiếp ›") if lan.messenger == "telegram" else lan.says("còn"))
    lan.hears("Tổ dân phố 3: các nhà đã ghi đều xong cả rồi. 🎉")


async def test_a_house_done_since_may_still_be_tapped(lan: Phone, people: People, office: Office) -> None:
    hanh = await people.joined("Hạnh")
    await lan.says("nhà ông Tám ngã ba vắng nhà", "còn")
    await hanh.says("nhà ông Tám ngã ba đã cài")
    await lan.taps("ông Tám ngã ba")
    await lan.taps("Vắng nhà")
    assert lan.reads()[2:] == [
        "Nhà ông Tám ngã ba: kết quả thế nào?",
        "✅ Đã ghi nhà ông Tám ngã ba, Tổ dân phố 3: vắng nhà.\n"
        "Nhà này có người khác ghi trong 7 ngày qua; mình giữ cả hai lượt, lấy lượt đến sau. "
        "Nếu là hộ khác, bạn sửa số nhà nhé.",
    ]
    assert len(hanh.reads()) == 1
    async with office.database.reading() as session:
        houses = (await session.exec(select(House).order_by(col(House.id)))).all()
    assert [house.label for house in houses] == ["ông Tám ngã ba"]


async def test_with_nothing_logged_and_with_everything_done(lan: Phone, people: People) -> None:
    await lan.says("còn")
    lan.hears("Tổ dân phố 3 chưa ghi nhà nào.")
    assert lan.labels == ["Ghi"]
    await people.unit("Tổ dân phố 3", households=40)
    await lan.says("còn")
    lan.hears("Tổ dân phố 3 chưa ghi nhà nào. Còn khoảng 40 hộ đang chờ bạn đến.")
    await lan.says("nhà 1 đã cài", "còn")
    assert lan.reads()[1] == ("Tổ dân phố 3: các nhà đã ghi đều xong cả rồi.\nNgoài ra còn khoảng 39 hộ chưa ai ghi.")


async def test_the_list_does_not_disturb_a_question(lan: Phone) -> None:
    await lan.says("nhà 1 vắng nhà", "ghi", "12", "còn")
    await lan.taps("Từ chối")
    assert lan.reads()[-1] == "✅ Đã ghi nhà 12, Tổ dân phố 3: từ chối."


async def test_the_police_see_only_who_waits_for_level_2(people: People, lan: Phone, plan: Plan) -> None:
    cong = await people.joined("Công", Role.POLICE, "phường Việt Hoà")
    await cong.says("còn")
    cong.hears("Hiện không có nhà nào đang chờ VNeID mức 2.")
    minh = await people.joined("Minh", Role.HEAD, "Tổ dân phố 10")
    await minh.says("nhà 4 chưa có VNeID mức 2, chị Hoa 0912345678")
    await lan.says("nhà 10 chưa có VNeID mức 2", "nhà 2 chưa có VNeID mức 2", "nhà 3 vắng nhà", "nhà 5 đã cài")
    await cong.taps_word("còn")
    cong.hears("3 nhà chưa có VNeID mức 2:\n1. Tổ dân phố 3: nhà 2\n2. Tổ dân phố 3: nhà 10\n3. Tổ dân phố 10: nhà 4")
    assert cong.labels == []
    await lan.says("nhà 2 đã cài", *(f"nhà {number} chưa có VNeID mức 2" for number in range(20, 30)))
    await cong.says("con")
    assert cong.hears_part("12 nhà chưa có").count("\n") == 10
    await cong.taps("Xem tiếp ›")
    assert re.findall(r"\d+\. ", cong.hears_part("nhà 29")) == ["11. ", "12. "]
    if cong.messenger == "telegram":
        await cong.presses("ch|1")
        cong.hears(refusals.sentence(refusals.NotAllowed("ghi"), plan))
    assert len(minh.reads() + lan.reads()) == 16


@pytest.mark.telegram_only(reason="buttons pressed that are not on the screen")
async def test_the_office_asks_for_progress_instead(hoa: Phone, plan: Plan) -> None:
    await hoa.says("còn")
    await hoa.presses("cp|10")
    hoa.hears(*[refusals.sentence(refusals.NotAllowed("còn"), plan)] * 2)
