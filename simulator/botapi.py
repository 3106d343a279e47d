"""`/bot<token>/<method>` and `/file/bot<token>/<path>`: the HTTP side that bots talk to."""

import asyncio
import inspect
import json
from time import monotonic
from typing import Any

from aiohttp import web

from simulator import parameters
from simulator.accounts import Bot
from simulator.faults import Fault
from simulator.journal import Call
from simulator.methods import METHODS
from simulator.parameters import Parameters
from simulator.refusals import Refused, too_many_requests
from simulator.world import World

_BAD_GATEWAY = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"
_encoded = json.JSONEncoder(separators=(",", ":")).encode
_NOT_FOUND = Refused(404, "Not Found")
_UNAUTHORIZED = Refused(401, "Unauthorized")


class BotApi:
    """Answers bots as Telegram does, writes every call into the journal, and misbehaves when told to."""

    def __init__(self, world: World) -> None:
        self.world = world

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", r"/bot{token:[^/]+}/{method:[^/]+}", self.call)
        app.router.add_get(r"/file/bot{token:[^/]+}/{path:.+}", self.file)

    async def call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        bot = self.world.bots.get(request.match_info["token"])
        call = self.world.calls.write(monotonic(), bot.username if bot else "", method, {})
        try:
            params = await parameters.read(request)
        except Refused as refused:
            return _refusal(call, refused)
        call.params = _shown(params)
        fault = self.world.faults.striking(method.lower(), params.text("chat_id"))
        if fault and fault.before:
            answer = await _misbehave(request, call, fault)
            if answer is not None:
                return answer
        result = await self._result(bot, method, params, call)
        if fault and not fault.before:
            return await _misbehave(request, call, fault, result) or result
        return result

    async def perform(self, bot: Bot | None, method: str, params: Parameters) -> Any:
        """Runs one method. Raises Refused."""
        if bot is None:
            raise _UNAUTHORIZED
        known = METHODS.get(method.lower())
        if known is None:
            raise _NOT_FOUND
        result = known(self.world, bot, params)
        return await result if inspect.isawaitable(result) else result

    async def file(self, request: web.Request) -> web.Response:
        stored = self.world.files.by_path.get(request.match_info["path"])
        if request.match_info["token"] not in self.world.bots:
            return _json(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        if stored is None:
            return _json(404, {"ok": False, "error_code": 404, "description": "Not Found"})
        return web.Response(body=stored.content, content_type="application/octet-stream")

    async def _result(self, bot: Bot | None, method: str, params: Parameters, call: Call) -> web.Response:
        try:
            result = await self.perform(bot, method, params)
        except Refused as refused:
            return _refusal(call, refused)
        if isinstance(result, dict):
            call.message_id = result.get("message_id")
        return _json(200, {"ok": True, "result": result})


async def _misbehave(
    request: web.Request, call: Call, fault: Fault, late: web.Response | None = None
) -> web.StreamResponse | None:
    """The answer a fault gives in place of the true one; None to go on as if nothing had happened."""
    match fault.what:
        case "429":
            return _refusal(call, too_many_requests(fault.retry_after))
        case "401":
            return _refusal(call, _UNAUTHORIZED)
        case "500":
            return _refusal(call, Refused(500, "Internal Server Error"))
        case "502_before" | "502_after":
            call.outcome = f"{call.outcome} {fault.what}" if late else fault.what
            return web.Response(status=502, body=_BAD_GATEWAY, content_type="text/html")
        case "hang" | "hang_after":
            await asyncio.sleep(fault.seconds)
            return late
        case _:
            call.outcome = f"{call.outcome} {fault.what}" if late else fault.what
            if request.transport:
                request.transport.abort()
            return late or web.Response()


def _refusal(call: Call, refused: Refused) -> web.Response:
    call.outcome = str(refused)
    answer: dict[str, Any] = {"ok": False, "error_code": refused.code, "description": refused.description}
    headers = {}
    if refused.parameters:
        answer["parameters"] = refused.parameters
    if "retry_after" in refused.parameters:
        headers["Retry-After"] = str(refused.parameters["retry_after"])
    return _json(refused.code, answer, headers)


def _json(status: int, answer: dict[str, Any], headers: dict[str, str] | None = None) -> web.Response:
    body = _encoded(answer).encode()
    return web.Response(status=status, body=body, content_type="application/json", headers=headers)


def _shown(params: Parameters) -> dict[str, Any]:
    """Parameters for the journal: an upload is named, not kept."""
    if not params.uploads:
        return params.values
    return params.values | {
        name: f"<{upload.name}, {len(upload.content)} bytes>" for name, upload in params.uploads.items()
    }
