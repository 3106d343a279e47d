"""Half a line, or the same again: one sentence says what is missing, nothing is guessed and nothing is double."""

from sqlmodel import col, select

from storage.tables import House, ListedPerson, Visit
from tests.conversations.office import Office, People, StandingClock
from tests.conversations.phone import Phone
from texts import visiting as texts


async def visits(office: Office) -> list[tuple[str, str, int]]:
    query = select(House.label, Visit.outcome, Visit.installs).join(Visit, col(Visit.house_id) == col(House.id))
    async with office.database.reading() as session:
        return list(await session.exec(query.where(col(Visit.undone_at).is_(None)).order_by(col(Visit.id))))


async def test_an_outcome_of_no_house(lan: Phone, minh: Phone, office: Office, clock: StandingClock) -> None:
    await lan.says("vắng", "đã cài 2 người", "xong rồi")
    heard = lan.reads()
    assert heard[:2] == [texts.where_was_that("vắng nhà"), texts.where_was_that("đã cài")]
    assert heard[2].startswith("Mình chưa hiểu tin này")
    await lan.says("nhà 16", "vắng", "vắng")
    assert lan.reads()[-1] == "Nhà 16 đã ghi “vắng nhà” hôm nay rồi, mình giữ một lượt thôi nhé."
    await lan.says("từ chối")
    lan.hears(texts.where_was_that("từ chối"))
    clock.passes(minutes=3)
    await lan.says("vắng")
    lan.hears(texts.where_was_that("vắng nhà"))
    assert await visits(office) == [("16", "nobody_home", 0)]
    await minh.says("chưa hiểu")
    minh.hears_part("5 dòng", "“từ chối”", "“vắng”", "“đã cài 2 người”")


async def test_each_line_is_said_back_with_its_own_reason(lan: Phone) -> None:
    await lan.says("nhà 20 vắng\nnhà 21\nnhà 22 chắc là đã cài")
    lan.hears(
        "✅ Đã ghi 1 nhà, Tổ dân phố 3:\n• vắng nhà: 20\nChưa ghi 2 dòng:\n"
        "• “nhà 21”: chưa rõ kết quả (thêm: đã cài, vắng, hẹn…)\n"
        "• “nhà 22 chắc là đã cài”: mình đọc chưa chắc, bạn viết lại như “nhà 12 đã cài”"
    )


async def test_how_many_people_at_a_door_mends(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài", "nhà 14 vắng", "nhầm, nhà 12 2 người")
    assert lan.reads()[-1] == "✅ Đã sửa nhà 12, Tổ dân phố 3: đã cài, 1 người → đã cài, 2 người."
    await lan.says("nhầm, nhà 12 chỉ 1 người thôi")
    lan.hears("✅ Đã sửa nhà 12, Tổ dân phố 3: đã cài, 2 người → đã cài, 1 người.")
    assert await visits(office) == [("12", "installed", 1), ("14", "nobody_home", 0)]


async def test_a_record_that_was_corrected_goes_whole(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài", "nhầm, nhà 12 vắng", "bỏ nhà 12 đi")
    assert lan.reads()[-1] == "Đã gỡ lượt ghi nhà 12: vắng nhà."
    assert await visits(office) == []
    await lan.taps("Hoàn tác")
    lan.hears("Đã ghi lại nhà 12: vắng nhà.")
    await lan.says("hoàn tác nhà 12", "huỷ nhà 12")
    lan.hears("Đã trả nhà 12 về như trước: đã cài, 1 người.", "Đã gỡ lượt ghi nhà 12: đã cài, 1 người.")
    assert await visits(office) == []


async def test_who_has_no_phone_is_a_person_of_the_list_and_no_house(minh: Phone, office: Office) -> None:
    await minh.says(
        "nhà 12", "Nguyễn Văn An 0912345678\nTrần Thị Bình 0987654321\nLê Văn Cường không có điện thoại\nPhạm Dũng 0911"
    )
    said = minh.reads()[-1]
    assert said.startswith("✅ Đã đưa 3 người vào danh sách của Tổ dân phố 3.")
    assert "Phạm Dũng 0911" in said
    await minh.says("vắng")
    minh.hears("✅ Đã ghi nhà 12, Tổ dân phố 3: vắng nhà.")
    async with office.database.reading() as session:
        people = list(await session.exec(select(ListedPerson.phone).order_by(col(ListedPerson.id))))
    assert people == ["0912345678", "0987654321", None]


async def test_another_house_after_all_needs_only_its_number(lan: Phone, people: People, office: Office) -> None:
    hanh = await people.joined("Hạnh")
    await lan.says("nhà 12 vắng")
    await hanh.says("nhà 12 đã cài")
    await hanh.taps("Hộ khác")
    assert hanh.reads()[-1] == texts.ask_field("house")
    await hanh.says("12B")
    hanh.hears("✅ Đã sửa nhà 12B, số nhà: 12 → 12B.")
    assert await visits(office) == [("12", "nobody_home", 0), ("12B", "installed", 1)]
    lan.reads()


async def test_a_rumour_of_another_house_is_no_answer(lan: Phone, office: Office) -> None:
    await lan.says("nhà ông Tám", "ông Tám bảo là nhà ông Bảy đã cài rồi thì phải")
    assert "Mình chưa hiểu" in lan.reads()[-1]
    await lan.says("vắng")
    assert "Đã ghi nhà ông Tám, Tổ dân phố 3: vắng nhà." in lan.reads()[-1]


async def test_a_slip_at_the_question_why_is_no_reason(lan: Phone, office: Office) -> None:
    await lan.says("ghi", "12", "chưa cài", "à nhầm")
    assert lan.reads()[-1] == "Nhà 12: kết quả thế nào?"
    await lan.says("vắng")
    lan.hears_part("Đã ghi nhà 12, Tổ dân phố 3: vắng nhà.")


async def test_what_was_typed_in_place_of_an_answer_is_kept_for_the_head(
    lan: Phone, minh: Phone, office: Office
) -> None:
    await lan.says("nhà 12", "bà Tư xóm chùa nhờ cài hộ máy con gái", "gì", "vắng")
    assert "Đã ghi nhà 12, Tổ dân phố 3: vắng nhà." in lan.reads()[-1]
    await minh.says("chưa hiểu")
    minh.hears_part("1 dòng mình chưa hiểu", "Lan", "“bà Tư xóm chùa nhờ cài hộ máy con gái”")
