"""Where the parts meet: built once from the settings, started in order, stopped with work in hand finished."""

import asyncio
import gc
import getpass
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import housekeeping, logs, meeting
from bot.answers import Answers
from bot.channels import Channel, WrongToken
from bot.channels.zalo.choosing import explain
from bot.dialogue import DialogueStorage
from bot.documents import Documents
from bot.guard import Guard
from bot.intake import Intake
from bot.landing import Landing
from bot.lines import Line, Lines
from bot.pushes import push
from bot.receiving import Receiving
from bot.settings import Settings
from bot.shifts import Shifts
from bot.stations import Station, stations
from bot.watch import Watch
from bot.web import PortTaken, build_web, serve
from handlers import build_dispatcher
from rules import plan as plans
from rules.clock import Clock
from rules.plan import Plan
from scheduler import tick
from scheduler.delivery import Delivery
from storage import bots, migrate, resettle, roots, sealing, soundness
from storage import settings as kept
from storage.database import Database
from texts import plan_changes

__all__ = ["App", "PortTaken", "WrongToken", "run"]

log = logging.getLogger(__name__)
TICK_SECONDS = 5
STOP_SECONDS = 2.5
_LISTENER = "listener"


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
        """Migrate, check key and tokens, recover, then listen. Raises WrongKey, WrongToken, PortTaken."""
        await migrate.upgrade(self.database)
        async with self.database.readers.connect() as connection:
            await connection.run_sync(soundness.try_key)
        for plan in self.plans.values():
            await self._follow(plan)
        address = self.settings.public_url
        await self.database.write(lambda session: kept.put(session, kept.PUBLIC_URL, address))
        rows = [station.row(self.settings) for station in self.stations]
        await self.database.write(lambda session: bots.keep(session, rows))
        await meeting.meet(self.database, self.lines)
        self._tasks += await self.shifts.begin()
        for name, work in (("intake", self.intake), ("delivery", self.delivery), ("receiving", self.receiving)):
            self._tasks.append(asyncio.create_task(work.run(), name=name))
        self._tasks.append(asyncio.create_task(self.landing.run(), name=_LISTENER))
        await self._listen()
        self._wind_alarm()

    async def _follow(self, plan: Plan) -> None:
        """The plan as its file says it now, from today; what that changes is printed."""
        await self.database.write(partial(roots.ensure_root, plan=plan))
        job = partial(resettle.follow, plan=plan, now=self.clock.now(), author=getpass.getuser())
        followed = await self.database.write(job)
        if followed.changes:
            print("\n".join(plan_changes.at_start(plan.title, followed.changes, followed.houses)), flush=True)

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
    lines = Lines(settings, read, database, clock, documents).of(found)
    channels: dict[str, Channel] = {line.channel.bot_key: line.channel for line in lines}
    answers = Answers(database, channels, clock)
    dispatcher = build_dispatcher(DialogueStorage())
    dispatcher.callback_query.outer_middleware(explain)
    intake = Intake(database, dispatcher, channels, read, answers, clock)
    shifts = Shifts(database, list(channels), answers, clock)
    return App(
        settings=settings,
        clock=clock,
        database=database,
        plans=read,
        channels=channels,
        answers=answers,
        intake=intake,
        delivery=Delivery(database, partial(push, channels, intake.offered), clock, shifts.mine),
        landing=Landing(database, read, clock),
        documents=documents,
        receiving=Receiving(database, channels, clock, intake.wake),
        lines=lines,
        watch=Watch(database, clock, {line.channel.bot_key: line.channel.standing for line in lines}),
        guard=Guard(database, read, {line.channel.bot_key: line.channel for line in lines}, clock),
        stations=found,
        shifts=shifts,
    )


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
