"""What figures mean: done, left, out of how many; who is silent, who is behind, and the pace a deadline asks for."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from rules.deadlines import days_left, pace_needed, span_of
from rules.plan import Indicator, Plan, Quota

SILENT_AFTER = 2  # days without a visit (issue 2: "units silent for two days by name")
SMALL_TOTAL = 10  # below it a percent says little, so such units are ordered apart (lessons F9)
ENOUGH_CHECKS = 20  # from so many answers on, what a head found at the doors changes the unit's place (lessons F8)


class Counted:
    """What can be said of a total and a count: done + left = total, or the count has outgrown the total (`over`)."""

    __slots__ = ()
    total: int | None
    done: int

    @property
    def left(self) -> int | None:
        """Not done yet, never negative; None while there is no total."""
        return None if self.total is None else max(0, self.total - self.done)

    @property
    def over(self) -> bool:
        """More was recorded than the unit declared: the total wants a second look."""
        return self.total is not None and self.done > self.total

    @property
    def percent(self) -> float | None:
        """One decimal, half up, but 100 only when all is done; None where it would mislead (no total, or over it)."""
        if not self.total or self.over:
            return None
        tenths = (self.done * 2000 + self.total) // (2 * self.total)
        return (min(tenths, 999) if self.done < self.total else tenths) / 10

    def to_goal(self, target_percent: int = 100) -> int | None:
        """How many are missing to the plan's target; None while there is no total."""
        return None if self.total is None else max(0, -(-self.total * target_percent // 100) - self.done)


@dataclass(frozen=True, slots=True)
class Count(Counted):
    """A total and how many of it are done, without more."""

    total: int | None
    done: int


@dataclass(frozen=True, slots=True)
class UnitFigures(Counted):
    """One unit's figures on a day. Counts are of what the indicator counts; `visited_today`, `by_outcome` of houses.

    `told` is what the unit's head reported in all without logging each house; it is never added to `done`. `checked`
    done houses were looked at again, of which `right` were as logged.
    """

    unit_id: int
    name: str
    kind: str
    total: int | None
    done: int
    done_today: int
    visited_today: int
    last_day: date | None
    by_outcome: dict[str, int] = field(default_factory=dict)
    done_since: int = 0
    told: int | None = None
    checked: int = 0
    right: int = 0

    @property
    def reported(self) -> bool:
        """Whether anybody ever recorded or reported anything here; if not, it is "chưa báo cáo", not 0 %."""
        return self.last_day is not None

    @property
    def told_only(self) -> int:
        """How many were reported as done beyond those logged house by house."""
        return max(0, (self.told or 0) - self.done)

    @property
    def is_small(self) -> bool:
        return self.total is not None and self.total < SMALL_TOTAL

    @property
    def trust(self) -> Fraction:
        """The share of what was logged that stands; 1 until ENOUGH_CHECKS answers say else."""
        return Fraction(self.right, self.checked) if self.checked >= ENOUGH_CHECKS else Fraction(1)

    @property
    def share(self) -> Fraction:
        """The share done by which units are put in order, as far as it was found true. Only with a total."""
        return Fraction(self.done, self.total) * self.trust if self.total else Fraction(0)

    def silent_for(self, today: date) -> int:
        """Days since the latest visit, 0 when there was one today. Only for a unit that has reported."""
        return 0 if self.last_day is None else max(0, (today - self.last_day).days)


@dataclass(frozen=True, slots=True)
class Whole(Counted):
    """The sum of some units. `total` is None as soon as one unit's is unknown; `unknown_totals` says for how many."""

    total: int | None
    done: int
    done_today: int
    visited_today: int
    done_since: int
    unknown_totals: int
    by_outcome: dict[str, int]
    units: tuple[UnitFigures, ...]

    def to_goal(self, target_percent: int = 100) -> int | None:
        """How many are missing to the plan's target; what one unit has over its total does not do another's work."""
        if self.total is None:
            return None
        done = sum(min(unit.done, unit.total or 0) for unit in self.units)
        return max(0, -(-self.total * target_percent // 100) - done)

    def left_to(self, indicator: Indicator) -> int | None:
        """How many are missing to the indicator's target: a number for the whole place, else its share."""
        if indicator.target is not None:
            return max(0, indicator.target - self.done)
        return self.to_goal(indicator.target_percent)

    def silent(self, today: date) -> list[UnitFigures]:
        """Units that reported once, have something left, and had no visit for SILENT_AFTER days; longest first."""
        late = [u for u in self.units if u.left != 0 and u.silent_for(today) >= SILENT_AFTER]
        return sorted(late, key=lambda unit: unit.last_day or today)

    @property
    def unreported(self) -> list[UnitFigures]:
        return [unit for unit in self.units if not unit.reported]

    @property
    def overfull(self) -> list[UnitFigures]:
        return [unit for unit in self.units if unit.over]

    @property
    def told_only(self) -> list[UnitFigures]:
        return [unit for unit in self.units if unit.told_only]

    @property
    def checked(self) -> int:
        return sum(unit.checked for unit in self.units)

    @property
    def right(self) -> int:
        return sum(unit.right for unit in self.units)


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """One person's own figures: houses they visited today and in all, and what they achieved."""

    houses_today: int
    houses_all: int
    done_all: int
    installs_all: int
    quota: Quota | None
    quota_done: int


@dataclass(frozen=True, slots=True)
class Pace:
    """The way to a deadline: its last day, the days until then, what is left, and how many a day that makes."""

    last_day: date
    days: int
    left: int | None
    needed: int | None


def add_up(units: Iterable[UnitFigures]) -> Whole:
    """The units' sum. Where it is known, its total is the sum of their totals."""
    rows = tuple(units)
    unknown = sum(unit.total is None for unit in rows)
    outcomes: Counter[str] = Counter()
    for unit in rows:
        outcomes.update(unit.by_outcome)
    return Whole(
        total=sum(unit.total or 0 for unit in rows) if rows and not unknown else None,
        done=sum(unit.done for unit in rows),
        done_today=sum(unit.done_today for unit in rows),
        visited_today=sum(unit.visited_today for unit in rows),
        done_since=sum(unit.done_since for unit in rows),
        unknown_totals=unknown,
        by_outcome=dict(outcomes),
        units=rows,
    )


def farthest_behind(units: Sequence[UnitFigures]) -> list[UnitFigures]:
    """Those with something left, the smallest share done first: all run to one deadline, so that is the order of pace.

    Totals below SMALL_TOTAL come after, unknown totals last; then the more left, then the id: the order of the input
    never matters.
    """
    return sorted((unit for unit in units if unit.left != 0 or unit.trust < 1), key=_place)


def _place(unit: UnitFigures) -> tuple[int, Fraction, int, int]:
    if not unit.total:
        return 2, Fraction(0), unit.done, unit.unit_id
    return int(unit.is_small), unit.share, -(unit.left or 0), unit.unit_id


def ranks(units: Iterable[UnitFigures]) -> dict[int, int]:
    """Each unit's rank by its share, 1 the best, equal shares one rank; by unit id. Never of persons.

    Left out: who has reported nothing, has no total or has outgrown it, and totals below SMALL_TOTAL.
    """
    ranked = [unit for unit in units if unit.total and unit.reported and not unit.over and not unit.is_small]
    better = Counter(unit.share for unit in ranked)
    return {unit.unit_id: 1 + sum(n for share, n in better.items() if share > unit.share) for unit in ranked}


def last_day_of(plan: Plan, today: date) -> date | None:
    """The last day the chat's figures run to: of the first indicator's next deadline, else its latest; None if none."""
    spans = [span_of(plan, d) for d in plan.deadlines if d.indicator == plan.indicator.slug]
    days = sorted(span.last_day for span in spans if span.has_end)
    return next((day for day in days if day >= today), days[-1] if days else None)


def pace(figures: UnitFigures | Whole, plan: Plan, today: date, *, from_tomorrow: bool = False) -> Pace | None:
    """What it takes to reach the plan's target in time, today counted unless it is over (`from_tomorrow`).

    None when the plan names no deadline. Without a total, or with no day left, `needed` is None.
    """
    last = last_day_of(plan, today)
    if last is None:
        return None
    days = days_left(last, today + timedelta(days=from_tomorrow))
    indicator = plan.indicator
    left = figures.left_to(indicator) if isinstance(figures, Whole) else figures.to_goal(indicator.target_percent)
    return Pace(last, days, left, pace_needed(left, days) if left is not None and days else None)


def expected_share(plan: Plan, today: date) -> float | None:
    """The share that an even pace from the start to the deadline would have done by today's end; None without one."""
    last, start = last_day_of(plan, today), plan.time.start
    if last is None or last < start:
        return None
    days, gone = (last - start).days + 1, (today - start).days + 1
    return plan.indicator.target_percent / 100 * min(1.0, max(0.0, gone / days))
