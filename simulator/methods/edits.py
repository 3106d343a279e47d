"""Changing and deleting messages that are already there."""

from simulator import contents, keyboards
from simulator.accounts import Bot
from simulator.chats import Chat, Message, Payload
from simulator.methods.messages import named_chat
from simulator.parameters import Parameters
from simulator.refusals import bad_request
from simulator.world import World

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_DELETABLE_FOR = 48 * 3600  # seconds, https://core.telegram.org/bots/api#deletemessage


def edit_message_text(world: World, bot: Bot, params: Parameters) -> Payload:
    content = contents.text_of(params)
    chat, message = _own(world, bot, params)
    if "text" not in message.payload:
        raise bad_request("there is no text in the message to edit")
    return _change(world, chat, message, params, content, ("text", "entities"))


def edit_message_caption(world: World, bot: Bot, params: Parameters) -> Payload:
    content = contents.caption_of(params)
    chat, message = _own(world, bot, params)
    if "text" in message.payload:
        raise bad_request("there is no caption in the message to edit")
    return _change(world, chat, message, params, content, ("caption", "caption_entities"))


def edit_message_reply_markup(world: World, bot: Bot, params: Parameters) -> Payload:
    chat, message = _own(world, bot, params)
    return _change(world, chat, message, params, {}, ())


def delete_message(world: World, bot: Bot, params: Parameters) -> bool:
    chat = named_chat(world, bot, params)
    message = chat.message_to("delete", params.whole("message_id"))
    if world.unix_now() - message.payload["date"] > _DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message.id]
    world.show(chat, message, "deleted")
    return True


def _own(world: World, bot: Bot, params: Parameters) -> tuple[Chat, Message]:
    chat = named_chat(world, bot, params)
    if not params.values.get("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.message_to("edit", params.whole("message_id"))
    if message.from_bot != bot.id:
        raise bad_request("message can't be edited")
    return chat, message


def _change(
    world: World, chat: Chat, message: Message, params: Parameters, content: Payload, fields: tuple[str, ...]
) -> Payload:
    """Puts `content` in place of `fields`, and the keyboard of the call in place of the old one."""
    markup = keyboards.checked(params.json("reply_markup"))
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    inline = keyboards.inline(markup)
    old = message.payload
    kept = {key: value for key, value in old.items() if key not in (*fields, "reply_markup", "edit_date")}
    new = kept | content | ({"reply_markup": inline} if inline else {})
    if new == {key: value for key, value in old.items() if key != "edit_date"}:
        raise bad_request(_NOT_MODIFIED)
    message.payload = new | {"edit_date": world.unix_now()}
    world.show(chat, message, "edited")
    return message.payload
