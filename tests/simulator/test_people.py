"""People, groups and what they send: the updates a bot gets."""

from datetime import UTC, datetime

import pytest

from simulator import Person, TelegramSimulator
from tests.simulator.conftest import Say


async def test_commands_links_and_phones_are_marked(sim: TelegramSimulator, lan: Person) -> None:
    await lan.says("😀 /ghi@GoTungNhaBot xem https://vi.du/a?b=1, gọi +84 901 234 567 @lan_viet #haiduong")
    text = sim.pending()[-1]["message"]["text"].encode("utf-16-le")
    marked = [
        (entity["type"], text[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le"))
        for entity in sim.pending()[-1]["message"]["entities"]
    ]
    assert marked == [
        ("bot_command", "/ghi@GoTungNhaBot"),
        ("url", "https://vi.du/a?b=1"),
        ("phone_number", "+84 901 234 567"),
        ("mention", "@lan_viet"),
        ("hashtag", "#haiduong"),
    ]


async def test_plain_words_carry_no_entities(sim: TelegramSimulator, lan: Person) -> None:
    await lan.says("nhà 12/3 đã cài. 5/10 hộ")
    assert "entities" not in sim.pending()[-1]["message"]


async def test_markup_becomes_entities(lan: Person, call: Say) -> None:
    html = 'Nhà <b>ông <i>Tám</i></b> &lt;3 <a href="https://vi.du">xem</a> <code>/ghi</code>'
    sent = (await call("sendMessage", chat_id=lan.id, text=html, parse_mode="HTML"))["result"]
    assert sent["text"] == "Nhà ông Tám <3 xem /ghi"
    assert sent["entities"] == [
        {"type": "bold", "offset": 4, "length": 7},
        {"type": "italic", "offset": 8, "length": 3},
        {"type": "text_link", "offset": 15, "length": 3, "url": "https://vi.du"},
        {"type": "code", "offset": 19, "length": 4},
    ]
    strict = r"*Nhà _12_* \- [xem](https://vi.du)"
    sent = (await call("sendMessage", chat_id=lan.id, text=strict, parse_mode="MarkdownV2"))["result"]
    assert sent["text"] == "Nhà 12 - xem"
    assert [entity["type"] for entity in sent["entities"]] == ["bold", "italic", "text_link"]


async def test_an_album_is_as_many_messages_with_one_group(sim: TelegramSimulator, lan: Person) -> None:
    await lan.sends_album(3)
    messages = [update["message"] for update in sim.pending()]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert len({message["photo"][-1]["file_unique_id"] for message in messages}) == 3


async def test_a_forward_from_a_hidden_user_of_2015(sim: TelegramSimulator, lan: Person) -> None:
    await lan.forwards("tin cũ", hidden_user=True, year=2015)
    origin = sim.pending()[-1]["message"]["forward_origin"]
    assert (origin["type"], origin["sender_user_name"]) == ("hidden_user", "Người cũ")
    assert datetime.fromtimestamp(origin["date"], UTC).year == 2015


async def test_a_reply_carries_what_it_answers(sim: TelegramSimulator, lan: Person) -> None:
    first = await lan.says("nhà 12")
    second = await lan.replies(first, "à nhầm")
    await lan.replies(second, "13 mới đúng")
    quoted = sim.pending()[-1]["message"]["reply_to_message"]
    assert quoted["text"] == "à nhầm"
    assert "reply_to_message" not in quoted


async def test_a_tap_on_a_deleted_message_still_arrives(sim: TelegramSimulator, lan: Person, call: Say) -> None:
    await lan.taps_data("done:12", 77)
    query = sim.pending()[-1]["callback_query"]
    assert query["message"] == {"chat": sim.people[1001].chat_with(sim.bot).payload, "message_id": 77, "date": 0}
    assert (await call("answerCallbackQuery", callback_query_id=query["id"]))["ok"]


async def test_a_button_nobody_sees_cannot_be_tapped(lan: Person, call: Say) -> None:
    markup = {"keyboard": [["ghi", {"text": "còn"}]]}
    await call("sendMessage", chat_id=lan.id, text="Chọn nhé", reply_markup=markup)
    assert lan.screen[-1].labels == ["ghi", "còn"]
    assert await lan.taps("còn") == "còn"
    assert lan.screen[-1].text == "còn"
    with pytest.raises(LookupError, match=r"no button 'xoá'.*'ghi', 'còn'"):
        await lan.taps("xoá")


async def test_nobody_edits_what_is_not_theirs(lan: Person, call: Say) -> None:
    sent = await call("sendMessage", chat_id=lan.id, text="của bot")
    with pytest.raises(LookupError):
        await lan.edits(sent["result"]["message_id"], "của Lan")


async def test_groups_have_hidden_senders_and_privacy(sim: TelegramSimulator, lan: Person, call: Say) -> None:
    minh = sim.person(1002, "Minh")
    shy = sim.add_bot("777:OTHER", "KinDaoBot", "Kín đáo", reads_groups=False)
    group = sim.group(-1_001_000_000_001, [lan, minh], bots=[sim.bot, shy])
    await lan.says("chào cả nhóm", chat=group)
    await lan.says("/tiendo", chat=group)
    await minh.says("ẩn danh", chat=group, as_anonymous=True)
    await minh.says("từ kênh", chat=group, as_channel={"id": -1_001_000_000_009, "type": "channel", "title": "Xã"})
    senders = [update["message"]["from"]["id"] for update in sim.pending()]
    assert senders == [1001, 1001, 1087968824, 136817688]
    assert [update["message"]["text"] for update in sim.pending(shy)] == ["/tiendo"]
    await call("sendMessage", chat_id=group.id, text="8/10 hộ")
    assert [[heard.text for heard in await person.hears()] for person in (lan, minh)] == [["8/10 hộ"]] * 2
    assert (await call("leaveChat", chat_id=group.id))["ok"]
    assert (await call("sendMessage", chat_id=group.id, text="x"))["error_code"] == 403


async def test_message_ids_grow_per_chat_and_dates_follow_the_clock(call: Say) -> None:
    noon = datetime(2026, 3, 10, 12, tzinfo=UTC)
    sim = TelegramSimulator(now=lambda: noon)
    lan, minh = sim.person(1001, "Lan"), sim.person(1002, "Minh")
    assert [await lan.says("a"), await lan.says("b"), await minh.says("c")] == [1, 2, 1]
    assert {update["message"]["date"] for update in sim.pending()} == {int(noon.timestamp())}


async def test_raw_updates_pass_as_they_are(sim: TelegramSimulator, lan: Person) -> None:
    number = await lan.pushes_raw({"message": {"odd": True}})
    assert sim.pending() == [{"update_id": number, "message": {"odd": True}}]


async def test_writing_to_a_blocked_bot_starts_it_again(sim: TelegramSimulator, lan: Person, call: Say) -> None:
    await lan.blocks()
    await lan.says("/start")
    kinds = [next(key for key in update if key != "update_id") for update in sim.pending()]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]
    assert (await call("sendMessage", chat_id=lan.id, text="Chào bạn trở lại"))["ok"]


async def test_clear_forgets_the_past_and_keeps_the_people(sim: TelegramSimulator, lan: Person, call: Say) -> None:
    await lan.says("x")
    await call("sendMessage", chat_id=lan.id, text="y")
    sim.clear()
    assert (lan.screen, sim.pending(), len(sim.calls)) == ([], [], 0)
    assert await lan.hears(timeout=0.01) == []
    assert (await call("sendMessage", chat_id=lan.id, text="z"))["ok"]


async def test_commands_are_kept_by_scope_and_language(sim: TelegramSimulator, call: Say) -> None:
    await call("setMyCommands", commands=[{"command": "ghi", "description": "Ghi một hộ"}], language_code="vi")
    assert (await call("getMyCommands"))["result"] == []
    assert (await call("getMyCommands", language_code="vi"))["result"][0]["command"] == "ghi"
    assert sim.bot.shown_commands()[0]["description"] == "Ghi một hộ"
    bad = await call("setMyCommands", commands=[{"command": "Ghi Hộ", "description": "x"}])
    assert bad["description"] == "Bad Request: BOT_COMMAND_INVALID"
    await call("deleteMyCommands", language_code="vi")
    assert sim.bot.shown_commands() == []
