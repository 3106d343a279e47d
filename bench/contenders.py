"""Who runs: our bot as `gotungnha run` starts it, and the two rivals."""

import secrets
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import time, timedelta
from functools import partial
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from bench.crowd import FIRST_NUMBER
from bench.processes import BotProcess
from campaigns import EXAMPLE
from rules import plan as plans
from rules.clock import at_vietnam
from rules.plan import Plan
from rules.roles import Role
from rules.spelling import fold
from simulator.world import TOKEN
from storage import migrate, roots, sealing
from storage.database import Database
from storage.tables import Chat, Person, Unit

_PEOPLE_IN_A_UNIT = 5
Prepare = Callable[[str, Path, int], Awaitable[BotProcess]]


@dataclass(frozen=True, slots=True)
class Contender:
    """`prepare(url, folder, people)` makes what it needs and returns it unstarted."""

    name: str
    prepare: Prepare
    durable: bool = False


async def _ours(url: str, folder: Path, people: int) -> BotProcess:
    plan = plans.load(EXAMPLE)
    morning = at_vietnam(plan.time.start + timedelta(days=16), time(9))
    environment = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "DATABASE_URL": f"sqlite:///{database_in(folder)}",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "CLOCK": morning.isoformat(),
        "PORT": "0",
        "LOG_LEVEL": "WARNING",
    }
    sealing.unlock(environment["SECRET_KEY"])
    database = Database(environment["DATABASE_URL"])
    await migrate.upgrade(database)
    await database.write(partial(_people_joined, plan=plan, people=people))
    await database.close()
    return BotProcess(["-m", "bot", "run"], folder, environment)


async def _people_joined(session: AsyncSession, plan: Plan, people: int) -> None:
    root = await roots.ensure_root(session, plan)
    now = at_vietnam(plan.time.start, time(8))
    bot_key = f"telegram:{TOKEN.split(':')[0]}"
    for number in range(people):
        if number % _PEOPLE_IN_A_UNIT == 0:
            name = f"Tổ dân phố {number // _PEOPLE_IN_A_UNIT + 1} (ví dụ)"
            unit = Unit(campaign=plan.slug, parent_id=root.id, name=name, name_key=fold(name), smartphone_households=60)
            session.add(unit)
            await session.flush()
        person = Person(
            campaign=plan.slug, name=f"Người {number} (ví dụ)", role=Role.VOLUNTEER, unit_id=unit.id or 0,
            notice_version=plan.notice.version, agreed_at=now, joined_at=now, example=True,
        )  # fmt: skip
        session.add(person)
        await session.flush()
        account = str(FIRST_NUMBER + number)
        session.add(
            Chat(key=f"{bot_key}:{account}", platform="telegram", bot_key=bot_key, external_id=account,
                 person_id=person.id)
        )  # fmt: skip


async def _rival(module: str, url: str, folder: Path, _: int, *, options: tuple[str, ...] = ()) -> BotProcess:
    return BotProcess(["-m", f"bench.rivals.{module}", url, TOKEN, *options], folder, {})


def database_in(folder: Path) -> Path:
    return folder / "gotungnha.db"


def left_over(folder: Path, *, visits: int) -> list[str]:
    """After our bot stopped: what is not as it must be once everybody was answered; nothing, if all is well."""
    questions = {
        "visits written down": ("SELECT count(*) FROM visit WHERE undone_at IS NULL", visits),
        "updates not done": ("SELECT count(*) FROM inbox WHERE status <> 'done'", 0),
        "answers not delivered": ("SELECT count(*) FROM outbox WHERE status <> 'sent'", 0),
    }
    with sqlite3.connect(database_in(folder)) as connection:
        found = {name: connection.execute(query).fetchone()[0] for name, (query, _) in questions.items()}
    return [f"{name}: {found[name]}, not {due}" for name, (_, due) in questions.items() if found[name] != due]


OURS = Contender("Gõ Từng Nhà, durable", _ours, durable=True)
AIOGRAM = Contender("aiogram, in memory", partial(_rival, "by_aiogram"))
# As its own dependencies install it, and with one package more that makes it faster (see `by_ptb`)
PTB = Contender("python-telegram-bot, as it comes", partial(_rival, "by_ptb", options=("--without-sniffio",)))
PTB_SNIFFIO = Contender("python-telegram-bot, sniffio", partial(_rival, "by_ptb"))
EVERYONE = (OURS, AIOGRAM, PTB, PTB_SNIFFIO)
