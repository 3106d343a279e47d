""" "Xóm Đình thuộc tổ 3": a place taught in words, by officers too, for all who see the unit; and houses given back."""

from sqlmodel import col, select

from rules.roles import Role
from storage.tables import House, PlaceAlias
from tests.conversations.office import Office, People
from tests.conversations.phone import Phone
from texts import placing as texts
from texts.refusals import unknown_unit


async def test_an_officer_teaches_a_place_for_everyone(hoa: Phone, lan: Phone, minh: Phone, people: People) -> None:
    tuan = await people.joined("Tuấn", unit="Tổ dân phố 9")
    await hoa.says("sửa: nhà 12 xóm Đình từ chối")
    hoa.hears(texts.teach_me("xóm Đình"))
    await hoa.says("Xóm Đình thuộc tổ 3 nhé", "xóm Chùa là tên khác của tổ 9")
    hoa.hears(
        "Mình nhớ: “Xóm Đình” thuộc Tổ dân phố 3. Nhầm thì gõ “hoàn tác” ngay, hoặc sau này gõ “quên Xóm Đình”.",
        "Mình nhớ: “xóm Chùa” là tên khác của Tổ dân phố 9. Nhầm thì gõ “hoàn tác” ngay, "
        "hoặc sau này gõ “quên xóm Chùa”.",
    )
    await lan.says("nhà 12 xóm Đình vắng")
    lan.hears_part("✅ Đã ghi nhà 12 Xóm Đình, Tổ dân phố 3: vắng nhà.")
    await tuan.says("nhà 7 xóm Chùa vắng")
    tuan.hears("✅ Đã ghi nhà 7, Tổ dân phố 9: vắng nhà.")
    await hoa.says("sửa: nhà 12 xóm Đình từ chối", "xóm Chùa: 12/20")
    assert hoa.reads()[0].startswith("✅ Đã sửa nhà 12 Xóm Đình, Tổ dân phố 3: vắng nhà → từ chối.")
    await hoa.says("quên xóm Chùa", "xóm Chùa: 13/20")
    assert hoa.reads()[-1] == unknown_unit("xóm Chùa", ["Tổ dân phố 3", "Tổ dân phố 9"], kept=True)
    minh.hears_nothing()


async def test_what_is_taught_is_taken_back_and_no_unit_outside_is_told(
    hoa: Phone, lan: Phone, people: People, office: Office
) -> None:
    await people.joined("Tuấn", unit="Tổ dân phố 9")
    await hoa.says("xóm Đình thuộc tổ 3", "hoàn tác")
    assert hoa.reads()[1] == "Mình cũng quên luôn “xóm Đình” ở đơn vị nào; lần tới mình hỏi lại."
    await lan.says("xóm Đình thuộc tổ 9", "xóm Đình thuộc tổ 77", "bà Tư thuộc tổ 3", "con đường này thuộc tổ 3")
    lan.reads()
    async with office.database.reading() as session:
        assert list(await session.exec(select(PlaceAlias).where(col(PlaceAlias.undone_at).is_(None)))) == []


async def test_a_reason_needs_no_sign_before_it(people: People, lan: Phone, minh: Phone, office: Office) -> None:
    xa = await people.joined("Xa", Role.HEAD, "Tổ dân phố 9")
    await lan.says("nhà 8 vắng", "nhà 9 vắng")
    await minh.says("giao nhà 8 cho Lan")
    await lan.says("huỷ", "trả 8 xa quá", "trả 9 triệu tiền điện", "trả 9 xa quá")
    heard = lan.reads()
    assert heard[3] == "Đã trả nhà 8 lại cho đơn vị. Tổ trưởng sẽ thấy lý do của bạn."
    assert not any("Đã trả" in said for said in heard[4:])
    await office.delivers()
    assert "Lan trả nhà 8: xa quá. Giao lại: “giao nhà … cho …”." in minh.reads()
    async with office.database.reading() as session:
        assert [house.assigned_to for house in await session.exec(select(House))] == [None, None]
    lan.reads(), xa.reads()
