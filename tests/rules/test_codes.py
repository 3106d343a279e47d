"""An invitation code is read however eyes and thumbs copied it, and a word of ten letters is none."""

import pytest

from rules.codes import new_code, read_code


def test_every_new_code_is_read_with_o_for_0_and_l_for_1_in_small_letters_too():
    for code in (new_code() for _ in range(500)):
        copied = code.replace("0", "O").replace("1", "l")
        assert read_code(copied) == read_code(copied.lower()) == code


def test_a_code_with_no_digit_but_1_may_be_copied_with_l():
    assert read_code("WPKRKlNVAJ") == "WPKRK1NVAJ"


@pytest.mark.parametrize("word", ["congquyetl", "lololoiioo", "Nguyenquan"])
def test_a_word_of_ten_letters_is_talk(word: str):
    assert read_code(word) is None
