"""What a line says beside its outcome: it stays in own words, and is never taken for what happened."""

from datetime import date
from pathlib import Path

import pytest

from rules import plan as plans
from rules.entry import Entry, read_line
from rules.telex import decode

TODAY = date(2026, 6, 18)  # a Thursday
PLAN = plans.load(Path(__file__).parents[2] / "campaigns" / "viet-hoa-2026.toml")


def read(line: str) -> Entry:
    entry = read_line(line, PLAN, TODAY)
    assert entry is not None
    return entry


def own_words(entry: Entry) -> str:
    return ", ".join(text for text in (entry.reason, entry.note) if text)


@pytest.mark.parametrize(
    ("line", "outcome", "kept"),
    [
        ("nhà 7 chưa cài, con trai cầm máy đi làm mất rồi", "not_done", "con trai cầm máy đi làm mất rồi"),
        ("nhà 7 chưa cài, vợ mang điện thoại về quê", "not_done", "vợ mang điện thoại về quê"),
        ("nhà 8 cài xong cho bác gái, bác trai không có nhà", "installed", "cho bác gái, bác trai không có nhà"),
        ("nhà 8 cài rồi, ông xã đi vắng", "installed", "ông xã đi vắng"),
        ("nhà 9 đã cài xong, lâu vì mạng yếu", "installed", "mạng yếu, lâu"),
        ("nhà 9 từ chối vì chồng đi vắng", "refused", "chồng đi vắng"),
        ("nhà 20 cài app rồi nhá, VNeID mức 2 có sẵn", "installed", "VNeID mức 2 có sẵn"),
        ("nhà 20 đã có định danh mức 2, cài xong", "installed", "đã có định danh mức 2"),
        ("nhà 6 cài rồi nhưng chưa biết dùng, bữa nào rảnh chỉ lại", "installed",
         "nhưng chưa biết dùng, bữa nào rảnh chỉ lại"),
        ("nhà 28 đã cài nhưng không cho số điện thoại", "installed", "nhưng không cho số điện thoại"),
        ("nhà 38 không cài nữa vì đã có rồi", "had_it", ""),
        ("nha 8 ko muon cai vi ko can dung", "refused", "ko can dung, ko muon cai"),
        ("nhà 90 không phải vắng, có nhà nhưng từ chối", "refused", "có nhà nhưng từ chối"),
        ("nhà 13 ko đc, máy cùi quá k tải nổi", "not_done", "ko đc, máy cùi quá k tải nổi"),
    ],
)  # fmt: skip
def test_what_explains_is_no_outcome(line: str, outcome: str, kept: str) -> None:
    entry = read(line)
    assert (entry.outcome, own_words(entry)) == (outcome, kept)


@pytest.mark.parametrize(
    "line",
    [
        "nhà 12 vợ cài rồi, chồng chưa", "nhà 12 cài rồi, chồng từ chối", "nhà 12 vợ từ chối, chồng đi vắng",
        "nhà 72 chưa cài 3 người", "nhà 12 vắng 2 người", "12/3 cài xong nhà cô Bảy", "nha 12 le van cai da cai",
    ],
)  # fmt: skip
def test_what_says_two_things_is_asked_about(line: str) -> None:
    assert not read(line).sure


@pytest.mark.parametrize(
    ("line", "name", "outcome"),
    [
        ("nhà 12 Lê Văn Cài vắng", "Lê Văn Cài", "nobody_home"),
        ("Nguyễn Thị Không nhà 8 không đồng ý", "Nguyễn Thị Không", "refused"),
        ("nhà 5 bà Trần Thị Hẹn đã cài", "Trần Thị Hẹn", "installed"),
        ("nhà 12 anh Hùng Đã cài", "Hùng", "installed"),
        ("nhà 86 đi Hà Nội thăm con", None, "nobody_home"),
    ],
)
def test_a_name_may_be_a_word_of_ours(line: str, name: str | None, outcome: str) -> None:
    entry = read(line)
    assert (entry.name, entry.outcome, entry.sure) == (name, outcome, True)


@pytest.mark.parametrize(
    ("line", "house", "day"),
    [
        ("18/6 cài xong 2 người nhà cô Bảy", "cô Bảy", date(2026, 6, 18)),
        ("nhà 38 cài hôm kia rồi, giờ mới báo", "38", date(2026, 6, 16)),
        ("nhà 33 hôm trước vắng giờ cài xong rồi", "33", None),
        ("nhà 38 có sẵn rồi, dùng 2 tháng nay", "38", None),
        ("12/5 bà Tám đã cài", "12/5", None),
    ],
)
def test_a_day_is_no_house(line: str, house: str, day: date | None) -> None:
    entry = read(line)
    assert (entry.house, entry.day, entry.sure) == (house, day, True)


@pytest.mark.parametrize(
    ("line", "house", "kept"),
    [("nhà 21 tầng 3 đã cài", "21", "tầng 3"), ("căn 5 tầng 3 đã cài", "căn 5 tầng 3", ""), ("n 16 vắng", "16", "")],
)
def test_a_house_is_found_by_its_number(line: str, house: str, kept: str) -> None:
    entry = read(line)
    assert (entry.house, own_words(entry), entry.sure) == (house, kept, True)


@pytest.mark.parametrize("word", ["gara", "taxi", "gas", "bar", "cari"])
def test_a_borrowed_word_is_no_telex(word: str) -> None:
    assert decode(word) == word


def test_among_telex_a_tone_may_stand_inside() -> None:
    assert read("nhaf 50 ddax caif xong 2 masy").installs == len(["máy", "máy"])


@pytest.mark.parametrize(
    ("line", "outcome", "kept"),
    [
        ("nhà 14 chưa cài, bà giữ máy đi chợ chưa về", "not_done", "bà giữ máy đi chợ chưa về"),
        ("nhà 47 đã cài 1 máy, máy kia hết dung lượng", "installed", "máy kia hết dung lượng"),
        ("nhà 60 từ chối, nói bao giờ bắt buộc mới cài", "refused", "nói bao giờ bắt buộc mới cài"),
        ("nhà 42 bận ăn cỗ, hẹn lại hôm khác", "come_back", "bận ăn cỗ, hẹn lại hôm khác"),
        ("nhà 65 từ chối, bảo bận trông quán", "refused", "bảo bận trông quán"),
        ("nhà 6 hẹn lại, chưa biết hôm nào", "come_back", "chưa biết hôm nào"),
        ("nhà 9 chưa cài, pin điện thoại còn 2%", "not_done", "pin điện thoại còn 2%"),
        ("nhà 2 vắng 2 hôm nay", "nobody_home", "2 hôm nay"),
        ("nhà 26 đã cài cho mẹ, bố chưa có máy", "installed", "cho mẹ, bố chưa có máy"),
        ("nhà 62 có 4 người, chưa ai cài", "not_done", "chưa ai cài, có 4 người"),
        ("iphone 6 đời cũ ko hỗ trợ, nhà 31 chưa cài được", "not_done", "iphone 6 đời cũ ko hỗ trợ"),
        ("Tối qua 8h em qua nhà 51, vắng", "nobody_home", "Tối qua 8h em qua"),
        ("nhà 100 xong, là nhà thứ 10 trong tối nay rồi", "installed", "nhà thứ 10 trong tối nay"),
        ("nhà 42 đã cài, bác mời nước", "installed", "bác mời nước"),
        ("nhà 5 cài rồi, bà vui", "installed", "bà vui"),
    ],
)
def test_behind_a_clear_core_all_is_kept(line: str, outcome: str, kept: str) -> None:
    entry = read(line)
    assert (entry.outcome, entry.sure, entry.name, own_words(entry)) == (outcome, True, None, kept)


@pytest.mark.parametrize(
    "line",
    [
        "đã cài xong nhà bên cạnh nhà 20", "nhà 33 đã hẹn 2 lần vẫn vắng", "nhà 54 hẹn lại, thứ 6 hay thứ 7 chưa rõ",
        "nhà 84 đã tải, đang đợi mã", "nhà 12 cài 50%",
    ],
)  # fmt: skip
def test_a_core_that_is_open_is_asked_about(line: str) -> None:
    assert not read(line).sure


def test_a_time_told_to_us_is_no_name_of_ours() -> None:
    assert read("nhà 5 hẹn em tối thứ 6 tầm 7 rưỡi").come_back_at == "19:30"


def test_nobody_answering_the_phone_is_no_refusal() -> None:
    assert read("nhà 40 gọi 3 cuộc không nghe").outcome == "nobody_home"
    assert own_words(read("nha 28 dung may cu, tai khong noi")).split() == "may cu, tai khong noi, dung".split()  # noqa: SIM905


def test_how_many_live_there_is_not_how_many_installed() -> None:
    assert read("nhà 48 có 6 khẩu, 4 người lớn, cài được cho 3 người").installs == len(["một", "hai", "ba"])
