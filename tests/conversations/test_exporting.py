"""xuất: papers as files in chat, for those who may, with a trace of everything."""

import json
import re
from io import BytesIO

import openpyxl
import pytest
from aiohttp.test_utils import make_mocked_request
from docx import Document as Word
from sqlmodel import select

from bot.answers import Answers
from bot.channels.zalo import media
from bot.paper_desk import Made
from rules.roles import Role
from storage import handouts, settings
from storage.tables import Audit, Person
from tests.conversations.line import ADDRESS
from tests.conversations.office import Office, People
from tests.conversations.phone import Phone
from texts import exporting as texts

LINK = re.compile(rf"{ADDRESS}/f/(\S+)")
ROOT = "phường Việt Hoà"
PHONE = "Mozilla/5.0 (Linux; Android 10) Chrome/120 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
async def _address(office: Office) -> None:
    await office.database.write(lambda session: settings.put(session, settings.PUBLIC_URL, ADDRESS))


async def opened(office: Office, link: str, agent: str = PHONE, method: str = "GET"):
    """What a browser gets for a link."""
    request = make_mocked_request(method, f"/f/{link}", headers={"User-Agent": agent}, match_info={"signed": link})
    return await media.serve({}, office.clock, office.documents)(request)


async def file_of(office: Office, phone: Phone) -> Made:
    """The newest file: on Telegram itself, on Zalo what stands behind the link."""
    if phone.messenger == "telegram":
        assert phone.document, phone.screen[-1].text
        return phone.document
    answer = await opened(office, LINK.findall(phone.screen[-1].text)[-1])
    assert answer.status == 200
    name = re.search(r"filename=\"([^\"]+)\"", answer.headers["Content-Disposition"])[1]
    return Made(name, answer.content_type, answer.body, 0)


async def acts(office: Office) -> list[tuple[str, dict]]:
    async with office.database.reading() as session:
        rows = await session.exec(select(Audit).where(Audit.act.like("paper.%")).order_by(Audit.id))
        return [(row.act, row.detail) for row in rows]


async def test_hoa_takes_the_list_of_one_unit_with_a_reason(office: Office, hoa: Phone, lan: Phone) -> None:
    await lan.says("nhà 12 bà Nguyễn Thị Tám 0912345678 đã cài")
    lan.reads()
    await hoa.says("xuất")
    hoa.hears(texts.WHICH_FORM)
    assert hoa.labels == [
        "Danh sách cài đặt (Word)", "Danh sách cài đặt (Excel)", "Báo cáo", "Sổ theo dõi hộ", "Huỷ",
    ]  # fmt: skip
    await hoa.taps("Danh sách cài đặt (Excel)")
    hoa.hears("Danh sách cài đặt của đơn vị nào? Chạm một đơn vị, hoặc gõ tên.")
    assert hoa.labels == ["Cả phường Việt Hoà", "Tổ dân phố 3", "Huỷ"]
    await hoa.taps("Tổ dân phố 3")
    hoa.hears(texts.ask_reason("danh-sach", "Tổ dân phố 3"))
    await hoa.says("12")
    hoa.hears("Mình chưa hiểu. Bạn gõ vài chữ vì sao nhé.") if hoa.messenger == "telegram" else hoa.reads()
    await hoa.says("gửi Sở theo mẫu")
    hoa.hears(
        "Danh sách cài đặt · Tổ dân phố 3, số liệu đến hết 10/06/2026.\nTệp có họ tên, số điện thoại bà con: "
        "chỉ dùng đúng việc, đừng chuyển tiếp. Lượt lấy này đã được ghi lại."
    )
    file = await file_of(office, hoa)
    assert file.name == "danh-sach-to-dan-pho-3-2026-06-10.xlsx"
    book = openpyxl.load_workbook(BytesIO(file.content))
    assert [cell.value for cell in book.active[5]][:3] == [1, "Nguyễn Thị Tám", "0912345678"]
    assert "Hoa (cán bộ phụ trách)" in book.properties.creator
    known = await acts(office)
    last = "paper.handed" if hoa.messenger == "telegram" else "paper.opened"
    assert [act for act, _ in known if act != "paper.made"] == ["paper.ordered", last]
    assert all(detail["reason"] == "gửi Sở theo mẫu" and detail["form"] == "danh-sach" for _, detail in known)


async def test_a_list_says_whom_it_leaves_off(minh: Phone, lan: Phone) -> None:
    """Done houses without a name count, and stand on no list: so nobody wonders why it is short."""
    await lan.says("nhà 40 đã cài", "nhà 41 vắng nhà")
    lan.reads()
    await minh.says("xuất danh sách word")
    minh.hears_part(
        "\n1 nhà đã xong chưa có họ tên nên chưa có trong danh sách; bổ sung bằng một dòng như "
        "“nhà 12 Nguyễn Văn An 0912345678 đã cài”."
    )
    await lan.says("nhà 40 Nguyễn Văn An 0912345677 đã cài")
    lan.reads()
    await minh.says("xuất danh sách word")
    assert "chưa có họ tên" not in minh.hears_part("Danh sách cài đặt · Tổ dân phố 3")


async def test_hoa_takes_the_report_to_the_city(office: Office, hoa: Phone, lan: Phone) -> None:
    await hoa.says("xuất báo cáo")
    hoa.hears("Báo cáo · phường Việt Hoà, số liệu đến hết 10/06/2026.")
    paper = Word(BytesIO((await file_of(office, hoa)).content))
    assert "Kính gửi: Ủy ban nhân dân thành phố Hải Phòng" in [paragraph.text for paragraph in paper.paragraphs]
    hoa.reads()
    await hoa.says("xuất báo cáo tổ 3")
    hoa.hears("Kế hoạch không giao báo cáo của Tổ dân phố 3; nơi phải báo cáo là: Ủy ban nhân dân phường Việt Hoà.")


async def test_one_line_says_it_all(office: Office, hoa: Phone, lan: Phone) -> None:
    """Every way to say it is in tests.conversations.test_paper_line."""
    await hoa.says("xuat danh sach to 3 excel ly do doi chieu")
    assert len(hoa.reads()) == 1
    assert (await file_of(office, hoa)).name == "danh-sach-to-dan-pho-3-2026-06-10.xlsx"


async def test_a_head_gets_the_own_unit_at_once_and_nobody_elses(office: Office, minh: Phone, people: People) -> None:
    await people.unit("Tổ dân phố 5")
    await minh.taps_word("xuất") if minh.messenger == "zalo" else await minh.says("xuất")
    minh.hears(texts.WHICH_FORM)
    await minh.taps("Danh sách cài đặt (Word)")
    minh.hears_part("Danh sách cài đặt · Tổ dân phố 3")
    file = await file_of(office, minh)
    assert "Minh (trưởng đơn vị)" in Word(BytesIO(file.content)).core_properties.author
    assert minh.labels == ["Lấy bản Excel"]
    await minh.taps("Lấy bản Excel")
    minh.hears_part("Danh sách cài đặt · Tổ dân phố 3")
    assert (await file_of(office, minh)).name.endswith(".xlsx")
    for other in ("Tổ dân phố 5", "tổ dân phố 99"):
        await minh.says(f"xuất danh sách {other}")
        minh.hears("Mình không tìm thấy trong phần việc của bạn. Bạn xem lại tên hoặc số giúp mình nhé.")


async def test_who_may_not_gets_nothing_however_it_is_said(office: Office, people: People) -> None:
    for role, place in ((Role.VOLUNTEER, "Tổ dân phố 3"), (Role.LEADER, ROOT), (Role.OPERATOR, ROOT)):
        phone = await people.joined("Hạnh", role, place)
        for said in ("xuất", "xuat danh sach", "xuất sổ tổ 3 lý do xem thử"):
            await phone.says(said)
            phone.hears("Việc này không có trong phần của bạn. Gõ “menu” để xem các việc bạn làm được nhé.")
    assert await acts(office) == []


async def test_the_police_get_their_list_and_no_other(office: Office, people: People, lan: Phone) -> None:
    officer = await people.joined("Dũng", Role.POLICE, "phường Việt Hoà")
    await lan.says("nhà 8 ông Trần Văn Ba chưa có định danh mức 2")
    await lan.says("nhà 9 bà Tư đã cài")
    lan.reads()
    for said in ("xuất", "xuất danh sách"):
        await officer.says(said)
        officer.hears_part("Danh sách hộ chưa có VNeID mức 2 · phường Việt Hoà")
        file = await file_of(office, officer)
        values = [cell.value for row in openpyxl.load_workbook(BytesIO(file.content)).active for cell in row]
        assert "Trần Văn Ba" in values
        assert not any("Tư" in str(value) for value in values)
    await officer.says("xuất sổ theo dõi")
    officer.hears("Mình không tìm thấy trong phần việc của bạn. Bạn xem lại tên hoặc số giúp mình nhé.")


async def test_a_file_survives_a_crash_between_commit_and_answer(office: Office, minh: Phone) -> None:
    """What the crashed life committed, the next one says: made anew, the same order."""
    said = {"text": "xuất danh sách"}
    update = minh._message(said) if minh.messenger == "telegram" else minh._event("text", said)
    await office.intake.store([office.line.arrival(json.dumps(update).encode())])
    deliver, office.answers.deliver = office.answers.deliver, lambda answer: None
    while await office.intake.work():
        pass
    office.answers.deliver = deliver
    minh.hears_nothing()
    next_life = Answers(office.database, {line.bot_key: line for line in office.lines.values()}, office.clock)
    assert await next_life.recover() == 1
    await next_life.close(10)
    minh.hears_part("Danh sách cài đặt · Tổ dân phố 3")
    assert (await file_of(office, minh)).name.endswith(".docx")
    assert (await acts(office))[0][0] == "paper.ordered"


async def ordered_link(office: Office, phone: Phone) -> str:
    """A link for this person, by whatever messenger."""
    async with office.database.reading() as session:
        me = await session.get_one(Person, phone.person_id)
    recipe = {"kind": "paper", "form": "register", "as": "xlsx", "unit_id": me.unit_id, "day": "2026-06-10"}
    now = office.clock.now()

    async def job(session):
        return await handouts.order(session, me, recipe, name="so", content_type="x/y", now=now, source="test")

    token, _ = await office.database.write(job)
    await office.documents.behind_link(token)
    return media.signed(media.Picture(media.FILE, token), now + handouts.LASTS)


@pytest.mark.telegram_only("the link itself; how it gets into a chat is told above")
async def test_a_link_opens_for_its_day_for_its_owner_and_tells_nobody_else_a_thing(
    office: Office, minh: Phone
) -> None:
    link = await ordered_link(office, minh)
    good = await opened(office, link)
    assert (good.status, good.content_type.split(".")[-1]) == (200, "sheet")
    assert good.headers["Content-Disposition"].startswith('attachment; filename="so.xlsx"; filename*=UTF-8')
    assert openpyxl.load_workbook(BytesIO(good.body)).active.title == "Sổ theo dõi"
    assert (await opened(office, link, method="HEAD")).status == 200
    assert [act for act, _ in await acts(office)] == ["paper.ordered", "paper.made", "paper.opened"]
    unknown = await opened(office, "x.y")
    assert unknown.status == 404
    assert "không mở được" in unknown.text
    for agent in ("ZaloBot/1.0 preview", "facebookexternalhit/1.1"):
        preview = await opened(office, link, agent)
        assert (preview.status, preview.text) == (404, unknown.text)
    named, signature = link.split(".")
    forged = await opened(office, f"{named}.{signature[::-1]}")
    assert (forged.status, forged.text) == (404, unknown.text)
    for _ in range(handouts.MOST_OPENED - 1):
        assert (await opened(office, link)).status == 200
    assert (await opened(office, link)).text == unknown.text, "opened more often than one person would"
    again = await ordered_link(office, minh)
    office.clock.passes(hours=25)
    over = await opened(office, again)
    assert (over.status, over.text) == (404, unknown.text)
    assert await office.database.write(lambda session: handouts.forget_over(session, office.clock.now())) == 2


@pytest.mark.telegram_only("the link itself; how it gets into a chat is told above")
async def test_a_link_dies_with_its_owners_leave_and_with_a_resident_forgotten(office: Office, minh: Phone) -> None:
    from storage import forgetting

    link, now = await ordered_link(office, minh), office.clock.now()
    await office.database.write(lambda session: forgetting.phone(session, "0912345678", now))
    assert (await opened(office, link)).status == 404
    link = await ordered_link(office, minh)

    async def leaves(session):
        (await session.get_one(Person, minh.person_id)).left_at = now

    await office.database.write(leaves)
    assert (await opened(office, link)).status == 404


async def test_without_an_address_zalo_says_where_else(office: Office, minh: Phone) -> None:
    await office.database.write(lambda session: settings.drop(session, settings.PUBLIC_URL))
    await minh.says("xuất danh sách")
    if minh.messenger == "telegram":
        minh.hears_part("Danh sách cài đặt")
    else:
        minh.hears(texts.NO_LINKS)


async def test_names_stand_nowhere_in_clear(office: Office, lan: Phone, minh: Phone, database) -> None:
    await lan.says("nhà 12 bà Kiều Thị Hoàng Yến 0912345678 đã cài")
    lan.reads()
    await minh.says("xuất danh sách excel")
    minh.reads()
    book = openpyxl.load_workbook(BytesIO((await file_of(office, minh)).content))
    assert "Kiều Thị Hoàng Yến" in [row[1].value for row in book.active]
    if database.file:
        for path in database.file.parent.glob(f"{database.file.name}*"):
            stored = path.read_bytes()
            assert "Hoàng Yến".encode() not in stored, path
            assert b"xl/worksheets" not in stored, path


async def test_a_hostile_unit_and_house_make_a_plain_file(office: Office, people: People, hoa: Phone) -> None:
    name = '=HYPERLINK("x") <b>{{7*7}}</b>\u202e/../../Tổ "ma"'
    await people.unit(name)
    await hoa.says("xuất sổ theo dõi lý do thử tên lạ")
    hoa.reads()
    assert (await file_of(office, hoa)).name == "register-phuong-viet-hoa-2026-06-10.xlsx"
    await hoa.says("xuất")
    await hoa.taps("Sổ theo dõi hộ")
    hoa.reads()
    await hoa.says("tổ ma")
    await hoa.taps("Lưu hồ sơ")
    hoa.reads()
    file = await file_of(office, hoa)
    assert re.fullmatch(r"[a-z0-9-]+\.xlsx", file.name)
    title = openpyxl.load_workbook(BytesIO(file.content)).active["A2"].value
    assert "{{7*7}}" in title


async def test_a_file_that_cannot_be_made_is_said_so(office: Office, minh: Phone, monkeypatch) -> None:
    from bot import paper_desk

    async def broken(session, task, step):
        raise ZeroDivisionError

    monkeypatch.setitem(paper_desk.MAKERS, "paper", broken)
    await minh.says("xuất danh sách")
    heard = minh.reads()
    assert any(texts.FAILED in str(one) for one in heard) or texts.FAILED in minh.screen[-1].text


async def test_a_line_that_only_begins_so_is_a_line(office: Office, lan: Phone) -> None:
    await lan.says("xuất khẩu lao động rồi, nhà 12 vắng nhà")
    assert not any("Việc này không có" in heard for heard in lan.reads())
