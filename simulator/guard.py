"""Only the page's own origin may pull the strings: no other web site, no name that was bent to point here."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_LOCAL_NAMES = {"127.0.0.1", "localhost", "::1"}


@web.middleware
async def own_origin_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Bots pass; the page and `/sim` are for loopback names (or the address listened on) and their own origin."""
    if request.path.startswith(("/bot", "/file/")):
        return await handler(request)
    if not _named_rightly(request) or not _from_here(request):
        return web.json_response({"ok": False, "description": "only from the simulator's own page"}, status=403)
    return await handler(request)


def _named_rightly(request: web.Request) -> bool:
    name = urlsplit(f"//{request.host}").hostname or ""
    listening = request.transport.get_extra_info("sockname") if request.transport else None
    return name in _LOCAL_NAMES or (listening is not None and name == listening[0])


def _from_here(request: web.Request) -> bool:
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or origin == f"http://{request.host}"
