"""A unit is found by the name people say, and by no other."""

import pytest

from rules.unit_names import called, may_be_part

NUMBERED = ["phường Việt Hoà", "Tổ dân phố 3", "Tổ dân phố 13", "Tổ dân phố số 5", "Khu dân cư IV"]
VILLAGES = [
    "xã Bình Giang",
    "Thôn Một",
    "Thôn Hai",
    "Thôn Nam",
    "Thôn Cao Xá Đông",
    "Thôn Cao Xá Tây",
    "Xóm 3",
    "Thôn 3",
]


@pytest.mark.parametrize(
    ("said", "names", "meant"),
    [
        ("to dan pho 3", NUMBERED, "Tổ dân phố 3"),
        ("tổ 3", NUMBERED, "Tổ dân phố 3"),
        ("TDP 13", NUMBERED, "Tổ dân phố 13"),
        ("số 5", NUMBERED, "Tổ dân phố số 5"),
        ("tdp 05", NUMBERED, "Tổ dân phố số 5"),
        ("khu 4", NUMBERED, "Khu dân cư IV"),
        ("kdc 4", NUMBERED, "Khu dân cư IV"),
        ("thôn 1", VILLAGES, "Thôn Một"),
        ("thon mot", VILLAGES, "Thôn Một"),
        ("Thôn hai", VILLAGES, "Thôn Hai"),
        ("xóm 3", VILLAGES, "Xóm 3"),
        ("thôn 3", VILLAGES, "Thôn 3"),
        ("tho\u0302n nam", VILLAGES, "Thôn Nam"),
    ],
)
def test_as_people_say_it(said: str, names: list[str], meant: str) -> None:
    assert [names[at] for at in called(said, names)] == [meant]


@pytest.mark.parametrize("said", ["thôn 5", "tổ 30", "thôn 3 hôm qua", "cao xá", "đông", "", "3 thôn 4"])
def test_never_a_guess(said: str) -> None:
    assert called(said, VILLAGES) == []


def test_a_street_named_for_two_ladies_is_no_number_two() -> None:
    assert called("tổ 2", ["Tổ dân phố Hai Bà Trưng", "Tổ dân phố 1"]) == []


def test_where_a_part_will_do_all_that_have_it_are_named() -> None:
    assert [VILLAGES[at] for at in called("cao xá", VILLAGES, part=True)] == ["Thôn Cao Xá Đông", "Thôn Cao Xá Tây"]
    assert [VILLAGES[at] for at in called("cao xa tay", VILLAGES, part=True)] == ["Thôn Cao Xá Tây"]
    assert [VILLAGES[at] for at in called("cả xã", VILLAGES, part=True)] == []


def test_a_number_that_two_kinds_have_is_not_clear_without_its_kind() -> None:
    assert {VILLAGES[at] for at in called("số 3", VILLAGES)} == {"Xóm 3", "Thôn 3"}


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("xóm Đình", True),
        ("lang dong", True),
        ("khu chợ", True),
        ("thôn Đình", False),  # beside Thôn 3 it is a unit of its own
        ("xóm 4", False),
        ("xóm", False),
        ("ngã ba", False),
        ("", False),
    ],
)
def test_a_place_of_another_kind_and_with_a_name_may_be_part_of_a_unit(said: str, part: bool) -> None:
    assert may_be_part(said, ["Thôn 3", "phường Việt Hoà"]) is part
