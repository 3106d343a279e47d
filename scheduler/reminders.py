"""Reminders before each of the plan's deadlines, to those it binds, naming what they have left."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import day_in_vietnam
from rules.deadlines import Step, ladder, span_of
from rules.figures import UnitFigures, Whole, add_up
from rules.plan import Deadline, Duty, Indicator, Plan
from rules.reply import Reply
from rules.roles import Role
from storage import bulletins, figures, outbox, people, units
from storage.tables import Person, Unit
from storage.units import Scope
from texts import reminders as texts
from texts.duties import examples

# How long after its moment a reminder still helps; later it is neither queued nor sent.
HELPS_FOR = {Role.VOLUNTEER: timedelta(hours=2), Role.HEAD: timedelta(hours=12), Role.OFFICER: timedelta(hours=12)}
LONGEST = max(HELPS_FOR.values())
FEW_DAYS = (3, 0)  # the days of those we must not nag: volunteers, and duties we cannot see done


@dataclass(frozen=True, slots=True)
class Call:
    """One step of one deadline whose moment (quiet hours moved it to `due_at`) has come."""

    deadline: Deadline
    last_day: date
    step: Step
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Round:
    """One day's calls, with the figures each of them needs, to be read by everyone they bind."""

    plan: Plan
    today: date
    calls: list[Call]
    rows: dict[str, list[UnitFigures]]


def calls_due(plan: Plan, now: datetime) -> list[Call]:
    """The steps whose moment has come and still helps someone, in the plan's order; all fall on one day."""
    found = []
    for deadline in plan.deadlines:
        for step in ladder(plan, deadline):
            due = outbox.after_quiet(step.due_at, plan.time.quiet_from, plan.time.quiet_to)
            if due <= now < due + LONGEST:
                found.append(Call(deadline, span_of(plan, deadline).last_day, step, due))
    return found


async def anything_due(session: AsyncSession, plan: Plan, now: datetime) -> bool:
    """Whether a step has come that nobody has dealt with; asks the database only then."""
    calls = calls_due(plan, now)
    return bool(calls) and not await bulletins.turn_taken(session, plan.slug, bulletins.REMINDER, _day(calls))


async def make_due(session: AsyncSession, plan: Plan, now: datetime) -> int:
    """Queue the reminders whose moment has come; returns how many. One message a person and day, once.

    Who hears what is decided once, at the first tick after the moment: what changes later waits for the next step.
    """
    calls = calls_due(plan, now)
    if not calls or not await bulletins.take_turn(session, plan.slug, bulletins.REMINDER, _day(calls), now):
        return 0
    found = await units.all_of(session, plan.slug)
    rows = await _rows(session, plan, calls, found, day_in_vietnam(now))
    this = Round(plan, day_in_vietnam(now), calls, rows)
    parents = {unit.parent_id for unit in found}
    made = 0
    with session.no_autoflush:  # all that is kept goes down in one statement
        for person in await people.with_roles(session, plan.slug, tuple(HELPS_FOR)):
            is_leaf = person.unit_id not in parents
            scope = Scope(plan.slug, frozenset({person.unit_id})) if is_leaf else await units.scope_of(session, person)
            made += await _remind(session, this, person, scope, now)
    return made


def _day(calls: list[Call]) -> date:
    return day_in_vietnam(calls[0].due_at)


async def _rows(
    session: AsyncSession, plan: Plan, calls: list[Call], found: list[Unit], today: date
) -> dict[str, list[UnitFigures]]:
    """Every unit's figures for each indicator the calls are about, by its slug."""
    whole = Scope(plan.slug, frozenset(unit.id or 0 for unit in found))
    wanted = {call.deadline.indicator for call in calls}
    return {
        indicator.slug: await figures.of_units(session, plan, whole, today, indicator=indicator)
        for indicator in plan.indicators
        if indicator.slug in wanted
    }


async def _remind(session: AsyncSession, this: Round, person: Person, scope: Scope, now: datetime) -> bool:
    found = [(call, line) for call in this.calls if (line := _line(this, call, person, scope))]
    if not found:
        return False
    call, time = found[0][0], this.plan.time
    expires_at = call.due_at + HELPS_FOR[Role(person.role)]
    not_before = outbox.after_quiet(now, time.quiet_from, time.quiet_to)
    if not_before >= expires_at:
        return False
    asked = [one for call, _ in found if (one := _indicator(this.plan, call.deadline))]
    has_houses = person.role != Role.OFFICER and any(not this.plan.is_reported(one) for one in asked)
    told = [one.slug for one in asked if this.plan.is_reported(one)] if person.role == Role.HEAD else []
    duties = [each for each in _duties_of(this.plan, person) if each.indicator in told]
    said = texts.reminder([line for _, line in found], asks_left=has_houses, tells=examples(duties))
    queued = await outbox.push(
        session,
        person,
        Reply(said),
        key=f"remind:{call.deadline.slug}:{person.id}:{call.step.kind}{call.step.days_before}",
        now=now,
        not_before=not_before,
        expires_at=expires_at,
        priority=outbox.REMINDER,
    )
    if queued:
        bulletins.keep(session, person, bulletins.REMINDER, _day(this.calls), said, now=now, covers_from=this.today)
    return queued


def _duties_of(plan: Plan, person: Person) -> list[Duty]:
    return plan.duties_of(person.unit.kind, person.unit.name) if person.unit else []


def _line(this: Round, call: Call, person: Person, scope: Scope) -> str:
    """What this call has to say to this person; nothing to whom it does not bind or who is done."""
    indicator = _indicator(this.plan, call.deadline)
    if not _hears(this.plan, call, indicator, person):
        return ""
    if not indicator:
        return texts.reminder_duty(call.deadline, call.last_day, this.today)
    if call.step.kind == "overdue":
        return _overdue(this, call, indicator, scope)
    return _left(this, call, indicator, person, scope)


def _hears(plan: Plan, call: Call, indicator: Indicator | None, person: Person) -> bool:
    """Whom a step is for: before the day whom the deadline binds, afterwards the officers.

    Nobody can see whether a duty without an indicator is done, so it is called out on FEW_DAYS only, to officers too.
    """
    role, few = Role(person.role), call.step.days_before in FEW_DAYS
    if call.step.kind == "overdue":
        return role is Role.OFFICER and indicator is not None
    if role is Role.OFFICER:
        return few and indicator is None
    if person.unit is None or not plan.binds(call.deadline, person.unit.kind, person.unit.name):
        return False
    if role is Role.HEAD:
        return few or indicator is not None
    return few and indicator is not None and indicator.counts == "household"


def _left(this: Round, call: Call, indicator: Indicator, person: Person, scope: Scope) -> str:
    """What the person's unit has left. Volunteers hear of it only where it is known."""
    whole = _within(this, call, scope)
    missing = whole.to_goal(indicator.target_percent)
    if missing == 0 or (missing is None and person.role == Role.VOLUNTEER) or person.unit is None:
        return ""
    return texts.reminder_left(person.unit.name, whole, indicator, call.last_day, this.today)


def _overdue(this: Round, call: Call, indicator: Indicator, scope: Scope) -> str:
    rows = [row for row in _within(this, call, scope).units if row.to_goal(indicator.target_percent) != 0]
    return texts.reminder_overdue(this.plan, rows, indicator, call.last_day) if rows else ""


def _within(this: Round, call: Call, scope: Scope) -> Whole:
    """The sum over the units of a scope that the call's deadline binds."""
    rows = this.rows.get(call.deadline.indicator, [])
    return add_up(row for row in rows if row.unit_id in scope and this.plan.binds(call.deadline, row.kind, row.name))


def _indicator(plan: Plan, deadline: Deadline) -> Indicator | None:
    return next((each for each in plan.indicators if each.slug == deadline.indicator), None)
