"""What is said under an echo, or right after "sửa", is about that record: never about another that came later."""

from dataclasses import replace

import pytest
from sqlmodel import col, select

from rules.roles import Role
from storage.tables import House, Visit
from tests.conversations.office import Office, People, StandingClock
from tests.conversations.phone import Phone
from texts import refusals, slips
from texts import visiting as texts


async def standing(office: Office) -> dict[str, str | None]:
    async with office.database.reading() as session:
        found = await session.exec(select(House).where(col(House.withdrawn).is_(False)).order_by(col(House.id)))
        return {house.label: house.outcome for house in found}


async def visits(office: Office) -> int:
    async with office.database.reading() as session:
        return len((await session.exec(select(Visit.id).where(col(Visit.undone_at).is_(None)))).all())


@pytest.mark.telegram_only(reason="Zalo tells nothing of replies")
async def test_an_echo_of_what_is_gone_never_touches_another_record(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài", "nhà 14 vắng")
    echo = lan.screen[0]
    await lan.replies("hoàn tác", echo)
    lan.reads()
    await lan.replies("hoàn tác", echo)
    lan.hears(texts.GONE_ALREADY)
    await lan.replies("nhầm, chưa cài", echo)
    lan.hears(slips.GONE)
    assert await standing(office) == {"14": "nobody_home"}
    await lan.replies("nhà 16 vắng", echo)
    lan.hears("✅ Đã ghi nhà 16, Tổ dân phố 3: vắng nhà.")


@pytest.mark.telegram_only(reason="Zalo tells nothing of replies")
async def test_under_a_lists_echo(lan: Phone, office: Office) -> None:
    await lan.says("nhà 40 vắng\nnhà 41 đã cài", "nhà 50 vắng")
    of_list, of_one = lan.screen
    lan.reads()
    await lan.replies("nhầm, chưa cài", of_list)
    lan.hears(slips.SEVERAL)
    await lan.taps("40: vắng nhà · hôm nay")
    lan.hears("✅ Đã sửa nhà 40, Tổ dân phố 3: vắng nhà → chưa cài.")
    await lan.replies("nhầm rồi", of_one)
    lan.hears(slips.say_what("50"))
    await lan.replies("hoàn tác", of_list)
    lan.hears_part("Đã hoàn tác: gỡ 41, 40")
    assert await standing(office) == {"50": "nobody_home"}
    await lan.replies("hoàn tác", of_list)
    lan.hears(texts.GONE_ALREADY)


@pytest.mark.telegram_only(reason="Zalo tells nothing of replies")
async def test_an_echo_without_its_buttons_is_known_by_its_words(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài", "nhà 14 vắng")
    bare = replace(lan.screen[0], buttons=[])
    lan.reads()
    await lan.replies("từ chối", bare)
    lan.hears("✅ Đã sửa nhà 12, Tổ dân phố 3: đã cài, 1 người → từ chối.")
    await lan.replies("hoàn tác", bare)
    await lan.replies("hoàn tác", bare)
    assert lan.reads()[-1].startswith("Đã gỡ lượt ghi nhà 12")
    assert await standing(office) == {"14": "nobody_home"}


async def test_the_line_after_sua_mends_and_is_no_new_visit(lan: Phone, office: Office, clock: StandingClock) -> None:
    await lan.says("nhà 12 đã cài", "nhà 14 vắng", "huỷ", "sửa", "nhà 12 từ chối")
    assert lan.reads()[-1] == "✅ Đã sửa nhà 12, Tổ dân phố 3: đã cài, 1 người → từ chối."
    await lan.says("huỷ", "sửa", "nhà 20 vắng", "nhà 12 đã cài")
    assert lan.reads()[-2:] == [
        "✅ Đã ghi nhà 20, Tổ dân phố 3: vắng nhà.",
        "✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 1 người.",
    ]
    await lan.says("huỷ", "sửa")
    clock.passes(minutes=16)
    await lan.says("nhà 14 đã cài")
    assert lan.reads()[-1] == "✅ Đã ghi nhà 14, Tổ dân phố 3: đã cài, 1 người."
    assert await visits(office) == 5


async def test_sua_lets_go_of_the_field_that_was_asked_for(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài", "nhà 14 vắng", "huỷ", "sửa")
    await lan.taps("12: đã cài · hôm nay")
    await lan.taps("Kết quả")
    await lan.says("huỷ", "sửa", "từ chối")
    assert await standing(office) == {"12": "installed", "14": "nobody_home"}
    lan.reads()


async def test_a_head_mends_and_takes_off_by_taps_what_others_wrote(lan: Phone, minh: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài", "nhà 13 vắng")
    lan.reads()
    await minh.says("sửa")
    minh.hears(texts.WHICH_OF_UNIT)
    await minh.taps("Lan · 12: đã cài · hôm nay")
    await minh.taps("Kết quả")
    await minh.taps("Từ chối")
    assert minh.reads()[-1] == f"✅ Đã sửa nhà 12, kết quả: đã cài → từ chối.\n{slips.BY_HEAD}"
    await minh.says("xoá nhà 13")
    minh.hears(texts.ask_take_off("13"))
    await minh.taps("Lan · 13: vắng nhà · hôm nay")
    minh.hears(f"Đã gỡ lượt ghi nhà 13: vắng nhà.\n{texts.TAKEN_OFF_BY_HEAD}")
    assert await standing(office) == {"12": "refused"}
    await lan.says("hoàn tác")
    lan.hears_part(refusals.changed_since(("13",)))
    await minh.says("hoàn tác")
    minh.hears("Đã ghi lại nhà 13: vắng nhà.")
    assert await standing(office) == {"12": "refused", "13": "nobody_home"}


async def test_an_officer_by_taps_and_a_volunteer_never(hoa: Phone, lan: Phone, people: People, office: Office) -> None:
    hanh = await people.joined("Hạnh")
    xa = await people.joined("Xa", Role.HEAD, "Tổ dân phố 9")
    await lan.says("nhà 12 đã cài")
    await hoa.says("sửa: nhà 12 tổ 3")
    await hoa.taps("Sửa")
    await hoa.taps("Kết quả")
    await hoa.taps("Vắng nhà")
    assert hoa.reads()[-1] == f"✅ Đã sửa nhà 12, kết quả: đã cài → vắng nhà.\n{slips.BY_HEAD}"
    for other in (hanh, xa):
        await other.says("xoá nhà 12", "hoàn tác nhà 12")
        other.hears(*[texts.nothing_of_yours("12")] * 2)
    assert await standing(office) == {"12": "nobody_home"}
    lan.reads()


async def test_a_refused_undo_offers_the_act_before(lan: Phone, minh: Phone, office: Office) -> None:
    await lan.says("nhà 10 vắng", "nhà 12 đã cài")
    await minh.says("sửa nhà 12 vắng")
    lan.reads(), minh.reads()
    told = f"{refusals.changed_since(('12',))}\n{texts.or_the_one_before(['10'])}"
    await lan.says("hoàn tác", "hoàn tác")
    lan.hears(told, told)
    await lan.taps(texts.UNDO_BEFORE)
    lan.hears("Đã gỡ lượt ghi nhà 10: vắng nhà.")
    await lan.says("hoàn tác")
    lan.hears(refusals.changed_since(("12",)))
    assert await standing(office) == {"12": "nobody_home"}
