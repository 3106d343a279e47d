"""What lies outside one's unit answers exactly like what is not there: by word, by line, by button."""

import pytest
from sqlmodel import col, select

from rules.plan import Plan
from rules.refusals import NotAllowed
from rules.roles import WORDS, Role, may
from storage.tables import House, Visit
from tests.conversations.office import Office, People
from tests.conversations.phone import Phone
from texts import refusals


@pytest.fixture
async def thu(people: People) -> Phone:
    """A volunteer of Tổ dân phố 7, with one house waiting for VNeID and one not at home."""
    thu = await people.joined("Thu", Role.VOLUNTEER, "Tổ dân phố 7")
    await thu.says("nhà bà Bảy chưa có VNeID mức 2, chị Ngà 0912345678", "nhà 77 vắng nhà")
    assert len(thu.reads()) == 2
    return thu


async def theirs(office: Office) -> tuple[list[int], list[int]]:
    """The ids of Thu's visits and houses."""
    async with office.database.reading() as session:
        visits = (await session.exec(select(Visit.id).order_by(col(Visit.id)).limit(2))).all()
        houses = (await session.exec(select(House.id).order_by(col(House.id)).limit(2))).all()
    return [visit or 0 for visit in visits], [house or 0 for house in houses]


async def untouched(office: Office) -> bool:
    async with office.database.reading() as session:
        found = (await session.exec(select(Visit).order_by(col(Visit.id)).limit(2))).all()
    return [(visit.outcome, visit.undone_at) for visit in found] == [("no_vneid2", None), ("nobody_home", None)]


SECRETS = ("Bảy", "Ngà", "0912345678", "nhà 77", "Nhà 77")


@pytest.mark.parametrize("role", list(Role))
async def test_no_word_of_one_unit_tells_of_another(people: People, office: Office, thu: Phone, role: Role) -> None:
    """Every role in Tổ dân phố 3, every word and button, with Tổ dân phố 7's names and ids."""
    phone = await people.joined("Hạnh", role, "Tổ dân phố 3")
    visits, houses = await theirs(office)
    for word in (*WORDS[role], "menu", "trợ giúp", "dữ liệu"):
        await phone.says(word)
        await phone.says("huỷ")
        await phone.says(f"{word} Tổ dân phố 7")
        await phone.says("huỷ")
    for kind, numbers in (("s", visits), ("ht", visits), ("ch", houses)):
        for number in numbers if phone.messenger == "telegram" else ():
            await phone.presses(f"{kind}|{number}")
    told = "\n".join(phone.reads())
    assert not [secret for secret in SECRETS if secret in told]
    assert await untouched(office)
    assert thu.reads() == []


@pytest.mark.telegram_only(reason="buttons pressed that are not on the screen")
async def test_the_head_of_another_unit_hears_not_found_as_for_what_is_not_there(
    minh: Phone, thu: Phone, office: Office
) -> None:
    visits, houses = await theirs(office)
    await minh.says("nhà 12 tổ 7 đã cài", "nhà 12 tổ 99 đã cài", "ghi 12 tổ dân phố 7 vắng nhà")
    minh.hears(
        *[
            f"Mình không tìm thấy “{name}” trong phần việc của bạn nên chưa ghi gì (dòng này mình vẫn giữ). "
            "Phần việc của bạn là Tổ dân phố 3: gõ không cần tên đơn vị cũng được."
            for name in ("tổ 7", "tổ 99", "tổ dân phố 7")
        ]
    )
    await minh.says("chưa hiểu")
    minh.hears_part("3 dòng mình chưa hiểu", "nhà 12 tổ 7 đã cài", "nhà 12 tổ 99 đã cài", "12 tổ dân phố 7 vắng nhà")
    for kind, foreign in (("s", visits[0]), ("ch", houses[0]), ("ht", visits[0])):
        await minh.presses(f"{kind}|{foreign}")
        await minh.presses(f"{kind}|{10**9}")
        first, second = minh.reads()
        assert first == second
        assert first in (refusals.NOT_FOUND, refusals.NOTHING_TO_UNDO)
    assert await untouched(office)
    assert thu.reads() == []


async def test_a_foreign_unit_leaves_the_question_open(minh: Phone, thu: Phone) -> None:
    await minh.says("ghi", "nhà 12 tổ 7 đã cài")
    assert minh.reads()[1] == refusals.unknown_unit("tổ 7", ["Tổ dân phố 3"], kept=True)
    await minh.says("12")
    await minh.taps("Từ chối")
    assert minh.reads()[1] == "✅ Đã ghi nhà 12, Tổ dân phố 3: từ chối."
    assert thu.reads() == []


async def test_the_same_number_in_two_units_is_two_houses(lan: Phone, thu: Phone, office: Office) -> None:
    await lan.says("nhà 77 đã cài")
    lan.hears_part("Đã ghi nhà 77, Tổ dân phố 3")
    assert await untouched(office)
    await thu.says("còn")
    thu.hears_part("Nhà bà Bảy – chưa có VNeID", "Nhà 77 – vắng nhà")
    await lan.says("còn")
    lan.hears("Tổ dân phố 3: các nhà đã ghi đều xong cả rồi. 🎉")


@pytest.mark.telegram_only(reason="buttons pressed that are not on the screen")
async def test_a_colleague_of_ones_unit_sees_the_house_but_not_the_visit(
    people: People, thu: Phone, office: Office
) -> None:
    tam = await people.joined("Tâm", Role.VOLUNTEER, "Tổ dân phố 7")
    visits, houses = await theirs(office)
    await tam.presses(f"s|{visits[1]}")
    tam.hears(refusals.NOT_FOUND)
    await tam.presses(f"ht|{visits[1]}")
    tam.hears(refusals.NOTHING_TO_UNDO)
    await tam.presses(f"ch|{houses[1]}")
    tam.hears("Nhà 77: kết quả thế nào?")
    assert await untouched(office)
    assert thu.reads() == []


@pytest.mark.telegram_only(reason="buttons pressed that are not on the screen")
async def test_buttons_are_weighed_again_by_role(people: People, thu: Phone, office: Office, plan: Plan) -> None:
    """A button of a word the role does not have answers like the word itself, wherever it was got from."""
    visits, houses = await theirs(office)
    for role in (Role.OFFICER, Role.LEADER, Role.POLICE, Role.OPERATOR):
        phone = await people.joined("Hạnh", role, "phường Việt Hoà")
        for word, button in (("ghi", f"ch|{houses[0]}"), ("sửa", f"s|{visits[0]}"), ("hoàn tác", f"ht|{visits[0]}")):
            await phone.presses(button)
            if word == "sửa" and role is Role.OFFICER:  # of one's own scope, and the head sees who did
                assert phone.reads()[0].endswith("Sửa gì?")
                continue
            if may(role, word):
                assert phone.reads()[0] in (refusals.NOT_FOUND, refusals.NOTHING_TO_UNDO)
                continue
            phone.hears(refusals.sentence(NotAllowed(word), plan))
    assert await untouched(office)
    assert thu.reads() == []


async def test_a_units_name_behind_the_word_shows_that_unit(people: People, office: Office, thu: Phone) -> None:
    """Within one's part; outside of it the answer is that of a name that nobody has."""
    hoa = await people.joined("Hoa", Role.OFFICER, office.plan.place.name)
    await hoa.says("tiến độ tổ dân phố 7")
    hoa.hears_part("Tổ dân phố 7, đến ngày 10/06", "1 vắng nhà")
    await hoa.says("xem tổ 7")
    hoa.hears_part("Tổ dân phố 7", "77")
    minh = await people.joined("Minh", Role.HEAD, "Tổ dân phố 3")
    await minh.says("vướng")
    minh.reads()
    await minh.says("tiến độ tổ 3")  # no answer to the question at hand
    minh.hears_part("Tổ dân phố 3, đến ngày 10/06")
    await minh.says("huỷ")
    minh.reads()
    for word in ("tiến độ", "xem"):
        await minh.says(f"{word} tổ dân phố 3", f"{word} tổ dân phố 7", f"{word} tổ dân phố 99")
        own, foreign, nowhere = minh.reads()
        assert "Tổ dân phố 3" in own
        assert foreign.replace("7", "99") == nowhere
        assert "77" not in foreign
