"""The rows of Phụ lục 01: per unit total = done + left, and why the rest is left, composed from coded reasons."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.figures import UnitFigures
from rules.plan import Plan
from storage.reported import Standing
from texts import papers as texts


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `total` and `left` are None where no sound total is known; then `why` says so."""

    name: str
    total: int | None
    done: int
    left: int | None
    why: str

    @property
    def total_said(self) -> str:
        return texts.NO_TOTAL if self.total is None else texts.number(self.total)

    @property
    def done_said(self) -> str:
        return texts.number(self.done)

    @property
    def left_said(self) -> str:
        return texts.UNSURE if self.left is None else texts.number(self.left)


def lines(
    plan: Plan, units: Sequence[UnitFigures], reported: Mapping[int, Standing], *, counts: str
) -> tuple[list[Line], Line]:
    """Each unit's row and their sum. What a unit only reported stands for itself where nobody logged a visit."""
    rows: list[Line] = []
    whole: Counter[str] = Counter()
    for unit in units:
        said = reported.get(unit.unit_id) if not unit.by_outcome or counts != "household" else None
        reasons = _reported_reasons(plan, said) if said else _reasons(plan, unit, counts)
        total, done = (said.total or unit.total, said.done) if said else (unit.total, unit.done)
        rest = texts.UNSTATED if said or counts != "household" else texts.NOT_REACHED
        rest = rest if said or unit.reported else texts.UNREPORTED
        row, full = _line(unit.name, total, done, reasons, rest=rest)
        rows.append(row)
        whole.update(full)
    return rows, _sum(rows, whole)


def _reasons(plan: Plan, unit: UnitFigures, counts: str) -> Counter[str]:
    """Reasons in the plan's order. Visits tell of households: of persons they say nothing."""
    if counts != "household":
        return Counter()
    closed = plan.done_codes | plan.left_out_codes
    told = [one.code for one in plan.outcomes if one.code not in closed and unit.by_outcome.get(one.code)]
    return Counter({texts.reason(code, plan): unit.by_outcome[code] for code in told})


def _reported_reasons(plan: Plan, said: Standing) -> Counter[str]:
    return Counter({texts.reason(code, plan): count for code, count in (said.reasons or {}).items() if count > 0})


def _line(name: str, total: int | None, done: int, reasons: Counter[str], *, rest: str) -> tuple[Line, Counter[str]]:
    """The row, and its reasons made to add up to what is left: what has none is `rest`."""
    if total is None:
        return Line(name, None, done, None, texts.no_total(_pairs(reasons))), reasons
    if done > total:
        return Line(name, None, done, None, texts.outgrown(total)), reasons
    left, noted = total - done, reasons.total()
    if noted > left:
        return Line(name, total, done, left, texts.too_many_reasons(left, noted)), Counter({texts.UNSTATED: left})
    full = reasons + Counter({rest: left - noted})
    return Line(name, total, done, left, texts.why_left(left, _pairs(full)) if left else texts.NONE_LEFT), full


def _sum(rows: Sequence[Line], reasons: Counter[str]) -> Line:
    done = sum(row.done for row in rows)
    unknown = sum(row.total is None for row in rows)
    if unknown or not rows:
        return Line(texts.WHOLE, None, done, None, texts.missing_totals(unknown) if rows else texts.no_total([]))
    total = sum(row.total or 0 for row in rows)
    left = total - done
    return Line(texts.WHOLE, total, done, left, texts.why_left(left, _pairs(reasons)) if left else texts.NONE_LEFT)


def _pairs(reasons: Counter[str]) -> list[tuple[int, str]]:
    return [(count, said) for said, count in reasons.most_common() if count]
