"""How a Telegram bot is put to work: who we are, our commands, polling or the webhook."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiohttp import web

from bot.channels.telegram.channel import Store, TelegramChannel
from storage import bots
from storage.database import Database
from texts import menu as words

log = logging.getLogger(__name__)
PATH = "/telegram/webhook"
# Telegram's commands are ASCII; each stands for the word it is folded from.
COMMANDS = {
    "menu": "menu", "ghi": "ghi", "con": "còn", "qr": "qr", "toi": "tôi", "sua": "sửa", "hoantac": "hoàn tác",
    "tiendo": "tiến độ", "xuat": "xuất", "moi": "mời", "vuong": "vướng", "trogiup": "trợ giúp",
    "huy": "huỷ", "dulieu": "dữ liệu",
}  # fmt: skip


class TelegramLine:
    """Opens and keeps open the way in for one bot. A server out of reach is waited for, never a reason to stop.

    `path` of its webhook tells it from other bots.
    """

    def __init__(
        self,
        channel: TelegramChannel,
        database: Database,
        *,
        webhook: bool,
        public_url: str,
        secret: str,
        path: str = PATH,
    ) -> None:
        self.channel = channel
        self._database, self._webhook = database, webhook
        self._public_url, self._secret, self._path = public_url, secret, path
        self._met = False

    async def meet(self) -> None:
        """Ask who we are, for the links of invitations. Raises WrongToken."""
        try:
            name = await self.channel.username()
        except AiogramError as error:
            log.warning("Telegram cannot be reached yet (%s)", type(error).__name__)
            return
        self._met = True
        await self._database.write(partial(bots.learn, bot_key=self.channel.bot_key, name=name))
        log.info("Telegram bot @%s", name)

    def routes(self, app: web.Application, store: Store) -> None:
        if self._webhook:
            app.router.add_post(self._path, self.channel.webhook(self._secret, store))

    async def listen(self, store: Store) -> None:
        """Receive until cancelled."""
        if not self._webhook:
            await _insist(self.channel.stop_webhook)
            introducing = asyncio.create_task(self._introduce())
            try:
                await self.channel.poller(store).run()
            finally:
                introducing.cancel()
        elif self._public_url:
            await _insist(lambda: self.channel.start_webhook(f"{self._public_url}{self._path}", self._secret))
            await self._introduce()
        else:
            log.warning("no PUBLIC_URL: the webhook is open, but Telegram must be told of it by hand")

    async def _introduce(self) -> None:
        if not self._met:
            await self.meet()
        await self.channel.introduce([(command, words.meaning(word)) for command, word in COMMANDS.items()])

    async def close(self) -> None:
        await self.channel.close()


async def _insist(ask: Callable[[], Awaitable[None]]) -> None:
    wait = 0.5
    while True:
        try:
            await ask()
            return
        except TelegramBadRequest as refused:
            log.error("Telegram does not take the webhook (%s); see PUBLIC_URL. Again in %.0f s", refused.message, wait)
        except AiogramError as error:
            log.warning("Telegram cannot be reached (%s), again in %.0f s", type(error).__name__, wait)
        await asyncio.sleep(wait)
        wait = min(wait * 2, 30)
