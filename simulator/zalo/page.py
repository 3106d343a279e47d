"""Both messengers on one chat page: Zalo phones beside Telegram ones, from one address."""

import json
from typing import Any

from aiohttp import web

from simulator.chat_page import ChatPage
from simulator.telegram import TelegramSimulator
from simulator.zalo.control import ZaloControl
from simulator.zalo.world import ZaloWorld


class TwoMessengers(TelegramSimulator):
    """The Telegram simulator whose page also shows `zalo`, which listens on a port of its own."""

    def __init__(self, *args: Any, zalo: ZaloWorld, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zalo.files, zalo.feed = self.files, self.feed
        self.zalo = zalo
        self._page = _SharedPage(self, zalo)


class _SharedPage(ChatPage):
    def __init__(self, simulator: TelegramSimulator, zalo: ZaloWorld) -> None:
        super().__init__(simulator)
        self._zalo = zalo

    def add_routes(self, app: web.Application) -> None:
        super().add_routes(app)
        ZaloControl(self._zalo).add_routes(app)

    async def about(self, request: web.Request) -> web.Response:
        """What the page is called with, and that there are two messengers."""
        about = json.loads((await super().about(request)).text or "{}")
        return web.json_response(about | {"messengers": ["telegram", "zalo"]})
