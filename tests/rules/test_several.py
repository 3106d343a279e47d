"""Several houses told by their people, in alleys of their own, as a story, and with one left out."""

import pytest

from rules.entry import may_be_many
from tests.rules.blind import written
from tests.rules.test_entry_corpus import PLAN

_TOLD = {
    "thôn 4: bà Hoè cài rồi, ông Tịch vắng, chị Bống có từ trước": {
        "bà Hoè": "installed", "ông Tịch": "nobody_home", "chị Bống": "had_it"},
    "ông Tư xong, cô Bảy vắng": {"ông Tư": "installed", "cô Bảy": "nobody_home"},
    "nhà ông Đạt đã cài còn nhà bà Tơ sát vách thì vắng": {"ông Đạt": "installed", "bà Tơ": "nobody_home"},
    "số 8 ngõ 3 và số 10 ngõ 3 đã cài rồi": {"8 ngõ 3": "installed", "10 ngõ 3": "installed"},
    "trừ nhà 25 vắng ra thì 23, 25, 27 đều đã cài": {"25": "nobody_home", "23": "installed", "27": "installed"},
    "20-22 đã cài, trừ 21 vắng": {"20": "installed", "22": "installed", "21": "nobody_home"},
    "thôn 6 nhà 10, 12 đã cài; 14 cục gạch": {"10": "installed", "12": "installed", "14": "no_smartphone"},
    "Đã cài (2 nhà):\n31 chị Hoài\n33 anh Lương 2 người": {"31": "installed", "33": "installed"},
    "đã cài (2 nhà): 12, 14": {"12": "installed", "14": "installed"},
    "Em đến nhà 41. Chị Loan cài xong rồi. Sang nhà 43 thì không có ai ở nhà.": {
        "41": "installed", "43": "nobody_home"},
    "vào nhà 12, chị Lan cài rồi, sang nhà 14 vắng": {"12": "installed", "14": "nobody_home"},
    "nhà 21 tầng 3 đã cài": {"21": "installed"},
}  # fmt: skip
_ASKED = [
    "20-30 đã cài trừ nhà 25",  # what of 25?
    "nhà ông Tám cài rồi, bà Tám vắng",  # of one house, who knows
    "anh Hùng vắng, chị Lan xong",  # colleagues
    "đã cài (3 nhà): 12, 14",
    "18/6 cô Bảy vắng",  # said on that very day
]
_PEOPLE = {
    "nhà 48 có 6 khẩu, 4 người lớn, cài được cho 3 người": 3,
    "nhà 12 anh Công: 3/5 người đã cài": 3,
    "nhà 10 ngõ 9, 4 nhân khẩu, cài được 2": 2,
    "nhà ông Sửu cài xong 2 máy cho 2 người, máy thứ 3 hết pin": 2,
    "nhà 12 cài 3 người, 1 máy lỗi": 3,  # and no house 1
    "nhà 37 bác Thạo cài cho 1 mình bác, vợ không có máy": 1,
    "nhà 99 hai mẹ con chị Thêu đã cài cả hai": 2,
    "nhà 10 đã cài 2 người, còn 1 cháu chưa đủ tuổi": 2,
}
_NOT_COUNTED = [
    "nhà 72 chưa cài 3 người",
    "nhà 12 cài 2 máy cho 3 người",
    "nhà 12, 4 nhân khẩu, đã cài",
    "nhà 12 cài 5/3 máy",
]


@pytest.mark.parametrize("line", _TOLD)
def test_each_house_is_written_with_what_was_there(line):
    assert may_be_many(line) or len(_TOLD[line]) == 1
    assert {entry.house: entry.outcome for entry in written(line, PLAN)} == _TOLD[line]


def test_the_place_ahead_holds_for_all():
    told = written("thôn 6 nhà 10, 12 đã cài; 14 cục gạch", PLAN)
    assert {entry.unit for entry in told} == {"thôn 6"}


@pytest.mark.parametrize("line", _ASKED)
def test_what_may_be_read_twice_is_asked_about(line):
    assert written(line, PLAN) == []


@pytest.mark.parametrize("line", _PEOPLE)
def test_the_count_beside_the_word_for_it_is_who_installed(line):
    assert [entry.installs for entry in written(line, PLAN)] == [_PEOPLE[line]]


@pytest.mark.parametrize("line", _NOT_COUNTED)
def test_a_count_of_nobody_knows_what_is_asked_about(line):
    assert written(line, PLAN) == []
