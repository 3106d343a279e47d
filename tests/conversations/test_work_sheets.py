"""in ngõ 5: the houses still to do on paper, in chat, as far as one's own part goes; its numbers are typed back."""

import pytest

from rules.roles import Role
from storage import settings
from tests.conversations.line import ADDRESS
from tests.conversations.office import Office, People
from tests.conversations.phone import Phone
from tests.conversations.test_exporting import acts, file_of
from tests.conversations.test_work_list import _house, _listed
from texts import exporting, refusals
from texts import work_sheets as texts


@pytest.fixture
async def listed(office: Office, minh: Phone) -> None:
    await office.database.write(lambda session: settings.put(session, settings.PUBLIC_URL, ADDRESS))
    first = _house("số 12 ngõ 5", head_name="Trần Thị Hoa")
    await _listed(office, first, _house("số 14 ngõ 5"), _house("số 8 ngõ 3"), _house("20"))


@pytest.mark.parametrize("said", ["in ngõ 5", "In ngo 5 nhé", "phiếu ngõ 5", "cho in ngõ 5 tổ 3"])
async def test_a_head_prints_an_alley(office: Office, minh: Phone, listed: None, said: str) -> None:
    await minh.says("nhà 14 ngõ 5 đã cài", said)
    assert minh.reads()[-1].startswith("Phiếu đi từng nhà · Tổ dân phố 3: 1 nhà còn phải đến. ")
    file = await file_of(office, minh)
    assert (file.name, file.content[:5]) == ("phieu-5-to-dan-pho-3-2026-06-10.pdf", b"%PDF-")
    assert (await acts(office))[0][1] == {"kind": "doors", "unit_id": 2, "alley": "5", "named": True}


async def test_all_of_a_unit_and_what_is_typed_back(office: Office, lan: Phone, hoa: Phone, listed: None) -> None:
    await lan.says("in danh sách")
    assert lan.reads()[-1].startswith("Phiếu đi từng nhà · Tổ dân phố 3: 4 nhà còn phải đến, 3 ngõ. ")
    assert (await file_of(office, lan)).content[:5] == b"%PDF-"
    assert (await acts(office))[0][1]["named"] is False, "a volunteer carries no list of names about"
    await lan.says("12 c, 14 v, 8 t, 20 c", "in danh sách")
    heard = lan.reads()
    assert heard[0].startswith("✅ Đã ghi 4 nhà, Tổ dân phố 3:\n• đã cài: số 12 ngõ 5, 20\n• vắng nhà: số 14 ngõ 5\n")
    assert heard[1].startswith("Phiếu đi từng nhà · Tổ dân phố 3: 2 nhà")
    await hoa.says("in ngõ 5", "in ngõ 9 tổ 3", "in ngõ 3 tổ 3")
    said = hoa.reads()
    assert said[:2] == [texts.SAY_UNIT, "ngõ 9, Tổ dân phố 3: không có nhà nào còn phải đến trong danh sách, "
                        "nên mình không in gì."]  # fmt: skip
    assert said[2].startswith("Phiếu đi từng nhà · Tổ dân phố 3: 1 nhà còn phải đến.")


async def test_not_of_others_and_not_without_a_way_to_send_it(
    office: Office, people: People, lan: Phone, listed: None
) -> None:
    await people.unit("Tổ dân phố 7")
    police = await people.joined("Dũng", Role.POLICE, "phường Việt Hoà")
    await lan.says("in ngõ 5 tổ 7", "in ra xem nào", "in")
    assert lan.reads()[0] == refusals.unknown_unit("tổ 7", ["Tổ dân phố 3"], kept=False)
    await police.says("in ngõ 5")
    police.hears_part("Việc này không có trong phần của bạn.")
    await office.database.write(lambda session: settings.drop(session, settings.PUBLIC_URL))
    await lan.says("in ngõ 5")
    heard = lan.reads()[-1]
    assert heard == exporting.NO_LINKS if lan.messenger == "zalo" else heard.startswith("Phiếu đi từng nhà")
