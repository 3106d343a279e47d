"""Every word of a line is accounted for: a field keeps it, it carries nothing, or own words keep it as typed."""

from datetime import date
from pathlib import Path

import pytest

from rules import plan as plans
from rules.entry import Entry, read_line, read_list

TODAY = date(2026, 6, 18)
PLAN = plans.load(Path(__file__).parents[2] / "campaigns" / "viet-hoa-2026.toml")


def read(line: str) -> Entry | None:
    return read_line(line, PLAN, TODAY)


def is_saved(line: str) -> bool:
    entry = read(line)
    return entry is not None and entry.sure


# What might change the record, put into a line that is clear without it.
_LEFT_UNEXPLAINED = (
    "xóm %s{0}", "tổ ##", "thôn", "ngõ", "15", "c", "50k", "2 triệu", "hình như", "nghe nói", "chắc", "không phải",
    "hoặc 13", "và nhà ông Tám", "1/3", "nếu rảnh", "gần như", "một nửa", "à nhầm", "12345678",
)  # fmt: skip


@pytest.mark.parametrize("words", _LEFT_UNEXPLAINED)
@pytest.mark.parametrize("outcome", ["vắng", "đã cài rồi", "từ chối"])
def test_what_nobody_explained_is_asked_about(words: str, outcome: str) -> None:
    assert is_saved(f"nhà 12 {outcome}")
    assert not is_saved(f"nhà 12 {words} {outcome}")


@pytest.mark.parametrize("words", ["xóm %s{0}", "ngõ", "15", "c", "hình như", "không phải", "hoặc 13", "một nửa"])
def test_behind_what_happened_too(words: str) -> None:
    assert not is_saved(f"nhà 12 đã cài rồi {words}")


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("nhà 12 vắng, khoá cổng", "khoá cổng"),
        ("nhà 12 đi viện, không gặp ai", "đi viện"),
        ("nhà 12 từ chối kêu ko cần", "kêu ko cần"),
        ("nhà 12 hẹn hôm khác", "hẹn hôm khác"),
        ("nhà 12 cài rồi, quên báo", "quên báo"),
        ("nhà 12 vắng, gọi đt hẹn t7", "vắng, gọi đt hẹn"),
        ("trời mưa to, nhà 12 vắng", "trời mưa to"),
        ("nhà 12 cài 1 người (con gái)", "con gái"),
        ("nhà 12 cài 2 người, bà cụ ko có đt", "bà cụ ko có đt"),
        ("nhà 12 đã cài nhé ạ", None),
        ("nhà 12 vắng nhà, không có ai ở nhà", None),
    ],
)
def test_own_words_stay_as_typed(line: str, note: str | None) -> None:
    entry = read(line)
    assert entry is not None
    assert (entry.note, entry.sure) == (note, True)


@pytest.mark.parametrize(
    "line",
    ["hnay e làm nhà số 21, cài ok", "nhà 54 máy đầy bộ nhớ, dặn cháu về xoá ảnh", "nhà 18, gia đình không đồng ý cài"],
)
def test_nobody_is_called_by_a_verb(line: str) -> None:
    entry = read(line)
    assert entry is not None
    assert entry.name is None


@pytest.mark.parametrize("line", ["chiều em qua nhà 12 cài", "em đang ở nhà 12 cài", "chiều nay đi cài nhà 12"])
def test_a_plan_is_no_visit(line: str) -> None:
    assert not is_saved(line)
    assert is_saved("em qua nhà 12 cài rồi")


def said(text: str) -> list[tuple[str | None, str | None, bool]]:
    return [(entry.house, entry.outcome, entry.sure) for _, entry in read_list(text, PLAN, TODAY).records]


def test_letters_of_a_sheet_among_fuller_words() -> None:
    assert said("12 c, 13 v, 14 hẹn t7") == [
        ("12", "installed", True), ("13", "nobody_home", True), ("14", "come_back", True),
    ]  # fmt: skip
    assert said("12 c, 13 hẹn t7, 9h") == [("12", "installed", True), ("13", "come_back", True)]


def test_a_single_letter_may_be_a_house() -> None:
    assert not any(sure for *_, sure in said("12c, 13 vắng, 14 từ chối"))
    assert not any(sure for *_, sure in said("vắng 12, 13, 14 c"))


def test_a_place_ahead_of_letters_holds_for_all_and_behind_them_is_asked_about() -> None:
    ahead, behind = (read_list(line, PLAN, TODAY).records for line in ("xóm Chùa 12 c, 13 v", "12 c, 13 v xóm Chùa"))
    assert [(entry.house, entry.unit, entry.sure) for _, entry in ahead] == [
        ("12", "xóm Chùa", True), ("13", "xóm Chùa", True),
    ]  # fmt: skip
    assert [(entry.house, entry.sure) for _, entry in behind] == [("12", False), ("13", False)]


def test_a_house_in_an_alley_under_a_heading_is_no_day() -> None:
    records = read_list("Vắng:\n12\n18/2\nXong:\n13", PLAN, TODAY).records
    assert [(entry.house, entry.outcome, entry.day) for _, entry in records] == [
        ("12", "nobody_home", None), ("18/2", "nobody_home", None), ("13", "installed", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("nhà 52 k ai ở nhà, c hàng xóm bảo đi viện", "c hàng xóm bảo đi viện"),
        ("nhà 83 không cài, bảo chẳng để làm gì", "bảo chẳng để làm gì"),
        ("nhà 19 cài rồi, hôm nào rảnh cháu chỉ thêm", "hôm nào rảnh cháu chỉ thêm"),
        ("nhà 9 vắng, chắc đi chợ", "chắc đi chợ"),
        ("nhà 9 cài xong, t7 qua chỉ thêm", "t7 qua chỉ thêm"),
        ("nhà 9 chưa có mức 2, công an hẹn tháng sau", "công an hẹn tháng sau"),
    ],
)
def test_behind_a_clear_core_stands_a_tail_of_own_words(line: str, note: str) -> None:
    entry = read(line)
    assert entry is not None
    assert (entry.note, entry.sure) == (note, True)


@pytest.mark.parametrize(
    "tail",
    ["chắc thế", "hình như gỡ rồi", "à không phải", "nhà 13 cũng thế", "con chưa", "nhưng chưa dùng", "còn 3 người",
     "đăng ký lỗi"],
)  # fmt: skip
def test_a_tail_must_not_take_the_core_back(tail: str) -> None:
    assert is_saved("nhà 12 cài rồi, bà chủ vui lắm")
    assert not is_saved(f"nhà 12 cài rồi, {tail}")


@pytest.mark.parametrize(
    ("line", "house", "name"),
    [
        ("bà Lụa 10 từ chối", "10", "Lụa"),
        ("ô. Khoát 19 đã có từ trc", "19", "Khoát"),
        ("bac Sinh 57 cai duoc 3 nguoi", "57", "Sinh"),
        ("5 bác Lộc vắng", "5", "Lộc"),
        ("n12 vắng", "12", None),
    ],
)
def test_a_number_beside_a_name_is_the_house(line: str, house: str, name: str | None) -> None:
    entry = read(line)
    assert entry is not None
    assert (entry.house, entry.name, entry.sure) == (house, name, True)


@pytest.mark.parametrize(
    "line",
    ["bà Lụa sn 1950 từ chối", "cụ Bính 82t vắng", "chị Lan 2 cài rồi", "214 Nguyễn Lương Bằng đã cài",
     "nhà 12 nhà 13 vắng", "nhà con trai ông Tám vắng", "số 12 Lê Lợi vắng"],
)  # fmt: skip
def test_a_number_that_may_be_something_else_is_asked_about(line: str) -> None:
    entry = read(line)
    assert entry is not None
    assert entry.house != "82t"
    assert not entry.sure or entry.house == "cụ Bính"


def test_number_and_outcome_by_turns() -> None:
    assert said("50 cài xong 52 vắng 54 đã có từ trước") == [
        ("50", "installed", True), ("52", "nobody_home", True), ("54", "had_it", True),
    ]  # fmt: skip
    assert not all(sure for *_, sure in said("12 hẹn 14 cài"))
    assert not all(sure for *_, sure in said("5 cài 6 vắng hôm qua"))


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        (
            "26 Hoa c, 28 Bình v, 30 Đức c",
            [("26", "installed", True), ("28", "nobody_home", True), ("30", "installed", True)],
        ),
        ("c: 1, 3; v: 2", [("1", "installed", True), ("3", "installed", True), ("2", "nobody_home", True)]),
        ("nhà 70 0912667788 c, nhà 72 0977123654 c", [("70", "installed", True), ("72", "installed", True)]),
        ("hqua 45 v", [("45", "nobody_home", True)]),
        ("12 c", [("12", "installed", True)]),
        ("12 C", []),
        ("12c", []),
    ],
)
def test_a_sheet_s_letter_stands_behind_a_name_or_ahead_of_numbers(
    text: str, letters: list[tuple[str, str, bool]]
) -> None:
    assert said(text) == letters


@pytest.mark.parametrize("line", ["nhà 12 vắng, nhà 12 cài rồi", "nhà đấy từ chối", "số 3, số 5 cài rồi mà chưa xong"])
def test_one_house_told_twice_or_not_at_all_is_not_saved(line: str) -> None:
    assert not is_saved(line)
    assert not any(sure for *_, sure in said(line))


def test_a_day_holds_for_its_whole_line() -> None:
    days = {entry.day for _, entry in read_list("tối qua số 76, 78 cài xong, số 80 vắng", PLAN, TODAY).records}
    assert days == {date(2026, 6, 17)}


def test_the_later_of_two_days_stands() -> None:
    entry = read("nhà bà Sáu hôm qua vắng, hôm nay cài được rồi")
    assert entry is not None
    assert (entry.outcome, entry.day, entry.note, entry.sure) == ("installed", TODAY, "hôm qua vắng", True)
