"""What a Phụ lục 01 says, whether it is written in Word or in Excel: letterhead, rows, sum, signer."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from papers.cells import cell
from papers.order import Order
from papers.summary import Group, Line, lines_of
from rules.figures import UnitFigures
from rules.plan import Indicator, Plan
from rules.plan_fields import reaches
from storage import figures, listed, reported, units
from storage.reported import Standing
from storage.tables import Unit
from storage.units import Scope
from texts import papers as texts
from texts.plan import COUNTED, STAGE_WORDS

VILLAGE = "village"
INSTALLED: Literal["installed"] = "installed"


@dataclass(frozen=True, slots=True)
class Letter:
    """Every word of the letter but its fixed ones."""

    above: str
    sender: str
    number: str
    abstract: str
    dated: str
    to: str
    bases: list[str]
    opening: str
    counted: str
    rows: list[Line]
    whole: Line
    closing: str
    signer: str
    signs_how: str
    signed_by: str


async def letter(session: AsyncSession, plan: Plan, order: Order) -> Letter:
    """The letter of one unit: a row for each unit below it that carries figures, or for itself alone."""
    scope = await units.below(session, order.unit)
    indicator = await _indicator(session, plan, scope)
    counted_alike = [indicator, *_bodies(plan, indicator)]
    groups = [await _group(session, plan, scope, order.day, _column(each)) for each in counted_alike]
    rows, whole = _clean(plan, groups)
    parts = [lines_of(plan, [part])[1] for part in (groups[0], _as_one(groups[1:])) if part and part.units]
    if len(parts) > 1 and whole.left:
        whole = replace(whole, why=texts.why_in_parts(plan, *(part.left or part.total or 0 for part in parts)))
    place, body, name = plan.place, sender(plan, order.unit), cell(order.unit.head_name or "")
    signer, signs_how = texts.signer(is_village=order.unit.kind == VILLAGE, unit_word=place.unit_word)
    return Letter(
        above=texts.in_two(place),
        sender=texts.letterhead_name(body),
        number=texts.BLANK_NUMBER,
        abstract=texts.abstract(plan),
        dated=texts.blank_day(place.short, order.day),
        to=place.authority,
        bases=texts.bases(plan),
        opening=texts.opening(plan, body),
        counted=texts.unit_of_count(COUNTED[indicator.counts]),
        rows=rows,
        whole=whole,
        closing=texts.closing(order.day, *await _remarks(session, plan, scope, order.day, indicator, parts)),
        signer=signer,
        signs_how=signs_how,
        signed_by=name if order.unit.kind != "commune" else "",
    )


async def table(
    session: AsyncSession, plan: Plan, scope: Scope, day: date, indicator: Indicator
) -> tuple[list[Line], Line]:
    """A row for each unit of the scope that carries figures of the indicator on a day, and their sum."""
    return _clean(plan, [await _group(session, plan, scope, day, indicator)])


async def _group(session: AsyncSession, plan: Plan, scope: Scope, day: date, indicator: Indicator) -> Group:
    found = await figures.of_units(session, plan, scope, day, indicator=indicator)
    adds = indicator.counts == "visitor"
    told = await reported.standing(session, plan.slug, indicator.slug, scope.unit_ids, day, totals_add=adds)
    return Group(indicator, _with_reporting(await units.within(session, scope), found, told), told)


def _bodies(plan: Plan, first: Indicator) -> list[Indicator]:
    """What agencies, schools and associations tell of their people: rows under the villages' where those are people
    too. Households and people make no sum."""
    if plan.is_reported(first) or first.counts != "person":
        return []
    return [each for each in plan.indicators if plan.is_reported(each) and each.counts == "staff"]


def _as_one(groups: list[Group]) -> Group | None:
    found = [unit for each in groups for unit in each.units]
    told = {unit_id: said for each in groups for unit_id, said in each.reported.items()}
    return Group(groups[0].indicator, found, told) if found else None


def _column(indicator: Indicator) -> Indicator:
    """The form's column says "Đã cài đặt": who installed stands in it, also where the plan asks for more (F5)."""
    return indicator.model_copy(update={"stage": INSTALLED}) if _asks_more(indicator) else indicator


def _asks_more(indicator: Indicator) -> bool:
    return reaches(indicator.stage, INSTALLED) and indicator.stage != INSTALLED


async def _remarks(
    session: AsyncSession, plan: Plan, scope: Scope, day: date, indicator: Indicator, parts: list[Line]
) -> list[str]:
    """What the columns cannot say: what the sum is made of, who is on two lists, and how many of the villages' column
    count by the plan's own stage, which is what chat speaks of."""
    said = []
    if len(parts) > 1:
        homes, work = (texts.done_of(part.done_said, part.total) for part in parts)
        said.append(texts.parts(plan, homes, work))
        both = (await listed.overlap(session, plan.slug, scope.unit_ids)).both
        said += [texts.on_both(both)] if both else []
    if _asks_more(indicator) and not plan.is_reported(indicator) and parts and parts[0].done:
        _, whole = await table(session, plan, scope, day, indicator)
        where = plan.place.unit_word if len(parts) > 1 else ""
        said.append(texts.of_them(whole.done or 0, COUNTED[indicator.counts], STAGE_WORDS[indicator.stage], where))
    return said


def _with_reporting(inside: list[Unit], found: list[UnitFigures], told: dict[int, Standing]) -> list[UnitFigures]:
    """A unit that only reported a figure has a row as well, in its place."""
    known = {row.unit_id: row for row in found}
    for unit in inside:
        if unit.id in told and unit.id not in known:
            known[unit.id] = UnitFigures(unit.id, unit.name, unit.kind, None, 0, 0, 0, None)
    return [known[unit.id or 0] for unit in inside if unit.id in known]


async def _indicator(session: AsyncSession, plan: Plan, scope: Scope) -> Indicator:
    """A body without villages reports its staff, everybody else what the plan counts first."""
    inside = await units.within(session, scope)
    if any(unit.kind in (VILLAGE, "commune") for unit in inside):
        return plan.indicator
    told = [one for one in plan.indicators if one.out_of == "staff"]
    own = [one for one in told if any(plan.concerns(one, unit.kind, unit.name) for unit in inside)]
    return next(iter([*own, *told]), plan.indicator)


def sender(plan: Plan, unit: Unit) -> str:
    """For the commune as a whole its coordinating office writes, as the plan has it."""
    return plan.place.coordinator if unit.kind == "commune" else cell(unit.name)


def _clean(plan: Plan, groups: list[Group]) -> tuple[list[Line], Line]:
    rows, whole = lines_of(plan, groups)
    return [Line(cell(row.name), row.total, row.done, row.left, cell(row.why)) for row in rows], whole
