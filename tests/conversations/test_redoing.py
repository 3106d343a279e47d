"""làm lại: what a hoàn tác took back comes back exactly, whatever it was; or not at all, and with the reason."""

import pytest
from sqlmodel import col, select

from storage.tables import Audit, House, TakenBack, Visit
from tests.conversations.office import Office, People
from tests.conversations.phone import Phone
from tests.conversations.test_undoing import state
from texts import redoing as texts
from texts import refusals


async def test_a_record_and_its_mending_come_back_as_they_were(lan: Phone, office: Office) -> None:
    await lan.says("làm lại")
    lan.hears(refusals.NOTHING_TO_REDO)
    await lan.says("nhà 12 chị Hoa đã cài 2 người sđt 0912345678", "nhầm, nhà 12 hẹn thứ 7 9h")
    mended = await state(office)
    lan.reads()
    await lan.says("hoàn tác", "hoàn tác", "lam lai")
    assert lan.reads()[-1] == "↩️ Đã làm lại: nhà 12: đã cài, 2 người."
    assert lan.labels == ["Hoàn tác"]
    await lan.says("khôi phục giúp cháu", "làm lại")
    lan.hears("↩️ Đã làm lại: nhà 12: hẹn quay lại 9h 13/06.", refusals.NOTHING_TO_REDO)
    assert await state(office) == mended
    async with office.database.reading() as session:
        acts = list(await session.exec(select(Audit.act).order_by(col(Audit.id))))
    assert [act for act in acts if "taken_back" in act] == ["visit.taken_back"] * 2 + ["taken_back.redone"] * 2


async def test_one_tap_and_back_again_as_often_as_one_likes(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 vắng")
    logged = await state(office)
    await lan.taps("Hoàn tác")
    for _ in range(2):
        await lan.taps(texts.REDO)
        assert await state(office) == logged
        await lan.taps("Hoàn tác")
        assert await state(office) == [[], [], []]
    lan.reads()
    await lan.says("nhà 14 vắng", "làm lại", "hoàn tác")
    assert lan.reads()[1:] == ["↩️ Đã làm lại: nhà 12: vắng nhà.", "Đã gỡ lượt ghi nhà 12: vắng nhà."]
    assert [one[0] for one in (await state(office))[0]] == ["14"]


async def test_a_list_comes_back_whole_or_not_at_all(lan: Phone, minh: Phone, office: Office) -> None:
    await lan.says("nhà 1 vắng\nnhà 2 đã cài\nnhà 3 hẹn thứ 7 9h", "nhầm, nhà 3 từ chối")
    listed = await state(office)
    await lan.says("hoàn tác", "hoàn tác", "làm lại", "làm lại")
    assert lan.reads()[-2:] == [
        "↩️ Đã làm lại cả danh sách: 3 nhà (1, 2, 3).",
        "↩️ Đã làm lại: nhà 3: từ chối.",
    ]
    assert await state(office) == listed
    await lan.says("hoàn tác", "hoàn tác")
    await minh.says("nhà 2 vắng")
    lan.reads(), minh.reads()
    changed = await state(office)
    await lan.says("làm lại")
    lan.hears(refusals.not_as_it_was("house", ["2"]))
    assert await state(office) == changed
    await minh.says("hoàn tác")
    await lan.says("làm lại")
    lan.hears("↩️ Đã làm lại cả danh sách: 3 nhà (1, 2, 3).")
    minh.reads()


async def test_figures_people_and_houses_given_come_back_and_are_told(minh: Phone, lan: Phone, office: Office) -> None:
    await minh.says("nhà 1 vắng\nnhà 2 đã cài")
    await minh.says("tổ 3: 41/60", "Nguyễn Văn An 0912345678\nTrần Thị Bình 0987654321", "giao nhà 1-2 cho Lan")
    before = await state(office)
    await minh.says("hoàn tác", "hoàn tác", "hoàn tác")
    await office.delivers()
    minh.reads(), lan.reads()
    await minh.says("làm lại", "làm lại", "làm lại")
    minh.hears(
        "↩️ Đã ghi lại số báo của Tổ dân phố 3: 41/60.",
        "↩️ Đã đưa lại 2 người vào danh sách.",
        "↩️ Đã giao lại 2 nhà như trước.",
    )
    assert await state(office) == before
    await office.delivers()
    lan.hears("Minh lại giao cho bạn 2 nhà vừa rút. Gõ “còn” để xem nhé.")


@pytest.mark.parametrize(
    ("first", "since", "why"),
    [
        (["nhà 12 vắng"], ["nhà 12 đã cài"], ("house", ["12"])),
        (["nhà 12 vắng\nnhà 14 vắng"], ["nhà 14 đã cài"], ("house", ["14"])),
        (["tổ 3: 41/60"], ["tổ 3: 40/60"], ("figure", ["Tổ dân phố 3"])),
        (["Nguyễn Văn An 0912345678\nTrần Thị Bình 0987654321"],
         ["Trần Thị Bình 0987654321\nLê Thị Cúc 0977654321"], ("person", ["Trần Thị Bình"])),
    ],
)  # fmt: skip
async def test_what_has_changed_since_is_left_as_it_is(
    minh: Phone, office: Office, first: list[str], since: list[str], why: tuple[str, list[str]]
) -> None:
    await minh.says(*first, "hoàn tác", *since)
    now = await state(office)
    minh.reads()
    await minh.says("làm lại")
    minh.hears(refusals.not_as_it_was(*why))
    assert await state(office) == now


async def test_houses_that_went_to_another_meanwhile_are_not_given_again(
    minh: Phone, lan: Phone, people: People, office: Office
) -> None:
    await people.joined("Hạnh")
    await minh.says("nhà 1 vắng\nnhà 2 vắng", "giao nhà 1-2 cho Lan", "hoàn tác", "giao nhà 2 cho Hạnh", "làm lại")
    assert minh.reads()[-1] == refusals.not_as_it_was("house", ["2"])
    await office.delivers()
    lan.reads(), office.people.all[-1].reads()


@pytest.mark.telegram_only(reason="buttons pressed that are not on the screen")
async def test_nobody_brings_back_what_another_took_back(lan: Phone, minh: Phone, office: Office) -> None:
    await lan.says("nhà 12 vắng", "hoàn tác")
    lan.reads()
    async with office.database.reading() as session:
        row = (await session.exec(select(TakenBack))).one()
        kept = {house.label: house.outcome for house in await session.exec(select(House))}
        assert (await session.exec(select(Visit))).one().undone_at
    await minh.presses(f"rd|{row.id}")
    await minh.presses("rd|99999")
    minh.hears(refusals.NOTHING_TO_REDO, refusals.NOTHING_TO_REDO)
    async with office.database.reading() as session:
        assert {house.label: house.outcome for house in await session.exec(select(House))} == kept


async def test_in_the_middle_of_a_question_it_is_no_answer_and_takes_nothing_back(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 vắng", "hoàn tác", "ghi", "14", "làm lại")
    assert lan.reads()[-1].startswith("Mình chưa hiểu.")
    assert await state(office) == [[], [], []]


async def test_what_was_taken_off_as_an_act_of_its_own_comes_back_too(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài", "nhầm, nhà 12 đã cài 2 người")
    mended = await state(office)
    await lan.says("xoá nhà 12", "lấy lại")
    assert lan.reads()[-2:] == ["Đã gỡ lượt ghi nhà 12: đã cài, 2 người.", "↩️ Đã làm lại: nhà 12: đã cài, 2 người."]
    assert await state(office) == mended
    await lan.taps("Hoàn tác")
    lan.hears("↩️ Đã làm lại: lượt ở nhà 12 lại được gỡ.")
    assert await state(office) == [[], [], []]
