"""`/sim/calls`, pending updates, faults and the clock: looking at the simulator and breaking it, over HTTP."""

from collections.abc import Awaitable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from simulator.answers import answered, body

if TYPE_CHECKING:
    from simulator.telegram import TelegramSimulator


class Observing:
    def __init__(self, simulator: "TelegramSimulator") -> None:
        self.simulator = simulator

    def add_routes(self, app: web.Application) -> None:
        add = app.router.add_route
        add("GET", "/sim/calls", answered(self.calls))
        add("GET", "/sim/pending", answered(self.pending))
        add("POST", "/sim/misbehave", answered(self.misbehave))
        add("DELETE", "/sim/misbehave", answered(self.behave))
        add("POST", "/sim/clear", answered(self.clear))
        add("GET", "/sim/clock", answered(self.clock))
        add("POST", "/sim/clock", answered(self.move_clock))

    async def calls(self, request: web.Request) -> Any:
        """?method=&chat_id=&ok=true|false&after=NUMBER; `counted` is the number of the newest call."""
        query = request.query
        ok = {"true": True, "false": False}.get(query.get("ok", ""))
        chat_id = int(query["chat_id"]) if "chat_id" in query else None
        journal = self.simulator.calls
        found = journal.of(query.get("method"), chat_id=chat_id, ok=ok, after=int(query.get("after", 0)))
        return {"counted": journal.counted, "calls": [call.as_json() for call in found]}

    async def pending(self, request: web.Request) -> Any:
        bot = self.simulator.bot_named(request.query.get("bot"))
        return {"pending": self.simulator.pending(bot), "confirmed": bot.queue.confirmed}

    async def misbehave(self, request: web.Request) -> Any:
        """{"method", "what", "times", "share", "seed", "retry_after", "seconds", "chat_id"}"""
        self.simulator.misbehave(**await body(request))
        return True

    async def behave(self, _: web.Request) -> Any:
        self.simulator.faults.lift()
        return True

    async def clear(self, _: web.Request) -> Any:
        self.simulator.clear()
        return True

    async def clock(self, request: web.Request) -> Any:
        """{"now": ISO, "presets": [{"label", "to"}]}; null when the host has no clock to show. ?place=SLUG"""
        hooks, place = self.simulator.clock, self.simulator.place(request.query.get("place"))
        if hooks is None:
            return None
        told = {"now": hooks.now().isoformat(), "presets": (place or hooks).presets()}
        return told | ({"season": place.season()} if place else {})

    async def move_clock(self, request: web.Request) -> Any:
        """{"to": ISO time, or the label of a preset}"""
        hooks = self.simulator.clock
        if hooks is None:
            raise web.HTTPNotFound
        wanted = str((await body(request))["to"])
        named = {preset["label"]: preset["to"] for preset in hooks.presets()}
        moved = hooks.move(datetime.fromisoformat(named.get(wanted, wanted)))
        if isinstance(moved, Awaitable):
            await moved
        self.simulator.feed.tell("clock")
        return {"now": hooks.now().isoformat()}
