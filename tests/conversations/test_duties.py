"""Duties that are no households: one line, its echo, taken back, and against the weekly least in tiến độ."""

import pytest

from rules.duty_line import read
from rules.plan import Plan
from rules.plan_parts import Duty
from rules.roles import Role
from tests.conversations.office import Office, People

RADIO = Duty(
    slug="phat-thanh", who=("village",), what="phát thanh", word="phát thanh", counts="items", least=2, every="week"
)
STAFF = Duty(slug="can-bo", who=("village",), what="báo số cán bộ", word="cán bộ", counts="staff")
GUESTS = Duty(slug="khach", who=("village",), what="hướng dẫn khách", word="khách", counts="visitors")
DUTIES = (RADIO, STAFF, GUESTS)


@pytest.fixture(scope="session")
def plan(plan: Plan) -> Plan:
    return plan.model_copy(update={"duties": DUTIES})


@pytest.mark.parametrize(
    ("text", "slug", "done", "total", "reasons"),
    [
        ("phát thanh 2", "phat-thanh", 2, None, {}),
        ("Phat thanh: 2 số", "phat-thanh", 2, None, {}),
        ("khách 45/50", "khach", 45, 50, {}),
        ("cán bộ 18/20, 1 nghỉ thai sản, 1 đi học", "can-bo", 18, 20, {"nghỉ thai sản": 1, "đi học": 1}),
        ("can bo 18 tren 20", "can-bo", 18, 20, {}),
    ],
)
def test_one_line_is_read(text: str, slug: str, done: int, total: int | None, reasons: dict[str, int]) -> None:
    line = read(text, DUTIES)
    assert line is not None
    assert (line.duty.slug, line.done, line.total, line.reasons) == (slug, done, total, reasons)
    assert line.adds_up


@pytest.mark.parametrize("text", ["nhà 12 đã cài", "khách", "cán bộ xã đến nhà 3", "phát thanh hay quá"])
def test_other_lines_are_left_alone(text: str) -> None:
    assert read(text, DUTIES) is None


async def test_a_head_reports_and_takes_back(people: People, office: Office) -> None:
    minh = await people.joined("Minh", Role.HEAD)
    await minh.says("phát thanh 1")
    minh.hears_part("✅ Đã ghi Tổ dân phố 3: phát thanh 1. Tuần này 1/2 số.")
    await minh.says("cán bộ 18/20, 1 nghỉ thai sản")
    minh.hears_part("cán bộ 18/20, còn 2 (1 nghỉ thai sản).")
    await minh.says("tiến độ")
    minh.hears_part("• phát thanh: tuần này 1/2 số", "• cán bộ: 18/20")
    await minh.says("phát thanh 3")
    minh.hears_part("Tuần này 4/2 số")
    await minh.taps("Gỡ số này")
    minh.hears_part("Đã gỡ")
    await minh.says("hoàn tác", "hoàn tác")
    minh.hears("Đã gỡ số vừa báo: cán bộ 18/20.", "Đã gỡ số vừa báo: phát thanh 1.")
    office.clock.passes(days=7)
    await minh.says("phát thanh 1")
    minh.hears_part("Tuần này 1/2 số")
    await minh.says("cán bộ 19/20, 5 ốm")
    minh.hears_part("Mình chưa ghi")
