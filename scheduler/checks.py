"""Truth at the door: each morning a few houses said to be done, by lot, for the village's head to look at."""

from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import day_in_vietnam
from rules.plan import Plan
from rules.reply import Choice, Reply
from rules.roles import Role
from scheduler.digest import runs_on
from storage import bulletins, outbox, people, rechecks
from storage.tables import Person
from texts import rechecking as texts

ASKED_AT = "10:00"
HELPS_FOR = timedelta(hours=4)


def day_due(plan: Plan, now: datetime) -> date | None:
    """The day whose houses are to be drawn now; None if none is."""
    day = day_in_vietnam(now)
    due = plan.at(day, ASKED_AT)
    return day if runs_on(plan, day) and due <= now < due + HELPS_FOR else None


async def anything_due(session: AsyncSession, plan: Plan, now: datetime) -> bool:
    """Whether the day's lot is still to be drawn, and there is something to draw from."""
    day = day_due(plan, now)
    if day is None or await bulletins.turn_taken(session, plan.slug, bulletins.CHECKS, day):
        return False
    return await rechecks.anything_to_draw(session, plan.slug, plan.done_codes)


async def make_due(session: AsyncSession, plan: Plan, now: datetime) -> int:
    """Draw the day's houses and ask each village's head about them, once; returns how many were asked."""
    day = day_due(plan, now)
    if day is None or not await bulletins.take_turn(session, plan.slug, bulletins.CHECKS, day, now):
        return 0
    asked: set[int] = set()
    for head in await people.with_roles(session, plan.slug, (Role.HEAD,)):
        if head.unit_id not in asked and await _ask(session, plan, head, day, now):
            asked.add(head.unit_id)
    return len(asked)


async def _ask(session: AsyncSession, plan: Plan, head: Person, day: date, now: datetime) -> bool:
    if head.unit is None or await outbox.chat_of(session, head) is None:
        return False
    drawn = await rechecks.draw(session, head.unit, head, plan.done_codes, day=day, now=now)
    if not drawn:
        return False
    return await outbox.push(
        session,
        head,
        Reply(texts.please_look(head.unit.name, len(drawn)), ((Choice(texts.LABEL, "w|kiểm tra"),),)),
        key=f"checks:{head.id}:{day}",
        now=now,
        not_before=outbox.after_quiet(now, plan.time.quiet_from, plan.time.quiet_to),
        expires_at=now + HELPS_FOR * 2,
        priority=outbox.NOTICE,
    )
