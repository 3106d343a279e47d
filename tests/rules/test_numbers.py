"""A count is read as people say it, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.numbers import read_number

ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def said(number: int) -> str:
    """The number as schools teach it, 0 to 999."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [f"{ONES[hundreds]} trăm"] if hundreds else []
    if tens:
        words.append("mười" if tens == 1 else f"{ONES[tens]} mươi")
        words += [{1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(ones, ONES[ones])] if ones else []
    elif ones and hundreds:
        words.append(f"linh {ONES[ones]}")
    elif ones or not hundreds:
        words.append(ONES[ones])
    return " ".join(words)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5), ("５", 5), ("05", 5), ("0", 0), ("5 hộ", 5), ("2ng", 2), ("2 người", 2), ("hai người", 2),
        ("năm", 5), ("Năm hộ", 5), ("mười lăm", 15), ("hai mươi mốt", 21), ("hai mươi tư", 24), ("hai lăm", 25),
        ("một trăm linh năm", 105), ("chục", 10), ("hai muoi mot", 21), ("ba trăm mười hai", 312), ("nam", 5),
    ],
)  # fmt: skip
def test_a_count_is_read(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["-1", "5.5", "1e5", "0x10", "1.000", "1,000", "999999999", "vài", "mấy hộ", "hai ba", "bà", "nắm", "", "!", "12/5",
     "nhà 5", "tất cả", "trăm", "năm nay", "²½"],
)  # fmt: skip
def test_what_is_unclear_is_no_count(text):
    assert read_number(text) is None


@pytest.mark.parametrize("text", ["nam", "sau", "tam", "bay"])
def test_words_that_mean_other_things_count_only_where_a_number_was_asked_for(text):
    assert read_number(text, field=True) is not None
    assert read_number(text, field=False) is None


@pytest.mark.parametrize("number", range(0, 1000, 7))
def test_every_spoken_number_comes_back_with_and_without_marks(number):
    assert read_number(said(number)) == number


@given(st.text(max_size=60))
def test_any_text_is_a_count_or_none(text):
    number = read_number(text)
    assert number is None or 0 <= number < 100_000
