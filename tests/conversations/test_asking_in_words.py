"""What people ask or add in their own words between two houses: as by the word of the menu, or put beside it."""

import pytest

from rules.asks import is_greeting, menu_word
from storage.tables import House
from tests.conversations.office import Office
from tests.conversations.phone import Phone
from tests.conversations.test_slips import stands
from texts import elsewhere


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("hôm nay bác làm được mấy nhà rồi cháu?", "tôi"),
        ("bao nhieu nha roi chau", "tôi"),
        ("cháu ơi còn bao nhiêu nhà nữa", "còn"),
        ("con may nha nua", "còn"),
        ("nhà nào chưa xong", "còn"),
        ("bác phải làm gì hả cháu", "trợ giúp"),
        ("ghi thế nào cháu ơi", "trợ giúp"),
        ("xem lại hôm nay", "nhật ký"),
        ("nhà ông Tám", None),
        ("nhà bà Sáu chưa xong", None),
        ("còn 3 nhà nữa", None),
        ("chưa biết làm sao", None),
        ("mai bác làm tiếp", None),
        ("nhà cô Mấy đã cài", None),
    ],
)
def test_a_question_is_the_word_that_answers_it(text: str, word: str | None) -> None:
    assert menu_word(text) == word


def test_a_greeting_is_a_greeting() -> None:
    assert all(map(is_greeting, ("chào cháu", "em chào cả nhà ạ", "alo", "xin chào bot!")))
    assert not any(map(is_greeting, ("chào cô Hoa nhà 12", "chào, nhà 12 đã cài", "cháu", "bác", "nhà chào")))


async def test_a_greeting_and_questions_are_answered_and_nothing_is_written(lan: Phone, office: Office) -> None:
    await lan.says("chào cháu", "bác phải làm gì hả cháu")
    hello, help_said = lan.reads()
    assert hello == elsewhere.HELLO
    assert help_said.startswith("Các việc của tình nguyện viên")
    await lan.says("nhà 12 vắng", "còn bao nhiêu nhà nữa cháu", "bác làm được mấy nhà rồi")
    _logged, left, own = lan.reads()
    assert "Nhà 12 – vắng nhà" in left
    assert own.startswith("Hôm nay 10/06 bạn đã ghi 1 nhà.")


async def test_a_head_asks_after_the_unit_and_adds_to_its_figure(minh: Phone) -> None:
    await minh.says(
        "tổ 3: 41/60", "hôm nay thêm 5 hộ", "được bao nhiêu nhà rồi", "Hôm qua được thêm 3 hộ nữa", "5 hộ vắng"
    )
    _first, added, figures, more, _other = minh.reads()
    assert more.startswith("✅ Đã nhận báo cáo của Tổ dân phố 3: thêm 3 hộ · hôm qua.")
    assert added.startswith("✅ Đã nhận báo cáo của Tổ dân phố 3: thêm 5 hộ. Báo đến giờ: 46.")
    assert figures.startswith("Tổ dân phố 3, đến ngày 10/06")


async def test_a_phone_of_a_house_just_written_down_is_put_beside_it(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài", "sđt nhà 12 là 0912345678")
    assert lan.reads()[1] == "✅ Đã sửa nhà 12, Tổ dân phố 3: số điện thoại chưa có → 0912345678."
    await lan.says("bỏ số điện thoại nhà 12 đi")
    lan.hears("✅ Đã sửa nhà 12, Tổ dân phố 3: số điện thoại 0912345678 → bỏ trống.")
    office.clock.passes(days=1)
    await lan.says("nhà 12 0912345678")
    lan.hears("Nhà 12: kết quả thế nào?")  # on another day it is another visit
    assert (await stands(office)).outcome == "installed"


async def test_a_day_alone_belongs_to_the_appointment_just_made(lan: Phone, office: Office) -> None:
    await lan.says("nhà 16 hẹn", "tuần sau", "nhà 17 hẹn", "t7 9h", "mai")
    told = lan.reads()
    assert told[1].endswith("hẹn quay lại → hẹn quay lại trong tuần từ 15/06.")
    assert told[3].endswith("hẹn quay lại → hẹn quay lại 9h 13/06.")
    assert told[4].startswith("Mình chưa hiểu tin này")  # that appointment has its day
    await lan.says("nhà 18 vắng", "thứ bảy")
    assert lan.reads()[1].startswith("Mình chưa hiểu tin này")


async def test_a_slip_about_the_house_being_asked_about_goes_on_with_the_right_one(lan: Phone, office: Office) -> None:
    await lan.says("ghi 14", "nhầm, nhà 14 là nhà 16", "vắng nhà")
    assert lan.reads() == [
        "Nhà 14: kết quả thế nào?",
        "Nhà 16: kết quả thế nào?",
        "✅ Đã ghi nhà 16, Tổ dân phố 3: vắng nhà.",
    ]
    await lan.says("18 chứ không phải 16", "bác ghi sai rồi")
    right, which = lan.reads()
    assert right == "✅ Đã sửa nhà 16, Tổ dân phố 3: số nhà 16 → 18."
    assert which.startswith("Sửa lượt nào?")
    await lan.says("xoá cái vừa rồi đi")
    lan.hears_part("về như trước: vắng nhà.")
    async with office.database.reading() as session:
        assert (await session.get_one(House, (await stands(office)).house_id)).label == "16"
