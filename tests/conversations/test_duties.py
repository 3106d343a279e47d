"""Duties that are no households: one line, its echo, taken back, and against the weekly least in tiến độ."""

import pytest
from sqlmodel import select

from rules.duty_line import read
from rules.plan import Plan
from rules.plan_parts import Duty
from rules.roles import Role
from storage.tables import Reported
from tests.conversations.office import Office, People
from tests.conversations.phone import Phone
from texts import duties as texts

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
        ("cán bộ 8/12: 2 không có điện thoại, 2 ốm", "can-bo", 8, 12, {"không có điện thoại": 2, "ốm": 2}),
        ("cán bộ 8/12 (1 đ/c ốm, 3 người đi học)", "can-bo", 8, 12, {"ốm": 1, "đi học": 3}),
        ("cán bộ 8/12 vì 2 ốm và 2 đi học", "can-bo", 8, 12, {"ốm": 2, "đi học": 2}),
        ("phát thanh : 2 số", "phat-thanh", 2, None, {}),
    ],
)
def test_one_line_is_read(text: str, slug: str, done: int, total: int | None, reasons: dict[str, int]) -> None:
    line = read(text, DUTIES)
    assert line is not None
    assert (line.duty.slug, line.done, line.total, line.reasons) == (slug, done, total, reasons)
    assert line.adds_up


@pytest.mark.parametrize(
    ("text", "slug", "done", "total", "reasons"),
    [
        ("đã phát 2 số tuần này", "phat-thanh", 2, None, {}),
        ("da phat duoc hai ban tin roi a", "phat-thanh", 2, None, {}),
        ("Tuần này thôn phát thanh 2 số", "phat-thanh", 2, None, {}),
        ("hôm nay đọc loa 3 lần", "phat-thanh", 3, None, {}),
        ("2 số phát thanh", "phat-thanh", 2, None, {}),
        ("đã hướng dẫn 45/50 khách hôm nay", "khach", 45, 50, {}),
        ("45 lượt khách", "khach", 45, None, {}),
        ("18/20 cán bộ đã cài, 1 nghỉ thai sản", "can-bo", 18, 20, {"nghỉ thai sản": 1}),
        ("đã cài cho 18/20 cán bộ", "can-bo", 18, 20, {}),
    ],
)
def test_a_sentence_is_read(text: str, slug: str, done: int, total: int | None, reasons: dict[str, int]) -> None:
    line = read(text, DUTIES)
    assert line is not None
    assert (line.duty.slug, line.done, line.total, line.reasons) == (slug, done, total, reasons)


@pytest.mark.parametrize(
    "text",
    ["chưa phát 2 số", "mai phát 2 số", "tuần trước phát 2 số", "phát 2 tờ rơi", "đã phát 2 số, 1 bài",
     "đã cài 2 người", "nhà 2 số 5 đã cài", "đã phát 2 số cho nhà 12", "đã hướng dẫn 5 người ở nhà 12", "2 số"],
)  # fmt: skip
def test_a_sentence_about_anything_else_is_left_alone(text: str) -> None:
    assert read(text, DUTIES) is None


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


async def test_a_head_says_it_in_a_sentence(people: People) -> None:
    minh = await people.joined("Minh", Role.HEAD)
    await minh.says("đã phát 1 số tuần này", "18/20 cán bộ đã cài, 1 nghỉ thai sản", "hoàn tác")
    minh.hears(
        "✅ Đã ghi Tổ dân phố 3: phát thanh 1. Tuần này 1/2 số.",
        "✅ Đã ghi Tổ dân phố 3: cán bộ 18/20, còn 2 (1 nghỉ thai sản).",
        "Đã gỡ số vừa báo: cán bộ 18/20.",
    )


async def test_the_word_alone_says_how_it_is_reported(people: People) -> None:
    minh = await people.joined("Minh", Role.HEAD)
    await minh.says("Cán bộ")
    minh.hears(
        "Tổ dân phố 3 báo số cán bộ: bạn gõ “cán bộ 18/20” (số đã xong trên tổng số). Còn ai chưa thì thêm lý do: "
        "“cán bộ 18/20: 1 vắng nhà, 1 đi học”.\nĐang có: cán bộ: chưa báo cáo."
    )
    await minh.says("phat thanh 1", "báo phát thanh")
    assert minh.reads()[1] == ("Tổ dân phố 3 phát thanh: bạn gõ “phát thanh 2”.\nĐang có: phát thanh: tuần này 1/2 số.")
    await minh.says("menu")
    minh.hears_part("Việc phải báo, mỗi việc một dòng: “phát thanh 2”, “cán bộ 18/20”, “khách 45/50”.")
    await minh.says("trợ giúp")
    minh.hears_part("Việc phải báo, mỗi việc một dòng")


async def test_nobody_else_is_told_of_duties(people: People) -> None:
    lan = await people.joined("Lan")
    await lan.says("menu", "cán bộ")
    menu, said = lan.reads()
    assert "Việc phải báo" not in menu
    assert "18/20" not in said


async def test_reasons_the_plan_has_a_code_for_go_by_it(people: People, office: Office) -> None:
    """So that the paper adds them to those found at the doors, whichever way they were worded."""
    minh = await people.joined("Minh", Role.HEAD)
    await minh.says("cán bộ 16/20: 2 khong co smartphone, 1 không có điện thoại thông minh, 1 nghỉ thai sản")
    minh.hears_part("cán bộ 16/20, còn 4 (2 khong co smartphone")
    async with office.database.reading() as session:
        [row] = await session.exec(select(Reported))
    assert row.reasons == {"no_smartphone": 3, "nghỉ thai sản": 1}


def test_a_word_that_ends_in_a_figure_is_set_off_from_the_count() -> None:
    accounts = Duty(slug="m", who=("police",), what="số tài khoản đã cấp", word="mức 2", counts="items")
    assert texts.example(accounts) == "mức 2: 2"
    line = read("mức 2: 12", [accounts])
    assert line is not None
    assert line.done == 12
    assert texts.noted("Công an xã", line, 12).startswith("✅ Đã ghi Công an xã: mức 2: 12.")


async def test_a_list_of_many_letters_is_no_duty(lan: Phone, minh: Phone) -> None:
    for phone, first in ((lan, 100), (minh, 200)):
        await phone.says("\n".join(f"nhà {number} vắng" for number in range(first, first + 40)))
        phone.hears_part("✅ Đã ghi 40 nhà")


async def test_an_office_that_is_not_understood_is_shown_lines_of_its_own(people: People, office: Office) -> None:
    radio = RADIO.model_copy(update={"who": ("agency",)})
    office.adopts(office.plan.model_copy(update={"duties": (radio,)}))
    await people.unit("Trung tâm Truyền thông", kind="agency")
    minh = await people.joined("Minh", Role.HEAD, "Trung tâm Truyền thông")
    await minh.says("hôm qua phát rồi nhé")
    minh.hears_part("vẫn giữ lại. Việc phải báo, mỗi việc một dòng: “phát thanh 2”.")


async def test_a_school_without_houses_hears_of_its_own_people_and_day(people: People, office: Office) -> None:
    staff = STAFF.model_copy(update={"who": ("school",), "indicator": "can-bo"})
    own_day = office.plan.deadlines[0].model_copy(
        update={"slug": "truong", "says": "trước ngày 26/6/2026", "binds": "school", "indicator": "can-bo"}
    )
    deadlines = (*office.plan.deadlines, own_day)
    office.adopts(office.plan.model_copy(update={"duties": (staff,), "deadlines": deadlines}))
    await people.unit("Trường Tiểu học", kind="school", staff=30)
    minh = await people.joined("Minh", Role.HEAD, "Trường Tiểu học")
    await minh.says("tiến độ")
    minh.hears("Trường Tiểu học, đến ngày 10/06\n• cán bộ: chưa báo cáo (tổng 30 người); hạn 25/06")
    await minh.says("cán bộ 20/30, 10 chưa: 6 không có điện thoại thông minh, 4 đi vắng", "tiến độ")
    noted, standing = minh.reads()
    assert "cán bộ 20/30, còn 10 (6 không có điện thoại thông minh, 4 đi vắng)." in noted
    assert standing == (
        "Trường Tiểu học, đến ngày 10/06\n• cán bộ: 20/30 người (66,7%), còn 10 "
        "(6 không có điện thoại thông minh, 4 đi vắng); hạn 25/06"
    )
    office.clock.passes(days=16)
    await minh.says("tiến độ")
    minh.hears_part("; đã quá hạn 25/06")
    await minh.says("cán bộ 30/30", "tiến độ")
    assert minh.reads()[1].endswith("• cán bộ: 30/30 người (100%), còn 0")


async def test_an_officer_sees_what_agencies_told_beside_the_villages(people: People, office: Office) -> None:
    office.adopts(office.plan.model_copy(update={"duties": (STAFF.model_copy(update={"who": ("school",)}),)}))
    hoa = await people.joined("Hoa", Role.OFFICER, office.plan.place.name)
    await people.unit("Tổ dân phố 3", households=40)
    await people.unit("Trường Tiểu học", kind="school", staff=30)
    await people.unit("Phòng Kinh tế", kind="agency", staff=5)
    await hoa.says("tiến độ")
    hoa.hears_part("Cơ quan, đơn vị: 2 nơi chưa báo cáo số cán bộ.")
    minh = await people.joined("Minh", Role.HEAD, "Trường Tiểu học")
    await minh.says("cán bộ 20/30")
    minh.hears_part("✅ Đã ghi Trường Tiểu học: cán bộ 20/30")
    await hoa.says("tiến độ")
    hoa.hears_part("Cơ quan, đơn vị: 20/35 người (57,1%), còn 15; chưa báo cáo: Phòng Kinh tế.")


async def test_visitors_are_a_share_of_those_who_came(people: People) -> None:
    """Each word has a total of its own: they add up, and one without a total leaves no share."""
    minh = await people.joined("Minh", Role.HEAD)
    await minh.says("khách 10/20")
    minh.hears_part("Đến nay 10/20 người (50%), còn 10.")
    await minh.says("khách 30 người, 28 đã cài", "tiến độ")
    noted, standing = minh.reads()
    assert "Đến nay 38/50 người (76%), còn 12." in noted
    assert "• khách: đến nay 38/50 người (76%), còn 12" in standing
    await minh.says("khách 2")
    minh.hears_part("Đến nay 40 người.")
    await minh.says("khách 50/20")
    minh.hears("Mình chưa ghi: 50 đã xong mà tổng số chỉ có 20. Bạn gõ lại giúp mình, ví dụ: khách 45/50.")


async def test_police_of_the_commune_report_for_the_one_police_unit(people: People, office: Office) -> None:
    staff = STAFF.model_copy(update={"who": ("police",)})
    office.adopts(office.plan.model_copy(update={"duties": (staff,)}))
    commune = office.plan.place.name
    ba = await people.joined("Ba", Role.POLICE, commune)
    await ba.says("cán bộ 4/15")
    ba.hears_part(f"✅ Đã ghi {commune}: cán bộ 4/15")
    await people.unit("Công an phường", kind="police", staff=15)
    await ba.says("cán bộ 5/15")
    ba.hears_part("✅ Đã ghi Công an phường: cán bộ 5/15, còn 10.")


@pytest.mark.parametrize(
    ("text", "done", "total", "left", "adds_up"),
    [
        ("khách 50 người, 48 đã cài", 48, 50, None, True),
        ("cán bộ tổng 30, đã cài 20, 10 chưa cài", 20, 30, 10, True),
        ("cán bộ 20/30, 5 chưa", 20, 30, 5, False),
        ("cán bộ 20 đã cài", 20, None, None, True),
        ("cán bộ 31/30", 31, 30, None, False),
    ],
)
def test_the_whole_may_come_first(text: str, done: int, total: int | None, left: int | None, adds_up: bool) -> None:
    line = read(text, DUTIES)
    assert line is not None
    assert (line.done, line.total, line.left, line.adds_up) == (done, total, left, adds_up)
    if not adds_up:
        assert str(line.total) in texts.does_not_add_up(line)


async def test_told_how_one_may_send_the_count_alone(people: People, office: Office) -> None:
    minh = await people.joined("Minh", Role.HEAD)
    await minh.says("cán bộ", "20/30: 6 nghỉ thai sản")
    assert "cán bộ 20/30, còn 10 (6 nghỉ thai sản)." in minh.reads()[1]
    await minh.says("phát thanh", "2")
    assert "phát thanh 2. Tuần này 2/2 số." in minh.reads()[1]
    await minh.says("2")  # said once, it is a house again
    assert "phát thanh" not in minh.reads()[0]
    await minh.says("huỷ", "phát thanh", "nhà 12 vắng", "3")
    assert "phát thanh" not in minh.reads()[-1], "something else came between"
    await minh.says("huỷ", "khách")
    minh.reads()
    office.clock.passes(minutes=11)
    await minh.says("45/50")
    assert "khách" not in minh.reads()[0]
