"""The bot API of Zalo over aiohttp: every documented method, POST with JSON, errors that say whether to try again.

ZaloError
├── WrongToken     401: nothing goes until the operator mends it
├── NoSuchChat     404, 410: nobody there takes messages
├── QuotaUsed      429: the month's messages (or the moment's) are used up
├── Refused        400 and the like: the same call will be refused again
├── Passing        403, 5xx, a body that is no JSON, no connection: it was not taken, try later
└── Unsure         408, a line cut while waiting: it may have been taken, try once more at most
"""

import json
import re
from typing import Any

import aiohttp

_TOKEN = re.compile(r"\d{1,19}:\S+")
_SECONDS = 15.0
_PICTURE_SECONDS = 150.0  # Zalo downloads the picture before it answers
_POLL_MARGIN = 15.0
_TO_CHATS = ("sendMessage", "sendPhoto", "sendSticker", "sendVoice", "sendChatAction")


class ZaloError(Exception):
    """A call that failed. `code` is Zalo's, 0 where there was no answer; `why` carries no name and no token."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(f"{code} {why}".strip())
        self.code, self.why = code, why


class WrongToken(ZaloError):
    pass


class NoSuchChat(ZaloError):
    pass


class QuotaUsed(ZaloError):
    pass


class Refused(ZaloError):
    pass


class Passing(ZaloError):
    pass


class Unsure(ZaloError):
    pass


class ZaloClient:
    """One bot. Every method raises ZaloError. Raises WrongToken at once for what is no token at all."""

    def __init__(self, token: str, api_url: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise WrongToken(0, "not a token")
        self.bot_id = token.split(":", 1)[0]
        self._token, self._url = token, f"{api_url}/bot{token}"
        self._http: aiohttp.ClientSession | None = None

    async def get_me(self) -> dict[str, Any]:
        return dict(await self.call("getMe"))

    async def get_updates(self, seconds: int = 30) -> list[dict[str, Any]]:
        """What is new, waiting up to `seconds`: one update, or (nobody has seen that yet) a list of them."""
        try:
            result = await self.call("getUpdates", {"timeout": str(seconds)}, seconds=seconds + _POLL_MARGIN)
        except Unsure as nothing:
            if nothing.code == 408:
                return []
            raise
        return result if isinstance(result, list) else [result] if result else []

    async def set_webhook(self, url: str, secret: str) -> dict[str, Any]:
        """`secret`: 8 to 256 characters. The answer may tell how a first call went, under "verification"."""
        return dict(await self.call("setWebhook", {"url": url, "secret_token": secret}))

    async def probe_webhook(self) -> dict[str, Any]:
        """testWebhook: their side calls ours now; not in every edition of the manual."""
        return dict(await self.call("testWebhook"))

    async def webhook_url(self) -> str:
        """Where updates are pushed to, "" for nowhere (which Zalo says with a 404)."""
        try:
            return str((await self.call("getWebhookInfo")).get("url", ""))
        except (Refused, NoSuchChat) as none:
            if none.code == 404:
                return ""
            raise

    async def delete_webhook(self) -> None:
        """Also when there was none: some are told 400 then, others that all is well."""
        try:
            await self.call("deleteWebhook")
        except Refused:
            return

    async def send_message(self, chat_id: str, text: str) -> str:
        """Plain text, 1 to 2000 characters. Returns the message id."""
        return _sent(await self.call("sendMessage", {"chat_id": chat_id, "text": text}))

    async def send_photo(self, chat_id: str, photo_url: str, caption: str = "") -> str:
        """A picture at a public address that answers several times, without login or redirect."""
        about = {"chat_id": chat_id, "photo": photo_url} | ({"caption": caption} if caption else {})
        return _sent(await self.call("sendPhoto", about, seconds=_PICTURE_SECONDS))

    async def send_sticker(self, chat_id: str, sticker: str) -> str:
        return _sent(await self.call("sendSticker", {"chat_id": chat_id, "sticker": sticker}))

    async def send_voice(self, chat_id: str, voice_url: str) -> str:
        """An .aac file at a public address; private chats only."""
        return _sent(await self.call("sendVoice", {"chat_id": chat_id, "voice_url": voice_url}))

    async def send_chat_action(self, chat_id: str) -> None:
        """ "typing" for about five seconds; whether it counts against the month is not known."""
        await self.call("sendChatAction", {"chat_id": chat_id, "action": "typing"})

    async def call(self, method: str, params: dict[str, Any] | None = None, *, seconds: float = _SECONDS) -> Any:
        """One call; its `result`, {} where there is none. The `ok` of the body decides, not the HTTP status."""
        status, body, failure = await self._post(method, params or {}, seconds)
        if failure:
            raise failure  # out here, so that the first exception, which knows the address, is not its context
        answer = _decoded(body)
        if answer is None:
            raise Passing(status, "no JSON")
        if answer.get("ok") is True:
            return answer.get("result", {})
        raise self._error(method, _code(answer, status), str(answer.get("description", "")))

    async def _post(self, method: str, params: dict[str, Any], seconds: float) -> tuple[int, bytes, ZaloError | None]:
        timeout = aiohttp.ClientTimeout(total=seconds, connect=10)
        try:
            async with self._session().post(f"{self._url}/{method}", json=params, timeout=timeout) as response:
                return response.status, await response.read(), None
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return 0, b"", Passing(0, type(error).__name__)
        except (aiohttp.ClientError, TimeoutError) as error:
            return 0, b"", Unsure(0, type(error).__name__)

    def _error(self, method: str, code: int, description: str) -> ZaloError:
        why = re.sub(r"https?://\S+|\d{6,}", "…", description.replace(self._token, "…"))[:120]
        if code in (404, 410) and method in _TO_CHATS:
            return NoSuchChat(code, why)
        known: dict[int, type[ZaloError]] = {401: WrongToken, 403: Passing, 408: Unsure, 426: Passing, 429: QuotaUsed}
        return known.get(code, Passing if code >= 500 or code <= 0 else Refused)(code, why)

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None or self._http.closed:
            self._http = aiohttp.ClientSession(json_serialize=_encoded)
        return self._http

    async def close(self) -> None:
        if self._http:
            await self._http.close()


def _decoded(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _code(answer: dict[str, Any], status: int) -> int:
    """The body's own code, else the HTTP status; 0 where neither says that something is wrong."""
    code = answer.get("error_code")
    if isinstance(code, int) and code > 0:
        return code
    return status if status >= 400 else 0


def _encoded(params: Any) -> str:
    return json.dumps(params, ensure_ascii=False)


def _sent(result: Any) -> str:
    return str(result.get("message_id", "")) if isinstance(result, dict) else ""
