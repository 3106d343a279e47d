"""When the notice about personal data changes, everyone who agreed with an earlier wording is asked again, once."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import day_in_vietnam
from rules.plan import Plan
from rules.reply import Choice, Reply
from rules.roles import Role
from storage import consents, outbox, people, settings
from texts import consenting as texts

WITHIN = timedelta(hours=12)  # of the plan's hour for reminders


def _is_time(plan: Plan, now: datetime) -> bool:
    start = plan.at(day_in_vietnam(now), plan.time.remind_at)
    return start <= now < start + WITHIN


async def anything_due(session: AsyncSession, plan: Plan, now: datetime) -> bool:
    """Whether the notice was changed (see `resettle.follow`) and nobody was asked since."""
    return _is_time(plan, now) and await settings.get(session, consents.to_ask(plan.slug)) is not None


async def make_due(session: AsyncSession, plan: Plan, now: datetime) -> int:
    """Queue the question for everyone whose agreement is of another wording; returns how many."""
    if not await anything_due(session, plan, now):
        return 0
    await settings.drop(session, consents.to_ask(plan.slug))
    asked = 0
    for person in await people.with_roles(session, plan.slug, tuple(Role)):
        if await consents.owes(session, person, plan):
            asked += await outbox.push(
                session,
                person,
                Reply(texts.changed(plan), ((Choice(texts.AGREE, "cn|yes"), Choice(texts.DECLINE, "cn|no")),)),
                key=f"notice:{person.id}:{consents.notice_hash(plan)[:16]}",
                now=now,
                not_before=outbox.after_quiet(now, plan.time.quiet_from, plan.time.quiet_to),
            )
    return asked
