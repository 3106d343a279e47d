"""The rows of Phụ lục 01: per unit total = done + left, and why the rest is left, composed from coded reasons."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rules.figures import Count, UnitFigures
from rules.plan import Indicator, Plan
from storage.reported import Standing
from texts import papers as texts
from texts.figure_words import percent


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `done` is None where nobody has reported; `total` and `left` where no sound total is known."""

    name: str
    total: int | None
    done: int | None
    left: int | None
    why: str

    @property
    def total_said(self) -> str:
        return texts.NO_TOTAL if self.total is None else texts.number(self.total)

    @property
    def done_said(self) -> str:
        return texts.UNREPORTED if self.done is None else texts.number(self.done)

    @property
    def share_said(self) -> str:
        """The share done, never without a sound total: 87,5%."""
        share = Count(self.total, self.done).percent if self.done is not None and self.left is not None else None
        return texts.NO_SHARE if share is None else percent(share)

    @property
    def left_said(self) -> str:
        unknown = texts.UNREPORTED if self.done is None else texts.UNSURE
        return unknown if self.left is None else texts.number(self.left)


def lines(
    plan: Plan, units: Sequence[UnitFigures], reported: Mapping[int, Standing], *, indicator: Indicator
) -> tuple[list[Line], Line]:
    """Each unit's row and their sum. What a unit only reported stands for itself where nobody logged a visit.

    A unit that said nothing is "chưa báo cáo", which is neither 0 nor a reason; the sum says how many are left there.
    """
    return lines_of(plan, [Group(indicator, units, reported)])


@dataclass(frozen=True, slots=True)
class Group:
    """Units told of by one indicator: the villages by what the plan counts first, agencies by their staff."""

    indicator: Indicator
    units: Sequence[UnitFigures]
    reported: Mapping[int, Standing]


def lines_of(plan: Plan, groups: Sequence[Group]) -> tuple[list[Line], Line]:
    """The rows of several groups under one sum, as `lines` has them; all must count the same thing."""
    rows: list[Line] = []
    reasons: Counter[str] = Counter()
    doors: Counter[str] = Counter()
    for group in groups:
        own, whys, found = _rows(plan, group.units, group.reported, group.indicator)
        rows += own
        reasons.update(whys)
        doors.update(found)
    return rows, _sum(rows, reasons, doors)


def _rows(
    plan: Plan, units: Sequence[UnitFigures], reported: Mapping[int, Standing], indicator: Indicator
) -> tuple[list[Line], Counter[str], Counter[str]]:
    rows: list[Line] = []
    whole: Counter[str] = Counter()
    doors: Counter[str] = Counter()  # where persons are counted: what was found at the doors, in households
    told = plan.is_reported(indicator)
    for unit in units:
        said = reported.get(unit.unit_id) if told or not unit.by_outcome else None
        if not said and not unit.reported:
            rows.append(Line(unit.name, unit.total, None, None, texts.silent(unit.total)))
            continue
        reasons = _reported_reasons(plan, said) if said else _reasons(plan, unit, indicator)
        total, done = (said.total or unit.total, said.done) if said else (unit.total, unit.done)
        rest = texts.UNSTATED if said or indicator.counts != "household" else texts.NOT_REACHED
        row, full = _line(unit.name, total, done, reasons, rest=rest)
        rows.append(replace(row, why=texts.told_only(row.why)) if said and not told else row)
        whole.update(full)
        if indicator.counts == "person" and not said and row.left and (found := _at_doors(plan, unit, indicator)):
            rows[-1] = replace(row, why=texts.why_by_house(row.left, _pairs(found)))
            doors.update(found)
    return rows, whole, doors


def _reasons(plan: Plan, unit: UnitFigures, indicator: Indicator) -> Counter[str]:
    """Visits tell of households: of persons they say nothing."""
    return _at_doors(plan, unit, indicator) if indicator.counts == "household" else Counter()


def _at_doors(plan: Plan, unit: UnitFigures, indicator: Indicator) -> Counter[str]:
    """Why the houses of a unit have not come as far as the indicator asks, in the plan's order."""
    closed = plan.codes_reaching(indicator) | plan.left_out_codes
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


def _sum(rows: Sequence[Line], reasons: Counter[str], doors: Counter[str]) -> Line:
    """Every row added up, as the chat's own sum: a silent unit's total counts, and all of it is left."""
    silent = [row for row in rows if row.done is None]
    unknown = sum(row.total is None for row in rows)
    done = sum(row.done or 0 for row in rows)
    if unknown or not rows:
        why = texts.missing_totals(unknown, len(silent)) if rows else texts.no_total([])
        return Line(texts.WHOLE, None, None if rows and len(silent) == len(rows) else done, None, why)
    total = sum(row.total or 0 for row in rows)
    if len(silent) == len(rows):
        return Line(texts.WHOLE, total, None, None, texts.silent(total))
    left, not_said = total - done, sum(row.total or 0 for row in silent)
    pairs = [*_pairs(reasons), *([(not_said, texts.of_silent(len(silent)))] if not_said else [])]
    if doors and left:
        why = texts.why_by_house(left, _pairs(doors), pairs[-1] if not_said else None)
        return Line(texts.WHOLE, total, done, left, why)
    return Line(texts.WHOLE, total, done, left, texts.why_left(left, pairs) if left else texts.NONE_LEFT)


def _pairs(reasons: Counter[str]) -> list[tuple[int, str]]:
    return [(count, said) for said, count in reasons.most_common() if count]
