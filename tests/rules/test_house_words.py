"""Where the words of a house end, what sounds like a word of ours and is none, and that a name needs a name."""

from datetime import date

import pytest

from campaigns import EXAMPLE
from rules import plan as plans
from rules.entry import house_key, read_line
from tests.rules.blind import written

PLAN = plans.load(EXAMPLE)
TODAY = date(2026, 6, 18)  # a Thursday


@pytest.mark.parametrize(
    ("line", "house", "outcome"),
    [
        ("nhà bà Tỵ giò chả cài rồi", "bà Tỵ giò chả", "installed"),
        ("nhà cô Hoà bánh đa đã cài", "cô Hoà bánh đa", "installed"),
        ("nhaf coo Hoaf banhs dda ddax caif", "cô Hoà bánh đa", "installed"),
        ("nhà ông Tư gốc đa vắng cả nhà", "ông Tư gốc đa", "nobody_home"),
        ("nhà cụ Đỉnh cạnh chùa chưa cài được", "cụ Đỉnh cạnh chùa", "not_done"),
        ("nhà anh Tú xe tải không có ai ở nhà", "anh Tú xe tải", "nobody_home"),
        ("nhà bà Thìn sân kho từ chối", "bà Thìn sân kho", "refused"),
        ("nhà bà Thơm bán chổi đã cài", "bà Thơm bán chổi", "installed"),
        ("nhà chị Thơm ngã ba bưu điện hẹn t7", "chị Thơm ngã ba bưu điện", "come_back"),
        ("bà Thêu cạnh nhà văn hoá ko có smartphone", "bà Thêu cạnh nhà văn hoá", "no_smartphone"),
        ("số 6 ngõ chùa Đỏ chị Vấn cài rồi", "số 6 ngõ chùa Đỏ", "installed"),
        ("nhà cuối ngõ 41 cửa cuốn đóng, vắng", "cuối ngõ 41", "nobody_home"),
        ("nhà có cây khế đầu ngõ vắng cả nhà", "có cây khế đầu ngõ", "nobody_home"),
        ("bác Nghị thuốc lào mời mai quay lại", "bác Nghị thuốc lào", "come_back"),
        ("nha anh Tai nem chua chua cai duoc", "anh Tai nem chua", "not_done"),
        ("nhà ông Bé cây roi đầu ngõ vắng", "ông Bé cây roi đầu ngõ", "nobody_home"),
        ("nhà ông Vực chó dữ chưa vào được", "ông Vực", "not_done"),
    ],
)
def test_trades_goods_and_landmarks_are_the_house(line, house, outcome):
    (entry,) = written(line, PLAN)
    assert (entry.house, entry.outcome) == (house, outcome)


@pytest.mark.parametrize(
    "line",
    [
        "nhà anh Cương đông khách hẹn mai",
        "nhà bà Tám mở cửa muộn, vắng",
        "nhà cô Lan kêu máy chậm, chưa cài",
        "nhà chị Nga làm ca đêm, vắng",
        "nhà bà Tư trông cháu, hẹn t7",
        "nhà ông Kha đau chân, chưa cài",
        "nhà anh Bảo đt hỏng, chưa cài",
        "nhà chú Thịnh ngủ trưa, hẹn 3h chiều mai",
    ],
)
def test_what_people_do_and_how_things_are_ends_it(line):
    entry = read_line(line, PLAN, TODAY)
    assert entry
    assert len(entry.house.split()) == 2


def test_what_no_mark_tells_is_asked_about():
    assert not written("nha co Deu ban banh da cai xong", PLAN)
    assert not written("nha ong Bay cau da hen sang thu 3", PLAN)
    assert written("nha ong Bay goc da da cai", PLAN)[0].house == "ong Bay goc da"


def test_a_door_tells_no_name_of_what_is_said_of_a_phone():
    (entry,) = written("nhà 54 ô. Tạo đt ko lên mạng đc, chưa cài", PLAN)
    assert (entry.name, entry.outcome) == ("Tạo", "not_done")


@pytest.mark.parametrize(
    "line",
    [
        "Cô đánh máy chậm các cháu thông cảm nhé",
        "co danh may cham cac chau thong cam nhe",
        "Cô già rồi không biết dùng điện thoại mới đâu",
        "Bác gõ chữ chậm lắm các cháu chờ tí",
        "Bà Lan đi vắng các cháu thông cảm",
        "Chú hết pin lát báo sau nhé",
        "Cô từ chối làm nhóm trưởng nhé",
        "Cụ Nhỡn mất rồi mai đưa tang",
        "Chị Lan hẹn mai đi tiếp",
        "bác Lượng hẹn mai đi",
        "cô nấu cơm xong rồi đi luôn",
        "Bác trưởng thôn bảo mai 7h sang họp",
        "mẹ bảo mai 8h sang",
        "Điện thoại bác không có mạng",
    ],
)
def test_who_tells_of_herself_is_no_household(line):
    assert not written(line, PLAN)


@pytest.mark.parametrize(
    ("line", "house", "outcome"),
    [
        ("n.112 vắng", "112", "nobody_home"),
        ("Nhà 91 cài giồi nhé", "91", "installed"),
        ("Nhà 101 chú Bính ô kê", "101", "installed"),
        ("Bà Luyến số 3 bảo mai 8h sang", "3", "come_back"),
        ("nhà 94 để tuần sau quay lại", "94", "come_back"),
        ("Cháu ghi giúp cô nhà số 201 ông Thịnh vắng nhé", "201", "nobody_home"),
        ("nhà 32 bà Sen k có sđt, dùng máy cục gạch", "32", "no_smartphone"),
        ("sn 20 ng. 9 khóa cửa", "20 ngõ 9", "nobody_home"),
        ("xong nhà 60 rồi nhá bác Lượng ơi", "60", "installed"),
        ("Cô Mùi bán xôi: ok 2 người", "Cô Mùi bán xôi", "installed"),
    ],
)
def test_plain_lines_are_saved(line, house, outcome):
    (entry,) = written(line, PLAN)
    assert (entry.house, entry.outcome) == (house, outcome)


def test_people_behind_a_number_are_no_alley():
    assert house_key(read_line("sn 20 ng. 9 khóa cửa", PLAN, TODAY).house) == house_key("20 ngõ 9")
    for line in ("nhà 65 cài 3 ng 2 máy", "cài 3 ng 65", "65 cài 3 ng 2 máy", "nhà 65 3 ng 2 máy cài"):
        assert "ngõ" not in (read_line(line, PLAN, TODAY).house or "")


def test_where_somebody_went_is_no_place_of_the_house():
    (entry,) = written("số 8 ngõ 30 bà Lạng dùng máy cục gạch, con trai đi làm khu Tràng Duệ", PLAN)
    assert entry.unit is None
    assert "khu Tràng Duệ" in entry.note


def test_an_hour_in_the_words_of_a_promise_is_kept():
    (entry,) = written("Bà Luyến số 3 bảo mai 8h sang", PLAN)
    assert (entry.come_back_on, entry.come_back_at) == (date(2026, 6, 19), "08:00")
