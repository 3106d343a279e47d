"""Words that hold for several houses at once, and a paper sheet's letters in all the ways they are copied."""

import pytest

from rules.entry import may_be_many
from tests.rules.blind import written
from tests.rules.test_entry_corpus import PLAN

_DONE, _AWAY, _REFUSED, _HEN = "installed", "nobody_home", "refused", "come_back"
_TOLD = {
    "nhà 195 và 197 cùng vắng": {"195": _AWAY, "197": _AWAY},
    "em đi nhà 6 với nhà 8, cả hai nhà đều vắng": {"6": _AWAY, "8": _AWAY},
    "cả 3 nhà 90, 91, 92 đều không đồng ý": {"90": _REFUSED, "91": _REFUSED, "92": _REFUSED},
    "ngõ 9 số 5, 7 xong ạ": {"5 ngõ 9": _DONE, "7 ngõ 9": _DONE},
    "nhà 139 139b xong cả": {"139": _DONE, "139b": _DONE},
    "nhà 71 chị Sâm và nhà 73 anh Đạo đều từ chối": {"71": _REFUSED, "73": _REFUSED},
    "nhà chị Tâm với nhà chị Thu xong cả hai rồi ạ": {"chị Tâm": _DONE, "chị Thu": _DONE},
    "Nhà bà Tý, ông Thân, anh Ngọ: xong cả": {"bà Tý": _DONE, "ông Thân": _DONE, "anh Ngọ": _DONE},
    "nhà chị Thúy\nnhà chị Hồng\nnhà chị Bích\n3 nhà này cài rồi": {
        "chị Thúy": _DONE, "chị Hồng": _DONE, "chị Bích": _DONE},
    "nhà 12\nnhà 14\ncả hai nhà đều vắng": {"12": _AWAY, "14": _AWAY},
    "Dãy lẻ từ 1 đến 5 xong cả": {"1": _DONE, "3": _DONE, "5": _DONE},
    "bên chẵn 2-6 vắng hết": {"2": _AWAY, "4": _AWAY, "6": _AWAY},
    "tối qua 4, 6 vắng còn 9 cài xong": {"4": _AWAY, "6": _AWAY, "9": _DONE},
    "số mười tám và số hai mươi đều đã cài": {"18": _DONE, "20": _DONE},
    "nhaf 26 vaf 28 caif roofi": {"26": _DONE, "28": _DONE},
    "số mười một hộ ông nguyễn văn hậu đã cài bốn người": {"11": _DONE},
    "nhaf 45 heenj chur nhaatj 3h chieeuf": {"45": _HEN},
    "- 95 ; Ngô Thị Sâm ; 0358417092 ; xong": {"95": _DONE},
    "hai nhà 15 và 17 đều chưa cài": {"15": "not_done", "17": "not_done"},
    "nhaf oong Hair vaf nhaf baf Lan xong": {"ông Hải": _DONE, "bà Lan": _DONE},
    # a paper sheet's letters
    "20 c 21 c 22 hẹn t7 23 v": {"20": _DONE, "21": _DONE, "22": _HEN, "23": _AWAY},
    "47c 48c 51v 53hẹn t6": {"47": _DONE, "48": _DONE, "51": _AWAY, "53": _HEN},
    "c: 1 3\nv: 2 4\nt: 6": {"1": _DONE, "3": _DONE, "2": _AWAY, "4": _AWAY, "6": _REFUSED},
    "15 c": {"15": _DONE},
    "18 t ko thích": {"18": _REFUSED},
    "33-35 v": {"33": _AWAY, "34": _AWAY, "35": _AWAY},
    "54 c 0986 112 947": {"54": _DONE},
    "55 c còn 57 thì chủ đi viện nên hẹn lại": {"55": _DONE, "57": _HEN},
    "88, 90 v; 92 c": {"88": _AWAY, "90": _AWAY, "92": _DONE},
    "tối qua 110 c 112 v": {"110": _DONE, "112": _AWAY},
    "47 đc, 49 v, 51 k có smartphone": {"47": _DONE, "49": _AWAY, "51": "no_smartphone"},
    "nhà bà Sáu c, nhà ông Cả v": {"bà Sáu": _DONE, "ông Cả": _AWAY},
    "sang tổ 6: nhà 3 c, nhà 5 v": {"3": _DONE, "5": _AWAY},
}  # fmt: skip
_ASKED = [
    "nhà bà Lan và ông Tám đều vắng",  # of one house, who knows
    "anh Nam với chị Hà đều xong rồi",  # two of us
    "nhà chị Thúy\nnhà chị Hồng\n3 nhà này cài rồi",
    "3 nhà này cài rồi",
    "ba nhà 15 và 17 vắng",
    "nhà 20, 22 đều đã cài cả 2 người",  # of each, or of both together
    "nhà ông Bảy và nhà con trai ông đều xong",
    "cả 3 nhà 90, 91 đều không đồng ý",
    "dãy lẻ từ 2 đến 9 xong",
    "nhà chẵn từ 2 đến 30 đã cài",  # more than a dozen
    "nhà 3 với 5 người cùng xong",
    "hôm qua 5, 6 người xong",
    "12 c, 13, 14 v",
    "12 C",
    "12c",
    "9 h",
    "c Lan",
    "2 c lên nhé",
    "20c 21c vắng",
]


@pytest.mark.parametrize("line", _TOLD)
def test_each_of_them_is_written(line):
    assert may_be_many(line) or len(_TOLD[line]) == 1
    assert {entry.house: entry.outcome for entry in written(line, PLAN)} == _TOLD[line]


@pytest.mark.parametrize("line", _ASKED)
def test_what_may_be_meant_otherwise_is_asked_about(line):
    assert not written(line, PLAN)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Cài được: 165 (2 người), 167 (1 người)", {"165": 2, "167": 1}),
        ("Tối qua: 31 (2 ng), 33 (1 ng), 35 (3 ng) đều cài xong", {"31": 2, "33": 1, "35": 3}),
        ("đã cài: 12 (2 người), 14", {"12": 2, "14": None}),
    ],
)
def test_how_many_beside_each_house(line, people):
    assert {entry.house: entry.installs for entry in written(line, PLAN)} == people


@pytest.mark.parametrize("line", ["hôm qua 15, 17 cài xong, 19 vắng", "tối qua 110 c 112 v", "tối qua nhà 3, 5 xong"])
def test_a_day_ahead_is_that_of_all_of_them(line):
    told = written(line, PLAN)
    assert len(told) > 1
    assert {str(entry.day) for entry in told} == {"2026-06-17"}
