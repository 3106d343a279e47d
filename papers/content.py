"""What a Phụ lục 01 says, whether it is written in Word or in Excel: letterhead, rows, sum, signer."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from papers.cells import cell
from papers.order import Order
from papers.summary import Line, lines
from rules.figures import UnitFigures
from rules.plan import Indicator, Plan
from storage import figures, reported, units
from storage.reported import Standing
from storage.tables import Unit
from storage.units import Scope
from texts import papers as texts
from texts.plan import COUNTED

VILLAGE = "village"


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
    found = await figures.of_units(session, plan, scope, order.day, indicator=indicator)
    told = await reported.standing(session, plan.slug, indicator.slug, scope.unit_ids, order.day)
    found = _with_reporting(await units.within(session, scope), found, told)
    rows, whole = lines(plan, found, told, indicator=indicator)
    place, sender, name = plan.place, _sender(plan, order.unit), cell(order.unit.head_name or "")
    signer, signs_how = texts.signer(is_village=order.unit.kind == VILLAGE, unit_word=place.unit_word)
    return Letter(
        above=texts.upper(place.authority),
        sender=texts.upper(sender),
        number=texts.BLANK_NUMBER,
        abstract=texts.abstract(plan),
        dated=texts.blank_day(place.short, order.day),
        to=place.authority,
        bases=texts.bases(plan),
        opening=texts.opening(plan, sender),
        counted=texts.unit_of_count(COUNTED[indicator.counts]),
        rows=[_clean(row) for row in rows],
        whole=whole,
        closing=texts.closing(order.day),
        signer=signer,
        signs_how=signs_how,
        signed_by=name if order.unit.kind != "commune" else "",
    )


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
    staff = next((one for one in plan.indicators if one.out_of == "staff"), None)
    return staff if staff and all(unit.kind not in (VILLAGE, "commune") for unit in inside) else plan.indicator


def _sender(plan: Plan, unit: Unit) -> str:
    """For the commune as a whole its coordinating office writes, as the plan has it."""
    return plan.place.coordinator if unit.kind == "commune" else cell(unit.name)


def _clean(row: Line) -> Line:
    return Line(cell(row.name), row.total, row.done, row.left, cell(row.why))
