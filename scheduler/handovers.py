"""Houses that came free: of someone who left, which the head is told, and those held for a week without a visit."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.plan import Plan
from rules.reply import Reply
from storage import hand_overs, outbox, people, shares
from storage.tables import HandOver
from texts import shares as texts


async def anything_due(session: AsyncSession, plan: Plan, now: datetime) -> bool:
    """Whether somebody left houses behind that no head has heard of, or a house has been held too long."""
    if await shares.any_stale(session, plan.slug, now):
        return True
    return bool(await hand_overs.untold(session, plan.slug))


async def make_due(session: AsyncSession, plan: Plan, now: datetime) -> int:
    """Free what was held too long, and queue what heads are to hear; returns how many messages."""
    await shares.release_stale(session, plan.slug, now)
    made = 0
    for row in await hand_overs.untold(session, plan.slug):
        row.told_at = now
        session.add(row)
        made += await _tell(session, plan, row, now)
    return made


async def _tell(session: AsyncSession, plan: Plan, row: HandOver, now: datetime) -> int:
    """To the unit's heads, who alone hear the name."""
    person = await people.by_id(session, row.person_id)
    labels = [house.label for house in await hand_overs.houses_of(session, row)]
    said = Reply(texts.left_behind(person.name or "" if person else "", labels))
    not_before = outbox.after_quiet(now, plan.time.quiet_from, plan.time.quiet_to)
    made = 0
    for head in await shares.heads_of(session, plan, row.unit_id):
        key = f"left behind:{row.id}:{head.id}"
        made += await outbox.push(session, head, said, key=key, now=now, not_before=not_before)
    return made
