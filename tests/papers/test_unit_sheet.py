"""A sheet as offices keep it is read; what cannot be read is named by line and column."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from papers.unit_headers import column_of, kind_of_name, kind_of_word
from papers.unit_sheet import UnreadableSheet, read
from storage.unit_import import Fault, UnitLine

HEADER = ["STT", "Tên đơn vị", "Loại", "Thuộc", "Tổng số hộ", "Số hộ có smartphone", "Nhân khẩu", "Số cán bộ", "Trưởng"]


@pytest.fixture
def sheet(tmp_path):
    def made(*rows):
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        book.save(tmp_path / "units.xlsx")
        return read(tmp_path / "units.xlsx")

    return made


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Tên đơn vị", "name"),
        ("TỔ DÂN PHỐ", "name"),
        ("Thôn", "name"),
        ("Tên thôn/TDP", "name"),
        ("Thôn, tổ dân phố", "name"),
        ("Tổ dân phố số", "name"),
        ("ten don vi", "name"),
        ("Tổng số hộ", "households"),
        ("Số hộ dân (hộ)", "households"),
        ("Tổng số\nhộ gia đình", "households"),
        ("Số hộ có smartphone", "smartphone_households"),
        ("Số hộ sử dụng điện thoại thông minh", "smartphone_households"),
        ("Hộ có ĐTTM", "smartphone_households"),
        ("Nhân khẩu", "people"),
        ("Số người", "people"),
        ("Số cán bộ, người lao động", "staff"),
        ("Số CBCC", "staff"),
        ("Loại", "kind"),
        ("Loại hình đơn vị", "kind"),
        ("Thuộc", "parent"),
        ("Trực thuộc", "parent"),
        ("Đơn vị cấp trên", "parent"),
        ("Họ và tên", "head_name"),
        ("Họ tên tổ trưởng", "head_name"),
        ("Trưởng thôn", "head_name"),
        ("Tên trường học", "name"),
        ("STT", ""),
        ("Ghi chú", ""),
        ("Số điện thoại", ""),
        ("Số hộ nghèo", ""),
        ("Số hộ đã cài smartphone", ""),
        ("Số người có smartphone", ""),
        ("Đơn vị tính", ""),
        ("Số người đã cài", ""),
    ],
)
def test_headers(header, field):
    assert column_of(header) == field


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Tổ dân phố số 3", "village"),
        ("Thôn Đình", "village"),
        ("Khu phố 2", "village"),
        ("Trường Tiểu học Kim Đồng", "school"),
        ("Trạm Y tế phường", "clinic"),
        ("Phòng Văn hoá – Xã hội", "agency"),
        ("Phòng khám Đa khoa", "clinic"),
        ("Công an phường", "police"),
        ("Công ty May 10", "company"),
        ("Hội Phụ nữ", "association"),
        ("Đoàn Thanh niên", "association"),
        ("Phường Việt Hoà", "commune"),
        ("Đông Hải", "village"),
    ],
)
def test_kinds_by_name(name, kind):
    assert kind_of_name(name) == kind


def test_kinds_by_word():
    assert kind_of_word("TDP") == kind_of_word("to dan pho") == kind_of_word("village") == "village"
    assert kind_of_word("Mẫu giáo đâu") is None


def test_titles_above_sums_below_and_columns_in_any_order(sheet):
    found = sheet(
        ["UBND PHƯỜNG VIỆT HOÀ"],
        ["DANH SÁCH TỔ DÂN PHỐ", None, None, "năm 2026"],
        [],
        ["STT", "Số hộ có điện thoại thông minh", "Tổ trưởng", "Tổ dân phố", "Tổng số hộ", "Ghi chú"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, 41.0, "TRẦN VĂN BÌNH", " Tổ  dân phố 1 ", "1.060", "x"],
        [None, None, None, None, None, None],
        [2, "—", None, "Tổ dân phố 2", None, None],
        [None, 41, None, "Tổng cộng", "=SUM(E6:E8)", None],
    )
    assert found.faults == []
    assert found.sums == 1
    assert found.lines == [
        UnitLine(6, "Tổ dân phố 1", head_name="Trần Văn Bình", households=1060, smartphone_households=41),
        UnitLine(8, "Tổ dân phố 2"),
    ]


def test_a_company_group_is_no_sum(sheet):
    assert [line.name for line in sheet(["Tên đơn vị"], ["Tổng công ty Đông Hải"]).lines] == ["Tổng công ty Đông Hải"]


@pytest.mark.parametrize(
    ("place", "value", "why", "column"),
    [
        (1, None, "no_name", ""),
        (1, "…", "no_name", "name"),
        (1, "Tổ " + "dài " * 30, "too_long", "name"),
        (1, "Tổ dân phố Nguyеn", "foreign_letters", "name"),
        (1, "=A1", "formula", "name"),
        (2, "cung điện", "unknown_kind", "kind"),
        (4, -3, "negative", "households"),
        (4, 12.5, "no_count", "households"),
        (4, "khoảng 60", "no_count", "households"),
        (4, "1.23", "no_count", "households"),
        (4, True, "no_count", "households"),
        (4, date(2026, 6, 12), "no_count", "households"),
        (4, "=60+1", "formula", "households"),
        (4, "#REF!", "error_value", "households"),
        (6, 10**12, "too_many", "people"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named(sheet, place, value, why, column):
    row = [1, "Tổ dân phố 1", "tổ dân phố", None, 60, 41, 200, None, None]
    row[place] = value
    found = sheet(HEADER, row, [2, "Tổ dân phố 2"])
    assert [(fault.number, fault.why, fault.column) for fault in found.faults] == [(2, why, column)]
    assert [line.name for line in found.lines] == ["Tổ dân phố 2"]


@pytest.mark.parametrize(
    ("value", "count"), [("1 234", 1234), ("1.234.567", 1234567), ("０６０", 60), (0, 0), ("-", None)]
)
def test_counts_as_offices_write_them(sheet, value, count):
    assert sheet(["Thôn", "Số hộ"], ["Đông", value]).lines[0].households == count


def test_the_header_may_be_on_the_second_sheet(tmp_path):
    book = Workbook()
    book.active.append(["Bìa"])
    second = book.create_sheet()
    second.append(["Thôn", "Số hộ"])
    second.append(["Đông", 5])
    book.save(tmp_path / "two.xlsx")
    assert read(tmp_path / "two.xlsx").lines == [UnitLine(2, "Đông", households=5)]


def test_what_is_no_list_of_units(sheet, tmp_path):
    for rows, why in [([["a", "b"]], "no_header"), ([["Thôn", "Số hộ", "Tổng số hộ"]], "two_columns")]:
        with pytest.raises(UnreadableSheet) as refused:
            sheet(*rows)
        assert refused.value.why == why
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("x.txt", "x")
    for content in (b"", b"PK\x03\x04torn", b"ten,so ho\n", archive.getvalue()):
        (tmp_path / "bad.xlsx").write_bytes(content)
        with pytest.raises(UnreadableSheet) as refused:
            read(tmp_path / "bad.xlsx")
        assert refused.value.why == "not_xlsx"
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.xlsx")


def test_a_fault_carries_what_was_said(sheet):
    assert sheet(["Thôn", "Số hộ"], ["Đông", "sáu chục"]).faults == [Fault(2, "no_count", "sáu chục", "households")]
