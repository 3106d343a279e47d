"""Two villages made one: nobody's house is taken for another's, and what was sent before stands."""

import pytest
from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import merge_preview, merging, units
from storage.tables import House, PlanChange, Unit
from tests.conversations.office import Office, People
from tests.conversations.phone import Phone
from texts import merging as texts


async def merged(office: Office, gone: str, into: str) -> merging.Merged:
    async def job(session: AsyncSession) -> merging.Merged:
        first, second = [await units.by_name(session, office.plan.slug, name) for name in (gone, into)]
        return await merging.merge(session, first, second, author="Chị Hoa", now=office.clock.now())

    return await office.database.write(job)


async def labels(office: Office, unit: Unit) -> dict[str, str | None]:
    async with office.database.reading() as session:
        found = await session.exec(select(House).where(House.unit_id == unit.id, House.withdrawn == False))  # noqa: E712
        return {house.label: house.outcome for house in found}


@pytest.fixture
async def both(people: People) -> Unit:
    """Tổ dân phố 4 of 20 households and 5 of 40; returns the second."""
    await people.unit("Tổ dân phố 4", households=20)
    return await people.unit("Tổ dân phố 5", households=40)


async def test_two_villages_become_one_and_their_houses_12_stay_two(
    office: Office, people: People, hoa: Phone, both: Unit
) -> None:
    lan = await people.joined("Lan", unit="Tổ dân phố 4")
    cuc = await people.joined("Cúc", unit="Tổ dân phố 5")
    await lan.says("nhà 12 đã cài\nnhà 7 đã cài")
    await cuc.says("nhà 12 vắng nhà\nnhà 3 ngõ 9 đã cài")
    lan.reads(), cuc.reads()
    office.clock.at("2026-06-10 17:00:00")
    await office.tick()
    before = hoa.hears_part("Tổng cộng: 3/60 hộ", "Tổ dân phố 4: 2/20 hộ", "Tổ dân phố 5: 1/40 hộ")

    office.clock.at("2026-06-11 08:00:00")
    assert await merged(office, "Tổ dân phố 4", "Tổ dân phố 5") == merging.Merged(houses=2, renamed=2, people=1)
    assert await labels(office, both) == {
        "12": "nobody_home", "3 ngõ 9": "installed",
        "12 Tổ dân phố 4": "installed", "7 Tổ dân phố 4": "installed",
    }  # fmt: skip

    await lan.says("nhà 12 từ chối")
    lan.hears_part("12 Tổ dân phố 4")
    await lan.taps("12 Tổ dân phố 4")
    lan.hears_part("Đã ghi")
    await lan.says("nhà 7 tổ 4 từ chối")
    lan.hears_part("7 Tổ dân phố 4", "từ chối")
    await cuc.says("nhà 12 đã cài")
    cuc.hears_part("Đã ghi nhà 12, Tổ dân phố 5: đã cài")
    assert await labels(office, both) == {
        "12": "installed", "3 ngõ 9": "installed", "12 Tổ dân phố 4": "refused", "7 Tổ dân phố 4": "refused",
    }  # fmt: skip

    office.clock.at("2026-06-11 17:00:00")
    await office.tick()
    said = hoa.hears_part(
        "Tổng cộng: 2/60 hộ",
        "Tổ dân phố 5: 2/60 hộ",
        "Kế hoạch đổi ngày 11/6: Tổ dân phố 4 nhập vào Tổ dân phố 5. Số đã gửi trước đó giữ nguyên.",
    )
    assert "Đính chính" not in said
    assert "Tổ dân phố 4: " not in said
    assert before.startswith("Bản tin 17:00 ngày 10/06")
    async with office.database.reading() as session:
        assert [act.author for act in await session.exec(select(PlanChange))] == ["Chị Hoa"]
    cuc.reads(), lan.reads()


async def test_a_late_correction_of_the_day_before_is_said_of_the_village_it_was(
    office: Office, people: People, hoa: Phone, both: Unit
) -> None:
    lan = await people.joined("Lan", unit="Tổ dân phố 4")
    await lan.says("nhà 1 đã cài\nnhà 2 đã cài")
    office.clock.at("2026-06-10 17:00:00")
    await office.tick()
    hoa.reads()
    office.clock.at("2026-06-11 08:00:00")
    await merged(office, "Tổ dân phố 4", "Tổ dân phố 5")
    await lan.says("hoàn tác")
    lan.reads()
    office.clock.at("2026-06-11 17:00:00")
    await office.tick()
    hoa.hears_part("Đính chính: 10/6, Tổ dân phố 4: 2 → 0")


async def test_what_is_foretold_is_what_happens(office: Office, people: People, both: Unit) -> None:
    lan = await people.joined("Lan", unit="Tổ dân phố 4")
    cuc = await people.joined("Cúc", unit="Tổ dân phố 5")
    await lan.says("nhà 12 đã cài\nnhà 7 đã cài\nnhà bà Sáu vắng", "Nguyễn Văn An 0912345678\nTrần Thị Bình 0987654321")
    await cuc.says("nhà bà Sáu vắng")
    lan.reads(), cuc.reads()
    async with office.database.reading() as session:
        first, second = [await units.by_name(session, office.plan.slug, f"Tổ dân phố {nth}") for nth in (4, 5)]
        told = await merge_preview.foresee(session, first, second)
    assert texts.foreseen("Tổ dân phố 4", "Tổ dân phố 5", told).splitlines() == [
        "Tổ dân phố 4 nhập vào Tổ dân phố 5, chưa đổi gì. Nếu nhập thì:",
        "• 3 nhà và 1 người chuyển sang Tổ dân phố 5; Tổ dân phố 4 đóng lại.",
        "• 3 nhà mang thêm tên cũ để không lẫn: “12” → “12 Tổ dân phố 4”; “7” → “7 Tổ dân phố 4”; "
        "“bà Sáu” → “bà Sáu Tổ dân phố 4”.",
        "• Số hộ có smartphone của Tổ dân phố 5: 40 → 60.",
        "• Đi theo: 1 mã mời, 2 người trong danh sách cài đặt.",
        texts.WAY_BACK,
    ]
    assert len(await labels(office, both)) == 1, "nothing has happened yet"
    done = await merged(office, "Tổ dân phố 4", "Tổ dân phố 5")
    assert (done.houses, done.renamed, done.people) == (told.houses, len(told.renamed), told.people)
    assert {new for _, new in told.renamed} <= set(await labels(office, both))
    async with office.database.reading() as session:
        stays = await session.get_one(Unit, both.id)
        assert [getattr(stays, field) for field, _, _ in told.totals] == [then for _, _, then in told.totals]


async def test_what_cannot_be_one_is_refused(office: Office, people: People, both: Unit) -> None:
    await people.unit("Trường Tiểu học", kind="school")
    await people.unit("Xóm Trong", parent="Tổ dân phố 5")
    for gone, into, why in (
        ("Tổ dân phố 4", "Tổ dân phố 4", "same"),
        ("Trường Tiểu học", "Tổ dân phố 4", "kind"),
        ("Tổ dân phố 4", "Tổ dân phố 5", "has_units"),
    ):
        with pytest.raises(merging.CannotMerge) as no:
            await merged(office, gone, into)
        assert no.value.why == why


def test_every_table_that_hangs_on_a_unit_was_thought_of() -> None:
    apart = {"house", "reported", "guide_code"}  # moved each in its own way
    stay = {"merged_unit", "note_seen"}  # the act itself; what a head of the old unit has seen
    hanging = {name for name, table in SQLModel.metadata.tables.items() if "unit_id" in table.columns}
    assert hanging - apart - stay == {table.__tablename__ for table in merging.MOVING}


async def test_places_people_speak_of_go_along(office: Office, people: People, both: Unit) -> None:
    """ "Xóm Đình" lay in the village that is gone, "xóm Chùa" was its other name: neither is asked about again."""
    lan = await people.joined("Lan", unit="Tổ dân phố 4")
    cuc = await people.joined("Cúc", unit="Tổ dân phố 5")
    await cuc.says("nhà 9 vắng nhà")
    await lan.says("xóm Đình nhà 12 đã cài")
    await lan.taps("Thuộc Tổ dân phố 4 (của mình)")
    await lan.says("xóm Chùa nhà 9 đã cài")
    await lan.taps("Tên khác của Tổ dân phố 4")
    lan.reads(), cuc.reads()
    await merged(office, "Tổ dân phố 4", "Tổ dân phố 5")
    await lan.says("xóm Đình nhà 12 từ chối")
    lan.hears_part("nhà 12 xóm Đình, Tổ dân phố 5", "từ chối")
    await lan.says("xóm Chùa nhà 9 từ chối")
    lan.hears_part("9 hay 9 Tổ dân phố 4?")
    await lan.taps("9 Tổ dân phố 4")
    lan.hears_part("từ chối")
    assert await labels(office, both) == {
        "9": "nobody_home", "12 xóm Đình": "refused", "9 Tổ dân phố 4": "refused",
    }  # fmt: skip
