"""sendMessage, sendPhoto, sendDocument: a new message in a chat."""

from typing import Any

from simulator import contents, keyboards
from simulator.accounts import Bot
from simulator.chats import Chat, Message, Payload
from simulator.parameters import Parameters
from simulator.refusals import bad_request
from simulator.world import World


def send_message(world: World, bot: Bot, params: Parameters) -> Payload:
    return _send(world, bot, params, contents.text_of(params))


def send_photo(world: World, bot: Bot, params: Parameters) -> Payload:
    content = contents.photo_of(world, params) | contents.caption_of(params)
    return _send(world, bot, params, content)


def send_document(world: World, bot: Bot, params: Parameters) -> Payload:
    content = contents.document_of(world, params) | contents.caption_of(params)
    return _send(world, bot, params, content)


def named_chat(world: World, bot: Bot, params: Parameters) -> Chat:
    """The chat a call names. Raises Refused when there is none or the bot may not write there."""
    chat_id = params.text("chat_id")
    if not chat_id:
        raise bad_request("chat_id is empty")
    if not chat_id.lstrip("-").isdigit():
        raise bad_request("chat not found")
    return world.chat_for(bot, int(chat_id))


def _send(world: World, bot: Bot, params: Parameters, content: Payload) -> Payload:
    markup = keyboards.checked(params.json("reply_markup"))
    chat = named_chat(world, bot, params)
    content |= _quoted(chat, params)
    if world.pacing:
        world.pacing.admit(chat.id)
    inline = keyboards.inline(markup)
    if inline:
        content["reply_markup"] = inline
    payload = world.stamped(chat, bot.user(), content)
    message = chat.keep(Message(payload, bot.id, markup if markup is not inline else None))
    world.show(chat, message, "message")
    return payload


def _quoted(chat: Chat, params: Parameters) -> dict[str, Any]:
    reply = params.json("reply_parameters") or {}
    wanted = reply.get("message_id") or params.whole("reply_to_message_id")
    if not wanted:
        return {}
    if int(wanted) not in chat.messages:
        if reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    original = chat.messages[int(wanted)].payload
    return {"reply_to_message": {key: value for key, value in original.items() if key != "reply_to_message"}}
