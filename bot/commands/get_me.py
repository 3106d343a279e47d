"""Who the token says we are: one getMe with plain aiohttp, so that no messenger's library is loaded for it."""

from dataclasses import dataclass

import aiohttp

from bot.settings import Settings

_WAIT = aiohttp.ClientTimeout(total=5)
_REFUSED = (401, 404)


class TokenRefused(Exception):
    """The server does not know this token."""


@dataclass
class Away(Exception):
    """The server did not answer; `why` is an error's class or an HTTP status, never the address with the token."""

    why: str


async def username(settings: Settings, token: str) -> str:
    """The bot's name without "@", within 5 s. Raises TokenRefused, Away."""
    address = f"{settings.telegram_api_url}/bot{token}/getMe"
    try:
        async with aiohttp.ClientSession(timeout=_WAIT) as client, client.get(address) as response:
            if response.status in _REFUSED:
                raise TokenRefused
            if response.status != 200:
                raise Away(f"HTTP {response.status}")
            return str((await response.json(content_type=None))["result"]["username"])
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
        raise Away(type(error).__name__) from None
