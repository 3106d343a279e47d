"""Every way people write a phone comes to one number; everything else is refused with its reason."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.phones import BadPhone, Phone, find, read
from rules.private import forbidden


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("0977144678", "0977144678"),
        ("0977.144.678", "0977144678"),
        ("0979 383 369", "0979383369"),
        ("097-714-4678", "0977144678"),
        ("+84 977 144 678", "0977144678"),
        ("84977144678", "0977144678"),
        ("0084977144678", "0977144678"),
        ("977144678", "0977144678"),
        ("+84(0)977144678", "0977144678"),
        ("+84 (0) 977 144 678", "0977144678"),
        ("01681234567", "0381234567"),
        ("841681234567", "0381234567"),
        ("01201234567", "0701234567"),
        ("01991234567", "0591234567"),
        ("02253842124", "02253842124"),
        ("024 3825 3536", "02438253536"),
        ("O977144678", "0977144678"),
        ("０９７７１４４６７８", "0977144678"),
        ("sđt: 0912 345 678", "0912345678"),
        ("số của bác là 0912.345.678 ạ", "0912345678"),
        ("0977\u200b144\u00ad678", "0977144678"),
        ("0977144678 / 0977.144.678", "0977144678"),
    ],
)
def test_a_phone_is_read_however_it_is_written(typed, digits):
    assert read(typed) == Phone(digits)


@pytest.mark.parametrize(
    ("typed", "why", "count", "hint"),
    [
        ("0313842124", "old_area", 10, "0225"),
        ("0438253536", "old_area", 10, "024"),
        ("113", "service", 3, ""),
        ("1022", "service", 4, ""),
        ("0000000000", "prefix", 10, ""),
        ("0123456789", "prefix", 10, ""),
        ("02013842124", "prefix", 11, ""),
        ("091234567", "count", 9, ""),
        ("09123456789", "count", 11, ""),
        ("0912 345 678 9", "count", 11, ""),
        ("0912345678901", "count", 13, ""),
        ("٠٩٧٧١٤٤٦٧٨", "letters", 0, ""),
        ("0977144678 / 0912345678", "several", 0, ""),
        ("0977144678/0912345678", "several", 0, ""),
        ("không có", "none", 0, ""),
        ("ko", "none", 0, ""),
        ("k có đt", "none", 0, ""),
        ("bác không dùng điện thoại", "none", 0, ""),
        ("+1 202 555 0123", "foreign", 11, ""),
        ("", "empty", 0, ""),
        ("...", "empty", 0, ""),
        ("nhà bà Tám", "letters", 0, ""),
    ],
)
def test_what_is_no_phone_is_refused_with_its_reason(typed, why, count, hint):
    with pytest.raises(BadPhone) as refusal:
        read(typed)
    assert (refusal.value.why, refusal.value.count, refusal.value.hint) == (why, count, hint)


def test_a_phone_is_masked_but_for_its_ends():
    assert Phone("0977144678").masked == "097*****78"
    assert Phone("02253842124").masked == "022******24"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nhà 12 0912345678 đã cài", ["0912345678"]),
        ("84 0977144678", ["0977144678"]),
        ("nhà 12/5 0912 345 678 3 người", ["0912 345 678"]),
        ("18/06/2026 0977144678", ["0977144678"]),
        ("bà Tám +84977144678, ông Ba 0912.345.678", ["+84977144678", "0912.345.678"]),
        ("vắng 12, 14, 15-19", []),
        ("12 13 14 15 16 17 18", []),
        ("thôn 3: 41/60", []),
    ],
)
def test_phones_are_found_in_a_line_and_house_numbers_left_alone(line, said):
    assert [line[start:end] for start, end, _ in find(line)] == said


@given(st.one_of(st.text(max_size=80), st.text("0123456789 .-+()/oO", max_size=40)))
def test_a_text_is_a_phone_or_a_refusal_never_a_crash(text):
    with contextlib.suppress(BadPhone):
        assert read(text).digits.startswith("0")


@given(st.from_regex(r"09[0-9]{8}", fullmatch=True), st.sampled_from(["{}", "{} ", "sđt {}", "+84 {}"]))
def test_whatever_mobile_is_read_back_is_the_same(digits, written):
    assert read(written.format(digits)).digits == digits


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("otp 123456", "otp"),
        ("mã OTP là 12 34 56", "otp"),
        ("mã xác thực: 482913", "otp"),
        ("chưa nhận được mã OTP", ""),
        ("030085001234", "cccd"),
        ("CCCD 0300 8500 1234", "cccd"),
        ("cmnd 141234567", "cccd"),
        ("chưa có căn cước", ""),
        ("4111 1111 1111 1111", "card"),
        ("9704 1234 5678 9012", "card"),
        ("stk 0123456789 vcb", "card"),
        ("0977144678", ""),
        ("+84 977 144 678, 01681234567", ""),
        ("nhà 12 đã cài 0912345678 2 người", ""),
        ("vắng 12, 14, 15-19, 20, 21, 22", ""),
    ],
)
def test_cards_and_codes_are_noticed_and_talk_about_them_is_not(text, kind):
    assert forbidden(text) == kind


@given(st.text(max_size=80))
def test_looking_for_secrets_never_fails(text):
    assert forbidden(text) in ("", "otp", "cccd", "card")
