"""The day's digest: at the plan's hour, to each officer and leader, once per person and day whatever restarts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import day_in_vietnam
from rules.deadlines import span_of
from rules.figures import add_up
from rules.frozen import Correction, corrections, first_of_each, freeze, stated
from rules.plan import Plan
from rules.plan_changes import Change
from rules.reply import Choice, Picture, Reply
from rules.roles import Role
from scheduler import beside
from storage import bulletins, figures, former_units, outbox, plan_changes, recount, units
from storage.tables import Person
from storage.units import Scope
from texts.digest import LOOK, digest

READERS = (Role.OFFICER, Role.LEADER)
Act = tuple[datetime, list[Change]]  # a moment, and what was decided otherwise then
CATCH_UP = timedelta(hours=4)  # later than this, the day goes into the next digest (reliability.md, "Catch-up")
AFTER_THE_END = timedelta(days=14)
ONE_DAY = timedelta(days=1)
CAPTION = 1000  # letters that Telegram takes under a picture, a little less
COUNTED = "zalo"  # the messenger whose plan counts messages


def day_due(plan: Plan, now: datetime) -> date | None:
    """The day whose digest is to be made now: its hour has come and is less than four hours past. None if none is."""
    day = day_in_vietnam(now)
    due = plan.at(day, plan.time.digest_at)
    return day if runs_on(plan, day) and due <= now < due + CATCH_UP else None


def runs_on(plan: Plan, day: date) -> bool:
    """From the campaign's start to two weeks after its last deadline, Sundays too; for good where none has an end."""
    ends = [span.last_day for span in (span_of(plan, each) for each in plan.deadlines) if span.has_end]
    return plan.time.start <= day and (not ends or day <= max(ends) + AFTER_THE_END)


async def anything_due(session: AsyncSession, plan: Plan, now: datetime) -> bool:
    """Whether someone still waits for today's digest; asks the database only within its hours."""
    day = day_due(plan, now)
    return day is not None and bool(await _waiting(session, plan, day))


async def make_due(session: AsyncSession, plan: Plan, now: datetime) -> int:
    """Queue the day's digest for each officer and leader who has none yet; returns how many.

    A digest and its queued message are written in the caller's transaction, so neither is there without the other.
    """
    day = day_due(plan, now)
    waiting = await _waiting(session, plan, day) if day else []
    if day is None or not waiting:
        return 0
    made = 0
    for person, since, drawn in await each_drafted(session, plan, day, waiting, now):
        made += await _queue(session, plan, person, day, drawn, since, now)
    return made


async def each_drafted(
    session: AsyncSession, plan: Plan, day: date, readers: Sequence[Person], now: datetime
) -> "list[tuple[Person, date, Draft]]":
    """Each reader's digest of a day and the first day it speaks of; readers who were told the same share one."""
    latest = await bulletins.latest_days(session, plan.slug, bulletins.DAILY, day)
    drafts: dict[Any, Draft] = {}
    found = []
    for person in readers:
        since = covers_from(plan, person, latest.get(person.id or 0), day)
        fixed = tuple(await corrections_for(session, plan, person, day))
        changed = await changes_for(session, plan, person, now)
        key = since, fixed, tuple(at for at, _ in changed)
        if key not in drafts:
            drafts[key] = await drafted(session, plan, day, since=since, corrected=fixed, changed=changed)
        found.append((person, since, drafts[key]))
    return found


@dataclass(frozen=True, slots=True)
class Draft:
    """What a digest says, and the figures it says it from, to be kept with it."""

    said: str
    figures: dict[str, Any]


async def draft(session: AsyncSession, plan: Plan, day: date, *, since: date | None = None) -> str:
    """The digest of a day as it would read now; with `since`, one that makes up for the days from then on."""
    return (await drafted(session, plan, day, since=since or day)).said


async def drafted(
    session: AsyncSession,
    plan: Plan,
    day: date,
    *,
    since: date,
    corrected: Sequence[Correction] = (),
    changed: Sequence[Act] = (),
) -> Draft:
    """A day's digest, with what it sets right of days its reader was told of before, and how the plan changed."""
    found = await units.all_of(session, plan.slug)
    scope = Scope(plan.slug, frozenset(unit.id or 0 for unit in found))
    rows = await figures.of_units(session, plan, scope, day, since=since)
    nth = await bulletins.next_number(session, plan.slug, bulletins.DAILY, day)
    names = {unit.id: unit.name for unit in [*await former_units.of(session, plan.slug), *found]}
    said = [(each, names.get(each.unit_id, "")) for each in first_of_each(corrected)]
    words = digest(
        plan, add_up(rows), day, nth=nth, since=since, corrected=said,
        beside=await beside.found(session, plan, scope, day),
        changed=[(day_in_vietnam(at), changes) for at, changes in changed],
    )  # fmt: skip
    return Draft(words, freeze(plan, rows, corrected))


async def corrections_for(session: AsyncSession, plan: Plan, person: Person, day: date) -> list[Correction]:
    """What has changed since in the figures this person was told, for days before this one."""
    kept_before = await bulletins.sent_to(session, person, bulletins.DAILY, day)
    sent = [(kept.day, kept.made_at, kept.figures or {}) for kept in kept_before]
    if not sent:
        return []
    told = stated(plan, [(when, kept) for when, _, kept in sent])
    counted = await recount.as_of(session, plan, {when: made_at for when, made_at, _ in sent if when in told})
    return corrections(told, counted)


async def changes_for(session: AsyncSession, plan: Plan, person: Person, now: datetime) -> list[Act]:
    """How the plan was changed since this person's last digest, or since they joined."""
    last = await bulletins.latest(session, person, bulletins.DAILY)
    return await plan_changes.between(session, plan.slug, last.made_at if last else person.joined_at, now)


def covers_from(plan: Plan, person: Person, latest: date | None, day: date) -> date:
    """The first day a person's digest speaks of: the day after their latest one, or the first they could have had."""
    if latest:
        return min(latest + ONE_DAY, day)
    joined = day_in_vietnam(person.joined_at)
    missed = person.joined_at >= plan.at(joined, plan.time.digest_at) + CATCH_UP
    return min(max(plan.time.start, joined + ONE_DAY * missed), day)


async def _waiting(session: AsyncSession, plan: Plan, day: date) -> list[Person]:
    return await bulletins.awaiting(session, plan.slug, READERS, bulletins.DAILY, day)


async def _queue(
    session: AsyncSession, plan: Plan, person: Person, day: date, drawn: Draft, since: date, now: datetime
) -> bool:
    queued = await outbox.push(
        session,
        person,
        await _said(session, plan, person, day, drawn),
        key=f"digest:{person.id}:{bulletins.DAILY}:{day}",
        now=now,
        not_before=outbox.after_quiet(now, plan.time.quiet_from, plan.time.quiet_to),
        priority=outbox.DIGEST,
    )
    if queued:
        bulletins.keep(
            session, person, bulletins.DAILY, day, drawn.said, now=now, covers_from=since, figures=drawn.figures
        )
    return queued


async def _said(session: AsyncSession, plan: Plan, person: Person, day: date, drawn: Draft) -> Reply:
    """The text under its picture (behind it, where it is too long for that); none on Zalo, whose month is counted."""
    text = Reply(drawn.said, ((Choice(LOOK, "w|xem"),),))
    chat = await outbox.chat_of(session, person)
    if chat is None or chat.platform == COUNTED or not any(row["last_day"] for row in drawn.figures["units"]):
        return text
    picture = Picture("digest", f"{plan.slug}|{day}")
    return replace(text, picture=picture) if len(text.text) <= CAPTION else replace(text, then=Reply(picture=picture))
