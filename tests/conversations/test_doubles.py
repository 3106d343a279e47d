"""Records that may be of one household: told while people remember, never merged silently; the head sees a pair."""

from sqlmodel import col, select

from storage.tables import House, Visit
from texts import doubles, refusals
from texts import visiting as texts


async def standing(office) -> list[tuple[str, str]]:
    async with office.database.reading() as session:
        query = select(House.label, Visit.outcome).join(Visit, col(Visit.house_id) == col(House.id))
        query = query.where(col(Visit.undone_at).is_(None)).order_by(col(Visit.id))
        return list(await session.exec(query))


async def test_two_people_on_one_house_are_told_and_the_head_sees_the_pair(lan, minh, people, office):
    hanh = await people.joined("Hạnh")
    await lan.says("nhà 12 đã cài, chị Hoa 0912345678")
    await hanh.says("nhà 12 từ chối")
    heard = hanh.hears_part("✅ Đã ghi nhà 12", doubles.others_were_there(["12"]))
    assert "Lan" not in heard
    assert "0912" not in heard
    assert doubles.ANOTHER_HOUSE in hanh.labels
    assert await standing(office) == [("12", "installed"), ("12", "refused")]
    await office.delivers()
    minh.hears_part("nhà 12: Lan ghi “đã cài, 1 người” (hôm nay); Hạnh ghi “từ chối” (hôm nay)", "giữ cả hai")
    await hanh.says("nhà 12 từ chối")
    hanh.hears_part("giữ một lượt")
    await office.delivers()
    lan.reads(), minh.hears_nothing()


async def test_the_later_visit_stands_also_when_it_was_typed_first(lan, minh, people, office):
    hanh = await people.joined("Hạnh")
    await lan.says("nhà 12 từ chối", "nhà 14 đã cài", "nhà 15 vắng")
    await hanh.says("nhà 12 đã cài hôm qua")
    hanh.hears_part("✅ Đã ghi nhà 12", "hôm qua", doubles.others_were_there(["12"]))
    await office.delivers()
    minh.hears_part("nhà 12: Hạnh ghi “đã cài, 1 người” (hôm qua); Lan ghi “từ chối” (hôm nay)", "giữ cả hai")
    await hanh.says("nhà 14 vắng hôm qua", "nhà 15 đã cài hôm qua")
    await office.delivers()
    minh.hears_part("nhà 15: Hạnh ghi “đã cài, 1 người” (hôm qua); Lan ghi “vắng nhà” (hôm nay)")
    async with office.database.reading() as session:
        houses = {house.label: house.outcome for house in await session.exec(select(House))}
    assert houses == {"12": "refused", "14": "installed", "15": "nobody_home"}
    assert len(await standing(office)) == 6
    lan.reads(), hanh.reads()


async def test_away_then_installed_is_no_quarrel(lan, minh, people, office):
    hanh = await people.joined("Hạnh")
    await lan.says("nhà 12 vắng")
    await hanh.says("nhà 12 đã cài")
    hanh.hears_part(doubles.others_were_there(["12"]))
    await office.delivers()
    minh.hears_nothing()
    lan.reads()


async def test_names_that_differ_in_their_marks_are_two_houses_until_said_otherwise(lan, office):
    await lan.says("nhà ông Tám đã cài", "nhà ông Tâm vắng")
    assert lan.reads()[1] == (
        "✅ Đã ghi nhà ông Tâm, Tổ dân phố 3: vắng nhà.\n" + doubles.near_name("ông Tâm", "ông Tám")
    )
    assert await standing(office) == [("ông Tám", "installed"), ("ông Tâm", "nobody_home")]
    await lan.taps(doubles.same_as("ông Tám"))
    lan.hears(doubles.joined("ông Tâm", "ông Tám"))
    assert await standing(office) == [("ông Tám", "installed"), ("ông Tám", "nobody_home")]
    await lan.says("hoàn tác")
    assert (await standing(office))[1] == ("ông Tâm", "nobody_home")
    lan.reads()


async def test_the_same_phone_on_another_house_is_said(lan, people, office):
    hanh = await people.joined("Hạnh", unit="Tổ dân phố 9")
    await lan.says("nhà 12 đã cài 0912345678")
    await hanh.says("nhà 14 đã cài 0912345678")
    heard = hanh.hears_part(doubles.same_phone("14", [""]))
    assert "nhà 12" not in heard
    await lan.says("nhà 15 đã cài 0912345678")
    assert "nhà 12" in lan.reads()[-1]


async def test_a_list_sent_twice_is_one_list_and_says_so(lan, office):
    await lan.says("nhà 12 đã cài\nnhà 14 vắng", "nhà 12 đã cài\nnhà 14 vắng")
    assert lan.reads()[1] == "Đã ghi y như vậy rồi, giữ một lượt thôi: 12, 14."
    assert len(await standing(office)) == 2


async def test_there_is_none_clears_name_and_phone(lan, office):
    await lan.says("nhà 12 đã cài, chị Hoa 0912345678")
    for field, said in (("name", "không có"), ("phone", "ko có")):
        await lan.says("menu", "sửa")
        await lan.taps("12: đã cài · hôm nay")
        await lan.taps(texts.FIELDS[field])
        lan.reads()
        await lan.says(said)
        lan.hears_part("→ bỏ trống")
    async with office.database.reading() as session:
        house = (await session.exec(select(House))).one()
    assert (house.head_name, house.phone, house.phone_hash) == (None, None, None)


async def test_the_head_sees_what_was_not_read(lan, minh, office, plan):
    await lan.says("bà con hỏi bao giờ có sóng ạ", "chưa hiểu")
    assert lan.reads()[1] == refusals.sentence(refusals.NotAllowed("x"), plan)
    await minh.says("chua hieu")
    minh.hears("1 dòng mình chưa hiểu trong 7 ngày qua:\n• Lan, 10/06 09:00: “bà con hỏi bao giờ có sóng ạ”")


async def test_a_name_with_another_mark_is_never_merged_without_a_word(lan, office):
    await lan.says("nhà bà Hoà đã cài", "nhà bà Hoa vắng", "nhà bà Hòa vắng")
    other, same = lan.reads()[1:]
    assert doubles.near_name("bà Hoa", "bà Hoà") in other
    assert "Đã ghi nhà bà Hoà, " in same
    assert "khác" not in same
    assert await standing(office) == [("bà Hoà", "installed"), ("bà Hoa", "nobody_home"), ("bà Hoà", "nobody_home")]
    await lan.says("nhà anh Dũng đã cài", "nhà anh Dung vắng")
    assert doubles.taken_for("anh Dũng") in lan.reads()[-1]
    assert doubles.ANOTHER_HOUSE in lan.labels
    await lan.taps(doubles.ANOTHER_HOUSE)
    await lan.says("anh Dung Hà")
    lan.reads()
    assert (await standing(office))[-1] == ("anh Dung Hà", "nobody_home")


async def test_in_one_list_names_that_differ_in_marks_are_no_one_house(lan, office):
    await lan.says("nhà anh Dũng đã cài\nnhà anh Dung vắng\nnhà chị Dung từ chối")
    lan.hears_part("Đã ghi 2 nhà", "“nhà anh Dung vắng”: giống tên một nhà khác trong danh sách, chỉ khác dấu")
    assert await standing(office) == [("anh Dũng", "installed"), ("chị Dung", "refused")]


async def test_a_door_written_the_other_way_is_asked_about(lan, office):
    await lan.says("nhà 12/5 đã cài", "số 5 ngõ 12 vắng")
    assert doubles.near_name("số 5 ngõ 12", "12/5") in lan.reads()[-1]
    await lan.taps(doubles.same_as("12/5"))
    lan.hears(doubles.joined("số 5 ngõ 12", "12/5"))
    await lan.says("số 12 ngõ 5 vắng", "5/12 đã cài")
    first, second = lan.reads()
    assert "Gần giống" not in first
    assert doubles.near_name("5/12", "số 12 ngõ 5") in second
    assert await standing(office) == [
        ("12/5", "installed"), ("12/5", "nobody_home"), ("số 12 ngõ 5", "nobody_home"), ("5/12", "installed")
    ]  # fmt: skip


async def test_the_same_phone_may_be_the_same_house_with_one_tap(lan, office):
    await lan.says("nhà 14 đã cài 0912345678", "nhà 15 đã cài 0912.345.678")
    assert doubles.same_phone("15", ["14"], asks=True) in lan.reads()[-1]
    await lan.taps(doubles.same_as("14"))
    lan.hears(doubles.joined("15", "14"))
    await lan.says("nhà 16 vắng +84912345678")
    lan.hears_part(doubles.same_phone("16", ["14"], asks=True))
    await lan.says("nhà 17 vắng 0912345678")
    lan.hears_part(doubles.same_phone("17", ["14", "16"]))


async def test_the_nearest_of_several_names_is_asked_about(lan, office):
    await lan.says("nhà bà Hoà ngã ba đã cài", "nhà bà Hoà vắng", "nhà bà Hoa vắng")
    assert doubles.near_name("bà Hoa", "bà Hoà") in lan.reads()[-1]
