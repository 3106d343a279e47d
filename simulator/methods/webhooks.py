"""Methods about the webhook: set it, take it away, ask how it is doing."""

import re
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from simulator.accounts import Bot
from simulator.parameters import Parameters
from simulator.refusals import bad_request
from simulator.world import World


async def set_webhook(_: World, bot: Bot, params: Parameters) -> bool:
    """https://core.telegram.org/bots/api#setwebhook, but for loopback addresses only, where plain http will do."""
    url, secret = params.text("url"), params.text("secret_token")
    bot.queue.allow(params.json("allowed_updates"))
    if params.flag("drop_pending_updates"):
        bot.queue.keep_newest(0)
    if not url:
        await bot.webhook.remove()
        return True
    _check_address(url)
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    bot.queue.end_poll("setWebhook request")
    await bot.webhook.set(url, secret, min(max(params.whole("max_connections", 40), 1), 100))
    return True


async def delete_webhook(_: World, bot: Bot, params: Parameters) -> bool:
    await bot.webhook.remove()
    if params.flag("drop_pending_updates"):
        bot.queue.keep_newest(0)
    return True


def get_webhook_info(_: World, bot: Bot, __: Parameters) -> dict[str, Any]:
    hook = bot.webhook
    info: dict[str, Any] = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(bot.queue.pending),
    }
    if hook.url:
        info |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
    if hook.last_error:
        info["last_error_date"], info["last_error_message"] = hook.last_error
    if bot.queue.allowed:
        info["allowed_updates"] = sorted(bot.queue.allowed)
    return info


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if _is_loopback(parts.hostname):
        return
    if parts.scheme == "http":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    raise bad_request("bad webhook: Failed to resolve host: Name or service not known")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
