"""Methods around a chat: answers to taps, "is typing", the chat itself, files."""

from typing import Any

from simulator.accounts import Bot
from simulator.files import DOWNLOAD_LIMIT
from simulator.methods.messages import named_chat
from simulator.parameters import Parameters
from simulator.phones import Toast
from simulator.refusals import Refused, bad_request
from simulator.world import World

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def answer_callback_query(world: World, bot: Bot, params: Parameters) -> bool:
    text = params.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    person = world.callbacks.answer(params.text("callback_query_id"), bot)
    toast = Toast(text, params.flag("show_alert"))
    if text:
        person.toasts.append(toast)
    world.feed.tell("toast", person=person.id, text=text, alert=toast.alert)
    return True


def send_chat_action(world: World, bot: Bot, params: Parameters) -> bool:
    if params.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = named_chat(world, bot, params)
    for person in world.watching(chat):
        world.feed.tell("action", person=person.id, action=params.text("action"))
    return True


def get_chat(world: World, bot: Bot, params: Parameters) -> dict[str, Any]:
    chat = named_chat(world, bot, params)
    kinds = {"unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False}
    gifts = kinds | {"premium_subscription": False, "gifts_from_channels": False}
    return chat.payload | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def leave_chat(world: World, bot: Bot, params: Parameters) -> bool:
    chat = named_chat(world, bot, params)
    group = world.groups.get(chat.id)
    if group is None:
        raise bad_request("chat not found")
    group.bots.remove(bot)
    return True


def get_file(world: World, _: Bot, params: Parameters) -> dict[str, Any]:
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    try:
        stored = world.files.find(file_id)
    except Refused as error:
        raise bad_request("wrong file_id or the file is temporarily unavailable") from error
    if len(stored.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return stored.as_file() | {"file_path": stored.path}
