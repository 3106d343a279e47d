"""One clean spelling, one key: what is typed twice must be found once."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules import spelling
from rules.refusals import TooLong
from rules.spelling import clean, clean_lines, fold, has_foreign_letters, plain, says, title_name

# Letters that made earlier recipes change a text twice: marks, joiners, fillers, halves of emoji.
awkward = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "eêưđĐ\u0302\u0303\u0323\u0301\u200b\u00ad\u034f\u202e\ud83d\ude00\u3164\u1160\x00\x1f\u2028 \n"
        ),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        (unicodedata.normalize("NFD", "Nguyễn Thị Hoà"), "Nguyễn Thị Hoà"),
        ("Nguyê\u0303n", "Nguyễn"),
        ("N\u200bguyễn\ufeff V\u00adăn", "Nguyễn Văn"),
        ("\u202eA nễyugN", "A nễyugN"),
        ("nhà\u00a012\t đã   cài ", "nhà 12 đã cài"),
        ("a\x00b\x0bc\x1fd\u2028e\x85f", "ab cd e f"),
        ("\ud800nhà", "�nhà"),
        ("\ud83d\ude00", "😀"),
        ("\ue000nhà\U000e0041", "nhà"),
        ("\n" * 1000 + "nhà" + "\n" * 1000, "nhà"),
        ("(◕‿◕) 12/5", "(◕‿◕) 12/5"),
        ("مرحبا", "مرحبا"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_a_line_is_kept_as_people_see_it(typed, seen):
    assert clean(typed) == seen


def test_fifty_marks_on_a_letter_leave_two():
    assert len(unicodedata.normalize("NFD", clean("a" + "\u0301" * 50))) <= 3


@pytest.mark.parametrize("typed", ["Ａｎ", "𝐀𝐧", "An"])
def test_a_name_in_borrowed_letters_becomes_plain(typed):
    assert clean(typed, compatible=True) == "An"


def test_nothing_is_cut_silently():
    assert len(clean("a" * 4096)) == 4096
    with pytest.raises(TooLong) as refusal:
        clean("a" * 4097)
    assert (refusal.value.most, refusal.value.got) == (4096, 4097)


def test_lines_are_cleaned_one_by_one_and_empty_ones_dropped():
    assert clean_lines("Thôn 3:\r\n\n  nhà 12  đã cài\u2028nhà 13 vắng\n \u200b \n") == [
        "Thôn 3:", "nhà 12 đã cài", "nhà 13 vắng",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "same",
    [
        ["Huỷ", "hủy", "HUY", unicodedata.normalize("NFD", "huỷ"), "h\u200bủy"],
        ["Việt Hoà", "VIỆT HÒA", "viet hoa", "Việt  Hoà!"],
        ["khoẻ", "khỏe"],
        ["Đình", "đình", "dinh", "ĐÌNH"],
        ["hoàn tác", "Hoàn-tác", "／hoan tac"],
    ],
)
def test_one_word_has_one_key(same):
    assert len({fold(word) for word in same}) == 1


def test_different_words_keep_different_keys():
    assert len({fold(word) for word in ["Quý", "Hoà", "12/5", "125", "12A", "Quyên"]}) == 6


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("TRẦN VĂN BÌNH", "Trần Văn Bình"),
        ("trần văn bình", "Trần Văn Bình"),
        ("Trần văn Bình", "Trần văn Bình"),
        ("h'hen niê", "H'Hen Niê"),
        ("Y-MOAN", "Y-Moan"),
        ("NG. V. AN", "Ng. V. An"),
        ("đặng thị đào", "Đặng Thị Đào"),
        ("Công Tằng Tôn Nữ Hoàng Thị Bích Ngọc", "Công Tằng Tôn Nữ Hoàng Thị Bích Ngọc"),
    ],
)
def test_a_name_is_written_as_forms_want_it(typed, written):
    assert title_name(typed) == written


def test_letters_of_another_script_are_noticed():
    assert has_foreign_letters("Nguyеn")
    assert not has_foreign_letters("Nguyễn Đức 12/5")


@given(awkward)
@example("e\u200b\u0302\u00ad\u0303")
def test_cleaning_twice_changes_nothing_and_leaves_nothing_unseen(text):
    for compatible in (False, True):
        once = clean(text, compatible=compatible)
        assert clean(once, compatible=compatible) == once
        assert not [letter for letter in once if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn")]


@given(awkward)
def test_folding_twice_changes_nothing_and_cleaning_first_changes_no_key(text):
    assert fold(fold(text)) == fold(text)
    assert all(letter.isalnum() or letter == " " for letter in fold(text))
    assert fold(clean(text)) == fold(clean(clean(text)))


@given(awkward)
def test_the_plain_text_keeps_every_place(text):
    assert len(plain(text)) == len(text)


def test_the_short_way_for_usual_text_leaves_what_the_long_way_leaves():
    """Every letter that `clean` passes by without work is one it would not have changed, in either spelling."""
    letters = "".join(chr(number) for number in range(0x20, 0x1EFF) if spelling._CLEAN.fullmatch(chr(number)))
    assert len(letters) == 94 + 2 + 2 * (12 * 6 - 6)
    for form in ("NFC", "NFKC"):
        assert spelling._cleaned_once(letters, form) == letters


@pytest.mark.parametrize(
    ("typed", "meant", "same"),
    [
        ("vâng", "vâng", True), ("vang", "vâng", True), ("VÂNG", "vâng", True), ("vắng", "vâng", False),
        ("vàng", "vâng", False), ("đông ý", "đồng ý", True), ("có", "có", True), ("cô", "có", False),
        ("vâng!", "vâng", True), ("không", "có", False),
    ],
)  # fmt: skip
def test_an_answer_may_lack_marks_but_not_have_others(typed, meant, same):
    assert says(typed, meant) is same
