"""Typing what stands on a button instead of tapping it."""

import pytest

from tests.conversations.office import Office
from tests.conversations.phone import Phone
from texts import elsewhere


@pytest.mark.parametrize("said", ["iPhone", "IPHONE"])
async def test_lan_types_what_the_button_says(lan: Phone, said: str) -> None:
    await lan.says("qr")
    lan.reads()
    await lan.says(said)
    lan.hears_part("App Store")
    assert lan.picture is not None
    await lan.says("ca hai")
    lan.hears_part("App Store", "Google Play")


async def test_only_the_latest_answer_is_asked(lan: Phone) -> None:
    await lan.says("qr", "menu")
    lan.reads()
    await lan.says("iPhone")
    lan.hears(elsewhere.NOT_UNDERSTOOD)


async def test_hoa_types_the_button_of_what_came_unprompted(hoa: Phone, lan: Phone, office: Office) -> None:
    await lan.says("vướng mất mạng")
    await office.delivers()
    hoa.reads()
    await hoa.says("tra loi")
    hoa.hears_part("“mất mạng”", "Bạn gõ câu trả lời")
    lan.reads()


async def test_the_same_label_twice_means_it_twice(lan: Phone) -> None:
    await lan.says("qr")
    await lan.says("Bản giấy để in")
    lan.reads()
    await lan.says("Bản giấy để in")
    assert lan.reads(), "silence"


async def test_a_word_stays_a_word(lan: Phone) -> None:
    """The button of this name mends the house just saved, the word asks which one; Zalo has only the word."""
    await lan.says("nhà 12 đã cài", "nhà 14 vắng nhà")
    lan.reads()
    await lan.says("sửa")
    lan.hears_part("14") if lan.messenger == "zalo" else lan.hears_part("Sửa lượt nào?")
