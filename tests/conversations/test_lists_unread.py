"""What a list or a range could not be read of: said back once, as it was typed, and all of it kept for the head."""

from tests.conversations.phone import Phone


async def test_a_line_none_of_whose_houses_is_sure_is_said_back_as_it_was_typed(lan: Phone, minh: Phone) -> None:
    await lan.says("vang 120-124 tru 122")
    heard = lan.hears_part("Chưa ghi 1 dòng:", "“vang 120-124 tru 122”: mình đọc chưa chắc")
    assert heard.count("•") == 1
    await minh.says("chưa hiểu")
    minh.hears_part("1 dòng mình chưa hiểu", "“vang 120-124 tru 122”")


async def test_a_range_the_wrong_way_round_is_no_answer_about_the_house_before(lan: Phone, minh: Phone) -> None:
    await lan.says("nhà 12 vắng", "vắng 15-5", "vắng 1-500")
    backwards, too_many = lan.reads()[1:]
    assert "“vắng 15-5”: dãy số nhà chưa rõ" in backwards
    assert "“vắng 1-500”: dãy số nhà chưa rõ" in too_many
    await minh.says("chưa hiểu")
    minh.hears_part("“vắng 15-5”", "“vắng 1-500”")
