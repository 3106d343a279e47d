""" "Xóm Đình": a place nobody told us of is asked about once, nothing said is lost meanwhile, and it is learnt."""

import unicodedata

import pytest
from sqlmodel import col, select

from rules.roles import Role
from storage.tables import House, PlaceAlias, Unit, UnreadLine, Visit
from tests.conversations.office import Office, People
from tests.conversations.phone import Phone
from texts import elsewhere
from texts.menu import CANCELLED
from texts.refusals import unknown_unit

ASKED = (
    "“xóm Đình” là ở đơn vị nào? Bạn chỉ một lần, mình ghi nhà 12 (đã cài, 1 người) rồi lần sau không hỏi lại. "
    "Chạm một ý, hoặc gõ tên đơn vị."
)


async def standing(office: Office) -> list[tuple[str, str, str]]:
    """The visits that stand: the house, its unit, what happened."""
    async with office.database.reading() as session:
        query = select(House.label, Unit.name, Visit.outcome).join(Visit, col(Visit.house_id) == col(House.id))
        query = query.join(Unit, col(Unit.id) == col(Visit.unit_id)).where(col(Visit.undone_at).is_(None))
        return list(await session.exec(query.order_by(col(Visit.id))))


async def left_open(office: Office) -> list[str]:
    async with office.database.reading() as session:
        return [line.said for line in await session.exec(select(UnreadLine))]


async def learnt(office: Office) -> int:
    async with office.database.reading() as session:
        return len(list(await session.exec(select(PlaceAlias).where(col(PlaceAlias.undone_at).is_(None)))))


async def test_asked_once_and_never_again(lan: Phone, office: Office) -> None:
    await lan.says("xóm Đình nhà 12 đã cài")
    lan.hears(ASKED)
    assert lan.labels[:3] == ["Thuộc Tổ dân phố 3 (của mình)", "Tên khác của Tổ dân phố 3", "Không phải nơi chốn"]
    assert (await standing(office), await left_open(office)) == (
        [],
        ["nhà 12 xóm Đình: đã cài, 1 người (chưa rõ “xóm Đình” ở đơn vị nào)"],
    )
    await lan.taps("Thuộc Tổ dân phố 3 (của mình)")
    lan.hears(
        "Mình nhớ cho các dòng của bạn: “xóm Đình” thuộc Tổ dân phố 3. Nhầm thì gõ “hoàn tác” ngay, "
        "hoặc sau này gõ “quên xóm Đình”.\n✅ Đã ghi nhà 12 xóm Đình, Tổ dân phố 3: đã cài, 1 người."
    )
    assert await left_open(office) == []
    await lan.says("nhà bà Tám xom dinh vắng", unicodedata.normalize("NFD", "13 Xóm Đình vắng"))
    heard = lan.reads()
    assert heard[0].startswith("✅ Đã ghi nhà bà Tám xóm Đình, Tổ dân phố 3: vắng nhà.")
    assert heard[1].startswith("✅ Đã ghi nhà 13 xóm Đình, Tổ dân phố 3: vắng nhà.")


ANSWERS = {
    "xóm Đình": ("của mình", "1 xóm Đình"),
    "xóm Chùa": ("đúng", "2 xóm Chùa"),
    "xóm Giếng": ("ở tdp 3", "3 xóm Giếng"),
    "xóm Bến": ("tên khác", "4"),
    "xóm Đoài": ("là tên khác của tổ 3", "5"),
    "xóm Chợ": ("không phải nơi chốn", "6 xóm Chợ"),
}


async def test_the_answer_may_be_typed(lan: Phone, office: Office) -> None:
    for number, (place, (answer, _)) in enumerate(ANSWERS.items(), 1):
        await lan.says(f"{place} nhà {number} vắng", answer)
    assert len(lan.reads()) == 2 * len(ANSWERS)
    assert [house for house, _, _ in await standing(office)] == [house for _, house in ANSWERS.values()]
    assert (await left_open(office), await learnt(office)) == ([], len(ANSWERS) - 1)


async def test_the_same_number_in_two_places_is_two_houses(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 xóm Đình đã cài", "của mình", "nhà 12 xóm Chùa vắng", "của mình", "nhà 12 từ chối")
    assert "12 xóm Chùa hay 12 xóm Đình?" in lan.reads()[-1]
    assert [house for house, _, _ in await standing(office)] == ["12 xóm Đình", "12 xóm Chùa"]
    await lan.says("xóm Chùa")
    lan.reads()
    assert (await standing(office))[-1] == ("12 xóm Chùa", "Tổ dân phố 3", "refused")


async def test_nothing_is_lost_when_the_question_is_left(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 xóm Đình đã cài", "trời mưa quá")
    assert "gõ: không phải nơi chốn" in lan.reads()[1]
    await lan.says("tổ dân phố 9")
    lan.hears_part("gõ: không phải nơi chốn")
    await lan.says("nhà 20 vắng", "nhà 21 vắng", "vâng ạ")
    assert lan.reads() == [
        "✅ Đã ghi nhà 20, Tổ dân phố 3: vắng nhà.\n(Nhà 12 vẫn chờ bạn trả lời câu trên, chưa ghi.)",
        "✅ Đã ghi nhà 21, Tổ dân phố 3: vắng nhà.",
        elsewhere.WELCOME,
    ]
    await lan.says("huỷ")
    lan.hears(CANCELLED)
    assert "nhà 12 xóm Đình: đã cài, 1 người (chưa rõ “xóm Đình” ở đơn vị nào)" in await left_open(office)


async def test_in_a_list_all_houses_of_the_place_wait_for_one_answer(lan: Phone, office: Office) -> None:
    await lan.says("nhà 11 đã cài\nnhà 12 xóm Đình vắng\nnhà 13 xóm Chùa vắng\nnhà 14 xóm Đình từ chối")
    lan.hears_part("✅ Đã ghi 1 nhà, Tổ dân phố 3:\n• đã cài: 11", "“xóm Đình” là ở đơn vị nào?", "và 1 nhà nữa")
    assert len(await left_open(office)) == 3
    await lan.taps("Thuộc Tổ dân phố 3 (của mình)")
    lan.hears_part("✅ Đã ghi 2 nhà, Tổ dân phố 3:\n• vắng nhà: 12 xóm Đình\n• từ chối: 14 xóm Đình", "“xóm Chùa” là ở")
    await lan.says("của mình")
    lan.hears_part("✅ Đã ghi nhà 13 xóm Chùa")
    assert (await left_open(office), len(await standing(office))) == ([], 4)


async def test_a_heading_and_the_whole_answer_taken_back(lan: Phone, office: Office) -> None:
    await lan.says("Xóm Đình tối qua:\nnhà 12 đã cài\nnhà 13 vắng", "của mình")
    assert "✅ Đã ghi 2 nhà, Tổ dân phố 3 · hôm qua:" in lan.reads()[1]
    await lan.says("hoàn tác")
    lan.hears_part("Đã gỡ cả danh sách vừa gửi: 2 nhà.", "Mình cũng quên luôn “Xóm Đình” ở đơn vị nào")
    assert (await standing(office), await learnt(office)) == ([], 0)
    await lan.says("xóm Đình nhà 12 đã cài")
    lan.hears(ASKED)


async def test_undone_by_the_button_it_is_unlearnt_as_well(lan: Phone, office: Office) -> None:
    await lan.says("xóm Đình nhà 12 đã cài", "của mình")
    lan.reads()
    await lan.taps("Hoàn tác")
    lan.hears_part("Đã gỡ lượt ghi nhà 12 xóm Đình", "quên luôn “xóm Đình”")
    assert (await standing(office), await learnt(office)) == ([], 0)


async def test_a_volunteers_word_is_their_own_until_a_second_says_the_same(lan: Phone, people: People) -> None:
    tu, vy = await people.joined("Tú"), await people.joined("Vy")
    for phone in (lan, tu):
        await phone.says("nhà 12 xóm Đình đã cài")
        phone.hears(ASKED)
        await phone.says("của mình")
        phone.reads()
    await vy.says("nhà 15 xóm Đình vắng")
    vy.hears_part("✅ Đã ghi nhà 15 xóm Đình, Tổ dân phố 3")


async def test_a_heads_word_holds_for_the_unit_and_not_beyond(lan: Phone, minh: Phone, people: People) -> None:
    await minh.says("nhà 12 xóm Đình đã cài", "của mình", "quên xóm Chùa")
    assert "Mình nhớ: “xóm Đình” thuộc Tổ dân phố 3." in minh.reads()[1]
    await lan.says("nhà 15 xóm Đình vắng")
    lan.hears_part("✅ Đã ghi nhà 15 xóm Đình, Tổ dân phố 3")
    await people.unit("Tổ dân phố 4")
    elsewhere = await people.joined("Nga", Role.VOLUNTEER, "Tổ dân phố 4")
    await elsewhere.says("nhà 15 xóm Đình vắng")
    elsewhere.hears_part("“xóm Đình” là ở đơn vị nào?")
    assert elsewhere.labels[0] == "Thuộc Tổ dân phố 4 (của mình)", "as if nobody had ever spoken of it"
    await minh.says("quên xóm Đình đi")
    minh.hears_part("Mình quên “xóm Đình” ở đơn vị nào rồi")
    await lan.says("nhà 16 xóm Đình vắng")
    lan.hears_part("“xóm Đình” là ở đơn vị nào?")


async def test_what_can_only_be_a_unit_is_not_found_and_its_name_is_told(
    lan: Phone, people: People, office: Office
) -> None:
    for place in ("tổ dân phố 9", "xóm 4", "tổ Đông"):
        await lan.says(f"nhà 12 {place} vắng")
        lan.hears(unknown_unit(place, ["Tổ dân phố 3"], kept=True))
    await lan.says("sửa: nhà 12 thôn 9 vắng", "thôn 9: nhà 12 vắng\nnhà 14 vắng")
    mending, of_list = lan.reads()
    assert mending == unknown_unit("thôn 9", ["Tổ dân phố 3"], kept=True)
    assert "“thôn 9: nhà 12 vắng”: “thôn 9” không có trong phần việc của bạn" in of_list
    async with office.database.reading() as session:
        kept = [(line.said, line.why) for line in await session.exec(select(UnreadLine))]
    assert ("nhà 12 tổ dân phố 9 vắng", "unit") in kept
    assert ("thôn 9: nhà 12 vắng", "unit") in kept, "why it was not read is in clear, and names nothing"
    await people.unit("Tổ dân phố 8")
    hoa = await people.joined("Hoa", Role.OFFICER, "phường Việt Hoà")
    await hoa.says("tổ 88: 41/60")
    hoa.hears_part("“tổ 88”", "Bạn gõ lại với một tên trong phần của mình: Tổ dân phố 8, Tổ dân phố 3.")


async def test_hostile_names(lan: Phone, office: Office) -> None:
    for place in ("xóm Đ'ình<b>", "xóm Đình" + "Đ" * 60):
        await lan.says(f"nhà 12 {place} vắng", *(["đúng"] if "<" in place else []), "của mình")
        *_, asked, answered = lan.reads()
        assert "là ở đơn vị nào?" in asked
        assert "✅ Đã ghi nhà 12" in answered
    assert len({house for house, _, _ in await standing(office)}) == 2


async def test_mending_knows_the_place(lan: Phone, office: Office) -> None:
    await lan.says(
        "nhà 12 xóm Đình đã cài", "của mình", "nhầm, nhà 12 xom dinh vắng", "menu", "nhà 12 xóm Đình cài chưa?"
    )
    assert lan.reads()[-1].startswith("Tổ dân phố 3, nhà 12 xóm Đình: vắng nhà")
    assert await standing(office) == [("12 xóm Đình", "Tổ dân phố 3", "nobody_home")]


async def test_talk_behind_a_save_is_no_house(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài", "à quên", "ừ nhỉ", "để xem", "a quen", "nhà 13 vắng")
    assert lan.reads()[1:4] == ["Dạ, có gì bạn cứ nhắn nhé 😊"] * 3
    assert [house for house, _, _ in await standing(office)] == ["12", "13"]


@pytest.mark.telegram_only("messages are edited there")
async def test_an_edited_list_knows_the_place(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 xóm Đình vắng", "của mình")
    await lan.says("nhà 14 xóm Đình vắng\nnhà 15 xóm Đình vắng")
    lan.reads()
    await lan.edits("nhà 14 xóm Đình đã cài\nnhà 15 xóm Đình vắng")
    lan.hears_part("nhà 14 xóm Đình")
    assert sorted(await standing(office))[1:] == [
        ("14 xóm Đình", "Tổ dân phố 3", "installed"),
        ("15 xóm Đình", "Tổ dân phố 3", "nobody_home"),
    ]
