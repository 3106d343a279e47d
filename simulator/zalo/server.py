"""The Zalo simulator as one object: the bot API over HTTP, people with phones, and strings to pull."""

import asyncio
import json
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from simulator.guard import own_origin_only
from simulator.zalo.control import ZaloControl
from simulator.zalo.faults import ZaloFault
from simulator.zalo.journal import ZaloCall
from simulator.zalo.methods import METHODS
from simulator.zalo.refusals import QUOTA, UNAUTHORIZED, UNKNOWN_CHAT, ZaloRefused, bad_request
from simulator.zalo.world import ZaloWorld

_BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
_FAULTS = {
    "429": QUOTA,
    "401": UNAUTHORIZED,
    "403": ZaloRefused(403, "Internal server error"),
    "408": ZaloRefused(408, "Request timeout"),
    "408_after": ZaloRefused(408, "Request timeout"),
    "410": UNKNOWN_CHAT,
    "500": ZaloRefused(500, "Internal server error"),
}
_NAUGHT_EVERY = 3  # every so many successes carry an "error_code": 0, as has been recorded


class ZaloSimulator(ZaloWorld):
    """`ZaloWorld` served on loopback. `url` after `start` is what a bot takes as its API address."""

    _runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listens (port 0: any free one) and returns the address."""
        app = web.Application(middlewares=[own_origin_only])
        app.router.add_route("*", r"/bot{token:[^/]+}/{method:[^/]+}", self._call)
        app.router.add_get(r"/media/{path:.+}", self._media)
        ZaloControl(self).add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        for bot in self.bots.values():
            bot.queue.wake()
            await bot.webhook.remove()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> "ZaloSimulator":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method, bot = request.match_info["method"], self.bots.get(request.match_info["token"])
        call = self.calls.write(monotonic(), bot.id if bot else "", method, {})
        try:
            call.params = await _params(request)
        except ZaloRefused as refused:
            return self._refusal(call, refused)
        fault = self.faults.striking(method, call.chat_id)
        if fault and fault.before:
            answer = await self._misbehave(request, call, fault)
            if answer is not None:
                return answer
        result = await self._result(request.match_info["token"], method, call)
        if fault and not fault.before:
            return await self._misbehave(request, call, fault, result) or result
        return result

    async def _result(self, token: str, method: str, call: ZaloCall) -> web.Response:
        bot = self.bots.get(token)
        if bot is None:
            return self._refusal(call, UNAUTHORIZED, self.unauthorized_status)
        try:
            if method not in METHODS:  # names are case-sensitive
                raise bad_request("unknown method")
            result = await METHODS[method](self, bot, call.params)
        except ZaloRefused as refused:
            return self._refusal(call, refused)
        body: dict[str, Any] = {"ok": True} if result is None else {"ok": True, "result": result}
        if method == "getWebhookInfo" or call.number % _NAUGHT_EVERY == 0:
            body["error_code"] = 0
        call.message_id = result.get("message_id") if isinstance(result, dict) else None
        return web.json_response(body)

    async def _misbehave(
        self, request: web.Request, call: ZaloCall, fault: ZaloFault, late: web.Response | None = None
    ) -> web.StreamResponse | None:
        """The answer a fault gives in place of the true one; None to go on as if nothing had happened."""
        if fault.what.startswith("hang"):
            await asyncio.sleep(fault.seconds)
            return late
        before = f"{call.outcome} " if late else ""
        if fault.what in _FAULTS:
            answer = self._refusal(call, _FAULTS[fault.what])
            call.outcome = before + (fault.what if late else call.outcome)
            return answer
        call.outcome = before + fault.what
        if fault.what.startswith("502"):
            return web.Response(status=502, body=_BAD_GATEWAY, content_type="text/html")
        if request.transport:
            request.transport.abort()
        return late or web.Response()

    def _refusal(self, call: ZaloCall, refused: ZaloRefused, status: int | None = None) -> web.Response:
        call.outcome = str(refused)
        body = {"ok": False, "description": refused.description, "error_code": refused.code}
        return web.json_response(body, status=status or (200 if self.errors_with_200 else refused.code))

    async def _media(self, request: web.Request) -> web.Response:
        """Pictures and voices people sent: public, without a token."""
        stored = self.files.by_path.get(request.match_info["path"])
        if stored is None:
            raise web.HTTPNotFound
        return web.Response(body=stored.content, content_type="application/octet-stream")


async def _params(request: web.Request) -> dict[str, Any]:
    """Query string, JSON, urlencoded or multipart. Raises ZaloRefused (400) for what is no JSON object."""
    values: dict[str, Any] = dict(request.query)
    if not request.can_read_body:
        return values
    if request.content_type == "multipart/form-data":
        form = await request.post()
        return values | {name: value for name, value in form.items() if isinstance(value, str)}
    body = await request.read()
    if request.content_type != "application/json":
        return values | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    try:
        given = json.loads(body) if body.strip() else {}
    except ValueError:
        raise bad_request("body") from None
    if not isinstance(given, dict):
        raise bad_request("body")
    return values | given
