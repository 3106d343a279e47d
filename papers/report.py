"""What a báo cáo to the level above says: each indicator by unit, the other duties, what is in the way."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from papers.cells import cell
from papers.content import VILLAGE, sender, table
from papers.order import NoReport, Order
from papers.summary import Line
from rules.clock import at_vietnam
from rules.figures import Count, add_up
from rules.plan import Duty, Indicator, Plan, Report
from storage import difficulties, figures, listed, reported, units
from storage.tables import Unit
from storage.units import Scope
from texts import papers, reporting
from texts.plan import COUNTED

COMMUNE, POLICE = "commune", "police"


@dataclass(frozen=True, slots=True)
class Section:
    """One indicator: its sentence, what was reached in words, and the table by unit."""

    name: str
    said: list[str]
    counted: str
    heads: tuple[str, str, str]
    rows: list[Line]
    whole: Line


@dataclass(frozen=True, slots=True)
class Part:
    """A headed part of plain paragraphs."""

    heading: str
    said: list[str]


@dataclass(frozen=True, slots=True)
class ReportLetter:
    """Every word of the letter but its fixed ones."""

    above: str
    sender: str
    number: str
    dated: str
    title: str
    to: str
    bases: list[str]
    opening: str
    results: str
    sections: list[Section]
    parts: list[Part]
    closing: str
    copies: list[str]
    signer: str
    signs_how: str
    signed_by: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the letter is about: the report the plan orders, over which units, from which day on."""

    plan: Plan
    report: Report
    scope: Scope
    inside: list[Unit]
    first: date
    day: date


async def letter(session: AsyncSession, plan: Plan, order: Order) -> ReportLetter:
    """The báo cáo of one unit. Raises NoReport where the plan orders none of its kind."""
    report = plan.report_of(order.unit.kind)
    if report is None:
        raise NoReport
    asked = await _asked(session, plan, report, order)
    body = plan.place.authority if order.unit.kind == COMMUNE else sender(plan, order.unit)
    parts = [(reporting.WORK, await _duties(session, asked)), (reporting.TROUBLES, await _troubles(session, asked))]
    headed = [(title, said) for title, said in parts if said]
    return ReportLetter(
        **_head(plan, order, body),
        title=reporting.title(plan, report),
        to=reporting.receiver(report),
        bases=papers.bases(plan),
        opening=reporting.opening(plan, body, report),
        results=reporting.heading(0, reporting.RESULTS),
        sections=await _sections(session, asked),
        parts=[Part(reporting.heading(nth, title), said) for nth, (title, said) in enumerate(headed, 1)],
        closing=reporting.closing(body, order.day),
        copies=reporting.copies(report),
        **_signed(plan, report, order.unit),
    )


async def _asked(session: AsyncSession, plan: Plan, report: Report, order: Order) -> _Asked:
    """The police report on the whole commune, every other unit on itself and what is below it."""
    scope = await units.below(session, order.unit)
    if order.unit.kind == POLICE and order.unit.parent_id:
        above = await session.get_one(Unit, order.unit.parent_id)
        scope = await units.below(session, above)
    inside = await units.within(session, scope)
    return _Asked(plan, report, scope, inside, _first_day(report, order.day), order.day)


def _first_day(report: Report, day: date) -> date:
    """The first day of the span that a report made on a day covers."""
    if report.every == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if report.every == "month" else day


def _head(plan: Plan, order: Order, body: str) -> dict[str, str]:
    is_office = order.unit.kind == COMMUNE
    above = "" if is_office or order.unit.kind == POLICE else papers.in_two(plan.place)
    return {
        "above": above,
        "sender": papers.in_two(plan.place) if is_office else papers.letterhead_name(body),
        "number": reporting.NUMBER_OF_COMMITTEE if is_office else reporting.NUMBER,
        "dated": papers.blank_day(plan.place.short, order.day),
    }


def _signed(plan: Plan, report: Report, unit: Unit) -> dict[str, str]:
    if report.signed:
        return {"signer": "\n".join(report.signed), "signs_how": "", "signed_by": ""}
    signer, signs_how = papers.signer(is_village=unit.kind == VILLAGE, unit_word=plan.place.unit_word)
    return {"signer": signer, "signs_how": signs_how, "signed_by": cell(unit.head_name or "")}


async def _sections(session: AsyncSession, asked: _Asked) -> list[Section]:
    """An indicator that concerns none of the units is left out; the first stands in any case where there are houses."""
    sections: list[Section] = []
    for indicator in asked.plan.indicators:
        rows, whole = await table(session, asked.plan, asked.scope, asked.day, indicator)
        if not rows:
            continue
        said = [_reached(indicator, rows, whole)]
        said += [reporting.silent_units(names)] if (names := [row.name for row in rows if row.done is None]) else []
        said += await _beside(session, asked, indicator)
        counted = papers.unit_of_count(COUNTED[indicator.counts])
        name, heads = reporting.name_of(len(sections) + 1, indicator), reporting.columns(indicator)
        sections.append(Section(name, said, counted, heads, rows, whole))
    return sections


def _reached(indicator: Indicator, rows: list[Line], whole: Line) -> str:
    share = Count(whole.total, whole.done).percent if whole.done is not None else None
    unknown = sum(row.total is None for row in rows)
    return reporting.reached(indicator, whole.total, whole.done, share, unknown)


async def _beside(session: AsyncSession, asked: _Asked, indicator: Indicator) -> list[str]:
    """What the span brought, what was looked at again, who stands on two lists."""
    found = await figures.of_units(session, asked.plan, asked.scope, asked.day, since=asked.first, indicator=indicator)
    whole, said = add_up(found), []
    if asked.report.every and any(unit.reported for unit in found):
        said.append(reporting.in_span(asked.report, indicator, asked.first, asked.day, whole.done_since))
    if indicator == asked.plan.indicator:
        said += [reporting.rechecked(whole.checked, whole.right)] if whole.checked else []
        both = await listed.overlap(session, asked.plan.slug, asked.scope.unit_ids)
        said += [reporting.on_lists(both)] if both.whole else []
    return said


async def _duties(session: AsyncSession, asked: _Asked) -> list[str]:
    """The duties that are no indicator, of the units that have them."""
    said = []
    for duty in asked.plan.duties:
        bound = [unit for unit in asked.inside if duty in asked.plan.duties_of(unit.kind, unit.name)]
        if bound and not duty.indicator:
            said.append(await _duty(session, asked, duty, bound))
    return said


async def _duty(session: AsyncSession, asked: _Asked, duty: Duty, bound: list[Unit]) -> str:
    standing = await reported.standing(session, asked.plan.slug, duty.slug, [unit.id or 0 for unit in bound], asked.day)
    silent = [cell(unit.name) for unit in bound if unit.id not in standing]
    span = ""
    if asked.report.every:
        lately = await reported.between(session, asked.plan.slug, duty.slug, asked.first, asked.day)
        gained = [count for unit_id, count in lately.items() if unit_id in asked.scope]
        span = reporting.duty_in_span(asked.report, asked.first, asked.day, sum(gained) if gained else None)
    done = sum(one.done for one in standing.values())
    return reporting.duty(duty, done, len(standing), silent, span)


async def _troubles(session: AsyncSession, asked: _Asked) -> list[str]:
    until: datetime = at_vietnam(asked.day + timedelta(days=1), time())
    return [reporting.difficulties(*await difficulties.counts(session, asked.scope, until))]
