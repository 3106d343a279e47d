"""Each day, to the police: the households that wait for a level-2 account, each handed over once, and the counts."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import day_in_vietnam
from rules.plan import Plan
from rules.reply import Reply
from rules.roles import Role
from scheduler import police_counts
from scheduler.digest import runs_on
from storage import bulletins, houses, outbox, units
from storage.tables import House, Person
from texts import handoff as texts

CATCH_UP = timedelta(hours=4)


def day_due(plan: Plan, now: datetime) -> date | None:
    """The day whose list is to go now: with the day's digest, as long as the plan hands anything to the police."""
    day = day_in_vietnam(now)
    due = plan.at(day, plan.time.digest_at)
    hands = plan.handed_codes or plan.police.daily_counts
    return day if hands and runs_on(plan, day) and due <= now < due + CATCH_UP else None


async def anything_due(session: AsyncSession, plan: Plan, now: datetime) -> bool:
    """Whether some of the police have something to hear; asks the database only within the hours."""
    day = day_due(plan, now)
    for person in await _waiting(session, plan, day) if day else []:
        if await _news(session, plan, person, now):
            return True
    return False


async def make_due(session: AsyncSession, plan: Plan, now: datetime) -> int:
    """Queue the day's list for each of the police who has none yet and has something to hear; returns how many."""
    day, made = day_due(plan, now), 0
    for person in await _waiting(session, plan, day) if day else []:
        if (news := await _news(session, plan, person, now)) and day:
            made += await _queue(session, plan, person, day, news, now)
    return made


async def _waiting(session: AsyncSession, plan: Plan, day: date) -> list[Person]:
    return await bulletins.awaiting(session, plan.slug, (Role.POLICE,), bulletins.HANDOFF, day)


async def _news(session: AsyncSession, plan: Plan, person: Person, now: datetime) -> dict[str, Any]:
    """What this person's list would say: empty when nothing came, nothing closed and no counts are ordered."""
    scope, day = await units.scope_of(session, person), day_in_vietnam(now)
    waiting = [house for code in sorted(plan.handed_codes) for house in await houses.with_outcome(session, scope, code)]
    kept = await bulletins.latest(session, person, bulletins.HANDOFF)
    open_before = set((kept.figures or {}).get("open", ())) if kept else set()
    new = [house for house in waiting if house.id not in open_before]
    closed = len(open_before - {house.id for house in waiting})
    if not (new or closed or plan.police.daily_counts):
        return {}
    counts = await police_counts.of_day(session, plan, scope, day)
    said = texts.daily_counts(plan, day, counts.accounts, counts.installs) if counts else ""
    names = {unit.id: unit.name for unit in await units.within(session, scope)}
    line: dict[str, Any] = {"waiting": len(waiting), "closed": closed, "handed_before": bool(kept)}
    return {
        "said": texts.handoff(plan, _lines(new, names), counts=said, **line),
        "kept": "\n".join(filter(None, [texts.summary(plan, len(new), **line), said])),
        "figures": {"open": [house.id for house in waiting]},
    }


def _lines(new: Sequence[House], names: dict[int | None, str]) -> list[tuple[str, str]]:
    return [(names.get(house.unit_id, ""), house.label) for house in new]


async def _queue(
    session: AsyncSession, plan: Plan, person: Person, day: date, news: dict[str, Any], now: datetime
) -> bool:
    queued = await outbox.push(
        session,
        person,
        Reply(news["said"]),
        key=f"handoff:{person.id}:{day}",
        now=now,
        not_before=outbox.after_quiet(now, plan.time.quiet_from, plan.time.quiet_to),
        priority=outbox.DIGEST,
    )
    if queued:
        kept = {"figures": news["figures"], "now": now, "covers_from": day}
        bulletins.keep(session, person, bulletins.HANDOFF, day, news["kept"], **kept)
    return queued
