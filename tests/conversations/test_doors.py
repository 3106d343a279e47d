"""A bare number that several alleys of the unit have: asked about, never guessed, and nothing lost meanwhile."""

import pytest
from sqlmodel import col, select

from storage.tables import House, UnreadLine, Visit
from tests.conversations.office import Office, StandingClock
from tests.conversations.phone import Phone

ASKED = "Nhà 12 (vắng nhà): 12 ngõ 3 hay 12 ngõ 5? Chạm một nhà, hoặc gõ tên ngõ."


@pytest.fixture
async def alleys(lan: Phone, minh: Phone) -> None:
    """A house 12 in alley 3 and another in alley 5, neither by the one who will say "12"."""
    await minh.says("12 ngõ 3 đã cài", "12 ngõ 5 đã cài")
    minh.reads()


async def standing(office: Office) -> list[tuple[str, str]]:
    async with office.database.reading() as session:
        query = select(House.label, Visit.outcome).join(Visit, col(Visit.house_id) == col(House.id))
        query = query.where(col(Visit.undone_at).is_(None)).order_by(col(Visit.id))
        return list(await session.exec(query))[2:]


async def left_open(office: Office) -> list[str]:
    async with office.database.reading() as session:
        return [line.said for line in await session.exec(select(UnreadLine))]


@pytest.mark.usefixtures("alleys")
async def test_a_number_of_two_alleys_is_asked_about(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 vắng")
    lan.hears(ASKED)
    assert lan.labels[:3] == ["12 ngõ 3", "12 ngõ 5", "Nhà khác"]
    assert await standing(office) == []
    assert await left_open(office) == ["nhà 12: vắng nhà (chưa rõ nhà nào)"]
    await lan.taps("12 ngõ 5")
    lan.hears_part("✅ Đã ghi nhà 12 ngõ 5, Tổ dân phố 3: vắng nhà.")
    assert await standing(office) == [("12 ngõ 5", "nobody_home")]
    assert await left_open(office) == []


@pytest.mark.usefixtures("alleys")
@pytest.mark.parametrize(
    ("answer", "house"),
    [("ngõ 3", "12 ngõ 3"), ("ngo 5", "12 ngõ 5"), ("12 ngõ 3", "12 ngõ 3"), ("nhà khác", "12"), ("ngõ 9", "12 ngõ 9")],
)
async def test_the_answer_may_be_typed(lan: Phone, office: Office, answer: str, house: str) -> None:
    await lan.says("nhà 12 vắng", answer)
    assert lan.reads()[0] == ASKED
    assert await standing(office) == [(house, "nobody_home")]
    assert await left_open(office) == []


@pytest.mark.usefixtures("alleys")
async def test_another_house_between_and_the_question_stands_unrepeated(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 vắng", "để chị xem lại đã", "nhà 20 đã cài", "nhà 21 vắng", "22")
    assert lan.reads()[1:] == [
        "Mình chưa hiểu. Bạn chạm một nhà ở trên, hoặc gõ tên ngõ, ví dụ: ngõ 3. Nếu là nhà khác thì gõ: nhà khác.",
        "✅ Đã ghi nhà 20, Tổ dân phố 3: đã cài, 1 người.\n(Nhà 12 vẫn chờ bạn trả lời câu trên, chưa ghi.)",
        "✅ Đã ghi nhà 21, Tổ dân phố 3: vắng nhà.",
        "Nhà 22: kết quả thế nào?",
    ]
    await lan.says("từ chối", "ngõ 3")
    lan.reads()
    assert await standing(office) == [
        ("20", "installed"), ("21", "nobody_home"), ("22", "refused"), ("12 ngõ 3", "nobody_home"),
    ]  # fmt: skip


@pytest.mark.usefixtures("alleys")
async def test_its_buttons_still_answer_what_was_asked_before_other_houses(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 vắng", "nhà 20 đã cài", "cảm ơn cháu nhé", "trời mưa to quá mai đi tiếp vậy các bác ạ")
    assert lan.reads()[-1].startswith("Mình chưa hiểu tin này")
    if lan.messenger == "telegram":
        await lan.taps("12 ngõ 5")
    else:
        await lan.says("12 ngõ 5")
    lan.hears_part("✅ Đã ghi nhà 12 ngõ 5")
    assert await standing(office) == [("20", "installed"), ("12 ngõ 5", "nobody_home")]


@pytest.mark.usefixtures("alleys")
async def test_what_nobody_answered_is_put_again_after_a_while(
    lan: Phone, office: Office, clock: StandingClock
) -> None:
    await lan.says("nhà 12 vắng", "nhà 20 đã cài")
    clock.passes(minutes=16)
    await lan.says("nhà 21 đã cài")
    assert lan.reads()[-1] == f"✅ Đã ghi nhà 21, Tổ dân phố 3: đã cài, 1 người.\n\n{ASKED}"
    await lan.taps("12 ngõ 3")
    lan.hears_part("✅ Đã ghi nhà 12 ngõ 3")
    await lan.says("nhà 12 vắng", "huỷ")
    lan.reads()
    assert await left_open(office) == ["nhà 12: vắng nhà (chưa rõ nhà nào)"], "the head still sees it"


@pytest.mark.usefixtures("alleys")
async def test_in_a_list_the_others_are_saved_and_these_asked(lan: Phone, minh: Phone, office: Office) -> None:
    await minh.says("14 ngõ 3 đã cài")
    await lan.says("nhà 11 đã cài\nnhà 12 vắng\nnhà 14 từ chối\nnhà 15 vắng")
    heard = lan.hears_part("✅ Đã ghi 3 nhà, Tổ dân phố 3:\n• đã cài: 11\n• vắng nhà: 15\n• từ chối: 14", ASKED)
    assert "Chưa ghi" not in heard
    assert "Gần giống nhà 14 ngõ 3 đã có" in heard
    await lan.taps("12 ngõ 3")
    lan.hears_part("✅ Đã ghi nhà 12 ngõ 3")
    assert await left_open(office) == []
    assert (await standing(office))[1:] == [
        ("11", "installed"), ("14", "refused"), ("15", "nobody_home"), ("12 ngõ 3", "nobody_home"),
    ]  # fmt: skip
    await lan.says("nhà 14 vắng")
    lan.hears_part("✅ Đã ghi nhà 14, Tổ dân phố 3: vắng nhà.")  # said once, it is this person's 14
    minh.reads()


async def test_a_number_that_one_alley_alone_has_is_saved_and_asked_about_behind_the_echo(
    lan: Phone, minh: Phone, office: Office
) -> None:
    await minh.says("14 ngõ 3 vắng")
    await lan.says("nhà 14 đã cài")
    lan.hears(
        "✅ Đã ghi nhà 14, Tổ dân phố 3: đã cài, 1 người.\n"
        "Gần giống nhà 14 ngõ 3 đã có: cập nhật nhà đó hay hộ khác? Mình đang để nhà 14 riêng."
    )
    await lan.taps("Cùng là nhà 14 ngõ 3")
    lan.reads(), minh.reads()
    async with office.database.reading() as session:
        query = select(House.label).join(Visit, col(Visit.house_id) == col(House.id)).order_by(col(Visit.id))
        assert list(await session.exec(query)) == ["14 ngõ 3", "14 ngõ 3"]


@pytest.mark.usefixtures("alleys")
async def test_ones_own_alley_is_meant(lan: Phone, minh: Phone, office: Office, clock: StandingClock) -> None:
    await minh.says("giao ngõ 5 cho Lan")
    await office.delivers()
    lan.reads(), minh.reads()
    await lan.says("nhà 12 vắng", "12 c, 13 v")
    assert lan.reads()[0].startswith("✅ Đã ghi nhà 12 ngõ 5,")
    assert await standing(office) == [("12 ngõ 5", "nobody_home"), ("12 ngõ 5", "installed"), ("13", "nobody_home")]
    clock.passes(days=8)
    await minh.says("ai giữ")
    assert "• Lan" not in minh.reads()[0], "held for a week without a visit, it is nobody's again"
    await lan.says("nhà 12 vắng")
    lan.hears_part("12 ngõ 3 hay 12 ngõ 5?")
