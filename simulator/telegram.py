"""The simulator as one object: a Telegram for bots, people with phones, a chat page, and strings to pull."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from simulator.accounts import Bot
from simulator.botapi import BotApi
from simulator.chat_page import ChatPage
from simulator.control import Control
from simulator.guard import own_origin_only
from simulator.observing import Observing
from simulator.parameters import Parameters
from simulator.refusals import Refused
from simulator.world import World

Presets = Callable[[], list[dict[str, str]]]


@dataclass(slots=True)
class ClockHooks:
    """The host's clock as the page sees it: `now`, `move` it, and `presets` of {"label", "to"} to offer (ISO times)."""

    now: Callable[[], datetime]
    move: Callable[[datetime], Any]
    presets: Presets = list


@dataclass(slots=True)
class Place:
    """One of several communes that share the page: its bot, the host's line, moments to offer, and what `season` it is.

    `season` says how the clock that all share stands to this one's dates.
    """

    slug: str
    name: str
    bot: Bot
    notice: str = ""
    presets: Presets = list
    season: Callable[[], str] = str


class TelegramSimulator(World):
    """`World` served over HTTP on loopback. `url` after `start` is what a bot takes as its API address.

    `notice` is the host's line on the chat page; `clock` lets the page show and move the host's clock. With `places`
    the page shows one commune at a time, the first to begin with, and lets its reader switch.
    """

    def __init__(self, *args: Any, notice: str = "", clock: ClockHooks | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notice = notice
        self.clock = clock
        self.places: dict[str, Place] = {}
        self.url = ""
        self._api = BotApi(self)
        self._page = ChatPage(self)
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listens (port 0: any free one) and returns the address."""
        app = web.Application(client_max_size=64 * 1024 * 1024, middlewares=[own_origin_only])
        self._api.add_routes(app)
        Control(self).add_routes(app)
        Observing(self).add_routes(app)
        self._page.add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        for bot in self.bots.values():
            bot.queue.end_poll("the end of the server")
            await bot.webhook.remove()
        self._page.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> "TelegramSimulator":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def place(self, slug: str | None) -> Place | None:
        """The commune of this slug, else the first; None where there is one world only."""
        return self.places.get(slug or "") or next(iter(self.places.values()), None)

    async def perform(self, bot: Bot, method: str, values: dict[str, Any]) -> Any:
        """A method a bot put into its answer to the webhook; what is refused there is refused in silence."""
        try:
            return await self._api.perform(bot, method, Parameters(values))
        except Refused:
            return None
