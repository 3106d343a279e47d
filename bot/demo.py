"""The product to try on one machine: example people and units, the simulator for a messenger, a clock to move.

Every name here is invented: the plans name no tổ dân phố, and no resident.
"""

import logging
import secrets
import socket
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import app as application
from bot.app import App
from bot.settings import Settings
from rules import plan as plans
from rules.clock import VIETNAM, Clock, at_vietnam, day_in_vietnam
from rules.deadlines import span_of
from rules.plan import Plan
from rules.roles import Role
from rules.spelling import fold
from simulator.telegram import ClockHooks, TelegramSimulator
from simulator.world import TOKEN
from simulator.zalo import ZaloSimulator
from simulator.zalo.page import TwoMessengers
from storage import invitations, roots, sealing, visits
from storage.database import Database
from storage.tables import Chat, Person, Unit
from storage.visits import Said
from texts import demo as texts

log = logging.getLogger(__name__)
PORT = 8081
_SEASON = timedelta(days=60)  # whoever moves the clock first can still join
_UNITS = ((60, 52), (48, 40), (75, 66), (55, None), (38, 30), (64, 51))  # households, of them with a smartphone


@dataclass(frozen=True, slots=True)
class Example:
    """One person of the play: their number on the simulator, name, role, and the tổ they belong to (0: the commune)."""

    number: int
    name: str
    role: Role
    unit: int
    quota: str = ""


CAST = (
    Example(1001, "Chị Lan", Role.VOLUNTEER, 1, "doan-vien"),
    Example(1002, "Anh Minh", Role.VOLUNTEER, 2),
    Example(1003, "Bác Hạnh", Role.HEAD, 1),
    Example(1004, "Chị Nhung", Role.OFFICER, 0),
    Example(1005, "Ông Dũng", Role.LEADER, 0),
    Example(1006, "Bác Sáu", Role.HEAD, 3),
    Example(1007, "Cô Hoa", Role.VOLUNTEER, 3),
)
ON_SCREEN = CAST[:4]
ON_ZALO = CAST[5:]
NEWCOMER = 1009


async def fill(session: AsyncSession, plan: Plan, now: datetime) -> list[Person]:
    """Example units, people and a few days of visits, each marked as an example; what is there already stays."""
    root = await roots.ensure_root(session, plan)
    units = [await _unit(session, plan, root, number, totals) for number, totals in enumerate(_UNITS, 1)]
    people = [await _person(session, plan, [root, *units], example, now) for example in CAST]
    loggers = {person.unit_id: person for person in people if person.role in (Role.VOLUNTEER, Role.HEAD)}
    for unit in units:
        await _visits(session, plan, unit, loggers.get(unit.id or 0, people[2]), now)
    return people


async def _unit(session: AsyncSession, plan: Plan, root: Unit, number: int, totals: tuple[int, int | None]) -> Unit:
    name = f"{plan.place.unit_word[:1].upper()}{plan.place.unit_word[1:]} {number} (ví dụ)"
    found = (await session.exec(select(Unit).where(Unit.campaign == plan.slug, Unit.name_key == fold(name)))).first()
    unit = found or Unit(
        campaign=plan.slug,
        parent_id=root.id,
        name=name,
        name_key=fold(name),
        households=totals[0],
        smartphone_households=totals[1],
        example=True,
    )
    session.add(unit)
    await session.flush()
    return unit


async def _person(session: AsyncSession, plan: Plan, units: list[Unit], example: Example, now: datetime) -> Person:
    unit = units[example.unit]
    person = Person(
        campaign=plan.slug,
        name=f"{example.name} (ví dụ)",
        role=example.role,
        unit_id=unit.id or 0,
        quota=example.quota if plan.quota(example.quota) else "",
        notice_version=plan.notice.version,
        agreed_at=now,
        joined_at=now,
        example=True,
    )
    person.unit = unit
    session.add(person)
    await session.flush()
    return person


async def _visits(session: AsyncSession, plan: Plan, unit: Unit, person: Person, now: datetime) -> None:
    """A different pace in each tổ; the fourth has been silent for three days."""
    number = int("".join(filter(str.isdecimal, unit.name)) or 1)
    today = day_in_vietnam(now)
    codes = [outcome.code for outcome in plan.outcomes]
    for nth in range(6 + 3 * number):
        days_ago = (nth % 5) + (3 if number == 4 else 1)
        outcome = codes[(nth * 7 + number) % len(codes)] if nth % 3 == 0 else codes[0]
        said = Said(house=str(2 * nth + 1), outcome=outcome, day=max(today - timedelta(days=days_ago), plan.time.start))
        if plan.outcome(outcome).asks == "installs":
            said = replace(said, installs=1 + nth % 3)
        if plan.outcome(outcome).asks == "day":
            said = replace(said, come_back_on=today + timedelta(days=nth % 4))
        await visits.log(session, plan, person, unit, said, now=now, source=f"demo:{unit.id}:{nth}")


def first_moment(plan: Plan) -> datetime:
    """A quarter to five in the afternoon, six days before the plan's first deadline (in the campaign, in any year)."""
    return at_vietnam(_last_day(plan) - timedelta(days=6), time(16, 45))


def _last_day(plan: Plan) -> date:
    ends = [span.last_day for span in (span_of(plan, one) for one in plan.deadlines) if span.has_end]
    return ends[0] if ends else plan.time.start + timedelta(days=30)


def presets(plan: Plan, clock: Clock) -> list[dict[str, str]]:
    """Moments worth jumping to: just before the digest, and before the reminders on the deadline's eve."""
    hour = time.fromisoformat(plan.time.digest_at)
    today = day_in_vietnam(clock.now())
    before_digest = datetime.combine(today, hour, VIETNAM) - timedelta(seconds=5)
    remind = time.fromisoformat(plan.time.remind_at)
    eve = datetime.combine(_last_day(plan) - timedelta(days=1), remind, VIETNAM) - timedelta(seconds=5)
    return [
        {"label": f"{before_digest:%H:%M:%S} hôm nay (bản tin)", "to": before_digest.isoformat()},
        {"label": f"{eve:%H:%M:%S} {eve:%d/%m} (nhắc hạn)", "to": eve.isoformat()},
    ]


async def run(settings: Settings) -> None:
    """The simulator and the bot in one process, until stopped."""
    plan = plans.load(settings.plans[0])
    clock = Clock(settings.clock or first_moment(plan))
    hooks = ClockHooks(now=clock.now, move=clock.move, presets=lambda: presets(plan, clock))
    zalo = ZaloSimulator(now=clock.now)
    simulator = TwoMessengers(TOKEN, zalo=zalo, clock=hooks, now=clock.now)
    await zalo.start()
    await _start(simulator)
    try:
        app = application.build(_for_demo(settings, simulator.url, zalo), clock)
        code = await _stage(app, plan, clock, simulator, zalo)
        simulator.notice = texts.notice(code)
        print(texts.started(simulator.url), flush=True)
        await application.run_until_stopped(app, after_start=lambda: _everyone_greets(simulator, zalo))
    finally:
        await simulator.stop()
        await zalo.stop()


async def _start(simulator: TelegramSimulator) -> None:
    """On the port people know, or on any free one."""
    try:
        await simulator.start(port=PORT)
    except OSError:
        await simulator.start()


def _for_demo(settings: Settings, api_url: str, zalo: ZaloSimulator) -> Settings:
    """The same settings, with the simulator for Telegram and a database of its own, fresh at every start."""
    file = Path("var/demo.db")
    for left in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        left.unlink(missing_ok=True)
    changed = {
        "telegram_token": TOKEN,
        "telegram_api_url": api_url,
        "telegram_mode": "polling",
        "zalo_token": zalo.bot.token,
        "zalo_api_url": zalo.url,
        "zalo_mode": "polling",
        "port": settings.port if _is_free(settings.host, settings.port) else 0,
        "database_url": f"sqlite:///{file}",
        "secret_key": secrets.token_urlsafe(48),
    }
    return settings.model_copy(update=changed)


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) != 0


async def _stage(
    app: App, plan: Plan, clock: Clock, simulator: TelegramSimulator, zalo: ZaloSimulator | None = None
) -> str:
    """Fill the database, put the people onto their phones; returns an invitation for whoever wants to join."""
    from storage import migrate

    sealing.unlock(app.settings.secret_key)
    await migrate.upgrade(app.database)
    for example in ON_SCREEN:
        simulator.person(example.number, example.name, role_label=texts.role_label(example.role, example.unit, plan))
    simulator.person(NEWCOMER, texts.NEWCOMER_NAME, role_label=texts.NEWCOMER)
    bot_key = app.lines[0].channel.bot_key
    chats = {example: ("telegram", bot_key, str(example.number)) for example in ON_SCREEN}
    if zalo:
        for example in ON_ZALO:
            label = texts.role_label(example.role, example.unit, plan)
            zalo.person(_zalo_id(example), example.name, role_label=label)
            chats[example] = ("zalo", app.lines[1].channel.bot_key, zalo.bot.chat_id_of(_zalo_id(example)))
    return await _fill_and_bind(app.database, plan, clock.now(), chats)


def _zalo_id(example: Example) -> str:
    """Zalo's ids are twenty hexadecimal letters."""
    return f"{example.number:020x}"


async def _fill_and_bind(
    database: Database, plan: Plan, now: datetime, chats: dict[Example, tuple[str, str, str]]
) -> str:
    async def job(session: AsyncSession) -> str:
        people = await fill(session, plan, now)
        for person, example in zip(people, CAST, strict=True):
            if example in chats:
                platform, bot_key, number = chats[example]
                key = f"{bot_key}:{number}"
                chat = Chat(key=key, platform=platform, bot_key=bot_key, external_id=number, person_id=person.id)
                session.add(chat)
        unit = await session.get_one(Unit, people[0].unit_id)
        return await invitations.make(
            session, campaign=plan.slug, role=Role.VOLUNTEER, unit=unit, now=now, valid_for=_SEASON
        )

    return await database.write(job)


async def _everyone_greets(simulator: TelegramSimulator, zalo: ZaloSimulator) -> None:
    """Each phone opens with the menu on it; a bot may only write to people who wrote first."""
    for example in ON_SCREEN:
        await simulator.person(example.number).says("menu")
    await simulator.person(NEWCOMER).says("/start")
    for example in ON_ZALO:
        await zalo.person(_zalo_id(example)).says("menu")
