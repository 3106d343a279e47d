"""How a Zalo bot is put to work: is the token good, polling or the webhook, pictures by address."""

import asyncio
import logging
from collections.abc import Mapping

from aiohttp import web

from bot import channels
from bot.channels.zalo import media
from bot.channels.zalo.channel import Store, WrongToken, ZaloChannel, ZaloError
from bot.documents import Documents
from rules.clock import Clock
from storage import bots
from storage.database import Database

log = logging.getLogger(__name__)
PATH = "/zalo/webhook"


class ZaloLine:
    """Opens and keeps open the way in for one bot. A server out of reach is waited for, never a reason to stop.

    `path` of its webhook tells it from other bots; `setting` is the variable that holds its token.
    """

    def __init__(
        self,
        channel: ZaloChannel,
        database: Database,
        makers: Mapping[str, media.Maker],
        clock: Clock,
        *,
        webhook: bool,
        public_url: str,
        secret: str,
        documents: Documents | None = None,
        path: str = PATH,
        setting: str = "ZALO_TOKEN",
    ) -> None:
        self.channel, self._documents = channel, documents
        self._database, self._makers, self._clock = database, makers, clock
        self._webhook, self._public_url, self._secret = webhook, public_url, secret
        self._path, self._setting = path, setting

    async def meet(self) -> None:
        """Ask whether the token is good, and keep the link that opens the bot. Raises WrongToken."""
        try:
            log.info("Zalo bot %s", await self.channel.name())
        except WrongToken:
            raise channels.WrongToken(self._setting) from None
        except ZaloError as error:
            log.warning("Zalo cannot be reached yet (%s)", type(error).__name__)
            return
        await self._database.write(
            lambda session: bots.learn(session, self.channel.bot_key, link=self.channel.bot_link)
        )

    def routes(self, app: web.Application, store: Store) -> None:
        if self._path == PATH:  # pictures and files are one for all: the first bot's line serves them
            app.router.add_get(media.PATH, media.serve(self._makers, self._clock, self._documents))
        if self._webhook:
            app.router.add_route("*", self._path, self.channel.webhook(self._secret, store))

    async def listen(self, store: Store) -> None:
        """Receive until cancelled."""
        if self._webhook and not self._public_url:
            log.warning("no PUBLIC_URL: the webhook is open, but Zalo must be told of it by hand")
            return
        await self._until_agreed()
        if not self._webhook:
            await self.channel.poller(store).run()

    async def _until_agreed(self) -> None:
        wait = 1.0
        while True:
            try:
                if self._webhook:
                    await self.channel.start_webhook(f"{self._public_url}{self._path}", self._secret)
                else:
                    await self.channel.stop_webhook()
                return
            except ZaloError as error:
                log.warning("Zalo cannot be reached (%s), again in %.0f s", type(error).__name__, wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, 60)

    async def close(self) -> None:
        await self.channel.close()
