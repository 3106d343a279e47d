"""What a Phụ lục 01 says, whether it is written in Word or in Excel: letterhead, rows, sum, signer."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from papers.cells import cell
from papers.order import Order
from papers.summary import Line, lines
from rules.figures import UnitFigures
from rules.plan import Indicator, Plan
from rules.plan_fields import reaches
from storage import figures, reported, units
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
    rows, whole = await table(session, plan, scope, order.day, _column(indicator))
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
        closing=texts.closing(order.day, await _of_them(session, plan, scope, order.day, indicator, whole)),
        signer=signer,
        signs_how=signs_how,
        signed_by=name if order.unit.kind != "commune" else "",
    )


async def table(
    session: AsyncSession, plan: Plan, scope: Scope, day: date, indicator: Indicator
) -> tuple[list[Line], Line]:
    """A row for each unit of the scope that carries figures of the indicator on a day, and their sum."""
    found = await figures.of_units(session, plan, scope, day, indicator=indicator)
    adds = indicator.counts == "visitor"
    told = await reported.standing(session, plan.slug, indicator.slug, scope.unit_ids, day, totals_add=adds)
    found = _with_reporting(await units.within(session, scope), found, told)
    rows, whole = lines(plan, found, told, indicator=indicator)
    return [_clean(row) for row in rows], whole


def _column(indicator: Indicator) -> Indicator:
    """The form's column says "Đã cài đặt": who installed stands in it, also where the plan asks for more (F5)."""
    return indicator.model_copy(update={"stage": INSTALLED}) if _asks_more(indicator) else indicator


def _asks_more(indicator: Indicator) -> bool:
    return reaches(indicator.stage, INSTALLED) and indicator.stage != INSTALLED


async def _of_them(
    session: AsyncSession, plan: Plan, scope: Scope, day: date, indicator: Indicator, installed: Line
) -> str:
    """How many of those in the column count by the plan's own stage; "" where the column says it already."""
    if not _asks_more(indicator) or plan.is_reported(indicator) or not installed.done:
        return ""
    _, whole = await table(session, plan, scope, day, indicator)
    return texts.of_them(whole.done or 0, COUNTED[indicator.counts], STAGE_WORDS[indicator.stage])


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


def _clean(row: Line) -> Line:
    return Line(cell(row.name), row.total, row.done, row.left, cell(row.why))
