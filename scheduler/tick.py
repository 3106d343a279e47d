"""What the alarm clock wakes: looks what is due, and writes only when something is."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.plan import Plan
from scheduler import appointments, checks, digest, evening, handoff, handovers, notices, reminders
from storage import bulletins, outbox
from storage.database import Database

# A job has two functions: `anything_due` only asks, `make_due` queues and returns how many.
JOBS = {
    "digests": digest,
    "reminders": reminders,
    "appointments": appointments,
    "checks": checks,
    "evening": evening,
    "handoffs": handoff,
    "handovers": handovers,
    "notices": notices,
}


async def anything_due(session: AsyncSession, plans: Sequence[Plan], now: datetime) -> bool:
    """Whether a tick would write anything. Outside the plans' hours it asks the database one question."""
    for plan in plans:
        for job in JOBS.values():
            if await job.anything_due(session, plan, now):
                return True
    return await bulletins.any_expired(session, now)


async def tick(session: AsyncSession, plans: Sequence[Plan], now: datetime) -> dict[str, int]:
    """Queue what is due and let go of what is too late; how many of each, by the job's name. Safe to run again."""
    counts = dict.fromkeys(JOBS, 0)
    for plan in plans:
        for name, job in JOBS.items():
            counts[name] += await job.make_due(session, plan, now)
    return counts | {"expired": await outbox.expire(session, now)}


async def wake(database: Database, plans: Sequence[Plan], now: datetime) -> dict[str, int]:
    """One tick: a look, and a transaction only if the look found something. Empty when nothing was due."""
    async with database.reading() as session:
        if not await anything_due(session, plans, now):
            return {}
    return await database.write(lambda session: tick(session, plans, now))
