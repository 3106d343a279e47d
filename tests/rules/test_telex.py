"""Words typed with the Vietnamese keyboard off are read; names and foreign words stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.telex import decode, looks_vni, tone_on_last


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddax", "đã"), ("caif", "cài"), ("chuwa", "chưa"), ("vawngs", "vắng"), ("nhaf", "nhà"), ("khoong", "không"),
        ("dduowcj", "được"), ("nguwowif", "người"), ("tuwf", "từ"), ("ddieenj", "điện"), ("thoaij", "thoại"),
        ("nguyeenx", "nguyễn"), ("quys", "quý"), ("hejn", "hẹn"), ("laij", "lại"),
    ],
)  # fmt: skip
def test_telex_is_decoded(typed, meant):
    assert tone_on_last(decode(typed)) == tone_on_last(meant)


@pytest.mark.parametrize(
    "word", ["nha", "da", "cai", "smart", "wifi", "samsung", "ios", "app", "vneid", "otp", "ok", "t7", "12a"]
)
def test_what_is_no_telex_stays(word):
    assert decode(word) == word


def test_vni_is_decoded_only_in_a_line_that_shows_it():
    line = "nha2 12 d9a4 ca2i"
    assert looks_vni(line)
    assert [decode(word, vni=True) for word in line.split()] == ["nhà", "12", "đã", "cài"]
    assert not looks_vni("to3 nha12 da cai t7")


@pytest.mark.parametrize(
    ("old", "new"), [("hòa", "hoà"), ("khỏe", "khoẻ"), ("thủy", "thuỷ"), ("quý", "quý"), ("mùa", "mùa")]
)
def test_both_places_of_a_tone_mark_are_one_spelling(old, new):
    assert tone_on_last(old) == tone_on_last(new) == new


@given(st.text("abcdeghiklmnopqrstuvxywfjz0123456789đăâêôơưáàảãạ", max_size=12))
def test_any_word_is_decoded_to_a_word(word):
    assert len(decode(word)) <= len(word)
    assert decode(word, vni=True) or not word
