"""tôi, tiến độ, dữ liệu: one's own figures, the unit's, and what is held about oneself."""

import pytest

from rules.plan import Plan
from rules.refusals import NotAllowed
from rules.roles import Role
from tests.conversations.office import People, StandingClock
from tests.conversations.phone import Phone
from texts import refusals


async def test_lan_sees_her_own_figures_and_quota(people: People) -> None:
    lan = await people.joined("Lan", quota="doan-vien")
    await lan.says("tôi")
    lan.hears(
        "Bạn chưa ghi nhà nào. Gõ “ghi” để bắt đầu nhé.\nChỉ tiêu đoàn viên: 0/10 hộ, còn 10 hộ nữa.",
    )
    await lan.says("nhà 12 đã cài 2 người", "nhà 14 vắng nhà")
    lan.reads()
    await lan.says("Tôi")
    lan.hears(
        "Hôm nay 10/06 bạn đã ghi 2 nhà.\n"
        "Từ đầu đến giờ: 2 nhà, trong đó 1 hộ đã xong, 2 người cài.\n"
        "Chỉ tiêu đoàn viên: 1/10 hộ, còn 9 hộ nữa."
    )


async def test_minh_sees_the_unit_and_no_other(minh: Phone, people: People) -> None:
    await people.unit("Tổ dân phố 3", households=60)
    await people.unit("Tổ dân phố 9", households=40)
    await minh.says("nhà 12 đã cài")
    minh.reads()
    await minh.says("tiến độ")
    said = minh.hears_part("Tổ dân phố 3, đến ngày 10/06", "1/60 hộ", "còn 59")
    assert "Tổ dân phố 9" not in said


async def test_the_officer_turns_pages_of_units(hoa: Phone, people: People, clock: StandingClock) -> None:
    for number in range(1, 22):
        await people.unit(f"Tổ dân phố {number}", households=10)
    await hoa.says("tien do")
    hoa.hears_part("Phường Việt Hoà, đến ngày 10/06", "• Tổ dân phố 20:", "Trang 1/2")
    assert hoa.labels == ["Trang sau ›"]
    clock.passes(hours=16)
    await hoa.taps("Trang sau ›")
    hoa.hears_part("đến ngày 11/06", "• Tổ dân phố 21:", "Trang 2/2")
    assert len(hoa.screen) == (1 if hoa.messenger == "telegram" else 2), "an edit, where there are edits"
    await hoa.taps("‹ Trang trước")
    hoa.hears_part("Trang 1/2")
    if hoa.messenger == "telegram":
        await hoa.presses("tp|lạ")
        hoa.hears_nothing()


@pytest.mark.telegram_only(reason="buttons pressed that are not on the screen")
async def test_figures_are_for_those_who_have_them(lan: Phone, hoa: Phone, people: People, plan: Plan) -> None:
    police = await people.joined("Sơn", Role.POLICE, "phường Việt Hoà")
    for who, word in ((lan, "tiến độ"), (hoa, "tôi"), (police, "tiến độ"), (police, "tôi")):
        await who.says(word)
        who.hears(refusals.sentence(NotAllowed(word), plan))
    await lan.presses("tp|2")
    lan.hears(refusals.sentence(NotAllowed("tiến độ"), plan))


async def test_lan_asks_what_is_held_about_her(lan: Phone) -> None:
    await lan.says("nhà 12 đã cài", "vướng mất sóng", "hoàn tác", "nhà 14 vắng nhà")
    lan.reads()
    await lan.says("dữ liệu")
    lan.hears(
        "Mình đang giữ về bạn:\n"
        "• Tên hiển thị: Lan\n"
        "• Vai trò: tình nguyện viên, Tổ dân phố 3\n"
        "• Đồng ý với thông báo dữ liệu cá nhân bản 2026-05 lúc 08:59 ngày 10/06/2026\n"
        "• Lượt ghi nhà: 1\n"
        "• Vướng mắc đã gửi: 1\n"
        f"• Tài khoản nhắn tin: {lan.messenger.title()}\n"
        "Tin nhắn gốc xoá sau 7 ngày; phần còn lại xoá 90 ngày sau khi kết thúc.\n"
        "Muốn sửa hoặc xoá, bạn liên hệ Phòng Văn hoá – Xã hội, phường Việt Hoà.\n"
        "Không đồng ý nữa, bạn chọn “Rút lại đồng ý”; mình nói rõ việc gì sẽ xảy ra trước khi làm."
    )


async def test_a_stranger_may_ask_too(khach: Phone) -> None:
    await khach.says("du lieu")
    khach.hears(
        "Bạn chưa tham gia, nên mình chỉ giữ những tin bạn đã gửi, 7 ngày, rồi xoá. "
        "Nếu bạn đã báo cài xong, mình còn giữ một dấu không đọc ra được là ai, để không báo hai lần.\n"
        "Muốn sửa hoặc xoá, bạn liên hệ Phòng Văn hoá – Xã hội, phường Việt Hoà."
    )
    await khach.taps_word("dữ liệu")
    khach.hears_part("Bạn chưa tham gia")
