"""A question stands open while people go on talking: houses are logged, talk is talk, and only an answer answers it."""

import pytest
from sqlmodel import col, select

from storage.tables import House, UnreadLine, Visit
from tests.conversations.office import Office
from tests.conversations.phone import Phone
from texts import elsewhere
from texts import visiting as texts


async def visits(office: Office) -> list[tuple[str, str, int]]:
    query = select(House.label, Visit.outcome, Visit.installs).join(Visit, col(Visit.house_id) == col(House.id))
    async with office.database.reading() as session:
        return list(await session.exec(query.where(col(Visit.undone_at).is_(None)).order_by(col(Visit.id))))


@pytest.fixture
async def how_many(lan: Phone) -> None:
    """The bot has just asked how many people installed at house 8."""
    await lan.says("ghi", "8", "Đã cài & đăng ký" if lan.messenger == "zalo" else "đã cài")
    assert lan.reads()[-1].startswith("Nhà 8: mấy người đã cài?")


@pytest.mark.usefixtures("how_many")
@pytest.mark.parametrize(
    ("line", "saved"),
    [
        ("c Lan nhà 58 hẹn t7, gọi 0395 771 642", ("58", "come_back", 0)),
        ("bà Thêu sau đình vắng nhà", ("bà Thêu sau đình", "nobody_home", 0)),
        ("hôm qua c Chín nhà 14 ngõ 6 cài r 3 ng", ("14 ngõ 6", "installed", 3)),
    ],
)
async def test_a_line_on_another_house_is_logged_in_the_middle_of_a_question(
    lan: Phone, office: Office, line: str, saved: tuple[str, str, int]
) -> None:
    await lan.says(line)
    lan.hears_part("✅ Đã ghi nhà", "(Nhà 8 còn dở, chưa ghi.)")
    assert await visits(office) == [saved]
    async with office.database.reading() as session:
        kept = [line.said for line in await session.exec(select(UnreadLine))]
    assert kept == ["nhà 8: đã cài (chưa trả lời xong)"], "the head sees what was left half said"


@pytest.mark.usefixtures("how_many")
async def test_talk_is_answered_as_talk_and_the_question_stands(lan: Phone, office: Office) -> None:
    await lan.says("tối nay em xin nghỉ, con ốm quá các bác ạ", "nhà 30 đã cài chưa nhỉ?", "nhiều lắm", "2")
    heard = lan.reads()
    assert heard[0] == elsewhere.NOT_UNDERSTOOD
    assert heard[1].startswith("Tổ dân phố 3, nhà 30")
    assert heard[2] == "Mình chưa hiểu. Bạn gõ số người đã cài, từ 1 đến 50."
    assert await visits(office) == [("8", "installed", 2)]


@pytest.mark.parametrize("said", ["cụ ấy vui tính ghê", "haha cụ ấy vui tính ghê", "bác Lượng vất vả quá 👏👏"])
async def test_talk_about_somebody_opens_no_question(lan: Phone, said: str) -> None:
    await lan.says(said)
    assert lan.reads()[0].startswith("Mình chưa hiểu tin này")


@pytest.mark.parametrize(
    ("said", "house"),
    [
        ("bác Thịnh", "bác Thịnh"),
        ("ông tám", "ông tám"),
        ("nhà bà Nhàn", "bà Nhàn"),
        ("ông Tám ngã ba", "ông Tám ngã ba"),
    ],
)
async def test_a_house_alone_is_asked_what_happened_there(lan: Phone, said: str, house: str) -> None:
    await lan.says(said)
    lan.hears_part(f"Nhà {house}: kết quả thế nào?")


@pytest.mark.parametrize(
    "said", ["máy samsung a03 có cài được không các bác", "xong 3 nhà rồi", "điện thoại em sắp hết pin"]
)
async def test_what_is_said_of_something_else_is_no_answer_to_what_happened(
    lan: Phone, office: Office, said: str
) -> None:
    await lan.says("nhà 8", said)
    assert "một kết quả ở trên, hoặc gõ: đã cài" in lan.reads()[1]
    await lan.says("nhà 22 chắc là đã cài", said)
    assert lan.reads()[0].startswith("Mình hiểu là nhà 22: đã cài, 1 người. Đúng không bạn?")
    assert await visits(office) == []


async def test_what_is_said_to_everybody_answers_no_question_about_one_house(lan: Phone, office: Office) -> None:
    await lan.says("bác Tư gọi lại cho cháu với ạ", "hẹn mọi người t7 9h ở đình nhé", "ok rồi cảm ơn c")
    lan.reads()
    assert await visits(office) == []


async def test_an_outcome_alone_is_the_same_again_only_if_it_says_the_same(lan: Phone, office: Office) -> None:
    await lan.says("nhà 16 hẹn t7 10h", "hẹn t7 9h", "ngõ 5 đã cài", "hẹn t7")
    heard = lan.reads()
    assert heard[1] == texts.where_was_that("hẹn quay lại")
    assert "giữ một lượt" not in heard[2]
    assert heard[3].endswith("hôm nay rồi, mình giữ một lượt thôi nhé.")
    assert await visits(office) == [("16", "come_back", 0)]


async def test_a_place_asked_about_is_not_asked_again_behind_every_other_question(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 xóm Đình đã cài", "nhà 22 chắc là vắng", "nhà 23 vắng", "nhà 24 có lẽ vắng", "đúng")
    heard = lan.reads()
    assert sum("là ở đơn vị nào?" in one for one in heard) == 1
    assert sum("vẫn chờ bạn trả lời" in one for one in heard) == 1
    await lan.says("thuộc tổ dân phố 3")
    lan.hears_part("✅ Đã ghi nhà 12 xóm Đình")
    assert await visits(office) == [
        ("23", "nobody_home", 0), ("24", "nobody_home", 0), ("12 xóm Đình", "installed", 1),
    ]  # fmt: skip
