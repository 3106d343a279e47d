"""A list of people becomes its people; headings are no people, and every other line comes back with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.people_list import ListedLine, read_people

PHONE = "0912345678"


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("1. Nguyễn Văn An - 0912345678 - Trường THCS Việt Hoà",
         ListedLine(1, "Nguyễn Văn An", PHONE, workplace="Trường THCS Việt Hoà")),
        ("2\tLê Văn C\t0912345678\tsố 8 ngõ 3", ListedLine(1, "Lê Văn C", PHONE, address="số 8 ngõ 3")),
        ("- Phạm Hồng Hà, sđt: 0912.345.678, công ty TNHH Sao Mai, tổ 4",
         ListedLine(1, "Phạm Hồng Hà", PHONE, "công ty TNHH Sao Mai", "tổ 4")),
        ("bà Nguyễn Thị Lan tổ 3 0912345678", ListedLine(1, "Nguyễn Thị Lan", PHONE, address="tổ 3")),
        ("NGUYỄN THỊ MAI 84912345678 mầm non Hoa Sen", ListedLine(1, "Nguyễn Thị Mai", PHONE, "mầm non Hoa Sen")),
        ("nguyen thi lan 912345678", ListedLine(1, "Nguyen Thi Lan", PHONE)),
        ("0912345678 Ngô Quyền", ListedLine(1, "Ngô Quyền", PHONE)),
        ("Hoa 0912345678", ListedLine(1, "Hoa", PHONE)),
        ("K'Brơi 0912345678", ListedLine(1, "K'Brơi", PHONE)),
        ("Trần Văn D (không có sđt)", ListedLine(1, "Trần Văn D")),
        ("Họ tên: Phạm Văn Đồng, SĐT: 0912345678, Địa chỉ: 12/5 ngõ Chùa",
         ListedLine(1, "Phạm Văn Đồng", PHONE, address="12/5 ngõ Chùa")),
        ("Bùi Thị Xuân 0912345678 (chị dâu)", ListedLine(1, "Bùi Thị Xuân", PHONE, note="chị dâu")),
    ],
)  # fmt: skip
def test_a_line_is_a_person(line, person):
    assert read_people(line).people == [person]


def test_several_people_in_a_line_each_keep_their_phone():
    read = read_people("An 0912345678, Bình 0987654321")
    assert [(one.name, one.phone) for one in read.people] == [("An", PHONE), ("Bình", "0987654321")]


@pytest.mark.parametrize("line", ["Danh sách hội nghị tối 18/6:", "STT\tHọ và tên\tSĐT\tĐịa chỉ", "Tổ 3:"])
def test_headings_are_no_people(line):
    read = read_people(line)
    assert read.headings
    assert not read.people + read.unread


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("cảm ơn các bác", "unclear"),
        ("mai họp lúc 8h", "no_name"),
        ("Vũ Đình Tám 09123456", "bad_phone"),
        ("Đỗ Thị E 0912345683 / 0912345684", "two_phones"),
        ("0912345691", "no_name"),
        ("Nguyễn Văn A2 0912345694", "no_name"),
        ("Nguyễn A cccd 030085001234", "private"),
        ("Nguyễn Văn A " * 50, "too_long"),
    ],
)
def test_what_names_nobody_comes_back_with_its_reason(line, why):
    read = read_people(line)
    assert [unread.why for unread in read.unread] == [why]
    assert not read.people


@given(st.lists(st.text("Nguyễn Thị Hoà 0912345678,-;\t().ổ3", max_size=40), max_size=5))
def test_no_line_of_people_is_dropped(lines):
    read = read_people("\n".join(lines))
    told = {one.line_no for one in read.people + read.unread} | {number for number, _ in read.headings}
    assert told == {number for number, line in enumerate(lines, 1) if line.strip()}
