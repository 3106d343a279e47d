"""Where the parts meet: built once from the settings, started in order, stopped with work in hand finished."""

import asyncio
import gc
import getpass
import logging
import signal
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from hashlib import sha256

from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import housekeeping, logs
from bot.answers import Answer, Answers
from bot.channels import Channel, SendFailure, WrongToken
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.line import TelegramLine
from bot.channels.telegram.pictures import Maker
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.choosing import explain
from bot.channels.zalo.client import WrongToken as WrongZaloToken
from bot.channels.zalo.line import ZaloLine
from bot.dialogue import DialogueStorage
from bot.documents import Documents
from bot.guard import Guard
from bot.intake import Intake
from bot.landing import Landing
from bot.offered import Offered
from bot.receiving import Receiving
from bot.settings import Settings
from bot.shifts import Shifts
from bot.stations import Station, stations
from bot.watch import Watch
from bot.web import PortTaken, build_web, serve
from guides.card import card, card_key
from handlers import build_dispatcher
from papers.digest_picture import digest_picture
from rules import plan as plans
from rules.clock import Clock
from rules.frozen import thaw
from rules.guide_codes import scan_link
from rules.plan import Plan
from scheduler import tick
from scheduler.delivery import Delivery
from storage import bots, bulletins, message_counts, migrate, resettle, roots, sealing, soundness
from storage import settings as kept
from storage.database import Database
from storage.tables import Outbox, Unit
from texts import plan_changes

__all__ = ["App", "PortTaken", "WrongToken", "run"]

log = logging.getLogger(__name__)
TICK_SECONDS = 5
STOP_SECONDS = 2.5
_LISTENER = "listener"
Line = TelegramLine | ZaloLine


@dataclass
class App:
    """One running installation. `start` raises what stops a start; `stop` ends it within five seconds."""

    settings: Settings
    clock: Clock
    database: Database
    plans: dict[str, Plan]
    channels: dict[str, Channel]
    answers: Answers
    intake: Intake
    delivery: Delivery
    landing: Landing
    documents: Documents
    receiving: Receiving
    lines: list[Line]
    watch: Watch
    guard: Guard
    stations: list[Station]
    shifts: Shifts
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _runner: web.AppRunner | None = None
    _alarm: AsyncIOScheduler | None = None

    async def start(self) -> None:
        """Migrate, check key and token, recover, then listen. Raises WrongKey, WrongToken, PortTaken."""
        await migrate.upgrade(self.database)
        async with self.database.readers.connect() as connection:
            await connection.run_sync(soundness.try_key)
        for plan in self.plans.values():
            await self.database.write(partial(roots.ensure_root, plan=plan))
            author = getpass.getuser()
            job = partial(resettle.follow, plan=plan, now=self.clock.now(), author=author)
            followed = await self.database.write(job)
            if followed.changes:
                print("\n".join(plan_changes.at_start(plan.title, followed.changes, followed.houses)), flush=True)
        address = self.settings.public_url
        await self.database.write(lambda session: kept.put(session, kept.PUBLIC_URL, address))
        await self.database.write(partial(message_counts.keep_allowance, allowance=self.settings.allowance))
        rows = [station.row(self.settings) for station in self.stations]
        await self.database.write(lambda session: bots.keep(session, rows))
        for line in self.lines:
            await line.meet()
        self._tasks += await self.shifts.begin()
        self._tasks.append(asyncio.create_task(self.intake.run(), name="intake"))
        self._tasks.append(asyncio.create_task(self.delivery.run(), name="delivery"))
        self._tasks.append(asyncio.create_task(self.receiving.run(), name="receiving"))
        self._tasks.append(asyncio.create_task(self.landing.run(), name=_LISTENER))
        await self._listen()
        self._wind_alarm()

    async def _listen(self) -> None:
        web_app = build_web(self.watch)
        self.landing.routes(web_app)
        for line in self.lines:
            line.routes(web_app, self.intake.store)
        self._runner = await serve(web_app, self.settings.host, self.settings.port)
        for line in self.lines:
            listening = self.shifts.work(line.channel.bot_key, line, self.intake.store)
            self._tasks.append(asyncio.create_task(listening, name=_LISTENER))

    def _wind_alarm(self) -> None:
        """APScheduler is only the alarm clock: what is due is asked of the database at every look."""
        self.watch.ticked()
        self._alarm = AsyncIOScheduler(timezone="UTC")
        every = {"trigger": "interval", "coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._alarm.add_job(self.tick, seconds=TICK_SECONDS, **every)
        self._alarm.add_job(self.guard.look, seconds=TICK_SECONDS, **every)
        self._alarm.add_job(
            partial(housekeeping.tidy, self.database, self.clock, self.plans.values()), hours=1, **every
        )
        self._alarm.start()

    async def tick(self) -> None:
        """Queue what is due now, and send it."""
        try:
            queued = await tick.wake(self.database, list(self.plans.values()), self.clock.now())
        except Exception as error:
            log.warning("the timetable waits: %s", type(error).__name__)
            return
        self.watch.ticked()
        if any(queued.values()):
            log.info("queued %s", queued)
            self.delivery.wake()

    async def stop(self) -> None:
        """Take nothing new, finish what is in hand, put away."""
        if self._alarm:
            self._alarm.shutdown(wait=False)
        self.intake.stop()
        self.delivery.stop()
        self.shifts.stop()
        self.receiving.stop()
        for task in self._tasks:
            if task.get_name() == _LISTENER:
                task.cancel()
        if self._runner:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._runner.cleanup(), 0.5)
        await self.landing.write_down()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS / 2)
        await self.answers.close(STOP_SECONDS / 2)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.documents.close()
        await self.shifts.close()
        for line in self.lines:
            await line.close()
        await self.database.close()


def build(settings: Settings, clock: Clock, found: list[Station] | None = None) -> App:
    """Put the parts together; nothing is contacted yet. `found`: the bots, where the settings are not to name them.

    Raises UnreadablePlan, AnotherCopyRuns, WrongToken (what is no token at all), BadSettings (tokens that cannot be
    meant so), ValueError for DATABASE_URL.
    """
    sealing.unlock(settings.secret_key)
    read = {plan.slug: plan for plan in map(plans.load, settings.plans)}
    found = stations(settings, read.values()) if found is None else found
    database = Database(settings.database_url)
    database.take_lock()
    documents = Documents(database, read, clock)
    lines = _lines(settings, found, read, database, clock, documents)
    channels: dict[str, Channel] = {line.channel.bot_key: line.channel for line in lines}
    answers = Answers(database, channels, clock)
    dispatcher = build_dispatcher(DialogueStorage())
    dispatcher.callback_query.outer_middleware(explain)
    intake = Intake(database, dispatcher, channels, read, answers, clock)
    shifts = Shifts(database, list(channels), answers, clock)
    delivery = Delivery(database, partial(_push, channels, intake.offered), clock, shifts.mine)
    landing = Landing(database, read, clock)
    watch = Watch(database, clock, {line.channel.bot_key: line.channel.standing for line in lines})
    guard = Guard(database, read, {line.channel.bot_key: line.channel for line in lines}, clock)
    return App(
        settings,
        clock,
        database,
        read,
        channels,
        answers,
        intake,
        delivery,
        landing,
        documents,
        Receiving(database, channels, clock, intake.wake),
        lines,
        watch,
        guard,
        found,
        shifts,
    )


def _lines(
    settings: Settings,
    found: list[Station],
    read: dict[str, Plan],
    database: Database,
    clock: Clock,
    documents: Documents,
) -> list[Line]:
    """A line for every bot, in the order of the stations."""
    makers: dict[str, Maker] = {
        "guide": GuideMaker(database, read, settings.public_url).draw,
        "digest": DigestMaker(database, read).draw,
    }
    made = {"telegram": _telegram_line, "zalo": _zalo_line}
    return [made[one.platform](settings, one, read, database, makers, clock, documents) for one in found]


def _telegram_line(
    settings: Settings,
    station: Station,
    read: dict[str, Plan],
    database: Database,
    makers: dict[str, Maker],
    _: Clock,
    documents: Documents,
) -> Line:
    channel = TelegramChannel(
        station.token, settings.telegram_api_url, read[station.campaigns[0]], database, makers,
        _edition([read[slug] for slug in station.campaigns], settings.public_url), documents, station.setting,
    )  # fmt: skip
    webhook = settings.telegram_mode == "webhook"
    return TelegramLine(channel, database, webhook=webhook, **_way_in(settings, station))


def _zalo_line(
    settings: Settings,
    station: Station,
    read: dict[str, Plan],
    database: Database,
    makers: dict[str, Maker],
    clock: Clock,
    documents: Documents,
) -> Line:
    try:
        channel = ZaloChannel(
            station.token, settings.zalo_api_url, read[station.campaigns[0]], database,
            public_url=settings.public_url, bot_link=station.link, clock=clock,
            allowance=settings.allowance, documents=documents, campaigns=station.campaigns,
        )  # fmt: skip
    except WrongZaloToken:
        raise WrongToken(station.setting) from None
    webhook = settings.zalo_mode == "webhook"
    return ZaloLine(
        channel, database, makers, clock, webhook=webhook, documents=documents, setting=station.setting,
        **_way_in(settings, station),
    )  # fmt: skip


def _way_in(settings: Settings, station: Station) -> dict[str, str]:
    return {"public_url": settings.public_url, "secret": settings.shared_secret, "path": station.webhook_path()}


async def _push(channels: dict[str, Channel], offered: Offered, row: Outbox) -> SendFailure | None:
    """Say one unprompted message; its failure is an answer here, not an exception."""
    channel = channels.get(row.bot_key)
    if channel is None:
        return SendFailure("no such bot any more")
    try:
        letter = Answer.of(row).letter
        await channel.push(letter)
        offered.pushed(letter.chat_key, letter.reply)
    except SendFailure as failure:
        return failure
    except Exception as error:
        log.exception("a push failed")
        return SendFailure(type(error).__name__)
    return None


def _edition(known: Iterable[Plan], public_url: str) -> str:
    """Another one as soon as any card would look different: a link filled in, a step reworded, a new design."""
    looks = [card_key(plan, "", "both") for plan in known]
    return sha256("".join([*looks, public_url]).encode()).hexdigest()[:12]


class GuideMaker:
    """Draws a resident's card from its key `plan|unit|phone`, with `|code` where its QR opens our own page.

    The unit's name is asked of the database.
    """

    def __init__(self, database: Database, known: dict[str, Plan], public_url: str = "") -> None:
        self._database, self._plans, self._public_url = database, known, public_url

    async def draw(self, key: str) -> bytes:
        slug, unit_id, phone, *code = key.split("|")
        async with self._database.reading() as session:
            unit = await session.get(Unit, int(unit_id))
        name = unit.name if unit and unit.kind != "commune" else ""
        link = scan_link(self._public_url, code[0]) if code and self._public_url else ""
        return await asyncio.to_thread(card, self._plans[slug], name, phone, link)  # type: ignore[arg-type]


class DigestMaker:
    """Draws a day's digest from its key `plan|day` as its figures were sent."""

    def __init__(self, database: Database, known: dict[str, Plan]) -> None:
        self._database, self._plans = database, known

    async def draw(self, key: str) -> bytes:
        slug, day = key.split("|")
        async with self._database.reading() as session:
            kept = await bulletins.figures_of(session, slug, bulletins.DAILY, date.fromisoformat(day))
        units = thaw(kept.figures) if kept and kept.figures else []
        return await asyncio.to_thread(digest_picture, self._plans[slug], units, date.fromisoformat(day))


async def run_until_stopped(app: App, after_start: Callable[[], Awaitable[None]] | None = None) -> None:
    """Start, wait for SIGINT or SIGTERM, stop."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    _freeze_libraries()
    try:
        await app.start()
        if after_start:
            await after_start()
        log.info("running with %s", ", ".join(app.plans))
        await stopped.wait()
    finally:
        await app.stop()


def _freeze_libraries() -> None:
    """200 MB of libraries never die: looking them over again and again costs pauses of 0.2 s. Before any work waits."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def run(settings: Settings) -> None:
    """Run until stopped. Raises what stops a start (see `build`, BadSettings)."""
    import uvloop

    logs.quiet_down(settings.log_level)
    if not stations(settings, map(plans.load, settings.plans)):
        if settings.secret_key:
            settings.check_secret()
        from bot import demo

        uvloop.run(demo.run(settings))
        return
    settings.check_secret()
    settings.check_webhook()
    uvloop.run(_run_live(settings))


async def _run_live(settings: Settings) -> None:
    app = build(settings, Clock(settings.clock))
    await run_until_stopped(app)
