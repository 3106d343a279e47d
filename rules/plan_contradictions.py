"""What in a plan contradicts what, though every entry on its own is right."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import combinations
from typing import TYPE_CHECKING

from rules.deadlines import UnreadableDeadline, span_of
from rules.plan_fields import UNIT_KINDS, Counts, Totals, reaches
from rules.plan_parts import Part
from rules.toml_lines import Loc

if TYPE_CHECKING:
    from rules.plan import Plan

Fault = tuple[Loc, str]

TOTALS_OF: dict[Counts, tuple[Totals, ...]] = {
    "household": ("households", "smartphone_households"),
    "person": ("people", "staff"),
    "staff": ("staff",),
    "visitor": ("visitors",),
}


def contradictions(plan: "Plan", broken: set[str]) -> Iterator[Fault]:
    """The faults between entries that are right; a check that needs a `broken` table is left out."""
    for needs, check in _CHECKS:
        if not broken & set(needs):
            yield from check(plan)


def perhaps(name: str, known: Iterable[str]) -> str:
    """Which known name was meant, else which there are: the end of a sentence."""
    if near := get_close_matches(name, list(known), 1, 0.6):
        return f"; có phải “{near[0]}”?"
    return f"; ở đây chỉ có: {', '.join(known)}"


def _names_twice(plan: "Plan") -> Iterator[Fault]:
    for table in ("indicators", "audiences", "deadlines", "duties", "quotas", "reports"):
        yield from _twice(table, "slug", getattr(plan, table, ()))


def _outcomes_twice(plan: "Plan") -> Iterator[Fault]:
    for key in ("code", "label", "said"):
        yield from _twice("outcomes", key, plan.outcomes)


def _twice(table: str, key: str, parts: Sequence[Part]) -> Iterator[Fault]:
    for (first, one), (second, other) in combinations(enumerate(parts), 2):
        if (name := getattr(one, key)) == getattr(other, key):
            yield (
                (table, second, key),
                f"{key} “{name}” đã dùng ở [[{table}]] thứ {first + 1}; mỗi mục cần một tên riêng",
            )


def _nothing_done(plan: "Plan") -> Iterator[Fault]:
    if not plan.done_codes:
        yield ("outcomes",), "chưa có kết quả nào tính là xong; thêm done = true vào một [[outcomes]]"
    for index, outcome in enumerate(plan.outcomes):
        if outcome.done and outcome.leaves_out:
            yield ("outcomes", index, "leaves_out"), f"kết quả “{outcome.label}” không thể vừa xong vừa ngoài diện tính"


def _other_total(plan: "Plan") -> Iterator[Fault]:
    for index, indicator in enumerate(plan.indicators):
        if indicator.out_of not in TOTALS_OF[indicator.counts]:
            fit = " hoặc ".join(TOTALS_OF[indicator.counts])
            yield ("indicators", index, "out_of"), f"đếm theo {indicator.counts} thì tổng (out_of) phải là {fit}"


def _indicator_unknown(plan: "Plan") -> Iterator[Fault]:
    slugs = [indicator.slug for indicator in plan.indicators]
    for index, deadline in enumerate(plan.deadlines):
        if deadline.indicator and deadline.indicator not in slugs:
            loc = ("deadlines", index, "indicator")
            yield loc, f"không có chỉ tiêu “{deadline.indicator}”{perhaps(deadline.indicator, slugs)}"


def _stage_nobody_reaches(plan: "Plan") -> Iterator[Fault]:
    for index, indicator in enumerate(plan.indicators):
        if indicator.stage and indicator.counts in ("household", "person") and not plan.codes_reaching(indicator):
            yield (
                ("indicators", index, "stage"),
                f"không kết quả nào đạt tới bước “{indicator.stage}”; thêm stage vào một [[outcomes]]",
            )


def _done_before_its_stage(plan: "Plan") -> Iterator[Fault]:
    wanted = plan.indicator.stage
    for index, outcome in enumerate(plan.outcomes):
        if wanted and outcome.done != reaches(outcome.stage, wanted):
            ought = "phải" if not outcome.done else "không thể"
            yield (
                ("outcomes", index, "done"),
                f"kết quả “{outcome.label}” {ought} là done = true: chỉ tiêu đầu tính từ bước “{wanted}”",
            )


def _bound_unknown(plan: "Plan") -> Iterator[Fault]:
    known = (*UNIT_KINDS, "all", "office", *(audience.slug for audience in plan.audiences))
    for index, deadline in enumerate(plan.deadlines):
        if deadline.binds not in known:
            yield ("deadlines", index, "binds"), f"không biết “{deadline.binds}” là ai{perhaps(deadline.binds, known)}"


def _kinds_unknown(plan: "Plan") -> Iterator[Fault]:
    audiences, duties, reports = enumerate(plan.audiences), enumerate(plan.duties), enumerate(plan.reports)
    places = [
        *((("reports", index, "who"), each.who) for index, each in reports),
        *((("audiences", index, "kinds"), each.kinds) for index, each in audiences),
        *((("duties", index, "who"), each.who) for index, each in duties),
    ]
    for loc, kinds in places:
        for kind in kinds:
            if kind not in UNIT_KINDS:
                yield loc, f"không có loại đơn vị “{kind}”{perhaps(kind, UNIT_KINDS)}"


def _duty_of_no_indicator(plan: "Plan") -> Iterator[Fault]:
    slugs = [indicator.slug for indicator in plan.indicators]
    for index, duty in enumerate(plan.duties):
        if duty.indicator and duty.indicator not in slugs:
            loc = ("duties", index, "indicator")
            yield loc, f"không có chỉ tiêu “{duty.indicator}”{perhaps(duty.indicator, slugs)}"


def _report_of_no_deadline(plan: "Plan") -> Iterator[Fault]:
    slugs = [deadline.slug for deadline in plan.deadlines]
    for index, report in enumerate(plan.reports):
        if report.deadline and report.deadline not in slugs:
            loc = ("reports", index, "deadline")
            yield loc, f"không có hạn “{report.deadline}”{perhaps(report.deadline, slugs)}"


def _form_without_report(plan: "Plan") -> Iterator[Fault]:
    if "bao-cao" in plan.forms and not plan.reports:
        yield ("forms",), "có mẫu “bao-cao” mà chưa có [[reports]] nào nói ai báo cáo ai, lúc nào"


def _reported_twice(plan: "Plan") -> Iterator[Fault]:
    for (_, one), (second, other) in combinations(enumerate(plan.reports), 2):
        for kind in one.who:
            if kind in other.who:
                yield ("reports", second, "who"), f"loại đơn vị “{kind}” đã có báo cáo “{one.slug}”"


def _audience_unknown(plan: "Plan") -> Iterator[Fault]:
    slugs = [audience.slug for audience in plan.audiences]
    for index, indicator in enumerate(plan.indicators):
        if indicator.audience and indicator.audience not in slugs:
            loc = ("indicators", index, "audience")
            yield loc, f"không có đối tượng “{indicator.audience}”{perhaps(indicator.audience, slugs)}"


def _over_before_it_starts(plan: "Plan") -> Iterator[Fault]:
    for index, deadline in enumerate(plan.deadlines):
        try:
            last = span_of(plan, deadline).last_day
        except UnreadableDeadline:
            yield (
                ("deadlines", index, "says"),
                f"hạn “{deadline.says}” không có trong năm {plan.time.start.year}; ghi rõ năm",
            )
            continue
        if last < plan.time.start:
            yield (
                ("deadlines", index, "says"),
                f"hạn “{deadline.says}” hết vào {last:%d/%m/%Y}, trước ngày bắt đầu {plan.time.start:%d/%m/%Y}",
            )


def _woken(plan: "Plan") -> Iterator[Fault]:
    hours = plan.time
    for key, what in (("digest_at", "giờ gửi số liệu"), ("remind_at", "giờ nhắc hạn")):
        if hours.is_quiet(at := getattr(hours, key)):
            yield ("time", key), f"{what} {at} rơi vào giờ yên lặng {hours.quiet_from}–{hours.quiet_to}"


_CHECKS: tuple[tuple[tuple[str, ...], Callable[["Plan"], Iterator[Fault]]], ...] = (
    (("indicators", "audiences", "deadlines", "duties", "quotas", "reports"), _names_twice),
    (("outcomes",), _outcomes_twice),
    (("outcomes",), _nothing_done),
    (("indicators",), _other_total),
    (("indicators", "deadlines"), _indicator_unknown),
    (("indicators", "outcomes"), _stage_nobody_reaches),
    (("indicators", "outcomes"), _done_before_its_stage),
    (("audiences", "deadlines"), _bound_unknown),
    (("audiences", "duties", "reports"), _kinds_unknown),
    (("indicators", "audiences"), _audience_unknown),
    (("indicators", "duties"), _duty_of_no_indicator),
    (("reports", "deadlines"), _report_of_no_deadline),
    (("reports", "forms"), _form_without_report),
    (("reports",), _reported_twice),
    (("time", "deadlines"), _over_before_it_starts),
    (("time",), _woken),
)
