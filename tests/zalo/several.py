"""An installation with several bots and plans: the app itself, by its webhooks, against the simulators."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import app as application
from bot.app import App
from bot.settings import Settings
from rules.clock import Clock
from rules.plan import Plan
from rules.roles import Role
from rules.spelling import fold
from simulator.telegram import TelegramSimulator
from simulator.world import TOKEN
from simulator.zalo import ZaloBot, ZaloPerson, ZaloSimulator
from storage import invitations, migrate, roots, units
from storage.database import Database
from storage.tables import Unit
from tests.ports import free_port

_MIGRATED: list[bytes] = []
KEY = "a key for the suite, not a secret"


def token(number: int) -> str:
    """A Zalo token nobody else has."""
    return f"{1459232241454760000 + number}:simulator-token-{number}"


@dataclass
class Installation:
    app: App
    zalo: ZaloSimulator
    telegram: TelegramSimulator
    clock: Clock

    @property
    def bots(self) -> list[ZaloBot]:
        return list(self.zalo.bots.values())

    @property
    def plan(self) -> Plan:
        return next(iter(self.app.plans.values()))

    async def invites(
        self, unit: str = "Tổ dân phố 3", role: Role = Role.VOLUNTEER, plan: str = ""
    ) -> invitations.Made:
        """An invitation into this unit of a plan (the first one), the unit made when missing."""
        chosen = self.app.plans[plan] if plan else self.plan

        async def job(session: AsyncSession) -> invitations.Made:
            root = await roots.ensure_root(session, chosen)
            known = {one.name_key: one for one in await units.all_of(session, chosen.slug)}
            place = known.get(fold(unit)) or Unit(
                campaign=chosen.slug, name=unit, name_key=fold(unit), parent_id=root.id
            )
            session.add(place)
            await session.flush()
            now = self.clock.now()
            return await invitations.assigned(session, campaign=chosen.slug, role=role, unit=place, now=now)

        return await self.app.database.write(job)

    def bot_of(self, link: str) -> ZaloBot:
        """The bot that this link opens."""
        return next(bot for bot in self.bots if bot.link == link)

    async def asks(self, person: ZaloPerson, text: str, bot: ZaloBot) -> str:
        """Says this to a bot; the one message that comes back."""
        await person.says(text, bot=bot)
        heard = await person.hears(timeout=30)
        assert len(heard) == 1, [bubble.text for bubble in heard]
        return heard[0].text

    async def joined(self, name: str, bot: ZaloBot | None = None, **where: object) -> ZaloPerson:
        """Someone who typed a code at a bot, or at the one they were sent to, and agreed."""
        made = await self.invites(**where)  # type: ignore[arg-type]
        person, chosen = self.zalo.person(name.lower(), name), bot or self.bot_of(made.ways.zalo)
        assert "Đồng ý" in await self.asks(person, made.code, chosen)
        assert "Bạn đã là" in await self.asks(person, "1", chosen)
        return person


@asynccontextmanager
async def running(
    folder: Path, zalo: ZaloSimulator, telegram: TelegramSimulator, **settings: object
) -> AsyncIterator[Installation]:
    """The app with these settings, started; Zalo's bots are those of the simulator unless the settings say else."""
    port = free_port()
    given = {
        "zalo_token": ",".join(zalo.bots), "zalo_api_url": zalo.url, "zalo_mode": "webhook",
        "telegram_token": TOKEN, "telegram_api_url": telegram.url, "telegram_mode": "webhook",
        "public_url": f"http://127.0.0.1:{port}", "port": port, "secret_key": KEY,
        "database_url": f"sqlite:///{folder / 'several.db'}",
    }  # fmt: skip
    await _blank(folder / "several.db")
    chosen = Settings(_env_file=None, **(given | settings))  # type: ignore[arg-type,call-arg]
    clock = Clock(chosen.clock)
    app = application.build(chosen, clock)
    for line in app.lines:
        line.channel.gathers = 0.0  # type: ignore[union-attr]
    await app.start()
    try:
        await _hooked(app, zalo, telegram)
        yield Installation(app, zalo, telegram, clock)
    finally:
        await app.stop()


async def _blank(file: Path) -> None:
    """A database without anything in it, migrated once for all tests."""
    if not _MIGRATED:
        database = Database(f"sqlite:///{file}")
        await migrate.upgrade(database)
        await database.close()
        _MIGRATED.append(file.read_bytes())  # noqa: ASYNC240
    file.write_bytes(_MIGRATED[0])  # noqa: ASYNC240


async def _hooked(app: App, zalo: ZaloSimulator, telegram: TelegramSimulator) -> None:
    """Each bot's server has been told where to call."""
    served = {line.channel.bot_key.partition(":")[2] for line in app.lines}
    async with asyncio.timeout(30):
        while not all(bot.webhook.url for bot in (*zalo.bots.values(), telegram.bot) if str(bot.id) in served):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def plan_files(folder: Path, chosen: Iterable[tuple[Path, str]]) -> str:
    """Copies of plans with these lines put behind, as CAMPAIGN names them."""
    made = []
    for source, more in chosen:
        made.append(folder / source.name)
        made[-1].write_text(f"{source.read_text(encoding='utf-8')}\n{more}\n", encoding="utf-8")
    return ",".join(map(str, made))
