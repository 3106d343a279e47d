"""A unit's own figure is told from a house, from people and from talk. Today is Thursday 18 June 2026."""

from datetime import date

import pytest

from rules.unit_total import UnitTotal, read_unit_total

TODAY = date(2026, 6, 18)
YESTERDAY = date(2026, 6, 17)


@pytest.mark.parametrize(
    ("line", "figure"),
    [
        ("thôn 3: 41/60", UnitTotal("thôn 3", 41, 60)),
        ("Thôn 3 đã cài 41/60 hộ", UnitTotal("Thôn 3", 41, 60)),
        ("thôn 3 41 trên 60", UnitTotal("thôn 3", 41, 60)),
        ("tổ 3: 5/12", UnitTotal("tổ 3", 5, 12)),
        ("tdp 5 hien tai 45 tren tong so 80 ho", UnitTotal("tdp 5", 45, 80)),
        ("TDP số 5: 45/80 hộ, đạt 56%", UnitTotal("TDP số 5", 45, 80)),
        ("Tổ 4 có 60 hộ, đã cài 41", UnitTotal("Tổ 4", 41, 60)),
        ("thôn 3: 1.041/1.260 hộ", UnitTotal("thôn 3", 1041, 1260)),
        ("thôn 3: 41/60 hộ, còn 19 hộ", UnitTotal("thôn 3", 41, 60)),
        ("18/6 tổ 3: 41/60", UnitTotal("tổ 3", 41, 60, day=TODAY)),
        ("tổ em được 41/60 rồi ạ", UnitTotal(None, 41, 60)),
        ("tổ 5 được 12 hộ hôm nay", UnitTotal("tổ 5", 12, None, adds=True, day=TODAY)),
        ("to 5 dc 12 ho hom nay", UnitTotal("to 5", 12, None, adds=True, day=TODAY)),
        ("tối qua thôn Đoài được 7 hộ", UnitTotal("thôn Đoài", 7, None, adds=True, day=YESTERDAY)),
        ("tổ 7 hôm nay thêm 5, tổng 46/60", UnitTotal("tổ 7", 46, 60, day=TODAY)),
        ("tổ 4 đến nay được 20 hộ", UnitTotal("tổ 4", 20)),
    ],
)
def test_a_figure_is_read_whole(line, figure):
    assert read_unit_total(line, TODAY) == figure


@pytest.mark.parametrize(
    "line",
    ["tổ 4 được 20 hộ", "tổ 3 đã cài 12/36", "tổ 5 em cài được 12 hộ", "tổ 5: 70/60", "thôn 3: 41/60 hộ, còn 29 hộ"],
)
def test_what_may_mean_something_else_is_not_sure(line):
    figure = read_unit_total(line, TODAY)
    assert figure is not None
    assert not figure.sure


@pytest.mark.parametrize(
    "line",
    [
        "tổ 3 nhà 12/36 đã cài", "tổ 3 12/36 đã cài", "thôn 3 nhà 12 đã cài", "tổ 5 được 12 người",
        "tổ 5 còn 12 hộ chưa cài", "tổ 4 có 60 hộ", "mai tổ 5 phấn đấu được 12 hộ", "thôn 3 họp lúc 8h",
        "hôm nay được 12 hộ", "thôn 3: 41/60?", "cảm ơn cháu", "",
    ],
)  # fmt: skip
def test_houses_people_plans_and_talk_are_no_figure(line):
    assert read_unit_total(line, TODAY) is None


def test_more_done_than_there_are_is_impossible():
    figure = read_unit_total("tổ 5: 70/60", TODAY)
    assert figure is not None
    assert not figure.is_possible
