"""`units households`: a unit's household list becomes its work list; again it updates, and never doubles."""

import pytest
from sqlmodel import col, select

from storage.tables import House
from tests.bot.terminal import Terminal, terminal  # noqa: F401

UNITS = [["Tổ dân phố", "Tổng số hộ"], ["Tổ dân phố 3", 60]]
TITLE = ["DANH SÁCH HỘ GIA ĐÌNH TỔ DÂN PHỐ 3"]
HEADER = ["Ghi chú", "Số điện thoại", "Họ và tên chủ hộ", "STT", "Số nhà", "Ngõ"]
LIST = [
    TITLE,
    [None, "Tháng 6 năm 2026"],
    HEADER,
    [1, 2, 3, 4, 5, 6],
    ["người già neo đơn", 912345678, "NGUYỄN VĂN TÁM", 1, 12, 5],
    [None, "0977 144 678", "Trần Thị Hoa", 2, "12/7", None],
    ["hộ nghèo", "không có", "Lê Văn Bình", 3, "số 8 ngõ 3", None],
    [None, None, "Phạm Thị Lan", 4, None, None],
    [None, None, "Tổng cộng", None, 4, None],
    [None, None, "Người lập biểu"],
]


@pytest.fixture
def office(terminal: Terminal) -> Terminal:  # noqa: F811
    assert terminal.types("units", "import", terminal.sheet(*UNITS), "--yes").code == 0
    return terminal


def _imports(office: Terminal, *rows, more=("--yes",)):
    return office.types("units", "households", "--unit", "to dan pho 3", office.sheet(*rows), *more)


def _houses(office: Terminal) -> list[House]:
    async def job(session):
        return list(await session.exec(select(House).order_by(col(House.list_number))))

    return office.remembers(job)


def test_what_the_list_says_is_kept(office: Terminal):
    said = _imports(office, *LIST)
    assert said.code == 0, said.err
    assert "Tổ dân phố 3: thêm 4 hộ, sửa 0, giữ nguyên 0." in said.out
    assert "2 hộ người già, yếu thế; 3 ngõ." in said.out
    assert "Tám" not in said.out
    assert "Lan" not in said.out
    found = [(house.label, house.alley, house.head_name, house.phone, house.care) for house in _houses(office)]
    assert found == [
        ("số 12 ngõ 5", "ngõ 5", "Nguyễn Văn Tám", "0912345678", "elderly"),
        ("12/7", "ngõ 12", "Trần Thị Hoa", "0977144678", ""),
        ("số 8 ngõ 3", "ngõ 3", "Lê Văn Bình", None, "vulnerable"),
        ("Phạm Thị Lan", None, "Phạm Thị Lan", None, ""),
    ]


def test_again_it_updates_and_never_doubles(office: Terminal):
    _imports(office, *LIST)
    assert "Không có gì phải đổi." in _imports(office, *LIST).out
    moved = [
        HEADER,
        [None, "0977144679", "Trần Thị Hoa", 2, "Nhà 12/7", None],
        [None, None, None, 9, "Số 8, ngõ 3", None],
    ]
    said = _imports(office, *moved)
    assert "thêm 0 hộ, sửa 2, giữ nguyên 0." in said.out
    assert "nhà 12/7: điện thoại thay đổi" in said.out
    assert [house.list_number for house in _houses(office)] == [1, 2, 4, 9]


def test_alleys_as_lines_of_their_own_and_the_address_as_the_number(office: Terminal):
    rows = [["TT", "Chủ hộ", "Địa chỉ"], ["NGÕ 5"], [1, "Vũ A", "Số 2"], ["Ngõ 7"], [2, "Vũ B", "Số 2"],
            [3, "Vũ C", "14 ngõ 9 Trần Phú"]]  # fmt: skip
    assert _imports(office, *rows).code == 0
    assert [house.label for house in _houses(office)] == ["số 2 ngõ 5", "số 2 ngõ 7", "số 14 ngõ 9"]


def test_a_wrong_line_is_named_and_stops_the_whole_unless_skipped(office: Terminal):
    bad = [HEADER, [None, "12345", "A", 1, 1, None], [None, None, "B", 2, 2, None],
           [None, None, "C", 3, "Nhà số 2", None],
           ["CCCD 001088012345", None, "D", 4, 4, None], [None, None, None, 5, None, None]]  # fmt: skip
    said = _imports(office, *bad)
    assert said.code == 1
    assert "--skip-bad" in said.reason
    for words in (
        "dòng 2: ô điện thoại “12345”",
        "dòng 4: trùng",
        "dòng 5: ô ghi chú có số căn cước",
        "dòng 6: không có",
    ):
        assert words in said.out
    assert _houses(office) == []
    assert _imports(office, *bad, more=("--yes", "--skip-bad")).code == 0
    assert [house.label for house in _houses(office)] == ["2"]


def test_without_a_header_or_the_unit_it_says_so(office: Terminal):
    assert "Số nhà" in _imports(office, ["a", "b"]).reason
    assert "Tổ 99" in office.types("units", "households", "--unit", "Tổ 99", office.sheet(*LIST)).reason
    assert "thêm 4 hộ" in _imports(office, *LIST, more=("--dry-run",)).out
    assert _houses(office) == []


def test_the_work_list_is_printed_an_alley_a_page(office: Terminal):
    pdfium = pytest.importorskip("pypdfium2")
    out = str(office.folder / "tờ.pdf")
    assert "không còn hộ nào" in office.types("units", "print", "--unit", "Tổ dân phố 3", "--out", out).reason
    _imports(office, *LIST)
    said = office.types("units", "print", "--unit", "Tổ dân phố 3", "--out", out)
    assert "4 hộ, 4 ngõ" in said.out
    pages = pdfium.PdfDocument(out)
    assert [tuple(map(round, page.get_size())) for page in pages] == [(595, 842)] * 4
