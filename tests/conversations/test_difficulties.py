"""vướng: raised at a door, answered by the office, carried back."""

import pytest

from rules.plan import Plan
from rules.refusals import NotAllowed
from rules.roles import Role
from storage import difficulties
from storage.tables import Difficulty, Unit
from storage.units import Scope
from tests.conversations.office import Office, People, StandingClock
from tests.conversations.phone import Phone
from texts import difficulties as texts
from texts import refusals


async def test_lan_asks_and_hoa_answers(lan: Phone, hoa: Phone, office: Office) -> None:
    await lan.says("vướng")
    lan.hears("Bạn đang vướng gì? Gõ vài câu, mình chuyển ngay cho văn phòng.")
    assert lan.labels == ["Huỷ"]
    await lan.says("Bà con không nhận được mã OTP thì làm sao?")
    lan.hears("Mình đã chuyển cho Phòng Văn hoá – Xã hội. Có trả lời mình nhắn bạn ngay nhé.")
    await office.delivers()
    hoa.hears("Vướng mắc mới từ Lan, Tổ dân phố 3:\n“Bà con không nhận được mã OTP thì làm sao?”")
    await hoa.taps("Trả lời")
    hoa.hears(
        "Lan, Tổ dân phố 3 hỏi:\n“Bà con không nhận được mã OTP thì làm sao?”\nBạn gõ câu trả lời, mình chuyển đi ngay."
    )
    await hoa.says("Gọi 1022 nhé em.")
    hoa.hears("Mình đã chuyển câu trả lời cho Lan. Cảm ơn bạn!")
    await office.delivers()
    lan.hears(
        "Trả lời cho vướng mắc của bạn: Gọi 1022 nhé em.\n"
        "(Bạn hỏi: “Bà con không nhận được mã OTP thì làm sao?”. Người trả lời: Hoa.)"
    )


async def test_a_house_just_saved_is_nothing_left_open(lan: Phone) -> None:
    await lan.says("nhà 12 đã cài", "vướng")
    assert lan.reads()[-1] == texts.ask_what(something_open=False)
    await lan.says("mất mạng", "14", "vắng nhà")
    heard = lan.reads()
    assert "đang dở" not in heard[0]
    assert "Đã ghi nhà 14" in heard[-1], heard


async def test_in_one_line_it_goes_at_once(minh: Phone, hoa: Phone, office: Office, plan: Plan) -> None:
    await minh.says("vuong: máy cũ quá, không cài được")
    minh.hears(texts.raised(plan, None))
    await office.delivers()
    hoa.hears_part("Minh, Tổ dân phố 3", "“máy cũ quá, không cài được”")


async def test_at_night_it_waits_for_the_morning(lan: Phone, hoa: Phone, office: Office, clock: StandingClock) -> None:
    clock.at("2026-06-10 22:15:00")
    await lan.says("vướng mất mạng")
    lan.hears(
        "Mình đã ghi lại cho Phòng Văn hoá – Xã hội; đang giờ nghỉ nên 06:30 ngày 11/06 mình chuyển. "
        "Có trả lời mình nhắn bạn ngay nhé."
    )
    assert await office.delivers() == 0
    await hoa.says("vướng")
    hoa.hears("Vướng mắc đang chờ trả lời, cũ trước:\n1. Lan, Tổ dân phố 3, 22:15 ngày 10/06: mất mạng")
    await hoa.taps("Trả lời 1")
    hoa.reads()
    await hoa.says("Sáng mai có sóng lại.")
    hoa.hears("Mình đã lưu câu trả lời; đang giờ nghỉ nên 06:30 ngày 11/06 mình chuyển cho Lan.")
    clock.at("2026-06-11 06:30:00")
    await office.delivers()
    lan.hears_part("Sáng mai có sóng lại.")
    hoa.hears_part("Vướng mắc mới từ Lan")


async def test_without_an_officer_it_is_kept_until_there_is_one(lan: Phone, people: People, office: Office) -> None:
    await lan.says("vướng nhà xa quá")
    lan.hears_part("chưa có ai nhận tin ở đây")
    hoa = await people.joined("Hoa", Role.OFFICER, "phường Việt Hoà")
    await hoa.taps_word("vướng")
    hoa.hears_part("1. Lan, Tổ dân phố 3", "nhà xa quá")
    assert await office.delivers() == 0


async def test_nothing_waiting_is_said(hoa: Phone) -> None:
    await hoa.says("vướng")
    hoa.hears("Không có vướng mắc nào đang chờ trả lời. 👍")


async def test_two_officers_and_the_second_hears_who_was_first(
    lan: Phone, hoa: Phone, people: People, office: Office
) -> None:
    binh = await people.joined("Bình", Role.OFFICER, "phường Việt Hoà")
    await lan.says("vướng hết thẻ hướng dẫn")
    lan.reads()
    await office.delivers()
    for officer in (hoa, binh):
        await officer.taps("Trả lời")
        assert len(officer.reads()) == 2
    await hoa.says("Chiều chị gửi thêm.")
    hoa.reads()
    await binh.says("Ghé phường lấy nhé.")
    binh.hears(
        "Hoa đã trả lời vướng mắc này lúc 09:00 ngày 10/06 rồi:\n“Chiều chị gửi thêm.”\nBạn không cần trả lời nữa đâu."
    )
    await binh.taps("Trả lời")
    binh.hears_part("Hoa đã trả lời vướng mắc này")
    await office.delivers()
    lan.hears_part("Chiều chị gửi thêm.")


async def test_a_reply_button_days_later_keeps_the_dialogue_that_is_open(
    lan: Phone, hoa: Phone, people: People, office: Office, clock: StandingClock
) -> None:
    await people.unit("Tổ dân phố 10")
    await lan.says("vướng mất sóng")
    lan.reads()
    await office.delivers()
    clock.passes(days=4)
    await hoa.says("mời")
    await hoa.taps("Trưởng đơn vị")
    hoa.reads()
    await hoa.taps("Trả lời")
    hoa.hears_part("Việc bạn đang làm dở mình vẫn giữ")
    await hoa.taps("Trả lời")
    hoa.hears_part("Việc bạn đang làm dở mình vẫn giữ")
    await hoa.says("Dùng wifi nhà văn hoá.")
    hoa.hears_part("Mình đã chuyển câu trả lời cho Lan.", "Bạn làm tiếp việc đang dở nhé.")
    await hoa.says("Tổ dân phố 10")
    hoa.hears_part("Mã mời trưởng đơn vị, Tổ dân phố 10")
    await office.delivers()
    lan.hears_part("Dùng wifi nhà văn hoá.")


async def test_asking_amid_a_house_goes_back_to_that_house(lan: Phone, hoa: Phone, office: Office) -> None:
    await lan.says("ghi", "nhà 12")
    lan.reads()
    await lan.taps_word("vướng")
    lan.hears_part("Bạn đang vướng gì?", "mình vẫn giữ")
    await lan.says("Chủ nhà hỏi có mất tiền không")
    lan.hears_part("Mình đã chuyển", "Bạn làm tiếp việc đang dở nhé.")
    await lan.taps("Vắng nhà")
    lan.hears_part("Đã ghi nhà 12")
    await office.delivers()
    hoa.hears_part("Chủ nhà hỏi có mất tiền không")


@pytest.mark.parametrize("said", ["...", "?", "😀", "x" * 1001])
async def test_nothing_said_or_too_much_is_asked_again(lan: Phone, hoa: Phone, office: Office, said: str) -> None:
    await lan.says("vướng", said)
    assert len(lan.reads()) == 2
    assert await office.delivers() == 0
    await lan.says("điện thoại không đủ bộ nhớ")
    lan.hears_part("Mình đã chuyển")
    await office.delivers()
    hoa.hears_part("điện thoại không đủ bộ nhớ")


@pytest.mark.telegram_only(reason="forwarding is known on Telegram only")
async def test_huy_and_other_words_leave_without_sending(lan: Phone, hoa: Phone, office: Office) -> None:
    await lan.says("vướng")
    await lan.taps("Huỷ")
    await lan.says("vướng", "tôi")
    assert lan.reads()[-1].startswith("Bạn chưa ghi nhà nào")
    await lan.sends("voice")
    await lan.forwards("bán điện thoại cũ")
    assert len(lan.reads()) == 2
    assert await office.delivers() == 0


@pytest.mark.telegram_only(reason="buttons pressed that are not on the screen")
async def test_only_officers_answer_and_only_within_their_scope(
    lan: Phone, minh: Phone, people: People, office: Office, plan: Plan
) -> None:
    await people.unit("Khu A", kind="area")
    await people.unit("Tổ dân phố 7", parent="Khu A")
    an = await people.joined("An", Role.OFFICER, "Khu A")
    await lan.says("vướng mất sóng")
    lan.hears_part("chưa có ai nhận tin")
    await an.says("vướng")
    an.hears(texts.NONE_WAITING)
    number = (await only(office)).id
    await an.presses(f"vt|{number}")
    an.hears(refusals.NOT_FOUND)
    for other in (lan, minh):
        await other.presses(f"vt|{number}")
        other.hears(refusals.sentence(NotAllowed("vướng"), plan))
    for made_up in ("vt|", "vt|0", f"vt|{'9' * 40}", "vt|x"):
        await an.presses(made_up)
        an.hears(refusals.NOT_FOUND)


@pytest.mark.telegram_only(reason="blocking is told by Telegram; Zalo says it at the next message")
async def test_the_officer_hears_when_nobody_can_be_reached(
    lan: Phone, hoa: Phone, people: People, office: Office
) -> None:
    await lan.says("vướng mất sóng")
    lan.reads()
    await office.delivers()
    await lan.leaves()
    await hoa.taps("Trả lời")
    hoa.reads()
    await hoa.says("Chờ chiều nhé.")
    hoa.hears("Mình đã lưu câu trả lời, nhưng hiện không nhắn được cho Lan.")
    assert (await only(office)).answer == "Chờ chiều nhé."
    assert await office.delivers() == 0


async def test_ten_at_a_time_the_oldest_first(lan: Phone, hoa: Phone, office: Office) -> None:
    await lan.says(*(f"vướng việc số {number}" for number in range(1, 13)))
    lan.reads()
    await hoa.says("vướng")
    said = hoa.hears_part("1. Lan", "việc số 10")
    assert "việc số 11" not in said
    assert hoa.labels == [f"Trả lời {number}" for number in range(1, 11)]


async def only(office: Office) -> Difficulty:
    """The one difficulty there is."""
    async with office.database.reading() as session:
        found = await session.get(Difficulty, 1)
        assert found is not None
        unit = await session.get_one(Unit, found.unit_id)
        return await difficulties.by_id(session, Scope(unit.campaign, frozenset([found.unit_id])), 1)
