"""hoàn tác: the last message taken back exactly, whatever it did; or refused with its reason and nothing half done."""

import random
from typing import Any

import pytest
from sqlmodel import col, select

from storage.tables import HandOver, House, ListedPerson, Person, Reported, Visit, VisitHistory
from tests.conversations.office import Office, StandingClock
from tests.conversations.phone import Phone
from texts import elsewhere, refusals
from texts import visiting as texts

ACTS = (VisitHistory, Reported, ListedPerson, HandOver)


async def state(office: Office) -> list[Any]:
    """Everything that counts: houses as they stand, whose they are, figures and lists."""
    async with office.database.reading() as session:
        found = (await session.exec(select(House).order_by(col(House.id)))).all()
        figures = await session.exec(select(Reported.what, Reported.done).where(col(Reported.undone_at).is_(None)))
        people = await session.exec(select(ListedPerson.id).where(col(ListedPerson.undone_at).is_(None)))
        houses = [
            (one.label, one.outcome, one.installs, one.visited_on, one.done_on, one.come_back_on, one.head_name,
             one.phone, one.assigned_to, one.assigned_at)
            for one in found if not one.withdrawn or one.assigned_to
        ]  # fmt: skip
        return [houses, list(figures), list(people)]


async def acts_standing(office: Office) -> int:
    async with office.database.reading() as session:
        return sum([len((await session.exec(select(a.id).where(col(a.undone_at).is_(None)))).all()) for a in ACTS])


async def test_a_figure_a_list_of_people_and_houses_given_are_taken_back(
    minh: Phone, lan: Phone, office: Office
) -> None:
    await minh.says("nhà 1 vắng\nnhà 2 đã cài")
    await minh.says("tổ 3: 41/60", "Nguyễn Văn An 0912345678\nTrần Thị Bình 0987654321", "giao nhà 1-2 cho Lan")
    minh.reads()
    await office.delivers()
    lan.reads()
    await minh.says("hoàn tác", "hoan tac", "hoàn tác", "hoàn tác", "hoàn tác")
    minh.hears(
        "Đã bỏ việc giao 2 nhà: nhà của ai lại về người ấy.",
        "Đã gỡ cả danh sách vừa gửi: 2 người.",
        "Đã gỡ số báo của Tổ dân phố 3: 41/60.",
        "Đã gỡ cả danh sách vừa gửi: 2 nhà.",
        refusals.NOTHING_TO_UNDO,
    )
    assert await state(office) == [[], [], []]
    await office.delivers()
    lan.hears("Minh vừa rút lại việc giao 2 nhà cho bạn. Gõ “còn” để xem phần của bạn.")


async def test_a_list_somebody_has_changed_stays_whole(lan: Phone, minh: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài\nnhà 14 vắng\nnhà 15 từ chối")
    await minh.says("sửa: nhà 14 đã cài")
    before = await state(office)
    lan.reads(), minh.reads()
    await lan.says("hoàn tác")
    lan.hears(refusals.changed_since(("14",)))
    assert await state(office) == before
    await lan.taps("Hoàn tác cả danh sách")
    lan.hears_part("Nhà 14 đã có người khác sửa", "chưa gỡ gì cả")
    assert await state(office) == before
    await minh.says("hoàn tác")
    minh.hears("Đã trả nhà 14 về như trước: vắng nhà.")
    await lan.says("hoàn tác")
    lan.hears("Đã gỡ cả danh sách vừa gửi: 3 nhà.")
    assert await state(office) == [[], [], []]


async def test_houses_that_went_on_to_another_are_not_called_back(minh: Phone, lan: Phone, office: Office) -> None:
    await minh.says("nhà 1 vắng\nnhà 2 vắng", "giao nhà 1-2 cho Lan")
    await lan.says("trả 2 lý do xa quá")
    minh.reads(), lan.reads()
    await minh.says("hoàn tác")
    minh.hears(f"{refusals.changed_since(('2',))}\n{texts.or_the_one_before(['1', '2'])}")
    await lan.says("hoàn tác")
    lan.hears("Đã bỏ việc trả nhà: nhà lại là của người giữ trước.")
    await minh.says("hoàn tác")
    minh.hears("Đã bỏ việc giao 2 nhà: nhà của ai lại về người ấy.")
    await office.delivers()
    lan.reads(), minh.reads()


async def test_after_midnight_and_after_a_week(lan: Phone, office: Office, clock: StandingClock) -> None:
    clock.at("2026-06-10 23:59:30")
    await lan.says("nhà 12 đã cài")
    clock.at("2026-06-11 00:00:30")
    await lan.says("hoàn tác")
    assert lan.reads()[1] == "Đã gỡ lượt ghi nhà 12: đã cài, 1 người."
    await lan.says("nhà 13 đã cài")
    clock.at("2026-06-18 00:00:30")
    await lan.says("hoàn tác")
    assert lan.reads()[1] == "Đã gỡ lượt ghi nhà 13: đã cài, 1 người.", "seven days to the second"
    await lan.says("nhà 14 đã cài")
    clock.at("2026-06-25 00:00:31")
    await lan.says("hoàn tác")
    assert lan.reads()[1] == refusals.NOTHING_TO_UNDO
    assert len((await state(office))[0]) == 1


async def test_a_house_may_be_named(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 vắng", "nhà 13 đã cài", "nhà 14 vắng")
    lan.reads()
    await lan.says("hoàn tác nhà 12", "hoan tac 13", "hoàn tác nhà 13", "hoàn tác cả danh sách")
    lan.hears(
        "Đã gỡ lượt ghi nhà 12: vắng nhà.",
        "Đã gỡ lượt ghi nhà 13: đã cài, 1 người.",
        texts.nothing_of_yours("13"),
        "Đã gỡ lượt ghi nhà 14: vắng nhà.",
    )
    assert await state(office) == [[], [], []]


async def test_said_as_old_people_say_it(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 vắng", "nhà 13 đã cài", "nhà 14 vắng", "nhà 15 vắng")
    lan.reads()
    await lan.says("xoá nhà 12 đi", "gỡ lượt vừa rồi giúp bác", "hoàn tác lại giúp bác", "xoa nha 13")
    lan.hears(
        "Đã gỡ lượt ghi nhà 12: vắng nhà.",
        "Đã gỡ lượt ghi nhà 15: vắng nhà.",
        "Đã gỡ lượt ghi nhà 14: vắng nhà.",
        "Đã gỡ lượt ghi nhà 13: đã cài, 1 người.",
    )
    assert await state(office) == [[], [], []]


@pytest.mark.telegram_only(reason="buttons stay where they were shown")
async def test_old_buttons_never_touch_another_record(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài")
    await lan.taps("Hoàn tác", times=2)
    assert lan.reads()[1:] == ["Đã gỡ lượt ghi nhà 12: đã cài, 1 người.", elsewhere.TAPPED_ALREADY]
    await lan.says("nhà 12 vắng", "nhà 13 vắng")
    before = await state(office)
    lan.reads()
    await lan.presses("ht|1")
    lan.hears(texts.GONE_ALREADY)
    await lan.presses("htl|u1")
    lan.hears(refusals.NOTHING_TO_UNDO)
    assert await state(office) == before


SAID = (
    "nhà {n} đã cài", "nhà {n} vắng hôm qua", "nhà {n} đã cài 2 người, chị Hoa 091234567{d}", "nhà {n} hẹn thứ bảy 9h",
    "nhà {n} từ chối\nnhà {m} vắng\nnhà {n} đã cài", "vắng {n}, {m}", "nhầm, nhà {n} là vắng", "nhầm, nhà {n} đã cài",
    "sửa nhà {n} thành nhà {m}", "tổ 3: 4{d}/60", "tổ 3 hôm nay thêm {d} hộ", "giao nhà {n}, {m} cho Lan",
    "giao nhà {n} cho Minh", "trả {n} lý do xa", "Nguyễn Văn An 091234567{d}\nTrần Thị Bình 098765432{d}",
)  # fmt: skip


@pytest.mark.parametrize("seed", [3, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 10))])
async def test_any_acts_then_as_many_undos_are_the_state_before(
    seed: int, minh: Phone, lan: Phone, office: Office
) -> None:
    """Property: whatever was said, each step back is exactly the state before it, and the history keeps it all."""
    chance, seen = random.Random(seed), []
    await lan.says("nhà 1 đã cài", "nhà 2 vắng")
    for _ in range(14):
        before, acts = await state(office), await acts_standing(office)
        numbers = {"n": chance.randint(1, 4), "m": chance.randint(1, 4), "d": chance.randint(1, 9)}
        said = chance.choice(SAID).format(**numbers)
        await minh.says(said, "huỷ")
        if await acts_standing(office) != acts:
            seen.append((said, before))
    assert len(seen) > 5
    for said, former in reversed(seen):
        await minh.says("hoàn tác")
        assert await state(office) == former, (said, minh.reads()[-1], seen)
    async with office.database.reading() as session:
        by_head = select(VisitHistory).join(Person, col(Person.id) == col(VisitHistory.person_id))
        assert all(act.undone_at for act in await session.exec(by_head.where(Person.role == "head")))
        assert (await session.exec(select(Visit).where(col(Visit.undone_at).is_not(None)))).all()
    await office.delivers()
    lan.reads(), minh.reads()
