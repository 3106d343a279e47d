"""What Telegram refuses is refused here, in Telegram's words and with its codes."""

from typing import Any

import aiohttp
import pytest

from simulator import Person, TelegramSimulator
from simulator.attachments import plain_picture
from tests.simulator.conftest import Say

LAN = 1001


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Sửa", **button}]]}


REFUSED_TEXTS = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "message text is empty"),
    ({}, "message text is empty"),
    ({"text": "ă" * 4097}, "message is too long"),
    ({"text": "😀" * 2049}, "message is too long"),
    ({"text": "<b>" + "a" * 4097 + "</b>", "parse_mode": "HTML"}, "message is too long"),
    ({"text": "nửa \ud83d"}, "text must be encoded in UTF-8"),
    ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    (
        {"text": "Hộ <x>1</x>", "parse_mode": "HTML"},
        'can\'t parse entities: Unsupported start tag "x" at byte offset 5',
    ),
    (
        {"text": "<b>Hộ", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ({"text": "Hộ</b>", "parse_mode": "HTML"}, "can't parse entities: Unexpected end tag at byte offset 4"),
    (
        {"text": "<b>Hộ</i>", "parse_mode": "HTML"},
        'can\'t parse entities: Unmatched end tag at byte offset 7, expected "</b>", found "</i>"',
    ),
    ({"text": "5 <b", "parse_mode": "HTML"}, "can't parse entities: Unclosed start tag at byte offset 2"),
    (
        {"text": "<span>a</span>", "parse_mode": "HTML"},
        'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0',
    ),
    (
        {"text": "Xong.", "parse_mode": "MarkdownV2"},
        "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
    ),
    (
        {"text": "số *12", "parse_mode": "Markdown"},
        "can't parse entities: Can't find end of the entity starting at byte offset 5",
    ),
    (
        {"text": "số *12", "parse_mode": "MarkdownV2"},
        "can't parse entities: Can't find end of Bold entity at byte offset 5",
    ),
    ({"text": "x", "reply_markup": keyboard(callback_data="đ" * 33)}, "BUTTON_DATA_INVALID"),
    (
        {"text": "x", "reply_markup": keyboard()},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": " ", "callback_data": "1"}]]}},
        "inline keyboard button text must be non-empty",
    ),
    (
        {"text": "x", "reply_markup": keyboard(url="ftp://a.vn")},
        "inline keyboard button URL 'ftp://a.vn' is invalid: Unsupported URL protocol",
    ),
    (
        {"text": "x", "reply_markup": keyboard(url="https://khong co")},
        "inline keyboard button URL 'https://khong co' is invalid: Wrong HTTP URL",
    ),
    ({"text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
    ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ({"text": "x", "chat_id": 4444}, "chat not found"),
    ({"text": "x", "chat_id": "@ai_do"}, "chat not found"),
    ({"text": "x", "chat_id": ""}, "chat_id is empty"),
]


@pytest.mark.parametrize(("params", "words"), REFUSED_TEXTS)
async def test_a_text_is_refused(lan: Person, call: Say, params: dict[str, Any], words: str) -> None:
    answer = await call("sendMessage", **({"chat_id": LAN} | params))
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}
    assert lan.screen == []


async def test_the_limits_themselves_are_accepted(lan: Person, call: Say) -> None:
    longest = await call("sendMessage", chat_id=LAN, text="ă" * 4096, reply_markup=keyboard(callback_data="đ" * 32))
    assert longest["ok"]
    assert longest["result"]["reply_markup"] == keyboard(callback_data="đ" * 32)
    marked_up = await call("sendMessage", chat_id=LAN, text="<b>" + "a" * 4096 + "</b>", parse_mode="HTML")
    assert len(marked_up["result"]["text"]) == 4096


async def test_people_who_cannot_be_written_to(sim: TelegramSimulator, lan: Person, call: Say) -> None:
    sim.person(1002, "Minh")
    never_wrote = await call("sendMessage", chat_id=1002, text="x")
    await lan.blocks()
    blocked = await call("sendMessage", chat_id=LAN, text="x")
    await lan.unblocks()
    lan.deactivated = True
    gone = await call("sendMessage", chat_id=LAN, text="x")
    assert [answer["description"] for answer in (never_wrote, blocked, gone)] == [
        "Forbidden: bot can't initiate conversation with a user",
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
    ]
    assert {answer["error_code"] for answer in (never_wrote, blocked, gone)} == {403}
    statuses = [update["my_chat_member"]["new_chat_member"]["status"] for update in sim.pending()]
    assert statuses == ["kicked", "member"]


async def test_a_group_that_moved_says_where(sim: TelegramSimulator, lan: Person, call: Say) -> None:
    old = sim.group(-500, [lan])
    new = await old.upgrades(-1_001_234_567_890)
    answer = await call("sendMessage", chat_id=old.id, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
    assert (await call("sendMessage", chat_id=new.id, text="x"))["ok"]
    await new.kicks(sim.bot, lan)
    assert (await call("sendMessage", chat_id=new.id, text="x"))["description"] == (
        "Forbidden: bot was kicked from the supergroup chat"
    )


async def test_edits_are_refused(lan: Person, call: Say) -> None:
    own = (await call("sendMessage", chat_id=LAN, text="Hộ 12", reply_markup=keyboard(callback_data="1")))["result"]
    hers = await lan.says("Hộ 13")
    same = {"chat_id": LAN, "message_id": own["message_id"], "text": "Hộ 12"}
    words = {
        "not modified": await call("editMessageText", **same, reply_markup=keyboard(callback_data="1")),
        "not found": await call("editMessageText", **same | {"message_id": 999}),
        "can't": await call("editMessageText", **same | {"message_id": hers}),
        "no caption": await call("editMessageCaption", **same, caption="x"),
        "keys": await call("editMessageText", **same, reply_markup={"keyboard": [["ghi"]]}),
    }
    assert {what: answer["description"] for what, answer in words.items()} == {
        "not modified": "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message",
        "not found": "Bad Request: message to edit not found",
        "can't": "Bad Request: message can't be edited",
        "no caption": "Bad Request: there is no caption in the message to edit",
        "keys": "Bad Request: inline keyboard expected",
    }
    assert (await call("editMessageText", **same))["ok"], "the same text without its keyboard is a change"
    assert (await call("editMessageReplyMarkup", chat_id=LAN, message_id=own["message_id"]))["error_code"] == 400


async def test_deletes(lan: Person, call: Say) -> None:
    own = (await call("sendMessage", chat_id=LAN, text="Hộ 12"))["result"]["message_id"]
    assert (await call("deleteMessage", chat_id=LAN, message_id=own))["ok"]
    assert lan.screen == []
    again = await call("deleteMessage", chat_id=LAN, message_id=own)
    assert again["description"] == "Bad Request: message to delete not found"


async def test_a_tap_is_answered_once_and_in_time(sim: TelegramSimulator, lan: Person, call: Say) -> None:
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    sent = (await call("sendMessage", chat_id=LAN, text="x", reply_markup=keyboard(callback_data="1")))["result"]
    query = await lan.taps("Sửa")
    assert (await call("answerCallbackQuery", callback_query_id=query, text="Vâng"))["ok"]
    assert (await call("answerCallbackQuery", callback_query_id=query))["description"] == too_old
    late = await lan.taps_data("1", sent["message_id"])
    sim.callbacks.lifetime = 0.0
    assert (await call("answerCallbackQuery", callback_query_id=late))["description"] == too_old
    assert [toast.text for toast in lan.toasts] == ["Vâng"]


async def test_files_are_refused(sim: TelegramSimulator, lan: Person, http: aiohttp.ClientSession, call: Say) -> None:
    async def photo(content: bytes, caption: str = "") -> str:
        form = aiohttp.FormData({"chat_id": str(LAN), "caption": caption})
        form.add_field("photo", content, filename="anh.png")
        async with http.post(f"{sim.url}/bot{sim.bot.token}/sendPhoto", data=form) as answer:
            return str((await answer.json()).get("description", "ok"))

    assert await photo(plain_picture()) == "ok"
    assert await photo(plain_picture(), "ă" * 1025) == "Bad Request: message caption is too long"
    assert await photo(b"khong phai anh") == "Bad Request: IMAGE_PROCESS_FAILED"
    assert await photo(plain_picture(4100, 20)) == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    assert await photo(b"") == "Bad Request: file must be non-empty"
    by_address = await call("sendPhoto", chat_id=LAN, photo="https://vi.du/anh.png")
    assert by_address["description"] == "Bad Request: failed to get HTTP URL content"
    assert (await call("sendDocument", chat_id=LAN))[
        "description"
    ] == "Bad Request: there is no document in the request"
    unknown = await call("sendDocument", chat_id=LAN, document="BQAC")
    assert unknown["description"] == "Bad Request: wrong file identifier/HTTP URL specified"
    as_document = await call("sendDocument", chat_id=LAN, document=lan.screen[0].payload["photo"][-1]["file_id"])
    assert as_document["description"] == "Bad Request: can't use file of type Photo as Document"


async def test_unknown_methods_and_tokens(sim: TelegramSimulator, call: Say) -> None:
    assert await call("sendFax", chat_id=LAN) == {"ok": False, "error_code": 404, "description": "Not Found"}
    wrong = await call("getMe", token="123456:not-the-token")
    assert wrong == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert (await call("GETME"))["result"]["username"] == "GoTungNhaBot"
    assert [(entry.method, entry.outcome) for entry in sim.calls] == [
        ("sendFax", "404 Not Found"),
        ("getMe", "401 Unauthorized"),
        ("GETME", "ok"),
    ]
