"""Two names that may be one household: the same person named, not a word of what they do or whose they are."""

import pytest

from rules.near_names import are_near


@pytest.mark.parametrize(
    ("known", "fresh"),
    [
        ("ông Tám", "ông Tám ngã ba"),
        ("bà Hoà", "bà Hoa"),
        ("Nguyễn Văn Tám", "ông Tám"),
        ("ong nguyen van tam", "ông Tám"),
        ("Ngân", "cô Ngần hàng mã"),
        ("Nga", "tạp hoá cô Nga"),
    ],
)
def test_the_same_person_named(known, fresh):
    assert are_near(known, fresh)
    assert are_near(fresh, known)


@pytest.mark.parametrize(
    ("known", "fresh"),
    [
        ("Bích", "anh Trường con ông Bích"),
        ("Sơn", "đại lý sơn anh Hải"),
        ("Chiến", "ông Nghị cựu chiến binh"),
        ("Đình", "bà Tẹo sau đình"),
        ("ông Tám", "bà Tám"),
        ("nhà 12", "ông Tám"),
    ],
)
def test_a_word_of_what_they_do_or_whose_they_are_names_nobody(known, fresh):
    assert not are_near(known, fresh)
    assert not are_near(fresh, known)
