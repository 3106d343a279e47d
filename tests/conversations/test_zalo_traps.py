"""A number on Zalo may be a choice, a house or a count: in every trap it is the one that was asked for, or none."""

import pytest
from sqlmodel import col, select

from storage import outbox
from storage.tables import Person, Visit
from tests.conversations.office import Office
from tests.conversations.zalo_phone import ZaloPhone
from texts import zalo as texts

pytestmark = [
    pytest.mark.parametrize("messenger", ["zalo"], indirect=True),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


async def visits(office: Office) -> list[tuple[str, int]]:
    """Outcome and people of every visit that stands."""
    async with office.database.reading() as session:
        query = select(Visit.outcome, Visit.installs).where(col(Visit.undone_at).is_(None)).order_by(col(Visit.id))
        return [(outcome, installs) for outcome, installs in await session.exec(query)]


@pytest.mark.parametrize("said", ["1", "1.", "１", "số 1", "so 1", "Số １.", "da cai & dang ky", "ĐÃ CÀI & ĐĂNG KÝ"])
async def test_however_the_first_choice_is_named_it_is_made(lan: ZaloPhone, office: Office, said: str):
    await lan.says("14", said, "２")
    assert lan.reads()[2] == "✅ Đã ghi nhà 14, Tổ dân phố 3: đã cài, 2 người."
    assert await visits(office) == [("installed", 2)]


@pytest.mark.parametrize("opening", ["menu", "qr", "còn", "sửa", "tôi", "trợ giúp"])
async def test_the_numbers_of_a_list_that_is_gone_do_nothing(lan: ZaloPhone, office: Office, opening: str):
    await lan.says("nhà 20 vắng", "nhà 22 hẹn mai", "huỷ")
    before = await visits(office)
    for number in range(1, 10):
        await lan.says(opening)
        menu = {one["n"] for one in await _options(office)}
        await lan.says("cảm ơn")
        lan.reads()
        await lan.says(str(number))
        heard = lan.reads()
        assert len(heard) == 1
        if number in menu:
            assert heard[0].startswith(f"Số {number} là của danh sách cũ nên mình chưa ghi gì.")
    assert await visits(office) == before


async def _options(office: Office) -> list[dict]:
    from storage.tables import Chat

    async with office.database.reading() as session:
        chat = (await session.exec(select(Chat).where(Chat.platform == "zalo"))).one()
    return (chat.menu or {}).get("options", [])


async def test_a_number_beyond_the_list_is_explained_once_and_the_list_stands(lan: ZaloPhone, office: Office):
    await lan.says("14")
    lan.reads()
    await lan.says("12")
    lan.hears(texts.no_such_number(12))
    await lan.says("3")
    lan.hears("✅ Đã ghi nhà 14, Tổ dân phố 3: vắng nhà.")
    assert await visits(office) == [("nobody_home", 0)]


@pytest.mark.parametrize("hours", [25, 49, 24 * 30])
async def test_after_a_day_a_question_shows_its_choices_again(lan: ZaloPhone, office: Office, hours: int):
    await lan.says("14")
    lan.reads()
    office.clock.passes(hours=hours)
    await lan.says("3")
    lan.hears(texts.OLD_QUESTION)
    assert await visits(office) == []
    await lan.says("3")
    lan.hears_part("✅ Đã ghi nhà 14, Tổ dân phố 3: vắng nhà")
    assert await visits(office) == [("nobody_home", 0)]


async def test_zero_leads_to_the_menu_but_is_no_count(lan: ZaloPhone, office: Office):
    await lan.says("14", "0")
    assert "Bạn là tình nguyện viên." in lan.reads()[1]
    await lan.says("nhà 14", "1", "0")
    assert lan.reads()[2].startswith("Mình chưa hiểu. Bạn gõ số người đã cài")
    await lan.says("huỷ", "nhà 16 vắng", "0")
    assert "Bạn là tình nguyện viên." in lan.reads()[2]
    assert await visits(office) == [("nobody_home", 0)]


async def test_what_is_pushed_between_a_question_and_its_answer_changes_nothing(lan: ZaloPhone, office: Office):
    from rules.reply import Choice, Reply

    news = Reply("Có câu trả lời cho bạn:\n1. Đã báo\n2. Đã sửa", ((Choice("Xem", "w|tôi"), Choice("Menu", "w|menu")),))
    for round_, (said, told) in enumerate([("14", "3"), ("16", "5")]):
        await lan.says(said)
        lan.reads()

        async def job(session, key=f"test:{round_}"):
            person = await session.get_one(Person, lan.person_id)
            return await outbox.push(session, person, news, key=key, now=office.clock.now())

        assert await office.database.write(job)
        await office.delivers()
        lan.reads()
        await lan.says(told)
        lan.hears_part(f"✅ Đã ghi nhà {said}, Tổ dân phố 3:")
    assert await visits(office) == [("nobody_home", 0), ("refused", 0)]
    await lan.says("xem")
    assert len(lan.reads()) == 1


async def test_a_count_is_a_count_though_a_menu_was_shown_before(lan: ZaloPhone, office: Office):
    await lan.says("menu", "nhà 14", "1", "7")
    assert lan.reads()[3] == "✅ Đã ghi nhà 14, Tổ dân phố 3: đã cài, 7 người."
    assert await visits(office) == [("installed", 7)]
