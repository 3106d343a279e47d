"""`register` at the terminal: the diff, one-line refusals, all or nothing, and the way back."""

import openpyxl
import pytest
from sqlmodel import select

from storage.tables import House
from tests.bot.terminal import Terminal, terminal  # noqa: F401


@pytest.fixture
def office(terminal: Terminal) -> Terminal:  # noqa: F811
    units = terminal.sheet(["Tổ dân phố", "Số hộ"], ["Tổ dân phố 1", 41])
    assert terminal.types("units", "import", units, "--yes").code == 0
    houses = terminal.sheet(["STT", "Số nhà", "Chủ hộ"], [1, "12", "Lê Văn Tám"], [2, "14", "Vũ Thị Sáu"])
    assert terminal.types("units", "households", houses, "--unit", "Tổ dân phố 1", "--yes").code == 0
    place = ("--unit", "phuong viet hoa", "--out", "so.xlsx", "--reason", "rà soát")
    assert terminal.types("export", "register", *place).code == 0
    return terminal


def edited(**cells: object) -> None:
    book = openpyxl.load_workbook("so.xlsx")
    for cell, value in cells.items():
        book.active[cell].value = value
    book.save("so.xlsx")


def names(office: Terminal) -> list[str]:
    async def found(session):
        return [house.head_name for house in await session.exec(select(House).order_by(House.id))]

    return office.remembers(found)


def test_an_edited_register_comes_back_and_can_be_undone(office: Terminal):
    edited(D5="Lê Văn Chín", E6="0912345678")
    asked = office.types("register", "so.xlsx", "--dry-run")
    assert asked.out.splitlines() == [
        "Sửa 2 nhà, giữ nguyên 0.",
        "  ~ dòng 5: nhà 12, Tổ dân phố 1: chủ hộ: Lê Văn Tám → Lê Văn Chín",
        "  ~ dòng 6: nhà 14, Tổ dân phố 1: số điện thoại: trống → 091*****78",
        "Chỉ xem thử, chưa đổi gì.",
    ]
    assert names(office) == ["Lê Văn Tám", "Vũ Thị Sáu"]
    said = office.types("register", "so.xlsx")
    assert said.out.splitlines()[-1].startswith("Đã ghi: sửa 2 nhà. Muốn gỡ"), said.err
    assert names(office) == ["Lê Văn Chín", "Vũ Thị Sáu"]
    assert office.types("register", "--undo").out.strip() == "Đã gỡ lần nhập sổ: 2 nhà trở về như trước."
    assert names(office) == ["Lê Văn Tám", "Vũ Thị Sáu"]
    assert "Không có lần nhập sổ nào" in office.types("register", "--undo").reason


def test_one_bad_row_stops_all_unless_it_is_to_be_left_out(office: Terminal):
    edited(D5="Lê Văn Chín", E6="không số")
    said = office.types("register", "so.xlsx", "--yes")
    assert said.code == 1
    assert (
        said.out.splitlines()[-1]
        == "  dòng 6: ô số điện thoại “không số” không phải số điện thoại; sửa lại hoặc để trống"
    )
    assert names(office) == ["Lê Văn Tám", "Vũ Thị Sáu"]
    assert office.types("register", "so.xlsx", "--yes", "--skip-bad").code == 0
    assert names(office) == ["Lê Văn Chín", "Vũ Thị Sáu"]


REFUSALS = [
    (("register",), "hoặc --undo"),
    (("register", "so.xlsx", "--undo"), "không dùng cả hai"),
    (("register", "nowhere.xlsx"), "nowhere.xlsx"),
    (("register", "don-vi.xlsx"), "không phải sổ theo dõi"),
    (("register", "so.xlsx", "--unit", "Tổ dân phố 11"), "có phải: Tổ dân phố 1"),
]


def test_what_cannot_be_is_refused_in_one_line(office: Terminal):
    for line, why in REFUSALS:
        said = office.types(*line)
        assert said.code == 1
        assert why in said.reason
