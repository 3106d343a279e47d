"""The words of duties that are no households: what was noted, and how far the week has come."""

from collections.abc import Mapping, Sequence
from datetime import date

from rules.duty_line import DutyLine
from rules.figures import Count
from rules.plan_parts import Duty
from texts.figure_words import number, percent, short_day

TAKE_BACK = "Gỡ số này"
TAKEN_BACK = "Đã gỡ số vừa báo."
_COUNTED = {"items": "số", "meetings": "buổi", "visitors": "người", "staff": "người"}
_EXAMPLES = {"items": "2", "meetings": "1", "visitors": "45/50", "staff": "18/20"}
_SPAN = {"": "đến nay", "week": "tuần này", "month": "tháng này"}


def taken_back(duty: Duty, done: int, total: int | None) -> str:
    out_of = "" if total is None else f"/{number(total)}"
    return f"Đã gỡ số vừa báo: {duty.word} {number(done)}{out_of}."


def noted(unit: str, line: DutyLine, so_far: int, out_of: int | None = None) -> str:
    """The echo of one line; `so_far` (visitors: `out_of` those who came) is what stands with it."""
    said = f"✅ Đã ghi {unit}: {_before(line.duty)} {number(line.done)}"
    if line.total is not None:
        said += f"/{number(line.total)}, còn {number(line.total - line.done)}"
    said += _why(line.reasons)
    return f"{said}." if line.duty.counts == "staff" else f"{said}. {so_far_of(line.duty, so_far, out_of)}."


def so_far_of(duty: Duty, done: int, total: int | None = None) -> str:
    """As in “Tuần này 1/2 số”, of visitors “Đến nay 15/50 người (30%), còn 35”."""
    span = _SPAN[duty.every]
    said = f"{number(done)}/{number(duty.least)} {_COUNTED[duty.counts]}" if duty.least else _of(duty, done, total)
    return f"{span[:1].upper()}{span[1:]} {said}"


def standing(duty: Duty, done: int | None, total: int | None = None, reasons: Mapping[str, int] | None = None) -> str:
    """One duty in `tiến độ`: done and left make the total, and why the rest is left."""
    if duty.counts in ("staff", "visitors") and done is None:
        return f"{duty.word}: chưa báo cáo" + (f" (tổng {number(total)} {_COUNTED[duty.counts]})" if total else "")
    if duty.counts == "staff":
        return f"{duty.word}: {_of(duty, done or 0, total)}{_why(reasons or {})}"
    said = so_far_of(duty, done or 0, total)
    return f"{duty.word}: {said[:1].lower()}{said[1:]}"


def by(last_day: date, *, late: bool) -> str:
    """Behind a duty's standing, its own last day."""
    return f"; {'đã quá hạn' if late else 'hạn'} {short_day(last_day)}"


def heading(unit: str, today: date) -> str:
    """Over the duties of a unit that has no houses to speak of."""
    return f"{unit[:1].upper()}{unit[1:]}, đến ngày {short_day(today)}"


def _of(duty: Duty, done: int, total: int | None) -> str:
    """As in “20/30 người (66,7%), còn 10”; no percent without a total."""
    if not total:
        return f"{number(done)} {_COUNTED[duty.counts]}"
    count = Count(total, done)
    share = f" ({percent(count.percent)})" if count.percent is not None else ""
    return f"{number(done)}/{number(total)} {_COUNTED[duty.counts]}{share}, còn {number(count.left or 0)}"


def _why(reasons: Mapping[str, int]) -> str:
    return f" ({', '.join(f'{number(n)} {why}' for why, n in reasons.items())})" if reasons else ""


def example(duty: Duty) -> str:
    """A line as it is typed."""
    count = _EXAMPLES[duty.counts]
    return f"{_before(duty)} {count}"


def _before(duty: Duty) -> str:
    """The word as it stands before a count; one that ends in a figure itself ("mức 2") is set off from it."""
    return f"{duty.word}:" if duty.word[-1:].isdigit() else duty.word


def examples(duties: Sequence[Duty]) -> str:
    """For the menu; "" where there is nothing to report but houses."""
    said = ", ".join(f"“{example(duty)}”" for duty in duties)
    return f"Việc phải báo, mỗi việc một dòng: {said}." if said else ""


def how_to_say(unit: str, duty: Duty, standing: str) -> str:
    """Asked by the duty's word alone."""
    shape = {"staff": "số đã xong trên tổng số", "visitors": "số người đã hướng dẫn trên số người đến"}.get(duty.counts)
    means = f" ({shape})" if shape else ""
    why = f" Còn ai chưa thì thêm lý do: “{example(duty)}: 1 vắng nhà, 1 đi học”." if duty.counts == "staff" else ""
    return f"{unit} {duty.what}: bạn gõ “{example(duty)}”{means}.{why}\nĐang có: {standing}."


def does_not_add_up(line: DutyLine) -> str:
    """A total goes with staff and visitors alone; reasons with staff."""
    why = ": 1 nghỉ thai sản" if line.duty.counts == "staff" else ""
    again = f"Bạn gõ lại giúp mình, ví dụ: {example(line.duty)}{why}."
    if line.total is None:
        return f"Mình chưa ghi: chưa rõ {number(line.done)} là trên tổng số nào. {again}"
    if line.done > line.total:
        return f"Mình chưa ghi: {number(line.done)} đã xong mà tổng số chỉ có {number(line.total)}. {again}"
    if line.left is not None and line.left != line.total - line.done:
        sums = f"{number(line.done)} đã xong và {number(line.left)} chưa không thành {number(line.total)}"
        return f"Mình chưa ghi: {sums}. {again}"
    return (
        f"Mình chưa ghi: {number(line.done)} đã xong cộng với các lý do nhiều hơn tổng số {number(line.total)}. {again}"
    )
