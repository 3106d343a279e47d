"""What is told of all that a `hoàn tác` took back, to the one who said it and to whoever had heard of it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.plan import Plan
from rules.reply import Reply
from rules.roles import Role
from storage import hand_overs, outbox, people, shares, undo
from storage.tables import HandOver, Person, Reported, Unit
from texts import duties, lists, people_lists, placing, register, totals
from texts import shares as share_texts
from texts import visiting as texts


async def told(
    session: AsyncSession, plan: Plan, me: Person, undone: undo.Undone, today: date, now: datetime, source: str
) -> str:
    """What was taken back, a line for each sort of thing."""
    lines = [await _figure(session, plan, row) for row in undone.figures]
    lines += [people_lists.taken_off(undone.people)] if undone.people else []
    for row in undone.given:
        await _tell_of(session, plan, me, row, now, source)
        lines.append(share_texts.taken_back(row.act, len(row.before or {})))
    lines += [register.put_back(len({house.id for house in undone.edited}))] if undone.edited else []
    if undone.of_list and undone.visits:
        lines.insert(0, lists.taken_back([(act, logged.house.label) for act, logged in undone.visits]))
    else:
        lines += [texts.taken_back(plan, act, one.visit, one.house, today) for act, one in undone.visits]
    lines += [placing.undone(undone.places)] if undone.places else []
    return "\n".join(lines)


async def _figure(session: AsyncSession, plan: Plan, row: Reported) -> str:
    duty = plan.duty(row.what)
    if duty is None:
        return totals.taken_back(await session.get_one(Unit, row.unit_id), row)
    return duties.taken_back(duty, row.done, row.total)


async def _tell_of(session: AsyncSession, plan: Plan, me: Person, row: HandOver, now: datetime, source: str) -> None:
    """Whoever was told of the houses hears that it is not so."""
    told: Sequence[Person | None] = [await people.by_id(session, row.to_id)] if row.to_id else []
    if row.act == "back":
        told = await shares.heads_of(session, plan, row.unit_id)
    said = Reply(share_texts.not_so(row.act, me.name or "", len(row.before or {})))
    for person in told:
        await _push(session, plan, me, person, said, f"not given:{row.id}", now, source)
    if row.act != "given":
        return
    for person_id, count in hand_overs.had(row).items():
        again = Reply(share_texts.yours_again(me.name or "", count))
        if person_id != row.to_id:
            former = await people.by_id(session, person_id)
            await _push(session, plan, me, former, again, f"yours again:{row.id}", now, source)


async def _push(
    session: AsyncSession, plan: Plan, me: Person, person: Person | None, said: Reply, about: str, now: datetime,
    source: str,
) -> None:  # fmt: skip
    if person and not person.left_at and person.id != me.id and person.role in (Role.VOLUNTEER, Role.HEAD):
        not_before = outbox.after_quiet(now, plan.time.quiet_from, plan.time.quiet_to)
        key = f"{about}:{person.id}:{source}"
        await outbox.push(session, person, said, key=key, now=now, not_before=not_before)
