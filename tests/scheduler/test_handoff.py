"""Households without a level-2 account go to the police once, each day's as a list, and leave it when they move on."""

from datetime import date

from rules.clock import at_vietnam
from rules.roles import Role
from storage import reported
from tests.rules.test_five_plans import PLANS
from tests.scheduler.commune import Commune, on
from tests.scheduler.conftest import commune
from tests.storage.test_five_counts import under

__all__ = ["commune"]

APRIL = 4


def april(day: int) -> date:
    return date(2026, APRIL, day)


async def an_khanh(commune: Commune, name: str = "an-khanh-2026"):
    """A village with a volunteer, and the commune's police."""
    await under(commune, PLANS[name])
    village, station = await commune.unit("Thôn 1"), await commune.unit("Công an xã", kind="police")
    lan = await commune.person(Role.VOLUNTEER, village, joined=at_vietnam(april(1), on(1, "08:00").time()))
    police = await commune.person(Role.POLICE, station, joined=at_vietnam(april(1), on(1, "08:00").time()))
    return village, station, lan, police


async def lists(commune: Commune) -> list[str]:
    """What the police were sent, in order."""
    return [row.body["reply"]["text"] for row in await commune.queued() if row.dedupe_key.startswith("handoff:")]


async def test_each_house_is_handed_over_once_and_closes_when_its_stage_moves(commune):
    village, station, lan, police = await an_khanh(commune)
    await commune.visit(lan, village, "1", "no_vneid2", day=april(2))
    await commune.visit(lan, village, "2", "no_vneid2", day=april(2))
    await commune.visit(lan, village, "3", "nobody_home", day=april(2))
    assert (await commune.wakes(on(2, "17:00", month=APRIL)))["handoffs"] == 1
    assert await commune.wakes(on(2, "17:05", month=APRIL)) == {}
    await commune.visit(lan, village, "1", "installed", day=april(3), installs=2)
    await commune.visit(lan, village, "4", "no_vneid2", day=april(3))
    added = {"what": "cap-muc-2", "day": april(3), "done": 5, "adds": True, "now": on(3, "16:00", month=APRIL)}
    await commune.database.write(lambda s: reported.add(s, police, station, source="five", **added))
    await commune.wakes(on(3, "17:00", month=APRIL))
    await commune.wakes(on(4, "17:00", month=APRIL))
    first, second, third = await lists(commune)
    assert first.split("\n") == [
        "2 nhà ở An Khánh cần cấp tài khoản định danh mức độ 2; đang chờ 2 nhà.",
        "1. Thôn 1: nhà 1",
        "2. Thôn 1: nhà 2",
        "Gõ “còn” để xem hết những nhà đang chờ.",
        "Ngày 02/04: tài khoản mức độ 2 đã cấp: chưa báo cáo; lượt người cài Hải Phòng Smart trong ngày: 0.",
    ]
    assert second.split("\n") == [
        "1 nhà mới ở An Khánh cần cấp tài khoản định danh mức độ 2; 1 nhà chuyển trước đây đã qua bước này; "
        "đang chờ 2 nhà.",
        "1. Thôn 1: nhà 4",
        "Gõ “còn” để xem hết những nhà đang chờ.",
        "Ngày 03/04: tài khoản mức độ 2 đã cấp: 5; lượt người cài Hải Phòng Smart trong ngày: 2.",
    ]
    assert third.startswith("Hôm nay không có nhà mới nào ở An Khánh")
    assert "nhà 2" not in third.replace("đang chờ 2 nhà", "")


async def test_what_is_kept_of_a_list_names_no_house(commune):
    village, _, lan, _ = await an_khanh(commune)
    await commune.visit(lan, village, "ông Tám", "no_vneid2", day=april(2))
    await commune.wakes(on(2, "17:00", month=APRIL))
    [kept] = [each for each in await commune.bulletins() if each.kind == "handoff"]
    assert "Tám" not in kept.said
    assert "Tám" in (await lists(commune))[0]


async def test_a_plan_that_orders_no_counts_is_silent_on_a_day_without_news(commune):
    village, _, lan, _ = await an_khanh(commune, "tu-ky-2026")
    await commune.visit(lan, village, "1", "no_vneid2", day=date(2026, 6, 3))
    for day in (3, 4, 5):
        await commune.wakes(on(day, "17:00"))
    assert await lists(commune) == [
        "1 nhà ở Tứ Kỳ cần cấp tài khoản định danh mức độ 2; đang chờ 1 nhà.\n1. Thôn 1: nhà 1\n"
        "Gõ “còn” để xem hết những nhà đang chờ."
    ]


async def test_viet_hoa_registers_by_phone_and_hands_nothing_over(commune):
    village, station = await commune.unit("Tổ dân phố 1"), await commune.unit("Công an", kind="police")
    lan, _ = await commune.person(Role.VOLUNTEER, village), await commune.person(Role.POLICE, station)
    await commune.visit(lan, village, "1", "no_vneid2", day=date(2026, 6, 3))
    await commune.wakes(on(3, "17:00"))
    assert await lists(commune) == []
