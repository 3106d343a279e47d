"""A line for every bot: how it is reached, and what it can draw and hand out."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.channels import WrongToken
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.line import TelegramLine
from bot.channels.telegram.pictures import Maker
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.client import WrongToken as WrongZaloToken
from bot.channels.zalo.line import ZaloLine
from bot.documents import Documents
from bot.makers import DigestMaker, GuideMaker, edition
from bot.settings import Settings
from bot.stations import Station
from rules.clock import Clock
from rules.plan import Plan
from storage.database import Database

Line = TelegramLine | ZaloLine


@dataclass(frozen=True, slots=True)
class Lines:
    """Everything a line is made of, but for its station."""

    settings: Settings
    plans: dict[str, Plan]
    database: Database
    clock: Clock
    documents: Documents

    def of(self, stations: Iterable[Station]) -> list[Line]:
        """A line for every station, in their order. Raises WrongToken for what is no token at all."""
        made = {"telegram": self._telegram, "zalo": self._zalo}
        return [made[station.platform](station) for station in stations]

    @property
    def _makers(self) -> dict[str, Maker]:
        guides = GuideMaker(self.database, self.plans, self.settings.public_url)
        return {"guide": guides.draw, "digest": DigestMaker(self.database, self.plans).draw}

    def _telegram(self, station: Station) -> Line:
        served = [self.plans[slug] for slug in station.campaigns]
        channel = TelegramChannel(
            station.token, self.settings.telegram_api_url, served[0], self.database, self._makers,
            edition(served, self.settings.public_url), self.documents, station.setting,
        )  # fmt: skip
        webhook = self.settings.telegram_mode == "webhook"
        return TelegramLine(channel, self.database, webhook=webhook, **self._way_in(station))

    def _zalo(self, station: Station) -> Line:
        webhook = self.settings.zalo_mode == "webhook"
        return ZaloLine(
            self._zalo_channel(station), self.database, self._makers, self.clock, webhook=webhook,
            documents=self.documents, setting=station.setting, **self._way_in(station),
        )  # fmt: skip

    def _zalo_channel(self, station: Station) -> ZaloChannel:
        try:
            return ZaloChannel(
                station.token, self.settings.zalo_api_url, self.plans[station.campaigns[0]], self.database,
                public_url=self.settings.public_url, bot_link=station.link, clock=self.clock,
                allowance=self.settings.allowance, documents=self.documents, campaigns=station.campaigns,
            )  # fmt: skip
        except WrongZaloToken:
            raise WrongToken(station.setting) from None

    def _way_in(self, station: Station) -> dict[str, str]:
        known = self.settings
        return {"public_url": known.public_url, "secret": known.shared_secret, "path": station.webhook_path()}
