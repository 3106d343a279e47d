"""Everything else people send: one calm sentence, nothing recorded, and the conversation where it was."""

from typing import Any

import pytest
from sqlmodel import col, select

from rules.roles import Role
from storage.tables import Chat, UnreadLine, Visit
from tests.conversations.line import BOT_ID
from tests.conversations.office import MORNING, Office, People, StandingClock
from tests.conversations.phone import Phone
from texts import elsewhere as texts

NOW = int(MORNING.timestamp())
GROUP_ID = -1001234567890
FILE: dict[str, Any] = {"file_id": "x", "file_unique_id": "y"}
# What phones send beyond what `Phone.sends` knows, as Telegram words it, and how we name it.
ODD: list[tuple[str, dict[str, Any]]] = [
    ("video", {"video": FILE | {"width": 1, "height": 1, "duration": 1}}),
    ("animation", {"animation": FILE | {"width": 1, "height": 1, "duration": 1}, "document": FILE}),
    ("audio", {"audio": FILE | {"duration": 1}}),
    ("venue", {"venue": {"location": {"latitude": 1, "longitude": 1}, "title": "Chợ", "address": "-"},
               "location": {"latitude": 1, "longitude": 1}}),
    ("story", {"story": {"chat": {"id": 5, "type": "private"}, "id": 3}}),
    ("giveaway", {"giveaway": {"chats": [], "winners_selection_date": NOW, "winner_count": 1}}),
    ("game", {"game": {"title": "x", "description": "y", "photo": []}}),
    ("checklist", {"checklist": {"title": "việc", "tasks": [{"id": 1, "text": "một"}]}}),
    ("web_app_data", {"web_app_data": {"data": "{}", "button_text": "x"}}),
]  # fmt: skip


async def visited(office: Office) -> int:
    async with office.database.reading() as session:
        return len((await session.exec(select(Visit).where(col(Visit.undone_at).is_(None)))).all())


async def kept(office: Office) -> list[tuple[str, str]]:
    async with office.database.reading() as session:
        return [(line.said, line.why) for line in await session.exec(select(UnreadLine).order_by(col(UnreadLine.id)))]


def message(phone: Phone, content: dict[str, Any], **about: Any) -> dict[str, Any]:
    """A message of this person with this content, as an update's body."""
    person = {"id": phone.account, "is_bot": False, "first_name": phone.name}
    chat = {"id": phone.account, "type": "private"}
    return {"message": {"message_id": 501, "date": NOW, "chat": chat, "from": person} | about | content}


@pytest.fixture
async def asked(lan: Phone) -> Phone:
    """Lan, asked what happened at house 12."""
    await lan.says("ghi", "12")
    lan.reads()
    return lan


async def goes_on(phone: Phone, office: Office) -> None:
    """The question about house 12 is still open, its buttons still good, and nothing was written down before."""
    assert await visited(office) == 0
    await phone.taps("Vắng nhà")
    phone.hears("✅ Đã ghi nhà 12, Tổ dân phố 3: vắng nhà.")
    assert await office.waiting() == {"done": sum((await office.waiting()).values())}


@pytest.mark.telegram_only(reason="what Zalo does not carry over has its own answer (see tests.zalo)")
async def test_things_get_one_calm_sentence_each(asked: Phone, office: Office) -> None:
    await asked.sends("sticker")
    asked.hears("Cảm ơn bạn! 😊 Mình chỉ đọc được chữ và nút bấm. Bạn gõ một dòng như “nhà 12 đã cài” giúp mình nhé.")
    await asked.sends("contact", phone_number="0912345678", first_name="Bà Sáu")
    asked.hears(
        "Mình không nhận danh thiếp. Số của bà con, nếu họ đồng ý, bạn gõ cùng dòng ghi nhà. "
        "Mình chỉ đọc được chữ và nút bấm. Bạn gõ một dòng như “nhà 12 đã cài” giúp mình nhé."
    )
    for kind in ("voice", "video_note", "photo", "document", "location", "contact", "poll", "dice"):
        await asked.sends(kind)
        asked.hears(texts.something_sent(kind, logs=True))
    for kind, content in ODD:
        await asked.brings(message(asked, content))
        assert asked.reads() == [texts.something_sent(kind, logs=True)], kind
    await goes_on(asked, office)


@pytest.mark.telegram_only(reason="albums")
async def test_an_album_of_ten_is_answered_once(asked: Phone, office: Office) -> None:
    await asked.sends_album(10)
    asked.hears(texts.something_sent("photo", logs=True))
    await asked.sends_album(2)
    asked.hears(texts.something_sent("photo", logs=True))
    await goes_on(asked, office)


@pytest.mark.telegram_only(reason="forwarding is known on Telegram only")
async def test_a_forwarded_message_is_somebody_elses(asked: Phone, office: Office) -> None:
    for said in ("nhà 13 đã cài", "ghi 14 vắng nhà", "huỷ", "hoàn tác", "vắng nhà", "2", "đồng ý"):
        await asked.forwards(said, from_name="Người giấu tên")
        assert asked.reads() == [texts.FORWARDED], said
    assert (await kept(office))[0] == ("nhà 13 đã cài", "forwarded")
    await goes_on(asked, office)


@pytest.mark.telegram_only(reason="editing one's message")
async def test_an_edit_of_talk_changes_nothing_and_says_how_to(lan: Phone, office: Office) -> None:
    await lan.says("cháu chào cả nhà")
    await lan.edits("cháu chào cả nhà ạ")
    assert lan.reads()[1] == (
        "Mình thấy bạn vừa sửa một tin cũ. Những gì đã ghi vẫn giữ nguyên; muốn đổi, bạn chạm “Sửa” nhé."
    )
    assert lan.labels == ["Sửa"]
    await lan.edits("hoàn tác")
    lan.hears(texts.EDITED)
    assert await visited(office) == 0


@pytest.mark.telegram_only(reason="updates in Telegram's own shape")
async def test_a_live_location_and_telegrams_own_notes_are_not_answered(asked: Phone, office: Office) -> None:
    spot = {"location": {"latitude": 20.9, "longitude": 106.3, "live_period": 900}}
    moved = message(asked, spot)["message"] | {"edit_date": NOW}
    for _ in range(3):
        await asked.brings({"edited_message": moved})
    pinned = message(asked, {"text": "x"})["message"]
    for note in (
        {"pinned_message": pinned},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"write_access_allowed": {}},
    ):
        await asked.brings(message(asked, note))
    asked.hears_nothing()
    await goes_on(asked, office)


@pytest.mark.telegram_only(reason="updates in Telegram's own shape")
async def test_a_reply_and_words_by_another_bot_are_words(lan: Phone, office: Office) -> None:
    await lan.says("chào bot")
    about = {"reply_to_message": message(lan, {"text": "nhà 99 đã cài"})["message"]}
    await lan.brings(message(lan, {"text": "nhà 12 đã cài"}, **about))
    helper = {"id": 77, "is_bot": True, "first_name": "gif", "username": "gif"}
    await lan.brings(message(lan, {"text": "xin chào cả nhà"}, via_bot=helper))
    assert lan.reads() == [
        texts.HELLO,
        "✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 1 người.",
        texts.HELLO,
    ]
    assert await visited(office) == 1


async def test_what_is_not_understood_is_kept_and_thanks_are_thanked(lan: Phone, office: Office) -> None:
    await lan.says("bà con hỏi bao giờ có sóng ạ")
    lan.hears(
        "Mình chưa hiểu tin này nên chưa ghi gì, nhưng vẫn giữ lại. Bạn thử một dòng như “nhà 12 đã cài”, "
        "“nhà ông Tám vắng nhà”, hoặc chạm một việc:"
    )
    assert lan.labels == ["Ghi", "Menu"]
    assert await kept(office) == [("bà con hỏi bao giờ có sóng ạ", "not understood")]
    await lan.says("Cảm ơn cháu", "OK", "dạ", "vâng!")
    lan.hears(*[texts.WELCOME] * 4)


@pytest.mark.telegram_only(reason="editing one's message")
async def test_who_does_not_log_is_not_told_to(people: People) -> None:
    for name, role in (("Hoa", Role.OFFICER), ("Bình", Role.LEADER), ("Công", Role.POLICE), ("An", Role.OPERATOR)):
        phone = await people.joined(name, role, "phường Việt Hoà")
        await phone.says("hôm nay thế nào rồi nhỉ")
        await phone.edits("hôm nay sao rồi")
        await phone.sends("voice")
        heard = phone.reads()
        menu = "Mình chưa hiểu tin này, nhưng vẫn giữ lại. Bạn chạm “Menu” để xem các việc làm được nhé."
        kept = "Mình chưa hiểu tin này nên chưa ghi gì, nhưng vẫn giữ lại."
        own = f"{kept} Việc phải báo, mỗi việc một dòng: “cán bộ 18/20”."
        assert heard == [
            own if role is Role.POLICE else menu,
            "Mình thấy bạn vừa sửa một tin cũ. Mình chỉ làm theo tin mới, bạn gõ lại giúp mình nhé.",
            "Mình chưa nghe được tin thoại. Mình chỉ đọc được chữ và nút bấm. "
            "Bạn gõ “menu” để xem các việc làm được nhé.",
        ]
        assert not any("nhà 12" in said for said in heard)


def in_group(phone: Phone, text: str) -> dict[str, Any]:
    chat = {"id": GROUP_ID, "type": "supergroup", "title": "Tổ 3 nhà mình"}
    return message(phone, {"text": text}, chat=chat)


@pytest.mark.telegram_only(reason="updates in Telegram's own shape")
async def test_in_a_group_the_bot_speaks_once_and_of_nobody(asked: Phone, khach: Phone, office: Office) -> None:
    group = Phone(office.receives, office.clock, BOT_ID, "Nhóm", GROUP_ID)
    office.line.phones[str(GROUP_ID)] = group
    await asked.brings(in_group(asked, "nhà 12 đã cài, bà Sáu 0912345678"))
    assert group.reads() == [
        "Chào cả nhà! Để giữ kín thông tin bà con, mình chỉ làm việc qua tin nhắn riêng: "
        "bạn mở khung chat riêng với mình nhé."
    ]
    for said in ("còn", "/tiendo@GoTungNhaBot", "nhà 13 đã cài", "0912345678", "huỷ"):
        await asked.brings(in_group(asked, said))
        await khach.brings(in_group(khach, said))
    tap = message(asked, {"text": "x"}, chat={"id": GROUP_ID, "type": "supergroup", "title": "x"})["message"]
    query = {"id": "1", "from": tap["from"], "message": tap, "chat_instance": "1", "data": "w|còn"}
    await asked.brings({"callback_query": query})
    group.hears_nothing()
    asked.hears_nothing()
    await goes_on(asked, office)


@pytest.mark.telegram_only(reason="updates in Telegram's own shape")
async def test_channels_bots_and_updates_of_other_kinds_are_let_pass(asked: Phone, office: Office) -> None:
    channel = {"id": -100999, "type": "channel", "title": "Phường"}
    post = {"message_id": 1, "date": NOW, "chat": channel, "text": "nhà 12 đã cài"}
    robot = {"id": 88, "is_bot": True, "first_name": "Bot khác"}
    sender = {"id": asked.account, "is_bot": False, "first_name": "Lan"}
    chat = {"id": asked.account, "type": "private"}
    reaction = {
        "chat": chat,
        "message_id": 1,
        "date": NOW,
        "old_reaction": [],
        "new_reaction": [],
        "user": sender,
    }
    nameless = message(asked, {"text": "nhà 14 đã cài"})
    del nameless["message"]["from"]
    for content in (
        {"channel_post": post},
        {"edited_channel_post": post | {"edit_date": NOW + 1}},
        message(asked, {"text": "nhà 13 đã cài"}, **{"from": robot}),
        nameless,
        {"message_reaction": reaction},
        {"inline_query": {"id": "1", "from": sender, "query": "nhà", "offset": ""}},
        {"poll_answer": {"poll_id": "1", "user": sender, "option_ids": [0], "option_persistent_ids": ["1"]}},
    ):
        await asked.brings(content)
        asked.hears_nothing()
    await goes_on(asked, office)


@pytest.mark.telegram_only(reason="updates in Telegram's own shape")
async def test_odd_dates_ids_and_repeats_lose_and_double_nothing(lan: Phone, office: Office) -> None:
    await lan.brings(message(lan, {"text": "nhà 1 đã cài"}, date=0))
    await lan.brings(message(lan, {"text": "nhà 2 đã cài"}, date=4102444800))
    await lan.says("nhà 3 đã cài")
    await office.receives(*[lan.last_update] * 3)
    assert lan.reads() == [f"✅ Đã ghi nhà {number}, Tổ dân phố 3: đã cài, 1 người." for number in (1, 2, 3)]
    assert await visited(office) == 3


@pytest.mark.telegram_only(reason="updates in Telegram's own shape")
async def test_a_button_under_a_message_too_old_to_see_still_answers(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 vắng nhà")
    lan.reads()
    sender = {"id": lan.account, "is_bot": False, "first_name": "Lan"}
    gone = {"chat": {"id": lan.account, "type": "private"}, "message_id": 2, "date": 0}
    for about in ({"message": gone}, {"inline_message_id": "abc"}, {}):
        query = {"id": "1", "from": sender, "chat_instance": "1", "data": "w|còn"} | about
        await lan.brings({"callback_query": query})
        assert "còn 1 nhà" in lan.reads()[0]
        await lan.brings({"callback_query": query | {"data": "go|installed|1"}})
        lan.hears(texts.OLD_BUTTON)
    await lan.brings({"callback_query": {"id": "1", "from": sender, "chat_instance": "1", "message": gone}})
    lan.hears(texts.OLD_BUTTON)


@pytest.mark.telegram_only(reason="blocking is told by Telegram; Zalo says it at the next message")
async def test_a_block_is_remembered_until_they_write_again(lan: Phone, office: Office, clock: StandingClock) -> None:
    sender = {"id": lan.account, "is_bot": False, "first_name": "Lan"}
    bot = {"id": BOT_ID, "is_bot": True, "first_name": "Gõ Từng Nhà"}
    about = {"chat": {"id": lan.account, "type": "private"}, "from": sender, "date": NOW}
    status = [{"user": bot, "status": "member"}, {"user": bot, "status": "kicked", "until_date": 0}]

    async def since() -> bool:
        async with office.database.reading() as session:
            return (await session.exec(select(Chat))).one().unreachable_since is not None

    await lan.brings({"my_chat_member": about | {"old_chat_member": status[0], "new_chat_member": status[1]}})
    assert await since()
    clock.passes(hours=1)
    await lan.brings({"my_chat_member": about | {"old_chat_member": status[1], "new_chat_member": status[0]}})
    await lan.says("còn")
    lan.hears_part("Tổ dân phố 3")
    assert not await since()


@pytest.mark.parametrize("said", ["cảm ơn cháu nhé", "Dạ em cám ơn chị nhiều ạ", "cam on bot"])
async def test_thanks_are_thanked_whoever_is_thanked(lan: Phone, said: str) -> None:
    await lan.says("nhà 12 đã cài", said)
    assert lan.reads()[-1] == texts.WELCOME


async def test_thanks_with_a_house_are_no_mere_thanks(lan: Phone, office: Office) -> None:
    await lan.says("cảm ơn cháu, nhà 12 đã cài rồi nhé")
    lan.reads()
    assert await visited(office) == 1
