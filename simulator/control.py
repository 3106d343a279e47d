"""`/sim/people`, groups and bots: what the Python classes do, over HTTP with JSON, for pages and other processes."""

import base64
from typing import TYPE_CHECKING, Any

from aiohttp import web

from simulator.answers import answered, body
from simulator.people import Person

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
        add("GET", "/sim/people", answered(self.people))
        add("POST", "/sim/people", answered(self.add_person))
        add("GET", "/sim/people/{id}/screen", answered(self.screen))
        add("GET", "/sim/people/{id}/hears", answered(self.hears))
        add("POST", "/sim/say", answered(self.say_many))
        add("POST", "/sim/people/{id}/{doing}", answered(self.do))
        add("POST", "/sim/groups", answered(self.add_group))
        add("POST", "/sim/bots", answered(self.add_bot))

    async def people(self, _: web.Request) -> Any:
        return [_described(person) for person in self.simulator.people.values()]

    async def add_person(self, request: web.Request) -> Any:
        """{"id", "first_name", ...}: the arguments of `World.person`."""
        return _described(self.simulator.person(**await body(request)))

    async def screen(self, request: web.Request) -> Any:
        person = self._person(request)
        named = request.query.get("bot")
        bubbles = person.screen_of(self.simulator.bot_named(named) if named else person.my_bot)
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
        arguments = await body(request)
        if "content" in arguments:
            arguments["content"] = base64.b64decode(arguments["content"] or "") or None
        if "bot" in arguments:
            arguments["bot"] = self.simulator.bot_named(arguments["bot"])
        if "chat" in arguments:
            arguments["chat"] = self.simulator.groups[int(arguments["chat"])]
        return await getattr(self._person(request), doing)(**arguments)

    async def say_many(self, request: web.Request) -> Any:
        """{"texts": [[person id, text], ...]}: many messages in one request, for load. Returns how many."""
        texts = (await body(request))["texts"]
        for id, text in texts:
            await self.simulator.people[int(id)].says(text)
        return len(texts)

    async def add_group(self, request: web.Request) -> Any:
        """{"id", "members": [ids], "title"}"""
        about = await body(request)
        members = [self.simulator.people[int(id)] for id in about.pop("members")]
        return {"id": self.simulator.group(members=members, **about).id}

    async def add_bot(self, request: web.Request) -> Any:
        """{"token", "username", "name"}"""
        return self.simulator.add_bot(**await body(request)).me()

    def _person(self, request: web.Request) -> Person:
        person = self.simulator.people.get(int(request.match_info["id"]))
        if person is None:
            raise web.HTTPNotFound
        return person


def _described(person: Person) -> Json:
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "role_label": person.role_label,
        "kind": person.kind,
        "place": person.place,
        "blocked": bool(person.blocked),
    }
