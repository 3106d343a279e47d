"""`/sim/...`: the same strings as the Python classes, over HTTP with JSON, for pages and other processes."""

import base64
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from simulator.accounts import Bot
from simulator.people import Person
from simulator.refusals import Refused

if TYPE_CHECKING:
    from simulator.telegram import TelegramSimulator

Json = dict[str, Any]
_DOINGS = {
    "say": "says",
    "tap": "taps",
    "tap_data": "taps_data",
    "attach": "sends",
    "album": "sends_album",
    "forward": "forwards",
    "reply": "replies",
    "edit": "edits",
    "block": "blocks",
    "unblock": "unblocks",
    "push": "pushes_raw",
}


class Control:
    def __init__(self, simulator: "TelegramSimulator") -> None:
        self.simulator = simulator

    def add_routes(self, app: web.Application) -> None:
        add = app.router.add_route
        add("GET", "/sim/people", _answered(self.people))
        add("POST", "/sim/people", _answered(self.add_person))
        add("GET", "/sim/people/{id}/screen", _answered(self.screen))
        add("GET", "/sim/people/{id}/hears", _answered(self.hears))
        add("POST", "/sim/people/{id}/{doing}", _answered(self.do))
        add("POST", "/sim/groups", _answered(self.add_group))
        add("POST", "/sim/bots", _answered(self.add_bot))
        add("GET", "/sim/calls", _answered(self.calls))
        add("GET", "/sim/pending", _answered(self.pending))
        add("POST", "/sim/misbehave", _answered(self.misbehave))
        add("DELETE", "/sim/misbehave", _answered(self.behave))
        add("POST", "/sim/clear", _answered(self.clear))
        add("GET", "/sim/clock", _answered(self.clock))
        add("POST", "/sim/clock", _answered(self.move_clock))

    async def people(self, _: web.Request) -> Any:
        return [_described(person) for person in self.simulator.people.values()]

    async def add_person(self, request: web.Request) -> Any:
        """{"id", "first_name", ...}: the arguments of `World.person`."""
        return _described(self.simulator.person(**await _body(request)))

    async def screen(self, request: web.Request) -> Any:
        person = self._person(request)
        bubbles = person.screen_of(self._bot(request.query.get("bot")))
        toasts = [{"text": toast.text, "alert": toast.alert} for toast in person.toasts]
        return {"messages": [bubble.as_json() for bubble in bubbles], "toasts": toasts}

    async def hears(self, request: web.Request) -> Any:
        timeout, count = float(request.query.get("timeout", 2)), int(request.query.get("count", 1))
        return [bubble.as_json() for bubble in await self._person(request).hears(min(timeout, 60), count)]

    async def do(self, request: web.Request) -> Any:
        """One of `_DOINGS`, with its method's arguments; `content` in base64, `bot` a username, `chat` a group id."""
        doing = _DOINGS.get(request.match_info["doing"])
        if doing is None:
            raise web.HTTPNotFound
        arguments = await _body(request)
        if "content" in arguments:
            arguments["content"] = base64.b64decode(arguments["content"] or "") or None
        if "bot" in arguments:
            arguments["bot"] = self._bot(arguments["bot"])
        if "chat" in arguments:
            arguments["chat"] = self.simulator.groups[int(arguments["chat"])]
        return await getattr(self._person(request), doing)(**arguments)

    async def add_group(self, request: web.Request) -> Any:
        """{"id", "members": [ids], "title"}"""
        about = await _body(request)
        members = [self.simulator.people[int(id)] for id in about.pop("members")]
        return {"id": self.simulator.group(members=members, **about).id}

    async def add_bot(self, request: web.Request) -> Any:
        """{"token", "username", "name"}"""
        return self.simulator.add_bot(**await _body(request)).me()

    async def calls(self, request: web.Request) -> Any:
        """?method=&chat_id=&ok=true|false&after=NUMBER; `counted` is the number of the newest call."""
        query = request.query
        ok = {"true": True, "false": False}.get(query.get("ok", ""))
        chat_id = int(query["chat_id"]) if "chat_id" in query else None
        journal = self.simulator.calls
        found = journal.of(query.get("method"), chat_id=chat_id, ok=ok, after=int(query.get("after", 0)))
        return {"counted": journal.counted, "calls": [call.as_json() for call in found]}

    async def pending(self, request: web.Request) -> Any:
        bot = self._bot(request.query.get("bot"))
        return {"pending": self.simulator.pending(bot), "confirmed": bot.queue.confirmed}

    async def misbehave(self, request: web.Request) -> Any:
        """{"method", "what", "times", "share", "seed", "retry_after", "seconds", "chat_id"}"""
        self.simulator.misbehave(**await _body(request))
        return True

    async def behave(self, _: web.Request) -> Any:
        self.simulator.faults.lift()
        return True

    async def clear(self, _: web.Request) -> Any:
        self.simulator.clear()
        return True

    async def clock(self, _: web.Request) -> Any:
        """{"now": ISO, "presets": [{"label", "to"}]}; null when the host has no clock to show."""
        hooks = self.simulator.clock
        return None if hooks is None else {"now": hooks.now().isoformat(), "presets": hooks.presets()}

    async def move_clock(self, request: web.Request) -> Any:
        """{"to": ISO time, or the label of a preset}"""
        hooks = self.simulator.clock
        if hooks is None:
            raise web.HTTPNotFound
        wanted = str((await _body(request))["to"])
        named = {preset["label"]: preset["to"] for preset in hooks.presets()}
        moved = hooks.move(datetime.fromisoformat(named.get(wanted, wanted)))
        if isinstance(moved, Awaitable):
            await moved
        self.simulator.feed.tell("clock")
        return {"now": hooks.now().isoformat()}

    def _person(self, request: web.Request) -> Person:
        person = self.simulator.people.get(int(request.match_info["id"]))
        if person is None:
            raise web.HTTPNotFound
        return person

    def _bot(self, username: str | None) -> Bot:
        if username is None:
            return self.simulator.bot
        return next(bot for bot in self.simulator.bots.values() if bot.username == username)


def _answered(doing: Callable[[web.Request], Awaitable[Any]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    """{"ok": true, "result": ...}, or 400 with the reason."""

    async def answer(request: web.Request) -> web.Response:
        try:
            return web.json_response({"ok": True, "result": await doing(request)})
        except (LookupError, TypeError, ValueError, Refused) as error:
            return web.json_response({"ok": False, "description": str(error)}, status=400)

    return answer


async def _body(request: web.Request) -> Json:
    body = await request.json() if request.can_read_body else {}
    if not isinstance(body, dict):
        raise ValueError("a JSON object is expected")
    return body


def _described(person: Person) -> Json:
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "role_label": person.role_label,
        "kind": person.kind,
        "blocked": bool(person.blocked),
    }
