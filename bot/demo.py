"""The product to try on one machine: five communes with example people, the simulator for messengers, a clock to move.

Each commune has bots of its own on both messengers; the clock is one for all.
"""

import asyncio
import secrets
import socket
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import app as application
from bot.examples import CAST, Example, fill
from bot.settings import Settings
from bot.stations import Station
from campaigns import EXAMPLE, HERE
from rules import plan as plans
from rules.clock import VIETNAM, Clock, at_vietnam, day_in_vietnam
from rules.deadlines import span_of
from rules.plan import Plan
from rules.roles import Role
from simulator.accounts import Bot
from simulator.telegram import ClockHooks, Place, TelegramSimulator
from simulator.world import TOKEN
from simulator.zalo import TOKEN as ZALO_TOKEN
from simulator.zalo import ZaloBot, ZaloSimulator
from simulator.zalo.page import TwoMessengers
from storage import invitations, migrate, sealing
from storage.database import Database
from storage.tables import Chat, Unit
from texts import demo as texts

PORT = 8081
_SEASON = timedelta(days=60)  # whoever moves the clock first can still join
ON_SCREEN = CAST[:4]
ON_ZALO = CAST[5:]
NEWCOMER = 1009
_BREATH = 0.5  # seconds
_A_COMMUNE = 1000  # between the numbers of one commune's people and the next one's


@dataclass(frozen=True, slots=True)
class Commune:
    """One plan of the play, its bots on the simulator, and its turn, which tells its people's numbers from others'."""

    plan: Plan
    turn: int
    telegram: Bot
    zalo: ZaloBot

    def number(self, number: int) -> int:
        return number + self.turn * _A_COMMUNE

    def zalo_id(self, example: Example) -> str:
        """Zalo's ids are twenty hexadecimal letters."""
        return f"{self.number(example.number):020x}"

    @property
    def stations(self) -> list[Station]:
        whom = {"campaigns": (self.plan.slug,), "place": self.turn}
        return [
            Station("telegram", self.telegram.token, "TELEGRAM_TOKEN", **whom),  # type: ignore[arg-type]
            Station("zalo", self.zalo.token, "ZALO_TOKEN", **whom),  # type: ignore[arg-type]
        ]


def first_moment(plan: Plan) -> datetime:
    """A quarter to five in the afternoon, six days before the plan's first deadline (in the campaign, in any year)."""
    return at_vietnam(_last_day(plan) - timedelta(days=6), time(16, 45))


def _last_day(plan: Plan) -> date:
    ends = [span.last_day for span in (span_of(plan, one) for one in plan.deadlines) if span.has_end]
    return ends[0] if ends else plan.time.start + timedelta(days=30)


def in_season(plan: Plan, now: datetime) -> bool:
    """Whether this is a day between the plan's start and its first deadline."""
    return plan.time.start <= day_in_vietnam(now) <= _last_day(plan)


def presets(plan: Plan, clock: Clock) -> list[dict[str, str]]:
    """Moments worth jumping to: just before the digest, and before the reminders on the deadline's eve.

    Out of the plan's season only a day in it.
    """
    now = clock.now()
    hour = time.fromisoformat(plan.time.digest_at)
    before_digest = datetime.combine(day_in_vietnam(now), hour, VIETNAM) - timedelta(seconds=5)
    remind = time.fromisoformat(plan.time.remind_at)
    eve = datetime.combine(_last_day(plan) - timedelta(days=1), remind, VIETNAM) - timedelta(seconds=5)
    moments = [
        {"label": f"{before_digest:%H:%M:%S} hôm nay (bản tin)", "to": before_digest.isoformat()},
        {"label": f"{eve:%H:%M:%S} {eve:%d/%m} (nhắc hạn)", "to": eve.isoformat()},
    ]
    there = first_moment(plan).astimezone(VIETNAM)
    return moments if in_season(plan, now) else [{"label": texts.to_season(there), "to": there.isoformat()}]


def season(plan: Plan, clock: Clock, places: int) -> str:
    """How the clock that all communes share stands to this plan's dates."""
    return texts.season(plan, _last_day(plan), day_in_vietnam(clock.now())) if places > 1 else ""


async def run(settings: Settings) -> None:
    """The simulator and the bot in one process, until stopped."""
    chosen = settings.plans if "campaign" in settings.model_fields_set else five()
    read = [plans.load(path) for path in chosen]
    clock = Clock(settings.clock or first_moment(read[0]))
    hooks = ClockHooks(now=clock.now, move=clock.move, presets=lambda: presets(read[0], clock))
    zalo = ZaloSimulator(now=clock.now)
    simulator = TwoMessengers(TOKEN, zalo=zalo, clock=hooks, now=clock.now)
    await zalo.start()
    await _start(simulator)
    try:
        communes = [_commune(plan, turn, simulator, zalo) for turn, plan in enumerate(read)]
        changed = _for_demo(settings, chosen, simulator.url, zalo)
        stations = [station for commune in communes for station in commune.stations]
        app = application.build(changed, clock, sorted(stations, key=lambda one: one.platform))
        play = Play(app.database, clock, simulator, zalo, communes)
        await play.set_up(changed)
        print(texts.started(simulator.url), flush=True)
        try:
            await application.run_until_stopped(app, after_start=play.begin)
        finally:
            play.end()
    finally:
        await simulator.stop()
        await zalo.stop()


def five() -> list[Path]:
    """Every plan that ships, the example first."""
    return [EXAMPLE, *sorted(path for path in HERE.glob("*.toml") if path != EXAMPLE)]


async def _start(simulator: TelegramSimulator) -> None:
    """On the port people know, or on any free one."""
    try:
        await simulator.start(port=PORT)
    except OSError:
        await simulator.start()


def _commune(plan: Plan, turn: int, simulator: TelegramSimulator, zalo: ZaloSimulator) -> Commune:
    """The first has the bots that the simulators begin with; every other one gets its own."""
    if not turn:
        return Commune(plan, turn, simulator.bot, zalo.bot)
    name = f"Gõ Từng Nhà {plan.place.short}"
    number, rest = TOKEN.split(":", 1)
    telegram = simulator.add_bot(f"{int(number) + turn}:{rest}", f"GoTungNha{turn + 1}Bot", name)
    number, rest = ZALO_TOKEN.split(":", 1)
    return Commune(plan, turn, telegram, zalo.add_bot(f"{int(number) + turn}:{rest}", f"Bot {name}"))


def _for_demo(settings: Settings, chosen: list[Path], api_url: str, zalo: ZaloSimulator) -> Settings:
    """The same settings, with the simulator for Telegram and a database of its own, fresh at every start."""
    file = Path("var/demo.db")
    for left in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        left.unlink(missing_ok=True)
    changed = {
        "telegram_api_url": api_url,
        "telegram_mode": "polling",
        "zalo_api_url": zalo.url,
        "zalo_mode": "polling",
        "campaign": ",".join(map(str, chosen)),
        "port": settings.port if _is_free(settings.host, settings.port) else 0,
        "database_url": f"sqlite:///{file}",
        "secret_key": secrets.token_urlsafe(48),
    }
    return settings.model_copy(update=changed)


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) != 0


class Play:
    """The communes on their stage: the first is ready before the bot starts, the others follow while it runs."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        simulator: TelegramSimulator,
        zalo: ZaloSimulator,
        communes: list[Commune],
    ) -> None:
        self._database, self._clock = database, clock
        self._simulator, self._zalo, self._communes = simulator, zalo, communes
        self._following: asyncio.Task[None] | None = None

    async def set_up(self, settings: Settings) -> None:
        """Everybody has a phone and each commune its place on the page; the first one has its figures too."""
        sealing.unlock(settings.secret_key)
        await migrate.upgrade(self._database)
        for commune in self._communes:
            self._phones(commune)
            self._on_page(commune)
        await self._fill(self._communes[0])

    async def begin(self) -> None:
        """The first commune's phones open with the menu on them; then it is the others' turn."""
        await self._greet(self._communes[0])
        self._following = asyncio.create_task(self._others())

    def end(self) -> None:
        if self._following:
            self._following.cancel()

    async def _others(self) -> None:
        for commune in self._communes[1:]:
            await asyncio.sleep(_BREATH)  # the bot has people to answer meanwhile
            await self._fill(commune)
            await self._greet(commune)

    def _phones(self, commune: Commune) -> None:
        plan, slug = commune.plan, commune.plan.slug
        for example in ON_SCREEN:
            label = texts.role_label(example.role, example.unit, plan)
            number = commune.number(example.number)
            self._simulator.person(number, example.name, role_label=label, home=commune.telegram, place=slug)
        number, name, label = commune.number(NEWCOMER), texts.NEWCOMER_NAME, texts.NEWCOMER
        self._simulator.person(number, name, role_label=label, home=commune.telegram, place=slug)
        for example in ON_ZALO:
            label = texts.role_label(example.role, example.unit, plan)
            self._zalo.person(commune.zalo_id(example), example.name, role_label=label, home=commune.zalo, place=slug)

    def _on_page(self, commune: Commune) -> None:
        plan, places = commune.plan, len(self._communes)
        name = f"{plan.place.name[:1].upper()}{plan.place.name[1:]}"
        self._simulator.places[plan.slug] = Place(
            plan.slug,
            name,
            commune.telegram,
            presets=lambda: presets(plan, self._clock),
            season=lambda: season(plan, self._clock, places),
        )

    async def _fill(self, commune: Commune) -> None:
        """The commune's examples as of now, or as of its own season; the page tells the code that opens it."""
        plan, now = commune.plan, self._clock.now()
        then = now if commune.turn == 0 or in_season(plan, now) else first_moment(plan)

        async def job(session: AsyncSession) -> str:
            people = await fill(session, plan, then)
            for person, example in zip(people, CAST, strict=True):
                if chat := _chat(commune, example):
                    chat.person_id = person.id
                    session.add(chat)
            unit = await session.get_one(Unit, people[0].unit_id)
            lasts = max(now, then) - now + _SEASON
            return await invitations.make(
                session, campaign=plan.slug, role=Role.VOLUNTEER, unit=unit, now=now, valid_for=lasts
            )

        self._simulator.places[plan.slug].notice = texts.notice(await self._database.write(job))
        self._simulator.feed.tell("place", place=plan.slug)

    async def _greet(self, commune: Commune) -> None:
        """Each phone opens with the menu on it; a bot may only write to people who wrote first."""
        for example in ON_SCREEN:
            await self._simulator.person(commune.number(example.number)).says("menu")
        await self._simulator.person(commune.number(NEWCOMER)).says("/start")
        for example in ON_ZALO:
            await self._zalo.person(commune.zalo_id(example)).says("menu")


def _chat(commune: Commune, example: Example) -> Chat | None:
    """Where this person talks to the bot; None for those who have no phone in the play."""
    if example in ON_SCREEN:
        platform, bot_id, number = "telegram", str(commune.telegram.id), str(commune.number(example.number))
    elif example in ON_ZALO:
        platform, bot_id, number = "zalo", commune.zalo.id, commune.zalo.chat_id_of(commune.zalo_id(example))
    else:
        return None
    bot_key = f"{platform}:{bot_id}"
    return Chat(key=f"{bot_key}:{number}", platform=platform, bot_key=bot_key, external_id=number)
