"""The Bot API methods this server knows, by lower-case name (Telegram does not mind the case)."""

from collections.abc import Awaitable, Callable
from typing import Any

from simulator.accounts import Bot
from simulator.methods import account, chats, edits, messages, webhooks
from simulator.parameters import Parameters
from simulator.world import World

Method = Callable[[World, Bot, Parameters], Any | Awaitable[Any]]

METHODS: dict[str, Method] = {
    "getme": account.get_me,
    "getupdates": account.get_updates,
    "setmycommands": account.set_my_commands,
    "getmycommands": account.get_my_commands,
    "deletemycommands": account.delete_my_commands,
    "setwebhook": webhooks.set_webhook,
    "deletewebhook": webhooks.delete_webhook,
    "getwebhookinfo": webhooks.get_webhook_info,
    "sendmessage": messages.send_message,
    "sendphoto": messages.send_photo,
    "senddocument": messages.send_document,
    "editmessagetext": edits.edit_message_text,
    "editmessagecaption": edits.edit_message_caption,
    "editmessagereplymarkup": edits.edit_message_reply_markup,
    "deletemessage": edits.delete_message,
    "answercallbackquery": chats.answer_callback_query,
    "sendchataction": chats.send_chat_action,
    "getchat": chats.get_chat,
    "leavechat": chats.leave_chat,
    "getfile": chats.get_file,
}
