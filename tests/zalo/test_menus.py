"""Numbers typed for choices: every trap between a choice, a house and a count."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.zalo import menus
from rules.reply import Choice, Picture, Reply, rows

NOW = datetime(2026, 6, 10, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OUTCOMES = Reply("Kết quả?", rows([Choice("Đã cài", "go|a|3"), Choice("Vắng nhà", "go|b|3"), Choice("Huỷ", "w|huỷ")]))
MENU = Reply("Làm gì?", rows([Choice("Ghi", "w|ghi"), Choice("Còn", "w|còn")]))
HOUSE = Reply("Nhà nào?", ((Choice("Huỷ", "w|huỷ"),),), takes_numbers=True)


def kept(reply, before=None, *, state=None, card=3, now=NOW):
    return menus.kept(reply, before, state=state, card=card, now=now)


def chosen(menu, said, *, state=None, now=NOW):
    return menus.chosen(menu, said, state=state, now=now)


@pytest.mark.parametrize(
    "said", ["2", "2.", "2)", " 2 ", "số 2", "Số 2.", "so 2", "SO 2", "２", "chọn 2", "02", "2\ufe0f\u20e3"]
)
def test_a_number_chooses_however_it_is_typed(said: str):
    assert chosen(kept(OUTCOMES), said) == "go|b|3"


@pytest.mark.parametrize(
    "said", ["vắng nhà", "VẮNG NHÀ", "vang nha", "Vắng nhà.", unicodedata.normalize("NFD", "Vắng nhà")]
)
def test_a_label_chooses_with_or_without_accents(said: str):
    assert chosen(kept(OUTCOMES), said) == "go|b|3"


@pytest.mark.parametrize(
    "said", ["nhà 2", "2 người", "2/6", "2b", "-2", "2.5", "2 3", "hai mươi", "", "vắng", "0912345678", "x" * 500]
)
def test_anything_else_is_a_text(said: str):
    assert chosen(kept(OUTCOMES), said) is None


def test_a_number_out_of_range_is_explained_and_never_a_house():
    assert chosen(kept(OUTCOMES), "14") == "z|none|14"
    assert chosen(kept(OUTCOMES), "115") is None


def test_zero_is_the_menu_unless_a_count_was_asked_for():
    assert chosen(kept(OUTCOMES), "0") == "w|menu"
    assert chosen(None, "0") == "w|menu"
    assert chosen(kept(HOUSE, state="Visiting:house"), "0", state="Visiting:house") == "w|menu", "no house is number 0"
    assert chosen(kept(HOUSE, state="Visiting:installs"), "0", state="Visiting:installs") is None


def test_a_question_that_takes_numbers_has_no_menu_and_forgets_the_last_one():
    menu = kept(HOUSE, kept(MENU), state="Visiting:house")
    assert menu is None
    assert chosen(menu, "1", state="Visiting:house") is None
    assert chosen(menu, "14") is None


def test_the_last_question_decides():
    menu = kept(OUTCOMES, kept(MENU))
    assert chosen(menu, "1") == "go|a|3"
    assert chosen(menu, "còn") is None


def test_an_answer_that_asks_nothing_closes_the_menu_and_its_numbers_are_old():
    menu = kept(Reply("Dạ, có gì bạn cứ nhắn nhé"), kept(OUTCOMES))
    assert chosen(menu, "2") == "z|old|2"
    assert chosen(menu, "vắng nhà") is None
    assert chosen(menu, "14") is None
    assert chosen(menu, "2", state="Visiting:reason") is None


def test_a_refusal_leaves_the_question_and_its_numbers():
    asked = kept(OUTCOMES, state="Visiting:outcome")
    refused = kept(Reply("Mình chưa hiểu."), asked, state="Visiting:outcome")
    assert chosen(refused, "2", state="Visiting:outcome") == "go|b|3"
    moved_on = kept(Reply("Mình chưa hiểu."), asked, state="Visiting:reason")
    assert chosen(moved_on, "2", state="Visiting:reason") is None
    next_card = kept(Reply("Mình chưa hiểu."), asked, state="Visiting:outcome", card=4)
    assert chosen(next_card, "2") == "z|old|2"


def test_after_a_day_a_menu_is_old_and_after_two_it_is_forgotten():
    menu = kept(OUTCOMES)
    assert chosen(menu, "2", now=NOW + DAY - HOUR) == "go|b|3"
    assert chosen(menu, "2", now=NOW + DAY + HOUR) == "z|old|2"
    assert chosen(menu, "vắng nhà", now=NOW + DAY + HOUR) is None
    assert chosen(menu, "14", now=NOW + DAY + HOUR) is None
    assert chosen(menu, "2", now=NOW + 2 * DAY + HOUR) is None
    assert chosen(menu, "0", now=NOW + 2 * DAY + HOUR) == "w|menu"


def test_a_question_outlives_its_menu_and_a_late_number_is_old_however_late():
    menu = kept(OUTCOMES, state="Visiting:outcome")
    for later in (DAY + HOUR, 3 * DAY, 300 * DAY):
        assert chosen(menu, "2", state="Visiting:outcome", now=NOW + later) == "z|old|2"
        assert chosen(menu, "14", state="Visiting:outcome", now=NOW + later) is None
        assert chosen(menu, "2", state="Visiting:installs", now=NOW + later) is None


def test_more_than_nine_choices_continue_under_more():
    many = Reply("Chọn:", rows([Choice(f"Tổ {letter}", f"u|{letter}") for letter in "abcdefghijkl"]))
    menu = kept(many)
    assert [one["n"] for one in menu["options"]] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert (chosen(menu, "8"), chosen(menu, "9"), chosen(menu, "xem thêm")) == ("u|h", "z|more", "z|more")
    assert chosen(menu, "tổ k") == "u|k"
    nine = Reply("Chọn:", rows([Choice(f"Tổ {letter}", f"u|{letter}") for letter in "abcdefghi"]))
    assert chosen(kept(nine), "9") == "u|i"


def test_a_list_that_the_text_numbers_keeps_the_texts_numbers():
    doors = [Choice("12", "ch|7"), Choice("ông Tám", "ch|8")]
    text = "Còn 2 nhà:\n11. Nhà 12 – vắng nhà\n12. Nhà ông Tám – hẹn lại"
    menu = kept(Reply(text, (*rows(doors, 5), (Choice("Xem tiếp ›", "cp|20"),))))
    assert [chosen(menu, said) for said in ("11", "12", "13", "ông tám")] == ["ch|7", "ch|8", "cp|20", "ch|8"]
    assert chosen(menu, "2") == "z|none|2"


def test_choices_under_other_numbers_go_by_their_labels():
    caption = "Cài ứng dụng:\n1. Mở App Store\n2. Đăng ký"
    menu = kept(Reply(caption, ((Choice("Android", "q|android"), Choice("Cả hai", "q|both")),), Picture("guide", "k")))
    assert chosen(menu, "ca hai") == "q|both"
    assert chosen(menu, "1") == "z|none|1"


def test_links_have_no_number():
    menu = kept(Reply("Xem:", ((Choice("Trang", url="https://example.vn"), Choice("Ông Tám", "s|1")),)))
    assert chosen(menu, "1") == "s|1"


def test_every_reply_of_a_chain_counts():
    menu = kept(replace(Reply("Đã xong.", ((Choice("Sửa", "s|1"),),)), then=OUTCOMES))
    assert [chosen(menu, said) for said in ("1", "2")] == ["s|1", "go|a|3"]


def test_a_push_leaves_the_menu_and_is_chosen_by_its_label():
    news = Reply("Có vướng mắc mới.", ((Choice("Trả lời", "vt|5"),),))
    menu = menus.with_pushed(news, kept(OUTCOMES))
    assert (chosen(menu, "1"), chosen(menu, "tra loi")) == ("go|a|3", "vt|5")
    assert menus.with_pushed(Reply("Bản tin"), menu) is menu
    later = kept(HOUSE, menu, state="Visiting:house")
    assert chosen(later, "trả lời", state="Visiting:house") == "vt|5"
    assert chosen(later, "1", state="Visiting:house") is None


def test_under_an_echo_words_mean_what_was_just_said_until_the_next_answer():
    mend = (Choice("Hoàn tác", "ht|5"), Choice("Sửa", "s|5"))
    echo = kept(Reply("✅ Đã ghi.", (mend,), takes_numbers=True), kept(MENU), state="Visiting:house")
    assert [chosen(echo, said, state="Visiting:house") for said in ("hoan tac", "Sửa", "14", "0")] == [
        "ht|5",
        "s|5",
        None,
        "w|menu",
    ]
    later = kept(Reply("Đã gỡ."), echo, state="Visiting:house")
    assert chosen(later, "hoàn tác", state="Visiting:house") is None
    assert chosen(echo, "sửa", now=NOW + DAY + HOUR) is None


def test_counts_under_a_question_for_a_count_are_typed_as_numbers():
    counts = Reply("Mấy người?", (tuple(Choice(str(n), f"gi|{n}") for n in (1, 2)),), takes_numbers=True)
    assert chosen(kept(counts, state="Visiting:installs"), "2", state="Visiting:installs") is None


def test_one_word_to_leave_is_no_menu():
    asked = kept(Reply("Bạn đang vướng gì?", ((Choice("Huỷ", "w|huỷ"),),)), kept(MENU), state="Raising:said")
    assert chosen(asked, "1", state="Raising:said") is None
    seen = kept(Reply("Mình đang giữ về bạn…", ((Choice("Menu", "w|menu"),),)), kept(MENU))
    assert chosen(seen, "1") == "z|old|1"
