"""aiogram imported in a quarter of the time is still the whole of aiogram: it reads the same updates and answers."""

import json
import subprocess
import sys

import pytest

_READS = """
import json, sys, time
began = time.process_time()
if sys.argv[1] == "quick":
    import bot.aiogram_start
from aiogram import methods, types
took = time.process_time() - began
updates = json.load(sys.stdin)
read = [types.Update.model_validate({"update_id": 1} | kind).model_dump_json(exclude_unset=True) for kind in updates]
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
session, bot = AiohttpSession(), Bot("42:TOKEN")
def answer(method, result):
    return session.check_response(bot, method, 200, json.dumps({"ok": True, "result": result})).model_dump_json(
        exclude_unset=True)
message = updates[0]["message"]
read += [
    answer(methods.SendMessage(chat_id=7, text="x"), message),
    answer(methods.EditMessageText(chat_id=7, message_id=1, text="x"), True),
    answer(methods.GetMe(), message["from"]),
    answer(methods.GetUpdates(), [{"update_id": 2} | kind for kind in updates]),
    answer(methods.GetFile(file_id="f"), {"file_id": "f", "file_unique_id": "g", "file_path": "a/b.xlsx"}),
    answer(methods.GetWebhookInfo(), {"url": "", "has_custom_certificate": False, "pending_update_count": 0}),
    answer(methods.SendMediaGroup(chat_id=7, media=[]), [message]),
]
for code, parameters in ((429, {"retry_after": 3}), (400, {"migrate_to_chat_id": -100}), (403, {})):
    refused = {"ok": False, "error_code": code, "description": "no", "parameters": parameters}
    try:
        session.check_response(bot, methods.SendMessage(chat_id=7, text="x"), code, json.dumps(refused))
    except Exception as error:
        read.append(f"{type(error).__name__} {error}")
models = [model for module in (types, methods) for model in (getattr(module, name) for name in module.__all__)
          if hasattr(model, "model_rebuild")] if sys.argv[2] == "all" else []
unbuilt = [model.__name__ for model in models if model.model_rebuild(raise_errors=False) is False]
print(json.dumps({"took": took, "read": read, "models": len(models), "unbuilt": unbuilt}))
"""
_TAM = {"id": 7, "is_bot": False, "first_name": "Tám"}
_CHAT = {"id": 7, "type": "private"}
_MESSAGE = {"message_id": 1, "date": 1781057100, "chat": _CHAT, "from": _TAM}
_PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]
_UPDATES = [
    {"message": _MESSAGE | {"text": "nhà 12 đã cài", "reply_to_message": _MESSAGE | {"text": "/ghi"}}},
    {"edited_message": _MESSAGE | {"edit_date": 1781057101, "text": "nhà 12 vắng"}},
    {"message": _MESSAGE | {"photo": _PHOTO, "caption": "x", "location": {"latitude": 20.9, "longitude": 106.3}}},
    {"message": _MESSAGE | {"contact": {"phone_number": "0912", "first_name": "Tám"}, "unheard_of": {"a": 1}}},
    {"callback_query": {"id": "1", "from": _TAM, "chat_instance": "2", "data": "go:1", "message": _MESSAGE}},
    {"my_chat_member": {"chat": _CHAT, "from": _TAM, "date": 1, "old_chat_member": {"status": "member", "user": _TAM},
                        "new_chat_member": {"status": "kicked", "user": _TAM, "until_date": 0}}},
]  # fmt: skip


def _import(way: str, build: str = "used") -> dict[str, object]:
    ran = subprocess.run(
        [sys.executable, "-c", _READS, way, build],
        input=json.dumps(_UPDATES),
        capture_output=True,
        text=True,
        check=True,
        timeout=200,
    )
    told: dict[str, object] = json.loads(ran.stdout)
    return told


@pytest.mark.slow
def test_a_quick_import_reads_what_a_plain_one_reads() -> None:
    plain, quick = _import("plain"), _import("quick")
    assert quick["read"] == plain["read"]
    assert float(str(quick["took"])) < 0.6 * float(str(plain["took"]))


def test_a_quick_import_reads_updates_and_answers() -> None:
    read = [str(line) for line in _import("quick")["read"]]  # type: ignore[attr-defined]
    assert [json.loads(line)["update_id"] for line in read[: len(_UPDATES)]] == [1] * len(_UPDATES)
    assert json.loads(read[0])["message"]["reply_to_message"]["text"] == "/ghi"
    assert json.loads(read[len(_UPDATES)])["result"]["from_user"]["first_name"] == "Tám"
    refusals = ["TelegramRetryAfter", "TelegramMigrateToChat", "TelegramForbiddenError"]
    assert [line.split()[0] for line in read[-3:]] == refusals


@pytest.mark.slow
def test_every_model_can_still_be_built() -> None:
    quick = _import("quick", "all")
    assert int(str(quick["models"])) > 400
    assert quick["unbuilt"] == []
