"""How `/sim` answers: {"ok": true, "result": ...}, or 400 with the reason."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from simulator.refusals import Refused


def answered(doing: Callable[[web.Request], Awaitable[Any]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    """{"ok": true, "result": ...}, or 400 with the reason."""

    async def answer(request: web.Request) -> web.Response:
        try:
            return web.json_response({"ok": True, "result": await doing(request)})
        except (LookupError, TypeError, ValueError, Refused) as error:
            return web.json_response({"ok": False, "description": str(error)}, status=400)

    return answer


async def body(request: web.Request) -> dict[str, Any]:
    content = await request.json() if request.can_read_body else {}
    if not isinstance(content, dict):
        raise ValueError("a JSON object is expected")
    return content
