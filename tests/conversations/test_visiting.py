"""ghi: a house in four taps, in one line, and whatever else people do at that moment."""

from datetime import date

import pytest
from sqlmodel import col, select

from campaigns import EXAMPLE
from rules import plan as plans
from rules.plan import Plan
from rules.refusals import NotUnderstood, OutsideTime, TooLong
from rules.roles import Role
from storage.tables import House, Visit
from tests.conversations.office import Office, People, StandingClock
from tests.conversations.phone import Phone
from texts import elsewhere, menu, refusals
from texts import visiting as texts

TODAY = date(2026, 6, 10)
OUTCOMES = [
    "Đã cài & đăng ký",
    "Có từ trước",
    "Vắng nhà",
    "Hẹn quay lại",
    "Từ chối",
    "Không có smartphone",
    "Chưa có VNeID mức 2",
    "Chưa cài, lý do khác",
]


async def visits(office: Office) -> list[Visit]:
    """Every visit that stands, in the order they were said."""
    async with office.database.reading() as session:
        return list(await session.exec(select(Visit).where(col(Visit.undone_at).is_(None)).order_by(col(Visit.id))))


async def house(office: Office, label: str) -> House:
    async with office.database.reading() as session:
        return next(house for house in await session.exec(select(House)) if house.label == label)


def no(field: str) -> str:
    return refusals.sentence(NotUnderstood(field), plans.load(EXAMPLE))


async def test_lan_logs_two_houses_one_after_the_other(lan: Phone, office: Office) -> None:
    await lan.says("ghi")
    lan.hears("Nhà nào? Gõ số nhà hoặc cách gọi, ví dụ: 12 · ngõ 3 số 8 · nhà ông Tám ngã ba.")
    assert lan.labels == ["Huỷ"]
    await lan.says("12")
    lan.hears("Nhà 12: kết quả thế nào?")
    assert lan.labels == [*OUTCOMES, "Huỷ"]
    await lan.taps("Đã cài & đăng ký")
    lan.hears("Nhà 12: mấy người đã cài? Chạm hoặc gõ một số.")
    assert lan.labels == ["1", "2", "3", "4", "5", "6", "Huỷ"]
    await lan.taps("2")
    lan.hears("✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 2 người.")
    assert lan.labels == ["Hoàn tác", "Sửa"]
    await lan.says("nhà ông Tám ngã ba")
    lan.hears("Nhà ông Tám ngã ba: kết quả thế nào?")
    await lan.taps("Vắng nhà")
    lan.hears("✅ Đã ghi nhà ông Tám ngã ba, Tổ dân phố 3: vắng nhà.")
    first, second = await visits(office)
    assert (first.outcome, first.installs, first.day, first.person_id) == ("installed", 2, TODAY, lan.person_id)
    assert (second.outcome, second.installs, second.unit_id) == ("nobody_home", 0, first.unit_id)


async def test_each_outcome_asks_its_own_question_and_no_other(lan: Phone, office: Office) -> None:
    lines = {
        "Có từ trước": "có sẵn từ trước",
        "Vắng nhà": "vắng nhà",
        "Từ chối": "từ chối",
        "Không có smartphone": "không có điện thoại thông minh",
        "Chưa có VNeID mức 2": "chưa có VNeID mức 2",
    }
    for number, (label, said) in enumerate(lines.items(), 1):
        await lan.says(f"{number}")
        await lan.taps(label)
        assert lan.reads()[1] == f"✅ Đã ghi nhà {number}, Tổ dân phố 3: {said}."
    await lan.says("21")
    await lan.taps("Hẹn quay lại")
    assert lan.reads()[1] == "Hẹn ngày nào? Chạm một ngày, hoặc gõ: thứ bảy · 28/6."
    assert lan.labels == ["Ngày mai 11/06", "Thứ bảy 13/06", "Chủ nhật 14/06", "Chưa rõ ngày", "Huỷ"]
    await lan.taps("Thứ bảy 13/06")
    lan.hears("✅ Đã ghi nhà 21, Tổ dân phố 3: hẹn quay lại 13/06.")
    await lan.says("22")
    await lan.taps("Hẹn quay lại")
    await lan.taps("Chưa rõ ngày")
    assert lan.reads()[2] == "✅ Đã ghi nhà 22, Tổ dân phố 3: hẹn quay lại."
    await lan.says("23")
    await lan.taps("Chưa cài, lý do khác")
    assert lan.reads()[1] == "Vì sao? Bạn gõ vài chữ, hoặc chạm “Bỏ qua”."
    await lan.says("máy đầy bộ nhớ")
    lan.hears("✅ Đã ghi nhà 23, Tổ dân phố 3: chưa cài (máy đầy bộ nhớ).")
    await lan.says("24")
    await lan.taps("Chưa cài, lý do khác")
    await lan.taps("Bỏ qua")
    assert lan.reads()[2] == "✅ Đã ghi nhà 24, Tổ dân phố 3: chưa cài."
    assert [visit.come_back_on for visit in await visits(office) if visit.outcome == "come_back"] == [
        date(2026, 6, 13),
        None,
    ]


async def test_everything_may_be_typed_instead_of_tapped(lan: Phone) -> None:
    typed = {
        ("31", "đã cài", "hai người"): "đã cài, 2 người",
        ("32", "Da cai & dang ky", "５"): "đã cài, 5 người",
        ("33", "cài rồi", "3 máy"): "đã cài, 3 người",
        ("34", "đã cài 2 người"): "đã cài, 2 người",
        ("35", "khoá cửa"): "vắng nhà",
        ("36", "HẸN QUAY LẠI", "thứ bảy"): "hẹn quay lại 13/06",
        ("37", "hẹn 28/6"): "hẹn quay lại 28/06",
        ("38", "chưa cài", "máy đầy"): "chưa cài (máy đầy)",
        ("39", "chưa cài vì máy đầy"): "chưa cài (máy đầy)",
        ("40", "hẹn quay lại", "mai"): "hẹn quay lại 11/06",
    }
    for said, told in typed.items():
        await lan.says("ghi", *said)
        assert lan.reads()[-1] == f"✅ Đã ghi nhà {said[0]}, Tổ dân phố 3: {told}.", said


async def test_one_line_says_it_all(lan: Phone, office: Office) -> None:
    lines = {
        "nhà 12 đã cài": "nhà 12, Tổ dân phố 3: đã cài, 1 người.",
        "nha 13 da cai": "nhà 13, Tổ dân phố 3: đã cài, 1 người.",
        "nhà 14 đã cài hai người": "nhà 14, Tổ dân phố 3: đã cài, 2 người.",
        "ghi 15 vắng nhà": "nhà 15, Tổ dân phố 3: vắng nhà.",
        "/ghi nhà 16 từ chối": "nhà 16, Tổ dân phố 3: từ chối.",
        "nhà 17 hẹn thứ bảy": "nhà 17, Tổ dân phố 3: hẹn quay lại 13/06.",
        "nhà 18 tổ 3 đã cài": "nhà 18, Tổ dân phố 3: đã cài, 1 người.",
        "nhà ông Tám ngã ba đã cài": "nhà ông Tám ngã ba, Tổ dân phố 3: đã cài, 1 người.",
        "nha\u0300 19 đa\u0303 ca\u0300i": "nhà 19, Tổ dân phố 3: đã cài, 1 người.",
        "nhà\u200b 20 \u202eđã cài\u0000": "nhà 20, Tổ dân phố 3: đã cài, 1 người.",
    }
    for line, told in lines.items():
        await lan.says(line)
        assert lan.reads() == [f"✅ Đã ghi {told}"], line
    assert len(await visits(office)) == len(lines)


async def test_a_house_without_a_number_and_what_is_said_before_the_house(lan: Phone) -> None:
    await lan.says("ghi", "đã cài", "12", "3")
    assert lan.reads()[1:] == [
        texts.ASK_HOUSE,
        "Nhà 12: mấy người đã cài? Chạm hoặc gõ một số.",
        "✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 3 người.",
    ]
    await lan.says("ghi", "hôm qua", "ngõ 3 số 8")
    assert lan.reads()[1:] == [texts.ASK_HOUSE, "Nhà ngõ 3 số 8 (hôm qua): kết quả thế nào?"]
    await lan.taps("Vắng nhà")
    lan.hears("✅ Đã ghi nhà ngõ 3 số 8, Tổ dân phố 3: vắng nhà · hôm qua.")


@pytest.mark.parametrize(
    ("opened", "question"),
    [
        (["ghi"], "house"),
        (["ghi", "5"], "outcome"),
        (["ghi", "5", "đã cài"], "installs"),
        (["ghi", "5", "hẹn quay lại"], "come_back"),
        (["ghi", "5", "chưa cài"], "reason"),
        (["nhà 5 chắc là đã cài"], "sure"),
    ],
)
async def test_at_every_question(lan: Phone, office: Office, opened: list[str], question: str) -> None:
    """huỷ leaves it; odd words and things keep it; a whole line about another house is that house's."""
    await lan.says(*opened)
    asked = lan.reads()[-1]
    for odd in ("sticker", "voice", "photo"):
        await lan.sends(odd)
        lan.hears(elsewhere.something_sent(odd, logs=True))
    if question != "reason":
        for words in (".", "-", "?", "👍🏽", "👨‍👩‍👧", "\u200b\u2060"):
            await lan.says(words)
            assert lan.reads() in ([no(question)], [elsewhere.NOT_UNDERSTOOD]), words
    await lan.says("tôi")
    lan.hears_part("Bạn chưa ghi nhà nào")
    await lan.says("huỷ")
    lan.hears(menu.CANCELLED)
    await lan.says("huỷ")
    lan.hears(menu.NOTHING_TO_CANCEL)
    assert await visits(office) == []
    await lan.says(*opened)
    assert lan.reads()[-1] == asked
    await lan.says("nhà 12 đã cài")
    left = "" if question == "house" else "\n(Nhà 5 còn dở, chưa ghi.)"
    lan.hears(f"✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 1 người.{left}")
    assert len(await visits(office)) == 1


async def test_the_whole_line_about_the_same_house_leaves_nothing_unfinished(lan: Phone) -> None:
    for opened in (["ghi", "5"], ["ghi", "5", "đã cài"], ["ghi", "5", "hẹn quay lại"], ["nhà 5 chắc là đã cài"]):
        await lan.says(*opened, "nhà số 5 vắng nhà")
        assert "còn dở" not in lan.reads()[-1], opened
        await lan.says("hoàn tác")
        lan.reads()


async def test_days_are_the_day_it_happened(lan: Phone, office: Office, plan: Plan) -> None:
    await lan.says("nhà 12 hôm qua vắng nhà", "ngày 5/6 nhà 13 vắng")
    lan.hears(
        "✅ Đã ghi nhà 12, Tổ dân phố 3: vắng nhà · hôm qua.", "✅ Đã ghi nhà 13, Tổ dân phố 3: vắng nhà · 05/06."
    )
    assert [visit.day for visit in await visits(office)] == [date(2026, 6, 9), date(2026, 6, 5)]
    await lan.says("ghi", "14")
    lan.reads()
    await lan.says("vắng ngày 18/6", "nhà 15 đã cài 10/5", "ghi 16 vắng ngày 18/6")
    lan.hears(
        "Ngày 18/06/2026 nằm ngoài khoảng ghi được (18/05/2026 – 10/06/2026). Bạn gõ lại ngày nhé.",
        refusals.sentence(OutsideTime(date(2026, 5, 10), plan.time.start, TODAY), plan),
        refusals.sentence(OutsideTime(date(2026, 6, 18), plan.time.start, TODAY), plan),
    )
    await lan.says("khoá cửa hôm qua")
    lan.hears("✅ Đã ghi nhà 14, Tổ dân phố 3: vắng nhà · hôm qua.")


@pytest.mark.telegram_only(reason="updates in Telegram's own shape")
async def test_after_midnight_a_visit_still_counts_on_the_day_it_was_typed(
    lan: Phone, office: Office, clock: StandingClock
) -> None:
    clock.at("2026-06-10 23:59:00")
    await lan.says("chào bot")
    late = lan.last_update | {"update_id": 9_000_001}
    late["message"] |= {"message_id": 900, "text": "nhà 12 đã cài"}
    clock.at("2026-06-11 00:20:00")
    await office.receives(late)
    assert lan.reads()[1].startswith("(Tin bạn gửi lúc 23:59 ngày 10/06)\n✅ Đã ghi nhà 12")
    assert [visit.day for visit in await visits(office)] == [TODAY]


async def test_name_and_phone_are_kept_when_offered_and_nobody_is_asked(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài 2 người, chị Hoa 0912 345 678")
    lan.hears("✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 2 người, có tên và số điện thoại.")
    known = await house(office, "12")
    assert (known.head_name, known.phone) == ("Hoa", "0912345678")
    await lan.says("nhà 12 đã cài 2 người, chị Hoa 0912 345 678")
    lan.hears("Nhà 12 đã ghi “đã cài, 2 người” hôm nay rồi, mình giữ một lượt thôi nhé.")
    assert len(await visits(office)) == 1


async def test_the_same_line_twice_is_one_visit_and_says_so(lan: Phone, office: Office) -> None:
    for line in ("nhà 12 đã cài", "nhà 12 hôm qua vắng nhà", "nhà 12 hôm qua vắng nhà", "Nhà số 12 cài rồi"):
        await lan.says(line)
    heard = lan.reads()
    assert heard[2:] == [
        "Nhà 12 đã ghi “vắng nhà” hôm qua rồi, mình giữ một lượt thôi nhé.",
        "Nhà 12 đã ghi “đã cài, 1 người” hôm nay rồi, mình giữ một lượt thôi nhé.",
    ]
    assert lan.labels == ["Hoàn tác", "Sửa"]
    assert len(await visits(office)) == 2
    assert (await house(office, "12")).outcome == "installed"


async def test_of_two_people_at_one_door_the_later_day_stands(lan: Phone, people: People, office: Office) -> None:
    hanh = await people.joined("Hạnh")
    await lan.says("nhà 12 đã cài 2 người")
    await hanh.says("nha 12 hom qua vang nha")
    assert (await house(office, "12")).outcome == "installed"
    await hanh.says("số 12 từ chối")
    assert (await house(office, "12")).outcome == "refused"
    await lan.says("nhà 12 đã cài 2 người")
    assert len(lan.reads() + hanh.reads()) == 4
    assert [visit.outcome for visit in await visits(office)] == ["installed", "nobody_home", "refused", "installed"]
    async with office.database.reading() as session:
        assert len((await session.exec(select(House))).all()) == 1


@pytest.mark.telegram_only(reason="a double tap; a number typed twice is two answers")
async def test_a_double_tap_is_one_answer(lan: Phone, office: Office) -> None:
    await lan.says("ghi")
    await lan.says("12")
    await lan.taps("Đã cài & đăng ký", times=2)
    await lan.taps("2", times=2)
    assert lan.reads()[2:] == [
        "Nhà 12: mấy người đã cài? Chạm hoặc gõ một số.",
        elsewhere.TAPPED_ALREADY,
        "✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 2 người.",
        elsewhere.TAPPED_ALREADY,
    ]
    assert len(await visits(office)) == 1


@pytest.mark.telegram_only(reason="a button stays where it was shown; an old number is explained (see tests.zalo)")
async def test_an_old_cards_button_never_answers_a_new_question(lan: Phone, office: Office) -> None:
    await lan.says("ghi", "12")
    await lan.says("ghi", "13")
    lan.reads()
    await lan.taps_old("Vắng nhà")
    lan.hears(elsewhere.OLD_BUTTON)
    await lan.taps("Từ chối")
    lan.hears("✅ Đã ghi nhà 13, Tổ dân phố 3: từ chối.")
    await lan.taps_old("Vắng nhà")
    lan.hears(elsewhere.OLD_BUTTON)
    assert [visit.outcome for visit in await visits(office)] == ["refused"]


@pytest.mark.telegram_only(reason="buttons pressed that are not on the screen")
async def test_made_up_buttons_are_turned_away(lan: Phone, office: Office) -> None:
    """Whatever comes back as callback data: an answer, no trace, and the question still open."""
    await lan.says("ghi", "12", "đã cài")
    card = lan.screen[-1].buttons[0][0]["callback_data"].rpartition("|")[2]
    lan.reads()
    made_up = [
        *("", "x" * 64, "|", "||", "🦆", "gi", "gi|", "gi|2|-1", f"gi|2|{'9' * 30}", "w|", "w|xoá hết", "j|yes|1"),
        *(f"gi|{count}|{card}" for count in ("", "-3", "0", "51", "ba", "٣", "\0", "9" * 40)),
        *(
            f"{other}|{card}"
            for other in ("go|nothing", "gd|2026-99-99", "so|installed", "sf|1.outcome", "sf|x.y", "j|yes")
        ),
        *(
            f"{kind}|{number}"
            for kind in ("s", "ht", "ch")
            for number in ("", "-1", "٣", "0", "9" * 18, "9" * 40, "1' OR 1=1")
        ),
        *("cp|-5", "tp|-1", "vt|1", "q|nokia"),
    ]
    for data in made_up:
        await lan.presses(data)
        assert len(lan.reads()) == 1, data
    await lan.says("2")
    lan.hears("✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 2 người.")
    assert len(await visits(office)) == 1


async def test_numbers_that_are_no_count_are_asked_again(lan: Phone, office: Office) -> None:
    await lan.says("ghi", "12", "đã cài")
    lan.reads()
    for count in ("0", "-1", "51", "999999999", "5.5", "1e5", "0x10", "vài", "mấy người", "cả nhà"):
        await lan.says(count)
        assert lan.reads() == [no("installs")], count
    await lan.says("mười lăm người")
    lan.hears("✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 15 người.")
    await lan.says("13", "hẹn quay lại")
    lan.reads()
    for day in ("31/02", "2026-13-01", "năm 2062", "28/6/2062", "hôm qua", "9/6/2026"):
        await lan.says(day)
        assert lan.reads() == [no("come_back")], day
    await lan.says("hôm nay")
    assert lan.reads()


async def test_long_and_hostile_words_are_answered_and_kept_from_the_record(
    lan: Phone, office: Office, plan: Plan
) -> None:
    await lan.says("ghi")
    lan.reads()
    for said in ("a" * 81, "nhà " + "ngõ " * 30, "Ơ" * 4096):
        await lan.says(said)
        assert lan.reads() == [refusals.sentence(TooLong(80, len(said.strip())), plan)], said[:10]
    await lan.says("\ud800\udfff\ud83d")
    lan.hears(no("house"))
    await lan.says("a" * 80)
    lan.hears(f"Nhà {'a' * 80}: kết quả thế nào?")
    await lan.says("từ chối")
    lan.hears_part("từ chối")
    hostile = [
        "' OR 1=1;--",
        "<b>x</b>",
        "{{7*7}}",
        '=HYPERLINK("http://x","y")',
        "%s%n",
        "${jndi:ldap://x}",
        "a\n[ERROR] x",
    ]
    for said in hostile:
        await lan.says("ghi", said, "vắng nhà")
        assert lan.reads()[-1].endswith("vắng nhà."), said
    await lan.says("ghi", "12", "chưa cài", "x" * 501)
    assert lan.reads()[-1] == refusals.sentence(TooLong(500, 501), plan)
    await lan.says("x" * 500)
    lan.hears_part("x" * 500)


async def test_what_must_not_be_kept_is_turned_away_in_any_step(lan: Phone, office: Office) -> None:
    await lan.says("ghi", "12")
    lan.reads()
    for said in ("cccd 030099001234", "mã OTP 482913", "9704366812345678"):
        await lan.says(said)
        lan.hears_part("Mình đã bỏ qua tin này")
    await lan.taps("Vắng nhà")
    lan.hears_part("Đã ghi nhà 12")


async def test_an_unsure_line_is_asked_once(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 chắc là đã cài 2 người hôm qua")
    lan.hears("Mình hiểu là nhà 12: đã cài, 2 người · hôm qua. Đúng không bạn?")
    await lan.taps("Đúng, lưu")
    lan.hears("✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 2 người · hôm qua.")
    await lan.says("nhà 13 hình như hẹn thứ bảy")
    await lan.says("không")
    assert lan.reads()[1] == "Nhà 13: kết quả thế nào?"
    await lan.says("hẹn quay lại")
    lan.hears(texts.ASK_COME_BACK)
    await lan.says("chủ nhật")
    lan.hears("✅ Đã ghi nhà 13, Tổ dân phố 3: hẹn quay lại 14/06.")
    await lan.says("nhà 14 chắc là vắng nhà", "dạ đúng rồi ạ", "đúng")
    assert lan.reads()[-1] == "✅ Đã ghi nhà 14, Tổ dân phố 3: vắng nhà."


async def test_talk_after_a_house_is_talk(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 đã cài")
    lan.reads()
    await lan.says("cảm ơn", "ok", "mai họp mấy giờ ạ?", "hôm nay mệt quá")
    lan.hears(elsewhere.WELCOME, elsewhere.WELCOME, elsewhere.NOT_UNDERSTOOD, elsewhere.NOT_UNDERSTOOD)
    await lan.says("huỷ")
    lan.hears(menu.NOTHING_TO_CANCEL)
    assert len(await visits(office)) == 1


async def test_a_head_logs_too_and_an_officer_does_not(minh: Phone, hoa: Phone, plan: Plan, office: Office) -> None:
    await minh.says("nhà 12 đã cài")
    minh.hears_part("Đã ghi nhà 12")
    await hoa.says("nhà 13 đã cài", "ghi", "12")
    hoa.hears(*["Việc này không có trong phần của bạn. Gõ “menu” để xem các việc bạn làm được nhé."] * 3)
    assert len(await visits(office)) == 1


async def test_a_line_is_heard_while_a_second_role_is_offered(lan: Phone, people: People, office: Office) -> None:
    minh = await people.joined("Minh", Role.HEAD, "Tổ dân phố 5")
    await minh.says("mời")
    code = next(line for line in minh.reads()[0].splitlines() if len(line) == 10)
    await lan.says(code, "nhà 12 đã cài")
    assert lan.reads()[1] == "✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 1 người."


async def visits_of(office):
    async with office.database.reading() as session:
        return list(await session.exec(select(Visit)))


async def test_an_absent_house_is_no_yes(lan, office):
    await lan.says("nhà 12 hình như cài rồi")
    lan.hears_part("nhà 12")
    await lan.says("vắng")
    lan.hears_part("Đã ghi nhà 12", "vắng")
    (visit,) = await visits_of(office)
    assert visit.outcome == "nobody_home"


async def test_vang_without_its_mark_agrees_where_a_yes_is_awaited(lan, office):
    await lan.says("nhà 12 hình như cài rồi")
    lan.hears_part("nhà 12")
    await lan.says("vang")
    lan.hears_part("Đã ghi nhà 12")
    (visit,) = await visits_of(office)
    assert visit.outcome == "installed"


async def test_an_absent_house_without_its_name_is_not_thanked(lan, office):
    await lan.says("vắng")
    assert lan.reads() != [elsewhere.WELCOME]
    assert await visits_of(office) == []


@pytest.mark.parametrize(("line", "unread"), [("nhà 12 đã cài 31/02", "31/02"), ("nhà 12 đã cài ngày mai", "ngày mai")])
async def test_a_day_that_cannot_be_is_named_before_it_is_passed_over(lan, line, unread):
    await lan.says(line)
    lan.hears(f"Mình hiểu là nhà 12: đã cài, 1 người (“{unread}” thì mình chưa rõ là ngày nào). Đúng không bạn?")


async def test_a_week_is_an_answer_to_the_day_of_an_appointment(lan: Phone, office: Office) -> None:
    await lan.says("ghi", "12", "hẹn quay lại", "tuần sau")
    assert lan.reads()[-1] == "✅ Đã ghi nhà 12, Tổ dân phố 3: hẹn quay lại trong tuần từ 15/06."
    await lan.says("còn")
    lan.hears_part("Nhà 12 – hẹn quay lại trong tuần từ 15/06")
    await lan.says("ghi", "13", "hẹn quay lại", "9h thứ ba tuần sau", "ghi", "14", "hẹn quay lại", "đầu tuần sau")
    assert [told[-6:] for told in lan.reads() if told.startswith("✅")] == ["16/06.", "15/06."]
    office.clock.at("2026-06-15 07:00:00")
    await office.tick()
    lan.hears_part("• nhà 12 (hẹn trong tuần này)", "• nhà 14\n")
