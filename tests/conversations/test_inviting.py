"""mời: a head's code at once, an officer's by role and unit, and what opens with it."""

import pytest
from sqlmodel import select

from rules.codes import read_code
from rules.plan import Plan
from rules.refusals import NotAllowed
from rules.roles import Role
from storage import bots, invitations
from storage.tables import Audit, Invitation, ServingBot, Unit
from tests.conversations.office import Office, People, StandingClock
from tests.conversations.phone import Phone
from texts import inviting as texts
from texts import refusals


def code_in(said: str) -> str:
    """The line that is a code and nothing else."""
    codes = [line for line in said.splitlines() if len(line) == 10 and read_code(line) == line]
    assert len(codes) == 1, said
    return codes[0]


async def opened(office: Office, code: str) -> tuple[Invitation, str]:
    """What a code opens, and into which unit. Raises BadCode."""
    async with office.database.reading() as session:
        invitation = await invitations.opened_by(session, code, office.clock.now())
        return invitation, (await session.get_one(Unit, invitation.unit_id)).name


async def is_called(office: Office, username: str) -> None:
    here = {"key": office.lines["telegram"].bot_key, "platform": "telegram", "campaigns": office.plan.slug}
    await office.database.write(lambda session: bots.keep(session, [ServingBot(**here, name=username)]))


async def test_minh_gets_a_code_and_a_link_at_once(minh: Phone, office: Office) -> None:
    await is_called(office, "GoTungNhaBot")
    await minh.says("mời")
    said = minh.hears_part("Mã mời tình nguyện viên, Tổ dân phố 3")
    code = code_in(said)
    assert said == (
        "Mã mời tình nguyện viên, Tổ dân phố 3, phường Việt Hoà:\n"
        f"{code}\n"
        f"https://t.me/GoTungNhaBot?start={code}\n"
        "Mã dùng được một lần, cho một người, trong 72 giờ (đến 09:00 ngày 13/06).\n"
        "Cách chuyển: gửi đường dẫn trên, hoặc đọc mã để người ấy gõ vào bot. Đừng đăng mã lên nhóm đông người nhé."
    )
    invitation, unit = await opened(office, code)
    assert (invitation.role, unit, invitation.quota, invitation.invited_by) == (
        "volunteer",
        "Tổ dân phố 3",
        "",
        minh.person_id,
    )


async def test_without_the_bots_name_there_is_only_the_code(minh: Phone) -> None:
    await minh.taps_word("mời")
    said = minh.hears_part("Cách chuyển: đọc mã để người ấy gõ vào bot.")
    assert "t.me" not in said
    assert code_in(said)


async def test_one_tap_makes_it_a_code_with_the_plans_quota(minh: Phone, office: Office) -> None:
    await minh.says("moi")
    minh.reads()
    await minh.taps("Mã cho đoàn viên (chỉ tiêu 10 hộ)")
    said = minh.hears_part("Mã mời đoàn viên, chỉ tiêu 10 hộ, Tổ dân phố 3")
    assert (await opened(office, code_in(said)))[0].quota == "doan-vien"
    await minh.taps("Thêm mã nữa")
    again = minh.hears_part("Mã mời đoàn viên")
    assert code_in(again) != code_in(said)


@pytest.mark.telegram_only(reason="a double tap; a number typed twice is two answers")
async def test_a_double_tap_is_one_more_code_not_two(minh: Phone, office: Office) -> None:
    await minh.says("mời")
    await minh.taps("Thêm mã nữa", times=2)
    heard = [said for said in minh.reads() if "Mã mời" in said]
    assert len(heard) == 2
    async with office.database.reading() as session:
        made = await session.exec(
            select(Audit).where(Audit.act == "invitation.made", Audit.person_id == minh.person_id)
        )
        assert len(made.all()) == 2


async def test_the_code_opens_to_one_person_for_72_hours(
    minh: Phone, office: Office, people: People, clock: StandingClock
) -> None:
    await minh.says("mời")
    code = code_in(minh.reads()[0])
    clock.passes(hours=71, minutes=59)
    khach = people.stranger("Tuấn")
    await khach.says(code)
    khach.hears_part("Bạn sắp vào: Tổ dân phố 3", "tình nguyện viên")
    await khach.taps("Đồng ý")
    khach.hears_part("Chào Tuấn!")
    late = people.stranger("Thu")
    await late.says(code)
    late.hears(refusals.BAD_CODE)


async def test_an_officer_names_role_and_unit(hoa: Phone, people: People, office: Office) -> None:
    for name in ("Tổ dân phố 10", "Tổ dân phố 2"):
        await people.unit(name)
    await hoa.says("mời")
    hoa.hears("Bạn mời ai? Chạm một vai trò:")
    assert hoa.labels == ["Tình nguyện viên", "Trưởng đơn vị", "Huỷ"]
    await hoa.taps("Trưởng đơn vị")
    hoa.hears("Mời trưởng đơn vị vào đơn vị nào? Chạm một đơn vị, hoặc gõ tên.")
    assert hoa.labels == ["Tổ dân phố 2", "Tổ dân phố 10", "Huỷ"]
    await hoa.taps("Tổ dân phố 10")
    said = hoa.hears_part("Mã mời trưởng đơn vị, Tổ dân phố 10, phường Việt Hoà")
    invitation, unit = await opened(office, code_in(said))
    assert (invitation.role, unit) == ("head", "Tổ dân phố 10")
    assert hoa.labels == ["Thêm mã nữa"]


BARE = pytest.param("10", marks=pytest.mark.telegram_only(reason="a bare number chooses from the list there"))


@pytest.mark.parametrize("said", ["Tổ dân phố 10", "to dan pho 10", BARE, "tổ 10"])
async def test_role_and_unit_may_be_typed(hoa: Phone, people: People, office: Office, said: str) -> None:
    for name in ("Tổ dân phố 10", "Tổ dân phố 1"):
        await people.unit(name)
    await hoa.says("mời", "tình nguyện viên", said)
    heard = hoa.reads()
    assert (await opened(office, code_in(heard[2])))[1] == "Tổ dân phố 10"


async def test_a_name_that_fits_several_units_asks_which(hoa: Phone, people: People) -> None:
    for name in ("Trường THCS Việt Hoà", "Trường Tiểu học Việt Hoà", "Tổ dân phố 1"):
        await people.unit(name, kind="school")
    await hoa.says("mời", "trưởng", "trường việt hoà")
    hoa.reads()
    assert hoa.labels == ["Trường THCS Việt Hoà", "Trường Tiểu học Việt Hoà", "Huỷ"]
    await hoa.says("trường mầm non")
    hoa.hears(refusals.NOT_FOUND)
    await hoa.says("x" * 81)
    hoa.hears_part("80", "81")
    await hoa.taps("Trường THCS Việt Hoà")
    hoa.hears_part("Mã mời trưởng đơn vị, Trường THCS Việt Hoà")


@pytest.mark.telegram_only(reason="a button stays where it was shown; an old number is explained (see tests.zalo)")
async def test_nine_units_are_two_pages(hoa: Phone, people: People) -> None:
    for number in range(1, 10):
        await people.unit(f"Tổ dân phố {number}")
    await hoa.says("mời")
    await hoa.taps("Tình nguyện viên")
    hoa.reads()
    assert hoa.labels == [*(f"Tổ dân phố {number}" for number in range(1, 9)), "Trang sau ›", "Huỷ"]
    await hoa.taps("Trang sau ›")
    hoa.hears("Mời tình nguyện viên vào đơn vị nào? (trang 2/2) Chạm một đơn vị, hoặc gõ tên.")
    assert hoa.labels == ["Tổ dân phố 9", "‹ Trang trước", "Huỷ"]
    await hoa.taps_old("Tổ dân phố 8")
    assert "Mã mời" not in hoa.reads()[0]
    await hoa.taps("Tổ dân phố 9")
    hoa.hears_part("Mã mời tình nguyện viên, Tổ dân phố 9")


async def test_an_operator_invites_the_office(people: People, office: Office) -> None:
    an = await people.joined("An", Role.OPERATOR, "phường Việt Hoà")
    await people.unit("Công an phường", kind="police")
    await an.says("mời")
    an.reads()
    assert an.labels == ["Cán bộ phụ trách", "Lãnh đạo", "Công an", "Huỷ"]
    await an.taps("Cán bộ phụ trách")
    an.reads()
    assert an.labels == ["phường Việt Hoà", "Công an phường", "Huỷ"]
    await an.taps("phường Việt Hoà")
    said = an.hears_part("Mã mời cán bộ phụ trách, phường Việt Hoà:")
    assert (await opened(office, code_in(said)))[0].role == "officer"


async def test_with_no_units_yet_the_officer_hears_why(people: People) -> None:
    hoa = await people.joined("Hoa", Role.OFFICER, "phường Việt Hoà")
    await hoa.says("mời", "tình nguyện viên")
    assert hoa.reads()[1] == texts.NO_UNITS


@pytest.mark.telegram_only(reason="buttons pressed that are not on the screen")
async def test_nobody_invites_beyond_their_role_or_unit(minh: Phone, lan: Phone, people: People, plan: Plan) -> None:
    elsewhere = await people.unit("Tổ dân phố 9")
    no = refusals.sentence(NotAllowed("mời"), plan)
    await lan.says("mời")
    lan.hears(no)
    await minh.says("mời")
    minh.reads()
    card = minh.screen[-1].buttons[0][0]["callback_data"].rpartition("|")[2]
    await minh.presses(f"mu|volunteer.{elsewhere.id}~|{card}")
    minh.hears(refusals.NOT_FOUND)
    await minh.presses(f"mu|officer.{elsewhere.id}~|{card}")
    minh.hears(no)
    await minh.presses(f"mu|volunteer.{'9' * 30}|{card}")
    minh.hears(refusals.NOT_FOUND)


@pytest.mark.telegram_only(reason="forwarding is known on Telegram only")
async def test_what_is_no_name_leaves_the_question_open(hoa: Phone, people: People) -> None:
    await people.unit("Tổ dân phố 4")
    await hoa.says("mời", "ông tổ trưởng nào đó")
    assert hoa.reads()[1] == texts.WHICH_ROLE
    await hoa.taps("Tình nguyện viên")
    await hoa.sends("sticker")
    await hoa.says("...")
    await hoa.forwards("Tổ dân phố 4")
    heard = hoa.reads()
    assert len(heard) == 4
    assert heard[2] == refusals.NOT_FOUND
    await hoa.says("Tổ dân phố 4")
    hoa.hears_part("Mã mời tình nguyện viên, Tổ dân phố 4")


async def test_another_word_leaves_the_question(hoa: Phone, people: People) -> None:
    await people.unit("Tổ dân phố 4")
    await hoa.says("mời", "tình nguyện viên", "tiến độ")
    assert hoa.reads()[2].startswith("Tổ dân phố 4, đến ngày 10/06")
    await hoa.says("mời")
    await hoa.taps("Huỷ")
    assert len(hoa.reads()) == 2
    await hoa.says("tình nguyện viên")
    assert "Mã mời" not in hoa.reads()[0]
