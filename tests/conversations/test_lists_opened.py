"""A list that opens with a word of the menu ("Tối qua:", "ghi", "Còn nhà 12…") is a list all the same."""

import pytest
from sqlmodel import col, select

from storage.tables import House, Visit
from tests.conversations.office import Office
from tests.conversations.phone import Phone


async def written(office: Office) -> list[tuple[str, str, str]]:
    """House, outcome, day of every visit, in the order written."""
    query = select(House.label, Visit.outcome, Visit.day).join(Visit, col(Visit.house_id) == col(House.id))
    async with office.database.reading() as session:
        return [(label, what, f"{day:%d/%m}") for label, what, day in await session.exec(query.order_by(col(Visit.id)))]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Tối qua:\nnhà 12 đã cài\nnhà 13 vắng", "09/06"),
        ("Tôi đi được hai nhà:\nnhà 12 đã cài\nnhà 13 vắng", "10/06"),
        ("ghi\nnhà 12 đã cài\nnhà 13 vắng", "10/06"),
        ("/ghi nhà 12 đã cài, nhà 13 vắng", "10/06"),
        ("Ghi: nhà 12 đã cài; nhà 13 vắng", "10/06"),
    ],
)
async def test_both_houses_are_written(lan: Phone, office: Office, said: str, day: str) -> None:
    await lan.says(said)
    lan.hears_part("✅ Đã ghi 2 nhà", "• đã cài: 12\n• vắng nhà: 13")
    assert await written(office) == [("12", "installed", day), ("13", "nobody_home", day)]


async def test_a_slip_that_opens_so_is_no_answer_to_the_question_at_hand(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài", "nhà 16", "thôi nhầm rồi, nhà 12 vắng")
    assert lan.reads()[-1] == "✅ Đã sửa nhà 12, Tổ dân phố 3: đã cài, 1 người → vắng nhà."
    await lan.says("tôi ghi nhầm, nhà 12 từ chối", "vắng")
    lan.hears("✅ Đã sửa nhà 12, Tổ dân phố 3: vắng nhà → từ chối.", "✅ Đã ghi nhà 16, Tổ dân phố 3: vắng nhà.")
    assert await written(office) == [("12", "refused", "10/06"), ("16", "nobody_home", "10/06")]


async def test_another_house_is_no_answer_about_this_one(lan: Phone, office: Office) -> None:
    await lan.says("nhà 2 sđt 0912345678", "nhà 3 sđt 0912345679")
    assert lan.reads()[-1] == "Nhà 3: kết quả thế nào?"
    await lan.says("vắng")
    lan.hears_part("✅ Đã ghi nhà 3, Tổ dân phố 3: vắng nhà, có số điện thoại.", "Nhà 2 còn dở")
    await lan.says("còn nhà 3 cài chưa?")
    lan.hears_part("vắng nhà")
    assert await written(office) == [("3", "nobody_home", "10/06")]


async def test_what_speaks_of_no_house_is_told_and_kept_for_the_head(lan: Phone, minh: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài\nbà Tư bảo mai đến\ncảm ơn cháu nhé\nhết ạ\nnhà 14 vắng")
    lan.hears(
        "✅ Đã ghi 2 nhà, Tổ dân phố 3:\n• đã cài: 12\n• vắng nhà: 14\n"
        "Không rõ kết quả của nhà nào nên mình chỉ giữ lại: “bà Tư bảo mai đến”."
    )
    await minh.says("chưa hiểu")
    minh.hears_part("1 dòng mình chưa hiểu", "bà Tư bảo mai đến")


async def test_of_two_houses_in_a_line_only_the_unclear_one_is_said_back(lan: Phone, office: Office) -> None:
    await lan.says("hôm qua nhà 18 chắc là đã cài, nhà 19 vắng")
    lan.hears_part("✅ Đã ghi 1 nhà, Tổ dân phố 3 · hôm qua:\n• vắng nhà: 19", "• “nhà 18: đã cài, 1 người”: mình đọc")
    assert await written(office) == [("19", "nobody_home", "09/06")]


async def test_one_phone_of_many_houses_is_told_in_one_line(lan: Phone) -> None:
    await lan.says(*(f"nhà {number} đã cài sđt 0912345678" for number in range(1, 9)))
    assert lan.reads()[-1].splitlines()[1:] == [
        "Số điện thoại của nhà 8 cũng đang ghi ở nhà 1, 2, 3, 4, 5 và 2 nhà nữa; bạn xem lại giúp mình nhé."
    ]
