"""A unit's own total and an event's list of people: kept apart from the houses, marked, and taken back."""

from sqlmodel import col, select

from rules.roles import Role
from storage.tables import ListedPerson, Reported, UnreadLine
from texts import people_lists, totals

EVENT = (
    "Danh sách hội nghị tối 9/6:\n1. Nguyễn Văn An 0912345678\n2. Trần Thị Bình, 0977 144 678\n"
    "3. Phạm Cúc 09123\n4. Lê Văn Dũng"
)


async def rows(office, table):
    async with office.database.reading() as session:
        return list(await session.exec(select(table).where(col(table.undone_at).is_(None)).order_by(col(table.id))))


async def test_minh_says_his_units_total(minh, office, people):
    await people.unit("Tổ dân phố 3", households=60)
    await minh.says("nhà 12 đã cài", "tổ 3: 41/60")
    assert minh.reads()[1] == ("✅ Đã nhận báo cáo của Tổ dân phố 3: 41/60 hộ.\nSố ghi từng nhà vẫn riêng: 1 hộ.")
    (row,) = await rows(office, Reported)
    assert (row.what, row.done, row.total) == (office.plan.indicator.slug, 41, 60)
    await minh.says("tiến độ")
    minh.hears_part("Tổ trưởng báo: 41/60 hộ (10/6)", "1/60")
    await minh.says("nhầm, tổ 3 là 42/60")
    minh.hears_part("42/60")
    await minh.taps("Hoàn tác")
    minh.hears("Đã gỡ số báo của Tổ dân phố 3: 42/60.")
    await minh.says("hoàn tác")
    minh.hears("Đã gỡ số báo của Tổ dân phố 3: 41/60.")
    await minh.says("hoàn tác")
    minh.hears_part("Đã gỡ lượt ghi nhà 12")
    assert await rows(office, Reported) == []


async def test_more_done_than_there_are_is_refused_with_both(minh, office):
    await minh.says("tổ 3: 61/60")
    minh.hears(totals.impossible((await minh_unit(office)), 61, 60))
    assert await rows(office, Reported) == []


async def minh_unit(office):
    from storage.tables import Unit

    async with office.database.reading() as session:
        return (await session.exec(select(Unit).where(Unit.name == "Tổ dân phố 3"))).one()


async def test_what_may_be_either_is_asked_with_one_tap(minh, office):
    await minh.says("tổ 3 được 20 hộ")
    minh.hears_part("số của cả Tổ dân phố 3")
    await minh.taps(totals.IS_ADDED)
    minh.hears_part("thêm 20 hộ")
    (row,) = await rows(office, Reported)
    assert (row.done, row.adds) == (20, True)


async def test_only_a_head_or_officer_within_scope(lan, minh, hoa, people, office):
    await people.joined("Xa", Role.HEAD, "Tổ dân phố 9")
    await lan.says("tổ 3: 41/60")
    lan.hears(totals.heads_say_totals())
    await minh.says("tổ 9: 41/60")
    minh.hears_part("không tìm thấy")
    await hoa.says("tổ 9: 41/60")
    hoa.hears_part("Đã nhận báo cáo của Tổ dân phố 9: 41/60")
    async with office.database.reading() as session:
        kept = list(await session.exec(select(UnreadLine)))
    assert [(line.said, line.why) for line in kept] == [("tổ 3: 41/60", "total"), ("tổ 9: 41/60", "unit")]


async def test_names_and_phones_go_onto_the_list(lan, office):
    await lan.says(EVENT)
    heard = lan.hears_part("✅ Đã đưa 3 người vào danh sách của Tổ dân phố 3.", "Chưa nhận 1 dòng", "Phạm Cúc")
    assert "0912345678" not in heard
    assert [(one.name, one.phone) for one in await rows(office, ListedPerson)] == [
        ("Nguyễn Văn An", "0912345678"),
        ("Trần Thị Bình", "0977144678"),
        ("Lê Văn Dũng", None),
    ]
    await lan.says(EVENT)
    lan.hears_part("Chưa thêm ai", "Đã có trong danh sách, giữ một lần: Nguyễn Văn An, Trần Thị Bình, Lê Văn Dũng.")
    await lan.says("hoàn tác")
    lan.hears(people_lists.taken_off(3))
    assert await rows(office, ListedPerson) == []


async def test_of_two_people_one_may_have_a_phone_that_is_none(lan, office):
    await lan.says("1. Nguyễn Văn An 0912345678\n2. Trần Thị Bình: 09876543")
    lan.hears_part(
        "✅ Đã đưa 1 người vào danh sách của Tổ dân phố 3.",
        "• “2. Trần Thị Bình: 09876543”: số điện thoại chưa đúng 10 chữ số",
    )
    await lan.says("Lê Văn Cường 097765\nTrần Thị Bình 09876543", "nhà 14 An 0912345678\nnhà 15 Bình 09876543")
    lan.reads()
    assert [one.name for one in await rows(office, ListedPerson)] == ["Nguyễn Văn An"]


async def test_its_button_takes_the_list_off(lan, office):
    await lan.says(EVENT)
    await lan.taps(people_lists.TAKE_OFF)
    assert lan.reads()[1] == people_lists.taken_off(3)
    assert await rows(office, ListedPerson) == []


async def test_an_evening_of_houses_with_phones_is_no_list_of_people(lan, office):
    await lan.says("nhà 12 đã cài, chị Hoa 0912345678\nnhà 14 vắng, anh Tuấn 0977144678")
    lan.hears_part("Đã ghi 2 nhà")
    assert await rows(office, ListedPerson) == []


async def test_a_total_among_the_houses_of_a_list_is_kept_apart(minh, office, people):
    await people.unit("Tổ dân phố 3", households=60)
    await minh.says("tổ 3: 41/60\nnhà 12 đã cài\nnhà 14 vắng")
    minh.hears_part("Đã nhận báo cáo của Tổ dân phố 3: 41/60 hộ", "Đã ghi 2 nhà")
    (row,) = await rows(office, Reported)
    assert (row.done, row.total) == (41, 60)


async def test_a_volunteers_list_with_a_total_logs_the_houses_and_says_who_tells_totals(lan, office):
    await lan.says("tổ 3: 41/60\nnhà 12 đã cài\nnhà 14 vắng")
    lan.hears_part("Đã ghi 2 nhà", "nhờ trưởng thôn, tổ trưởng báo")
    assert await rows(office, Reported) == []


async def test_hoa_pastes_what_the_units_told_her(hoa, people, office):
    await people.unit("Tổ dân phố 3", households=60)
    await people.unit("Tổ dân phố 9", households=50)
    await hoa.says("Tổ 3: 41/60\nTổ 9: 20/50\nTổ 8: 1/2\nTổ 9: 51/50\ncảm ơn các bác")
    hoa.hears_part(
        "để riêng với số ghi từng nhà", "• Tổ dân phố 3: 41/60 hộ. Ghi từng nhà: 0.", "• Tổ dân phố 9: 20/50 hộ.",
        "“Tổ 8: 1/2”: đơn vị này không có", "“Tổ 9: 51/50”: số xong nhiều hơn tổng",
    )  # fmt: skip
    assert [(row.done, row.total) for row in await rows(office, Reported)] == [(41, 60), (20, 50)]
    await hoa.says("hoàn tác")
    assert len(hoa.reads()[-1].splitlines()) == 2
    assert await rows(office, Reported) == []
    await hoa.says("tổ 3: 42/60, tổ 9: 21/50")
    hoa.reads()
    await hoa.taps("Hoàn tác cả danh sách")
    hoa.reads()
    assert await rows(office, Reported) == []


async def test_minhs_list_of_totals_alone_has_its_way_back(minh, office):
    await minh.says("Tối qua:\ntổ 3: 41/60")
    minh.hears_part("Đã nhận báo cáo của Tổ dân phố 3: 41/60 hộ · hôm qua.")
    await minh.taps("Hoàn tác cả danh sách")
    minh.hears("Đã gỡ số báo của Tổ dân phố 3: 41/60.")
    assert await rows(office, Reported) == []
    await minh.says("tổ 3: 70/60\nnhà 9 đã cài")
    minh.hears_part("Đã ghi 1 nhà", "“tổ 3: 70/60”: số xong nhiều hơn tổng")


async def test_a_total_other_than_the_units_own_is_kept_and_said(minh, people):
    await people.unit("Tổ dân phố 3", households=60)
    await minh.says("tổ 3: 41/80", "tổ 3: 42/60")
    other, same = minh.reads()
    assert "Đã nhận báo cáo của Tổ dân phố 3: 41/80 hộ." in other
    assert totals.other_total(80, 60) in other
    assert "sổ đang để" not in same
