"""A spreadsheet sent in chat: fetched outside, told, agreed to, written; by whom it may be."""

from io import BytesIO

import openpyxl
import pytest
from sqlmodel import select

from papers import makers
from papers.order import Order
from rules.clock import day_in_vietnam
from rules.roles import Role
from storage import received, units
from storage.tables import Audit, FileReceived, House, Unit
from tests.conversations.office import Office, People
from tests.conversations.phone import Phone
from texts import receiving as texts

pytestmark = pytest.mark.telegram_only("files do not arrive on Zalo (see tests.zalo.test_conversation)")
HEADER = ("STT", "Số nhà", "Chủ hộ", "Điện thoại")


def sheet(*rows: tuple[object, ...]) -> bytes:
    book, out = openpyxl.Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


HOUSES = sheet(HEADER, (1, "12", "Nguyễn Thị Tám", "0912345678"), (2, "14", "Trần Văn Ba", None))


async def sends(phone: Phone, content: bytes, name: str = "danh sách hộ.xlsx", caption: str = "") -> str:
    """Sends the file; the one answer after "I am reading"."""
    await phone.sends("document", name=name, content=content, caption=caption)
    heard = phone.reads()
    assert [str(one) for one in heard[:1]] == [texts.READING], heard
    assert len(heard) == 2, heard
    return str(heard[1])


async def houses(office: Office) -> dict[str, str | None]:
    async with office.database.reading() as session:
        return {house.label: house.head_name for house in await session.exec(select(House))}


async def test_minh_sends_the_units_household_list(office: Office, minh: Phone) -> None:
    said = await sends(minh, HOUSES)
    assert said.startswith("Tổ dân phố 3: thêm 2 hộ, sửa 0, giữ nguyên 0."), said
    assert "Tám" not in said
    assert minh.labels == ["Ghi vào sổ", "Thôi"]
    assert await houses(office) == {}
    await minh.taps("Ghi vào sổ")
    minh.hears("Tổ dân phố 3: Đã ghi: thêm 2 hộ, sửa 0.")
    assert await houses(office) == {"12": "Nguyễn Thị Tám", "14": "Trần Văn Ba"}
    await minh.taps_old("Ghi vào sổ")
    minh.hears(texts.GONE)
    async with office.database.reading() as session:
        act = (await session.exec(select(Audit).where(Audit.act == "houses.imported"))).one()
        assert (act.person_id, act.source[:1]) == (minh.person_id, "u")
        kept = (await session.exec(select(FileReceived))).one()
        assert (kept.status, kept.content, kept.about) == ("done", None, None)
    assert "giữ nguyên 2" in await sends(minh, HOUSES)
    assert minh.labels == []


async def test_wrong_lines_are_told_by_their_number_and_may_be_left_out(office: Office, minh: Phone) -> None:
    said = await sends(
        minh, sheet(HEADER, (1, "12", "Bà Tám", "12x45"), (2, "14", "=1+1", None), (3, "15", "Ông Tư", None))
    )
    assert "Dòng sai 2:" in said
    assert "dòng 2:" in said
    assert "dòng 3:" in said
    assert minh.labels == ["Ghi các dòng đúng", "Thôi"]
    await minh.taps("Ghi các dòng đúng")
    minh.hears("Tổ dân phố 3: Đã ghi: thêm 1 hộ, sửa 0, bỏ 2 dòng sai.")
    assert list(await houses(office)) == ["15"]


async def test_leaving_it_writes_nothing(office: Office, minh: Phone) -> None:
    await sends(minh, HOUSES)
    await minh.taps("Thôi")
    minh.hears(texts.LEFT)
    assert await houses(office) == {}


async def test_what_changed_since_the_report_is_told_again(office: Office, minh: Phone, lan: Phone) -> None:
    await sends(minh, HOUSES)
    await lan.says("nhà 12 đã cài")
    lan.reads()
    await minh.taps("Ghi vào sổ")
    assert minh.hears_part(texts.CHANGED_MEANWHILE, "thêm 1 hộ, sửa 1")
    await minh.taps("Ghi vào sổ")
    minh.hears_part("Đã ghi: thêm 1 hộ, sửa 1.")


async def test_an_officer_says_which_unit(office: Office, hoa: Phone, people: People) -> None:
    for number in (3, 5):
        await people.unit(f"Tổ dân phố {number}")
    assert await sends(hoa, HOUSES) == texts.WHICH_UNIT
    await hoa.says("tổ 9")
    hoa.hears_part("không tìm thấy")
    await hoa.says("tổ 5")
    hoa.hears_part("Tổ dân phố 5: thêm 2 hộ")
    assert "Tổ dân phố 3: thêm 2 hộ" in await sends(hoa, HOUSES, caption="tổ 3")


async def exported(office: Office, unit: str) -> bytes:
    """The register of a unit as `xuất` makes it."""
    async with office.database.reading() as session:
        at, out = await units.by_name(session, office.plan.slug, unit), BytesIO()
        now = office.clock.now()
        await makers.write(session, office.plan, Order("register", "xlsx", at, day_in_vietnam(now), now, "Minh"), out)
    return out.getvalue()


def edited(content: bytes, **cells: object) -> bytes:
    book, out = openpyxl.load_workbook(BytesIO(content)), BytesIO()
    for cell, value in cells.items():
        book.active[cell].value = value
    book.save(out)
    return out.getvalue()


async def test_the_register_comes_back_by_chat_and_is_taken_back(office: Office, minh: Phone, lan: Phone) -> None:
    await lan.says("nhà 12 vắng nhà")
    await lan.says("nhà 14 bà Vũ Thị Sáu đã cài")
    lan.reads()
    register = await exported(office, "Tổ dân phố 3")
    assert "giữ nguyên 2" in await sends(minh, register, name="register-to-3.xlsx")
    said = await sends(minh, edited(register, G5="Từ chối", D6="Vũ Thị Bảy"), name="register-to-3.xlsx")
    assert said.splitlines() == [
        "Sửa 2 nhà, giữ nguyên 0.",
        "  ~ dòng 5: nhà 12, Tổ dân phố 3: kết quả: Vắng nhà → Từ chối",
        "  ~ dòng 6: nhà 14, Tổ dân phố 3: chủ hộ thay đổi",
    ]
    await minh.taps("Ghi vào sổ")
    minh.hears("Đã ghi: sửa 2 nhà. Muốn gỡ cả lần nhập này thì gõ “hoàn tác”.")
    assert await houses(office) == {"12": None, "14": "Vũ Thị Bảy"}
    await minh.says("hoàn tác")
    minh.hears_part("2")
    assert await houses(office) == {"12": None, "14": "Vũ Thị Sáu"}
    assert "giữ nguyên 2" in await sends(minh, register, name="register-to-3.xlsx")


async def test_the_list_of_units_is_the_officers(office: Office, hoa: Phone, minh: Phone) -> None:
    listed = sheet(("Tên đơn vị", "Số hộ"), ("Tổ dân phố 8", 60), ("Tổ dân phố 9", 41))
    assert await sends(minh, listed, name="don-vi.xlsx") == texts.UNITS_NOT_YOURS
    assert (await sends(hoa, listed, name="don-vi.xlsx")).startswith("Thêm mới 2, sửa 0")
    await hoa.taps("Ghi vào sổ")
    hoa.hears("Đã ghi: thêm 2, sửa 0.")
    async with office.database.reading() as session:
        found = {unit.name: unit.households for unit in await session.exec(select(Unit))}
    assert found["Tổ dân phố 9"] == 41


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("anh.pdf", b"%PDF-1.4", texts.ONLY_XLSX),
        ("cu.xls", b"\xd0\xcf\x11\xe0", texts.ONLY_XLSX),
        ("to.xlsx", b"x" * (5 * 1024 * 1024 + 1), texts.TOO_BIG),
    ],
)
async def test_what_is_no_spreadsheet_is_said_at_once(minh: Phone, name: str, content: bytes, said: str) -> None:
    await minh.sends("document", name=name, content=content)
    minh.hears(said)


async def test_what_cannot_be_read_is_said_with_how_to_mend_it(office: Office, minh: Phone) -> None:
    assert "không phải tệp Excel .xlsx" in await sends(minh, b"no zip at all", name="hong.xlsx")
    assert "không thấy dòng tiêu đề" in await sends(minh, sheet(("a", "b"), (1, 2)))


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.LEADER, Role.POLICE])
async def test_from_others_a_file_is_declined_calmly(office: Office, people: People, role: Role) -> None:
    phone = await people.joined("Hạnh", role)
    await phone.sends("document", name="danh-sach.xlsx", content=HOUSES)
    phone.hears_part("Mình chưa đọc được tệp gửi qua đây.")
    async with office.database.reading() as session:
        assert (await session.exec(select(FileReceived))).all() == []


async def test_a_cut_line_is_waited_out_and_a_stop_forgets_nothing(office: Office, minh: Phone) -> None:
    line = office.lines["telegram"]
    line.is_cut = True
    await minh.sends("document", name="ds.xlsx", content=HOUSES)
    minh.hears(texts.READING)
    assert await office.receiving.work() == 0, "its next turn comes later"
    office.clock.passes(minutes=1)
    line.is_cut = False
    await office.settles()
    minh.hears_part("Tổ dân phố 3: thêm 2 hộ")
    await office.settles()
    minh.hears_nothing()


async def test_a_file_that_stays_out_of_reach_is_asked_for_again(office: Office, minh: Phone) -> None:
    office.lines["telegram"].is_cut = True
    await minh.sends("document", name="ds.xlsx", content=HOUSES)
    minh.hears(texts.READING)
    office.clock.passes(minutes=31)
    await office.settles()
    minh.hears(texts.LOST)


async def test_another_ones_file_is_as_if_it_were_not_there(office: Office, minh: Phone, people: People) -> None:
    await sends(minh, HOUSES)
    other = await people.joined("Bình", Role.HEAD, "Tổ dân phố 5")
    for kind in ("fr", "fg", "ft", "fu"):
        await other.presses(f"{kind}|1")
        other.hears(texts.GONE)
    assert await houses(office) == {}


async def test_nothing_of_a_file_stands_in_clear_and_a_day_later_it_is_gone(
    office: Office, minh: Phone, database
) -> None:
    await sends(minh, HOUSES, caption="hộ bà Tám")
    if database.file:
        for path in database.file.parent.glob(f"{database.file.name}*"):
            assert "Thị Tám".encode() not in path.read_bytes(), path
    office.clock.passes(hours=25)
    await minh.taps("Ghi vào sổ")
    minh.hears(texts.GONE)
    assert await database.write(lambda session: received.forget_over(session, office.clock.now())) == 1
