"""The methods of the bot API: what each checks, does and answers."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from simulator.entities import units
from simulator.media import picture_size
from simulator.zalo.accounts import ZaloBot
from simulator.zalo.groups import ZaloGroup
from simulator.zalo.refusals import NO_WEBHOOK, NOTHING_NEW, WEBHOOK_SET, bad_request
from simulator.zalo.world import ZaloWorld

Params = dict[str, Any]
MOST_TEXT = 2000  # UTF-16 units here: the strictest reading of "characters" that working clients live with
BIGGEST_PICTURE = 5 * 1024 * 1024
_LONGEST_POLL = 60.0
_LOOPBACK = ("127.0.0.1", "localhost")


async def get_me(_: ZaloWorld, bot: ZaloBot, __: Params) -> Any:
    return bot.me()


async def get_updates(_: ZaloWorld, bot: ZaloBot, params: Params) -> Any:
    if bot.webhook.url:
        raise WEBHOOK_SET
    try:
        seconds = float(params.get("timeout") or 30)
    except (TypeError, ValueError):
        raise bad_request("timeout") from None
    event = await bot.queue.next(min(max(seconds, 0), _LONGEST_POLL))
    if bot.webhook.url:
        raise WEBHOOK_SET
    if event is None:
        raise NOTHING_NEW
    return event


async def set_webhook(world: ZaloWorld, bot: ZaloBot, params: Params) -> Any:
    """The address is kept even when its probe fails. Loopback over http is let through here, and only here."""
    url, secret = _text(params, "url"), _text(params, "secret_token")
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise bad_request("url must be https")
    if not 8 <= len(secret) <= 256:
        raise bad_request("secret_token must have 8-256 characters")
    bot.webhook.set(url, secret, world.millis())
    return {"url": url, "updated_at": bot.webhook.updated_at, "verification": await bot.webhook.probe()}


async def probe_webhook(_: ZaloWorld, bot: ZaloBot, __: Params) -> Any:
    if not bot.webhook.url:
        raise NO_WEBHOOK
    return {"url": bot.webhook.url, **await bot.webhook.probe()}


async def get_webhook_info(_: ZaloWorld, bot: ZaloBot, __: Params) -> Any:
    if not bot.webhook.url:
        raise NO_WEBHOOK
    return {"url": bot.webhook.url, "updated_at": bot.webhook.updated_at}


async def delete_webhook(world: ZaloWorld, bot: ZaloBot, _: Params) -> Any:
    if not bot.webhook.url and world.delete_without_webhook != 200:
        raise bad_request("no webhook")
    await bot.webhook.remove()
    return {"url": "", "updated_at": world.millis()}


async def send_message(world: ZaloWorld, bot: ZaloBot, params: Params) -> Any:
    text = _text(params, "text")
    _check_length(text, "text")
    return world.says(bot, _text(params, "chat_id"), "text", text)


async def send_photo(world: ZaloWorld, bot: ZaloBot, params: Params) -> Any:
    """Zalo fetches the address itself, and has been seen to do so more than once."""
    caption = params.get("caption", "")
    if caption:
        _check_length(_text(params, "caption"), "caption")
    chat_id, url = _text(params, "chat_id"), _text(params, "photo")
    world.reach(bot, chat_id)
    fetched = [await _fetched(url) for _ in range(2)]
    stored = world.files.keep(fetched[-1], "photo")
    return world.says(bot, chat_id, "photo", caption, photo=stored.content, file_id=stored.file_id)


async def send_sticker(world: ZaloWorld, bot: ZaloBot, params: Params) -> Any:
    _text(params, "sticker")
    return world.says(bot, _text(params, "chat_id"), "sticker", "")


async def send_voice(world: ZaloWorld, bot: ZaloBot, params: Params) -> Any:
    """For a group the call reports success although nothing is delivered."""
    chat_id, url = _text(params, "chat_id"), _text(params, "voice_url")
    if not urlsplit(url).path.endswith(".aac"):
        raise bad_request("voice_url must be an .aac file")
    if isinstance(world.reach(bot, chat_id), ZaloGroup):
        return {"message_id": world.new_id(), "date": world.millis()}
    return world.says(bot, chat_id, "voice", "")


async def send_chat_action(world: ZaloWorld, bot: ZaloBot, params: Params) -> Any:
    """Answered without a result."""
    if _text(params, "action") != "typing":
        raise bad_request("action")
    whom = world.reach(bot, _text(params, "chat_id"))
    world.feed.tell("action", kind="zalo", person=whom.id)
    return None


METHODS: dict[str, Callable[[ZaloWorld, ZaloBot, Params], Awaitable[Any]]] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "testWebhook": probe_webhook,
    "getWebhookInfo": get_webhook_info,
    "deleteWebhook": delete_webhook,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendSticker": send_sticker,
    "sendVoice": send_voice,
    "sendChatAction": send_chat_action,
}


def _text(params: Params, name: str) -> str:
    """A text that is there. Ids are texts too: a number is refused, so that nobody takes them for numbers."""
    value = params.get(name)
    if not isinstance(value, str) or not value.strip():
        raise bad_request(f"{name} is required")
    return value


def _check_length(text: str, name: str) -> None:
    if units(text) > MOST_TEXT:
        raise bad_request(f"{name} is longer than {MOST_TEXT} characters")


async def _fetched(url: str) -> bytes:
    """A picture from a public address: no redirect, no login, at most 5 MB. Raises ZaloRefused."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise bad_request("photo must be a public URL")
    failed = bad_request("photo could not be downloaded")
    timeout = aiohttp.ClientTimeout(total=10)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as http, http.get(url, allow_redirects=False) as answer:
            content = b""
            async for chunk in answer.content.iter_chunked(65536):
                content += chunk
                if len(content) > BIGGEST_PICTURE:
                    raise failed
    except (aiohttp.ClientError, TimeoutError, ValueError):
        raise failed from None
    if answer.status != 200 or not picture_size(content):
        raise failed
    return content
