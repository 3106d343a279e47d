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


async def test_a_number_by_itself_in_a_list_is_not_dropped(lan: Phone, minh: Phone) -> None:
    await lan.says("12 c\n13 v\n15\n---\n4.\nhết ạ")
    heard = lan.hears_part("Đã ghi 2 nhà", "mình chỉ giữ lại: “15”.")
    assert "4." not in heard
    await minh.says("chưa hiểu")
    minh.hears_part("1 dòng mình chưa hiểu", "“15”")


async def test_of_several_houses_in_one_line_none_is_asked_about_alone(lan: Phone, minh: Phone) -> None:
    said = "nhà 41 đã cài 2 người nhà 42 gì đó nhà 43 hình như vắng"
    await lan.says(said)
    lan.hears_part("Chưa ghi 1 dòng", said)
    await minh.says("chưa hiểu")
    minh.hears_part(said)
