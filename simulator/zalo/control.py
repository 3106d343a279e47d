"""`/sim/zalo/…`: what the Python classes do, over HTTP with JSON, for the chat page and other processes."""

import base64
from typing import TYPE_CHECKING, Any

from aiohttp import web

from simulator.answers import answered, body
from simulator.zalo.people import ZaloPerson

if TYPE_CHECKING:
    from simulator.zalo.world import ZaloWorld

HOME = "/sim/zalo"
_UNSUPPORTED = ("document", "location", "contact", "video_note", "poll", "dice")


class ZaloControl:
    def __init__(self, world: "ZaloWorld") -> None:
        self.world = world

    def add_routes(self, app: web.Application) -> None:
        add = app.router.add_route
        add("GET", f"{HOME}/people", answered(self.people))
        add("POST", f"{HOME}/people", answered(self.add_person))
        add("GET", f"{HOME}/people/{{id}}/screen", answered(self.screen))
        add("GET", f"{HOME}/people/{{id}}/hears", answered(self.hears))
        add("POST", f"{HOME}/people/{{id}}/say", answered(self.say))
        add("POST", f"{HOME}/people/{{id}}/pick", answered(self.pick))
        add("POST", f"{HOME}/people/{{id}}/attach", answered(self.attach))
        add("POST", f"{HOME}/people/{{id}}/push", answered(self.push))
        add("GET", f"{HOME}/calls", answered(self.calls))
        add("POST", f"{HOME}/misbehave", answered(self.misbehave))
        add("DELETE", f"{HOME}/misbehave", answered(self.behave))
        add("POST", f"{HOME}/clear", answered(self.clear))

    async def people(self, _: web.Request) -> Any:
        return [person.as_json() for person in self.world.people.values()]

    async def add_person(self, request: web.Request) -> Any:
        """{"id", "display_name", "role_label", "started"}"""
        return self.world.person(**await body(request)).as_json()

    async def screen(self, request: web.Request) -> Any:
        return {"messages": [bubble.as_json() for bubble in self._person(request).screen], "toasts": []}

    async def hears(self, request: web.Request) -> Any:
        timeout, count = float(request.query.get("timeout", 2)), int(request.query.get("count", 1))
        return [bubble.as_json() for bubble in await self._person(request).hears(min(timeout, 60), count)]

    async def say(self, request: web.Request) -> Any:
        """{"text"}"""
        return await self._person(request).says(str((await body(request))["text"]))

    async def pick(self, request: web.Request) -> Any:
        """{"label"}: types the number in front of it."""
        return await self._person(request).picks(str((await body(request))["label"]))

    async def attach(self, request: web.Request) -> Any:
        """{"kind", "content" in base64}: photo, sticker and voice; whatever else there is, Zalo does not carry."""
        about, person = await body(request), self._person(request)
        if about["kind"] in _UNSUPPORTED:
            return await person.sends_unsupported()
        if about["kind"] == "photo":
            return await person.sends_photo(base64.b64decode(about.get("content") or "") or None)
        if about["kind"] not in ("sticker", "voice"):
            raise ValueError(f"no such kind: {about['kind']}")
        return await getattr(person, f"sends_{about['kind']}")()

    async def push(self, request: web.Request) -> Any:
        """Any event as it is."""
        self._person(request).pushes_raw(await body(request))
        return True

    async def calls(self, request: web.Request) -> Any:
        """?method=&chat_id=&ok=true|false"""
        query = request.query
        ok = {"true": True, "false": False}.get(query.get("ok", ""))
        found = self.world.calls.of(query.get("method"), chat_id=query.get("chat_id"), ok=ok)
        return {"counted": self.world.calls.counted, "calls": [call.as_json() for call in found]}

    async def misbehave(self, request: web.Request) -> Any:
        """{"method", "what", "times", "share", "seed", "seconds", "chat_id"}"""
        self.world.misbehave(**await body(request))
        return True

    async def behave(self, _: web.Request) -> Any:
        self.world.faults.lift()
        return True

    async def clear(self, _: web.Request) -> Any:
        self.world.clear()
        return True

    def _person(self, request: web.Request) -> ZaloPerson:
        person = self.world.people.get(request.match_info["id"])
        if person is None:
            raise web.HTTPNotFound
        return person
