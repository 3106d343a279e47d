"""Replies as Zalo takes them: short enough, whole, with the choices where they belong."""

import unicodedata

import pytest

from bot.channels.telegram.render import units
from bot.channels.zalo.render import MOST_UNITS, Send, sends, together
from rules.reply import Choice, Picture, Reply, rows

GUIDE = Picture("guide", "viet-hoa|3|ios")


def texts(reply: Reply, **how) -> list[str]:
    return [message.text for message in sends(reply, **how)]


def test_choices_stand_below_with_their_numbers():
    reply = Reply("Chạm một việc:", rows([Choice("Ghi", "w|ghi"), Choice("Còn", "w|còn")]))
    assert texts(reply) == ["Chọn một việc:\n\n1. Ghi\n2. Còn\nTrả lời bằng số 1–2, hoặc gõ 0 để về menu."]


def test_where_numbers_are_answers_choices_are_words():
    stop = Choice("Huỷ", "w|huỷ")
    house = Reply("Nhà nào?", ((stop,),), takes_numbers=True)
    assert texts(house) == ["Nhà nào?\n\n(gõ “huỷ” để dừng)"]
    counts = Reply("Mấy người?", (tuple(Choice(str(n), f"gi|{n}") for n in range(1, 7)), (stop,)), takes_numbers=True)
    assert texts(counts) == ["Mấy người?\n\n(gõ “huỷ” để dừng)"]
    echo = Reply("✅ Đã ghi.", ((Choice("Hoàn tác", "ht|5"), Choice("Sửa", "s|5")),), takes_numbers=True)
    assert texts(echo) == ["✅ Đã ghi.\n\n(gõ “hoàn tác” hoặc “sửa”)"]


def test_a_single_word_is_not_numbered():
    assert texts(Reply("Bạn vướng gì?", ((Choice("Huỷ", "w|huỷ"),),))) == ["Bạn vướng gì?\n\n(gõ “huỷ” để dừng)"]
    assert texts(Reply("Đây ạ.", ((Choice("Menu", "w|menu"),),))) == ["Đây ạ.\n\n(gõ “menu”)"]
    assert "1. 12: đã cài" in texts(Reply("Sửa lượt nào?", ((Choice("12: đã cài", "s|1"),),)))[0]


def test_what_a_push_offers_is_a_word():
    assert texts(Reply("Có tin.", ((Choice("Trả lời", "vt|5"),),)), pushed=True) == ["Có tin.\n\n(gõ “trả lời”)"]


def test_links_are_written_out():
    reply = Reply("Xem:", ((Choice("Trang hướng dẫn", url="https://example.vn/g/1"),),))
    assert texts(reply) == ["Xem:\n\nTrang hướng dẫn: https://example.vn/g/1"]


def test_a_toast_is_said_with_what_follows_or_alone():
    assert texts(Reply("Tiếp nhé?", toast="Mình nhận rồi ạ 👍")) == ["Mình nhận rồi ạ 👍\nTiếp nhé?"]
    assert texts(Reply(toast="Mình nhận rồi ạ 👍")) == ["Mình nhận rồi ạ 👍"]
    assert texts(Reply()) == []


def test_text_is_composed():
    assert texts(Reply(unicodedata.normalize("NFD", "Đã ghi nhà 12"))) == ["Đã ghi nhà 12"]


def test_a_list_in_the_text_is_not_said_twice():
    doors = rows([Choice("12", "ch|1"), Choice("14", "ch|2"), Choice("Xem tiếp ›", "cp|10")])
    reply = Reply("Còn:\n1. Nhà 12 – vắng\n2. Nhà 14 – hẹn", doors)
    assert texts(reply) == ["Còn:\n1. Nhà 12 – vắng\n2. Nhà 14 – hẹn\n\n3. Xem tiếp ›\nTrả lời bằng số 1–3."]


def test_a_label_that_is_a_number_does_not_look_like_a_second_one():
    assert "1. số 20" in texts(Reply("Chọn:", ((Choice("20", "ch|1"),),)))[0]


@pytest.mark.parametrize("gap", ["\n\n", "\n", " "])
def test_long_text_is_split_where_people_pause_with_the_menu_last(gap: str):
    words = [f"Tổ {number}: 12/40 hộ 😀" for number in range(300)]
    reply = Reply(gap.join(words), ((Choice("12: đã cài", "s|1"),),))
    said = texts(reply)
    assert len(said) > 2
    assert all(units(part) <= MOST_UNITS for part in said)
    assert [part for part in said if "1. 12: đã" in part] == said[-1:]
    body, _, _ = said[-1].rpartition("\n\n1. 12: đã")
    assert gap.join([*said[:-1], body]).split() == reply.text.split()
    assert all(part.endswith("😀") for part in said[:-1]) or gap == " "


def test_a_menu_that_does_not_fit_behind_the_text_comes_alone():
    reply = Reply("ă" * 1890, ((Choice("12: đã cài", "s|1"),),))
    body, menu = texts(reply)
    assert len(body) == 1890
    assert menu.startswith("1. 12: đã cài")


def test_a_picture_goes_by_address_and_without_one_in_words():
    caption = "Cài cho iPhone: bà con quét mã, hoặc mở đường dẫn.\nApp Store: https://example.vn\nCần giúp: gọi 1022."
    guide = Picture(GUIDE.kind, GUIDE.key, "1. Mở App Store\n2. Đăng ký")
    reply = Reply(caption, ((Choice("Android", "q|android"),),), guide)
    (message,) = sends(reply, lambda picture: f"https://example.vn/f/{picture.kind}")
    assert message.photo == "https://example.vn/f/guide"
    assert message.text.startswith(caption)
    (alone,) = sends(reply)
    assert alone.photo == ""
    for part in ("App Store: https://example.vn", "Bước 1: Mở App Store", "Bước 2: Đăng ký", "1022", "1. Android"):
        assert part in alone.text
    assert "quét mã" not in alone.text
    assert message.instead == alone.text


def test_a_long_caption_follows_its_picture():
    reply = Reply("chữ " * 700, picture=GUIDE)
    first, *rest = sends(reply, lambda _: "https://example.vn/f/x")
    assert first == Send("", "https://example.vn/f/x")
    assert all(not message.photo and units(message.text) <= MOST_UNITS for message in rest)


def echo(house: int) -> Reply:
    mend = (Choice("Hoàn tác", f"ht|{house}"), Choice("Sửa", f"s|{house}"))
    return Reply(f"✅ Đã ghi nhà {house}.", (mend,), takes_numbers=True)


def test_a_burst_is_answered_once():
    said = [message.text for message in together([echo(12), echo(14), echo(16)])]
    assert said == ["✅ Đã ghi nhà 12.\n✅ Đã ghi nhà 14.\n✅ Đã ghi nhà 16.\n\n(gõ “hoàn tác” hoặc “sửa”)"]


def test_a_bursts_numbers_are_those_of_its_last_question():
    left = Reply("Còn:\n1. Nhà 12 – vắng", ((Choice("12", "ch|1"),),))
    ask = Reply("Kết quả?", ((Choice("Đã cài", "go|a|3"), Choice("Vắng nhà", "go|b|3")),))
    (message,) = together([left, ask, Reply("Mình chưa hiểu.")])
    assert message.text == (
        "Còn:\n1. Nhà 12 – vắng\n\nKết quả?\n\nMình chưa hiểu.\n\n1. Đã cài\n2. Vắng nhà\nTrả lời bằng số 1–2."
    )


def test_a_picture_in_a_burst_goes_by_itself_and_long_bursts_are_split():
    guide = Reply("Cài cho iPhone", picture=GUIDE)
    made = together([echo(12), guide, echo(14)], lambda _: "https://example.vn/f/x")
    assert [bool(message.photo) for message in made] == [False, True, False]
    long = together([Reply(f"Dòng {number} " + "chữ " * 100) for number in range(10)])
    assert len(long) == 3
    assert all(units(message.text) <= MOST_UNITS for message in long)


@pytest.mark.parametrize("letter", ["a", "ộ", "🏠", "👨‍👩‍👧"])
def test_a_text_of_just_the_limit_is_one_message_and_one_letter_more_makes_two(letter: str):
    whole = letter * (MOST_UNITS // units(letter))
    assert texts(Reply(whole)) == [whole]
    more = whole + "x" * (MOST_UNITS - units(whole) + 1)
    parts = texts(Reply(more))
    assert (len(parts), "".join(parts)) == (2, more)
    for part in parts:
        assert 0 < units(part) <= MOST_UNITS
        assert part.encode("utf-16-le").decode("utf-16-le") == part, "no half of a letter"


def test_decomposed_letters_are_counted_as_they_are_sent():
    whole = "ệ" * MOST_UNITS
    assert texts(Reply(unicodedata.normalize("NFD", whole))) == [whole]
    assert len(texts(Reply(unicodedata.normalize("NFD", whole + "ệ")))) == 2


@pytest.mark.parametrize("gap", ["\n\n", "\n", " "])
def test_it_is_split_at_the_last_pause_before_the_limit(gap: str):
    first, second = "ă" * (MOST_UNITS - len(gap)), "🏠" * 40
    assert texts(Reply(first + gap + second)) == [first, second]
