"""The work list: whom to go to first, appointments that remind by themselves, and what a list from the office adds."""

from dataclasses import replace

import pytest
from sqlmodel import col, select

from rules.alleys import alley_called, alley_in
from rules.shares import read_give, read_give_back
from storage import house_import
from storage.house_import import HouseLine
from storage.tables import House, Unit
from tests.conversations.office import Office, People, StandingClock
from tests.conversations.phone import Phone


async def _listed(office: Office, *lines: HouseLine) -> None:
    async def job(session):
        unit = (await session.exec(select(Unit).where(Unit.name == "Tổ dân phố 3"))).one()
        numbered = [replace(line, number=nth, place=line.place or nth) for nth, line in enumerate(lines, 1)]
        agreed = await house_import.propose(session, unit, numbered)
        await house_import.apply(session, unit, numbered, agreed, now=office.clock.now())

    await office.database.write(job)


def _house(label: str, **more) -> HouseLine:
    alley = alley_in(label) or alley_called(more.pop("alley", ""))
    return HouseLine(0, label, more.pop("place", 0), alley=alley, **more)


async def _all(office: Office) -> list[House]:
    async with office.database.reading() as session:
        return list(await session.exec(select(House).order_by(col(House.id))))


async def test_appointments_then_the_elderly_then_the_longest_unvisited(lan: Phone, office: Office) -> None:
    await _listed(office, _house("1"), _house("2", notes="người già", care="elderly"), _house("3"))
    await lan.says("nhà 3 vắng nhà hôm qua", "nhà 9 hẹn thứ bảy 9h", "nhà 8 hẹn thứ bảy 8h30")
    assert "✅ Đã ghi nhà 9, Tổ dân phố 3: hẹn quay lại 9h 13/06." in lan.reads()
    await lan.says("còn")
    lan.hears(
        "Tổ dân phố 3 còn 5 nhà chưa xong, 2 nhà chưa ai đến:\n"
        "1. Nhà 8 – hẹn quay lại 8h30 13/06\n"
        "2. Nhà 9 – hẹn quay lại 9h 13/06\n"
        "3. Nhà 2 – chưa ai đến · người già\n"
        "4. Nhà 1 – chưa ai đến\n"
        "5. Nhà 3 – vắng nhà, hôm qua"
    )


async def test_the_reminder_comes_that_morning_once_and_only_for_open_houses(
    lan: Phone, office: Office, clock: StandingClock
) -> None:
    await lan.says("nhà 9 hẹn thứ bảy 9h", "nhà 8 hẹn thứ bảy", "nhà 7 hẹn thứ bảy", "nhà 7 đã cài")
    lan.reads()
    clock.at("2026-06-12 08:00:00")
    await office.tick()
    clock.at("2026-06-13 07:05:00")
    assert (await office.tick())["appointments"] == 1
    lan.hears("Hôm nay bạn có hẹn 2 nhà:\n• 9h nhà 9\n• nhà 8\nChạm một nhà để ghi khi đến xong nhé.")
    clock.passes(minutes=5)
    await office.tick()
    assert lan.unheard == []
    await lan.says("nhà 9 đã cài", "còn")
    assert "9h" not in lan.reads()[-1]


async def test_an_hour_may_be_told_when_asked_and_undo_takes_it_back(lan: Phone, office: Office) -> None:
    await lan.says("nhà 5 vắng nhà", "ghi", "5")
    await lan.taps("Hẹn quay lại")
    await lan.says("chủ nhật 14h")
    assert "hẹn quay lại 14h 14/06" in lan.reads()[-1]
    assert [house.come_back_time for house in await _all(office)] == ["14:00"]
    await lan.says("hoàn tác")
    lan.reads()
    assert [(house.outcome, house.come_back_time) for house in await _all(office)] == [("nobody_home", "")]


async def test_who_left_does_not_lose_the_appointment(
    lan: Phone, minh: Phone, office: Office, clock: StandingClock
) -> None:
    await lan.says("nhà 9 hẹn thứ bảy 9h")
    lan.reads()

    async def leaves(session):
        from storage import people

        await people.leave(session, lan.person_id, now=clock.now(), source="test")

    await office.database.write(leaves)
    clock.at("2026-06-13 07:05:00")
    await office.tick()
    minh.hears_part("Hôm nay bạn có hẹn 1 nhà", "9h nhà 9")


async def test_numbers_from_the_list_are_typed_back(lan: Phone, office: Office) -> None:
    await _listed(office, _house("số 12 ngõ 5"), _house("Phạm Thị Lan", head_name="Phạm Thị Lan", phone="0912345678"))
    await lan.says("nhà 12 đã cài", "nhà 2 vắng nhà", "nhà 30 vắng nhà")
    heard = lan.reads()
    assert [said.split(",")[0] for said in heard] == [
        "✅ Đã ghi nhà số 12 ngõ 5",
        "✅ Đã ghi nhà Phạm Thị Lan",
        "✅ Đã ghi nhà 30",
    ]
    await lan.says("hoàn tác")
    await lan.says("hoàn tác")
    lan.reads()
    found = [(house.label, house.outcome, house.withdrawn, house.head_name) for house in await _all(office)]
    assert found == [
        ("số 12 ngõ 5", "installed", False, None),
        ("Phạm Thị Lan", None, False, "Phạm Thị Lan"),
        ("30", None, True, None),
    ]


async def test_an_alley_is_given_and_its_holder_sees_it_first(
    lan: Phone, minh: Phone, people: People, office: Office
) -> None:
    await people.joined("Nguyễn Thị Hạnh")
    await _listed(office, _house("số 12 ngõ 5"), _house("số 14 ngõ 5"), _house("1"), _house("2"))
    await minh.says("giao ngõ 5 cho Lan", "giao nhà 1, 40 cho hạnh")
    assert minh.reads() == [
        "✅ Đã giao ngõ 5 (2 nhà) cho Lan. Quá 7 ngày không ai đến thì nhà được trả lại chung.",
        "✅ Đã giao 1 nhà cho Nguyễn Thị Hạnh. Quá 7 ngày không ai đến thì nhà được trả lại chung.\n"
        "Chưa có trong danh sách nên chưa giao: 40.",
    ]
    await office.delivers()
    people.all[-1].reads()
    lan.hears("Minh giao cho bạn ngõ 5: 2 nhà. Gõ “còn” để xem; không đi được thì gõ “trả 12 lý do …” nhé.")
    await lan.says("còn")
    lan.hears(
        "Tổ dân phố 3 còn 4 nhà chưa xong, 4 nhà chưa ai đến (của bạn 2):\n"
        "1. Nhà số 12 ngõ 5 – chưa ai đến\n2. Nhà số 14 ngõ 5 – chưa ai đến\n"
        "3. Nhà 2 – chưa ai đến\n4. Nhà 1 – chưa ai đến · người khác giữ"
    )
    await minh.says("ai giữ")
    minh.hears_part("• Lan: 2 nhà, còn 2 chưa xong\n• Nguyễn Thị Hạnh: 1 nhà, còn 1", "• Chưa giao ai: 1 nhà chưa xong")


async def test_a_house_is_given_back_with_a_reason_the_head_sees(lan: Phone, minh: Phone, office: Office) -> None:
    await _listed(office, _house("số 12 ngõ 5"), _house("2"))
    await minh.says("giao ngõ 5 cho Lan", "giao nhà 2 cho Minh", "giao ngõ 9 cho Lan", "giao ngõ 5 cho Tuấn")
    assert len(minh.reads()) == 4
    await office.delivers()
    lan.reads()
    await lan.says("trả 12 lý do nhà xa quá", "trả 2 vì bận", "trả 77")
    assert lan.reads()[0] == "Đã trả nhà số 12 ngõ 5 lại cho đơn vị. Tổ trưởng sẽ thấy lý do của bạn."
    await office.delivers()
    minh.hears("Lan trả nhà số 12 ngõ 5: nhà xa quá. Giao lại: “giao nhà … cho …”.")
    assert [house.assigned_to for house in await _all(office)] == [None, minh.person_id]
    await lan.says("giao ngõ 5 cho Lan")
    assert "Việc này không có" in lan.reads()[0]


async def test_a_share_is_handed_on_and_free_after_a_week(
    lan: Phone, minh: Phone, office: Office, clock: StandingClock
) -> None:
    await _listed(office, _house("1"), _house("2"))
    await minh.says("giao nhà 1-2 cho Lan")
    await minh.says("giao hết của Lan cho Minh")
    assert minh.reads()[1].startswith("✅ Đã giao 2 nhà của Lan cho Minh.")
    clock.passes(days=6)
    await minh.says("nhà 1 vắng nhà")
    clock.passes(days=2)
    await minh.says("ai giữ")
    assert "• Minh: 1 nhà, còn 1 chưa xong\n• Chưa giao ai: 1 nhà" in minh.reads()[-1]
    await office.delivers()
    lan.reads()


async def test_whoever_loses_houses_is_told_and_told_again_when_it_is_taken_back(
    lan: Phone, minh: Phone, people: People, office: Office
) -> None:
    hanh = await people.joined("Hạnh")
    await lan.says("nhà 1 vắng\nnhà 2 vắng\nnhà 3 vắng")
    await minh.says("giao nhà 1-3 cho Lan")
    await office.delivers()
    lan.reads(), minh.reads()
    await minh.says("giao hết của Lan cho Hạnh")
    await office.delivers()
    lan.hears("Minh đã chuyển 3 nhà bạn đang giữ sang cho Hạnh, bạn không cần đến các nhà ấy nữa. Cảm ơn bạn!")
    hanh.hears_part("Minh giao cho bạn 3 nhà.")
    await minh.says("hoàn tác")
    await office.delivers()
    lan.hears("Minh vừa rút lại việc chuyển: 3 nhà lại là của bạn. Gõ “còn” để xem nhé.")
    hanh.hears_part("Minh vừa rút lại việc giao 3 nhà cho bạn.")
    await minh.says("giao nốt nhà 1 cho Hạnh nhé", "chuyển 1 9 cho Minh")
    assert minh.reads()[-1].endswith("Chưa có trong danh sách nên chưa giao: 9.")
    await office.delivers()
    lan.hears_part("Minh đã chuyển 1 nhà bạn đang giữ sang cho Hạnh")
    assert [told.split(" nhà")[0] for told in hanh.reads()] == ["Minh giao cho bạn 1", "Minh đã chuyển 1"]
    minh.reads()


async def test_the_diary_of_a_day(lan: Phone, clock: StandingClock) -> None:
    await lan.says("nhật ký")
    lan.hears("Bạn chưa ghi nhà nào hôm nay. Xem ngày khác: nhật ký 12/6.")
    await lan.says(*(f"nhà {number} vắng nhà" for number in range(1, 13)), "nhà 20 đã cài hôm qua")
    await lan.says("nhà 21 đã cài", "hoàn tác")
    lan.reads()
    clock.passes(days=1)
    await lan.says("nhat ky 10/6")
    said = lan.reads()[0]
    assert said.startswith("Bạn đã ghi 13 lượt hôm qua:\n1. 09:00 nhà 1: vắng nhà\n2. ")
    assert said.count("\n") == 10
    await lan.taps("Xem tiếp ›")
    assert lan.reads()[0].endswith("13. 09:00 nhà 20: đã cài, 1 người · đến 09/06")


@pytest.mark.parametrize("talk", ["giao lưu văn nghệ", "trả lời giúp cháu", "giao cho ai", "trả tiền điện"])
async def test_talk_is_no_order(talk: str) -> None:
    assert (read_give(talk), read_give_back(talk)) == (None, None)


async def test_who_leaves_gives_the_share_back_and_the_head_is_told(
    lan: Phone, minh: Phone, people: People, office: Office, clock: StandingClock
) -> None:
    await _listed(office, _house("số 12 ngõ 5"), _house("số 14 ngõ 5"), _house("1"))
    await people.joined("Hạnh")
    await minh.says("giao ngõ 5 cho Lan", "giao nhà 1 cho Hạnh")

    async def leaves(session):
        from storage import people

        await people.leave(session, lan.person_id, now=clock.now(), source="test")

    await office.database.write(leaves)
    assert [house.assigned_to for house in await _all(office)] == [None, None, people.all[-1].person_id]
    await office.delivers()
    minh.reads(), lan.reads(), people.all[-1].reads()
    assert (await office.tick())["handovers"] == 1
    minh.hears(
        "Lan không còn ở đơn vị; 2 nhà đã trả lại chung: số 12 ngõ 5, số 14 ngõ 5. Giao lại: “giao hết của Lan cho …”."
    )
    assert not (await office.tick()).get("handovers")
    await minh.says("giao hết của Lan cho Hạnh")
    minh.hears_part("✅ Đã giao 2 nhà của Lan cho Hạnh.")
    await office.delivers()
    assert len(people.all[-1].reads()) == 1


async def test_held_for_a_week_without_a_visit_a_house_is_free_by_itself(
    lan: Phone, minh: Phone, office: Office, clock: StandingClock
) -> None:
    await _listed(office, _house("1"), _house("2"))
    await minh.says("giao nhà 1-2 cho Lan")
    await office.delivers()
    clock.passes(days=3)
    await lan.says("nhà 2 vắng")
    lan.reads(), minh.reads()
    clock.at("2026-06-17 09:00:00")
    await office.tick()
    assert [house.assigned_to for house in await _all(office)] == [lan.person_id] * 2, "seven days to the second"
    clock.at("2026-06-17 09:00:01")
    await office.tick()
    assert [house.assigned_to for house in await _all(office)] == [None, lan.person_id]
    minh.reads(), lan.reads()


async def test_a_reason_needs_no_sign_before_it_and_the_bare_words_say_how(
    lan: Phone, minh: Phone, office: Office
) -> None:
    await _listed(office, _house("14", alley="ngõ 5"), _house("16"))
    await minh.says("giao")
    minh.hears_part("ai giữ nhà nào", "Chưa giao ai: 2 nhà", "giao ngõ 5 cho Lan")
    await minh.says("giao nhà 14, 16 cho Lan")
    await office.delivers()
    minh.reads(), lan.reads()
    await lan.says("trả", "trả nhà 14 xa quá")
    how, back = lan.reads()
    assert "trả 12 lý do" in how
    assert "Đã trả nhà 14 lại cho đơn vị. Tổ trưởng sẽ thấy lý do" in back
    await office.delivers()
    minh.hears_part("Lan trả nhà 14: xa quá.")
    assert [house.assigned_to is None for house in await _all(office)] == [True, False]


async def test_one_row_of_the_sheet_by_itself_is_a_record(lan: Phone, office: Office) -> None:
    await _listed(office, _house("12", alley="ngõ 5"), _house("14"))
    await lan.says("12 c", "nhà 20", "14 c", "15c")
    assert lan.reads()[:3:2] == [
        "✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 1 người.", "✅ Đã ghi nhà 14, Tổ dân phố 3: đã cài, 1 người."
    ]  # fmt: skip
    await lan.says("33 c")
    lan.hears_part("Mình hiểu là nhà 33: đã cài, 1 người. Đúng không bạn?")
    await lan.says("đúng")
    lan.hears_part("Đã ghi nhà 33")
    outcomes = {house.label: house.outcome for house in await _all(office)}
    assert outcomes == {"12": "installed", "14": "installed", "33": "installed"}
