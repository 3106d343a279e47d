"""`export` at the terminal: files an office can open, one-line refusals, a row in the audit."""

from datetime import UTC, datetime

import openpyxl
import pytest
from docx import Document
from sqlmodel import select

from campaigns import EXAMPLE, HERE
from storage.houses import label_hash
from storage.tables import Audit, House, ListedPerson, Person, Unit
from tests.bot.terminal import Terminal, terminal  # noqa: F401

PLACE = ("--unit", "phuong viet hoa")


@pytest.fixture
def office(terminal: Terminal) -> Terminal:  # noqa: F811
    sheet = terminal.sheet(["Tổ dân phố", "Số hộ có smartphone"], ["Tổ dân phố 1", 41], ["Tổ dân phố 2", 30])
    assert terminal.types("units", "import", sheet, "--yes").code == 0
    return terminal


def test_phu_luc_01_in_word_and_in_excel(office: Terminal):
    said = office.types("export", "phu-luc-01", *PLACE, "--out", "a.docx")
    assert (said.code, said.out.strip()) == (0, "Đã ghi a.docx: 2 dòng."), said.err
    assert Document("a.docx").tables[1].rows[4].cells[2].text == "71"
    assert office.types("export", "phu-luc-01", *PLACE, "--out", "a.xlsx").code == 0
    assert openpyxl.load_workbook("a.xlsx").active.title == "Phụ lục 01"


def test_the_report_to_the_city(office: Terminal):
    said = office.types("export", "bao-cao", *PLACE, "--out", "a.docx")
    assert (said.code, said.out.strip()) == (0, "Đã ghi a.docx: 2 dòng."), said.err
    paper = Document("a.docx")
    assert "Kính gửi: Ủy ban nhân dân thành phố Hải Phòng" in [paragraph.text for paragraph in paper.paragraphs]
    assert [cell.text for cell in paper.tables[1].rows[-1].cells][2:4] == ["71", "chưa báo cáo"]


def test_names_leave_a_trace_with_the_reason_or_that_none_was_given(office: Terminal):
    silent = office.types("export", "danh-sach", *PLACE, "--out", "a.xlsx")
    assert (silent.code, "--reason" in silent.reason) == (0, True)
    said = office.types("export", "danh-sach", *PLACE, "--out", "b.xlsx", "--reason", "gửi Sở theo mẫu")
    assert (said.code, said.err) == (0, "")

    async def traces(session):
        found = await session.exec(select(Audit).where(Audit.act == "paper.exported"))
        return [(row.campaign, row.detail["form"], row.detail["reason"], bool(row.detail["who"])) for row in found]

    assert office.remembers(traces) == [
        ("viet-hoa-2026", "danh-sach", "không nêu lý do (lệnh export trên máy chủ)", True),
        ("viet-hoa-2026", "danh-sach", "gửi Sở theo mẫu", True),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("phu-luc-02", *PLACE, "--out", "a.docx"), "các mẫu: phu-luc-01, danh-sach, bao-cao, register, cong-an"),
        (("phu-luc-01", *PLACE, "--out", "a.pdf"), "đuôi .docx"),
        (("register", *PLACE, "--out", "a.docx", "--reason", "x"), "chỉ xuất ra Excel"),
        (("bao-cao", *PLACE, "--out", "a.xlsx"), "chỉ xuất ra Word"),
        (("bao-cao", "--unit", "Tổ dân phố 1", "--out", "a.docx"), "là: Ủy ban nhân dân phường Việt Hoà."),
        (("phu-luc-01", "--unit", "Tổ dân phố 11", "--out", "a.docx"), "có phải: Tổ dân phố 1"),
        (("phu-luc-01", *PLACE, "--out", "nowhere/a.docx"), "Không có thư mục"),
        (("phu-luc-01", *PLACE, "--out", "don-vi.xlsx"), "--force"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(office: Terminal, line: tuple[str, ...], why: str):
    said = office.types("export", *line)
    assert said.code == 1
    assert why in said.reason
    assert sorted(file.name for file in office.folder.iterdir()) == ["don-vi.xlsx", "var"]


@pytest.fixture
def two_communes(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:  # noqa: F811
    """Việt Hoà and Tứ Kỳ side by side, each with a Thôn 1, one house there and one person on its list."""
    monkeypatch.setenv("CAMPAIGN", f"{EXAMPLE},{HERE / 'tu-ky-2026.toml'}")
    sheet = terminal.sheet(["Tên đơn vị", "Số hộ", "Số hộ có smartphone"], ["Thôn 1", 41, 40])
    for slug in ("viet-hoa-2026", "tu-ky-2026"):
        assert terminal.types("units", "import", sheet, "--yes", "--campaign", slug).code == 0
    terminal.remembers(_one_house_each)
    return terminal


async def _one_house_each(session) -> None:
    now = datetime(2026, 6, 12, 9, tzinfo=UTC)
    for unit in list(await session.exec(select(Unit).where(Unit.name == "Thôn 1"))):
        whose, code = ("Tám", "installed") if unit.campaign == "viet-hoa-2026" else ("Sáu", "no_vneid2")
        lan = Person(campaign=unit.campaign, name="Lan", role="volunteer", unit_id=unit.id, joined_at=now)
        session.add(lan)
        await session.flush()
        session.add(
            House(campaign=unit.campaign, unit_id=unit.id, label=f"bà {whose}", label_hash=label_hash(whose),
                  head_name=f"Trần Thị {whose}", outcome=code, visited_on=now.date(), created_at=now)
        )  # fmt: skip
        session.add(
            ListedPerson(campaign=unit.campaign, unit_id=unit.id, person_id=lan.id, name=f"Lê Thị {whose}",
                         name_hash=whose, day=now.date(), source=whose, created_at=now)
        )  # fmt: skip


@pytest.mark.parametrize("form", ["register", "danh-sach", "cong-an", "phu-luc-01"])
def test_no_file_shows_anything_of_another_commune(two_communes: Terminal, form: str):
    held = {"viet-hoa-2026": ("phường Việt Hoà", "Tám", "Sáu"), "tu-ky-2026": ("xã Tứ Kỳ", "Sáu", "Tám")}
    for slug, (place, own, foreign) in held.items():
        line = ("export", form, "--campaign", slug, "--unit", place, "--out", "a.xlsx", "--reason", "x", "--force")
        assert two_communes.types(*line).code == 0
        rows = openpyxl.load_workbook("a.xlsx").active.iter_rows(values_only=True)
        said = " | ".join(str(cell) for row in rows for cell in row if cell is not None)
        assert "Thôn 1" in said or form == "cong-an"
        assert own in said or form == "phu-luc-01" or (form, own) == ("cong-an", "Tám")
        assert foreign not in said
        other = "xã Tứ Kỳ" if own == "Tám" else "phường Việt Hoà"
        assert other.partition(" ")[2] not in said
        assert f"Không có đơn vị “{other}”" in two_communes.types(*line[:5], other, *line[6:]).reason
    assert "thêm --campaign" in two_communes.types("export", form, "--unit", "Thôn 1", "--out", "b.xlsx", "--reason",
                                                   "x").reason  # fmt: skip
