"""The chat page: its files, its live events, and the pictures it shows."""

import asyncio
import json
import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from simulator.telegram import TelegramSimulator

PAGE = Path(__file__).parent / "page"
_HEARTBEAT = 15.0  # seconds
_POLICY = "default-src 'self'; img-src 'self' blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class ChatPage:
    def __init__(self, simulator: "TelegramSimulator") -> None:
        self.simulator = simulator
        self._closing = asyncio.Event()

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/", self.index)
        app.router.add_get("/page/{name}", self.part)
        app.router.add_get("/sim/page", self.about)
        app.router.add_get("/sim/events", self.events)
        app.router.add_get("/sim/files/{file_id}", self.file)

    def close(self) -> None:
        """Ends the open event streams, so that the server can stop at once."""
        self._closing.set()
        self.simulator.feed.tell("closing")

    async def index(self, _: web.Request) -> web.Response:
        return _static("index.html")

    async def part(self, request: web.Request) -> web.Response:
        return _static(request.match_info["name"])

    async def about(self, request: web.Request) -> web.Response:
        """What the page is called with: the bot, its commands, the host's notice, the communes. ?place=SLUG"""
        place = self.simulator.place(request.query.get("place"))
        bot, notice = (place.bot, place.notice) if place else (self.simulator.bot, self.simulator.notice)
        about = {"id": bot.id, "name": bot.name, "username": bot.username, "commands": bot.shown_commands()}
        places = [{"slug": one.slug, "name": one.name} for one in self.simulator.places.values()]
        chosen = {"place": place.slug, "places": places} if place else {}
        return web.json_response({"bot": about, "notice": notice, "clock": bool(self.simulator.clock)} | chosen)

    async def file(self, request: web.Request) -> web.Response:
        stored = self.simulator.files.by_id.get(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        if stored.kind == "photo":
            return web.Response(body=stored.content, content_type=_picture_type(stored.content), headers=headers)
        return web.Response(body=stored.content, content_type="application/octet-stream", headers=headers)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-Sent Events, {"event": "message", …}; also edited, deleted, toast, action, clock, people, place, …"""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        watcher = self.simulator.feed.watch()
        try:
            while not self._closing.is_set():
                await stream.write(await _next_event(watcher))
        except ConnectionError:
            pass  # the page was closed
        finally:
            self.simulator.feed.leave(watcher)
        return stream


async def _next_event(watcher: asyncio.Queue[dict[str, Any]]) -> bytes:
    try:
        event = await asyncio.wait_for(watcher.get(), _HEARTBEAT)
    except TimeoutError:
        return b": still here\n\n"
    return b"data: " + json.dumps(event, separators=(",", ":")).encode() + b"\n\n"


def _static(name: str) -> web.Response:
    known = {path.name: path for path in PAGE.iterdir()}
    if name not in known:
        raise web.HTTPNotFound
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff"}
    return web.Response(body=known[name].read_bytes(), content_type=kind, charset="utf-8", headers=headers)


def _picture_type(content: bytes) -> str:
    if content.startswith(b"\x89PNG"):
        return "image/png"
    return "image/webp" if content[8:12] == b"WEBP" else "image/gif" if content[:3] == b"GIF" else "image/jpeg"
