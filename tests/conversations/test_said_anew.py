"""A unit's figure, or a correction, said anew or edited: old → new, never a second one beside it."""

import pytest
from sqlmodel import col, select

from storage import reported
from storage.tables import House, Unit, Visit
from tests.conversations.office import Office, StandingClock
from tests.conversations.phone import Phone
from texts import elsewhere


async def stands_at(office: Office) -> int | None:
    """What Tổ dân phố 3 has reported up to today."""
    async with office.database.reading() as session:
        unit = (await session.exec(select(Unit).where(Unit.name == "Tổ dân phố 3"))).one()
        plan, day = office.plan, office.clock.now().date()
        found = await reported.standing(session, plan.slug, plan.indicator.slug, [unit.id or 0], day)
    return found[unit.id or 0].done if found else None


async def visits(office: Office) -> list[tuple[str, str]]:
    query = select(House.label, Visit.outcome).join(Visit, col(Visit.house_id) == col(House.id))
    async with office.database.reading() as session:
        return list(await session.exec(query.where(col(Visit.undone_at).is_(None)).order_by(col(Visit.id))))


async def test_a_figure_said_anew_replaces_the_old_one_and_comes_back(minh: Phone, office: Office) -> None:
    await minh.says("thôn 3: 41/60", "nhầm, thôn 3: 40/60", "sửa: tổ 3: 39/60", "sửa: tổ 3: 39/60")
    assert minh.reads()[1:] == [
        "✅ Đã sửa số báo của Tổ dân phố 3: 41/60 → 40/60 hộ.",
        "✅ Đã sửa số báo của Tổ dân phố 3: 40/60 → 39/60 hộ.",
        "Số báo của Tổ dân phố 3 đang đúng như vậy rồi: 39/60.",
    ]
    assert await stands_at(office) == 39
    await minh.says("huỷ", "hoàn tác")
    assert minh.reads()[-1] == "Đã gỡ số báo của Tổ dân phố 3: 39/60."
    assert await stands_at(office) == 40


async def test_what_a_day_added_is_not_added_twice(minh: Phone, office: Office) -> None:
    await minh.says("thôn 3: 41/60", "tổ 3 thêm 12 hộ hôm nay", "nhầm, tổ 3 thêm 13 hộ hôm nay")
    assert minh.reads()[-1] == "✅ Đã sửa số báo của Tổ dân phố 3: thêm 12 → 13 hộ."
    await minh.says("nhầm, tổ 3 thêm 10 hộ hôm nay")
    minh.hears("✅ Đã sửa số báo của Tổ dân phố 3: thêm 13 → 10 hộ.")
    assert await stands_at(office) == 51
    await minh.says("huỷ", "hoàn tác")
    assert minh.reads()[-1] == "Đã trả số báo của Tổ dân phố 3 về như trước."
    assert await stands_at(office) == 54
    await minh.says("tổ 3 thêm 2 hộ hôm nay", "nhầm, tổ 3 thêm 3 hộ hôm nay")
    assert minh.reads()[-1] == "✅ Đã sửa số báo của Tổ dân phố 3: thêm 2 → 3 hộ."
    assert await stands_at(office) == 57


@pytest.mark.telegram_only(reason="editing one's message")
async def test_an_edited_figure(minh: Phone, lan: Phone, office: Office, clock: StandingClock) -> None:
    await minh.says("tổ 3: 41/60")
    await minh.edits("tổ 3: 42/60")
    assert minh.reads()[-1] == "✅ Đã sửa số báo của Tổ dân phố 3: 41/60 → 42/60 hộ."
    await minh.says("nhà 5 vắng\ntổ 3: 44/60")
    await minh.edits("nhà 5 đã cài\ntổ 3: 45/60")
    assert minh.reads()[-1].splitlines() == [
        "✅ Đã sửa số báo của Tổ dân phố 3: 44/60 → 45/60 hộ.",
        "✅ Đã sửa nhà 5, Tổ dân phố 3: vắng nhà → đã cài, 1 người.",
    ]
    assert await stands_at(office) == 45
    await lan.says("tổ 3: 50/60")
    await lan.edits("tổ 3: 51/60")
    assert lan.reads()[-1] == elsewhere.EDITED
    assert await stands_at(office) == 45


@pytest.mark.telegram_only(reason="editing one's message")
async def test_an_edited_correction_corrects_and_is_no_new_visit(lan: Phone, hoa: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài", "sửa nhà 12 chưa cài")
    await lan.edits("sửa nhà 12 đã cài 3 người")
    assert lan.reads()[-1] == "✅ Đã sửa nhà 12, Tổ dân phố 3: chưa cài → đã cài, 3 người."
    await hoa.says("sửa: nhà 12 tổ 3 vắng")
    await hoa.edits("sửa: nhà 12 tổ 3 từ chối")
    assert hoa.reads()[-1].startswith("✅ Đã sửa nhà 12, Tổ dân phố 3: vắng nhà → từ chối.")
    await hoa.edits("nhà 12 tổ 3 vắng")
    hoa.hears(elsewhere.EDITED_ELSEWHERE)
    assert await visits(office) == [("12", "refused")]


@pytest.mark.telegram_only(reason="editing one's message")
async def test_talk_in_place_of_a_line_costs_no_record(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài\nnhà 14 vắng")
    lan.reads()
    await lan.edits("nhà 12 đã cài\nbà Tư bảo mai đến")
    lan.hears_part("“bà Tư bảo mai đến”", "vẫn giữ lượt đã ghi: 14")
    assert await visits(office) == [("12", "installed"), ("14", "nobody_home")]
