"""The words of duties that are no households: what was noted, and how far the week has come."""

from collections.abc import Sequence

from rules.duty_line import DutyLine
from rules.plan_parts import Duty
from texts.figure_words import number

TAKE_BACK = "Gỡ số này"
TAKEN_BACK = "Đã gỡ số vừa báo."
_COUNTED = {"items": "số", "meetings": "buổi", "visitors": "người", "staff": "người"}
_EXAMPLES = {"items": "2", "meetings": "1", "visitors": "45/50", "staff": "18/20"}
_SPAN = {"": "đến nay", "week": "tuần này", "month": "tháng này"}


def taken_back(duty: Duty, done: int, total: int | None) -> str:
    out_of = "" if total is None else f"/{number(total)}"
    return f"Đã gỡ số vừa báo: {duty.word} {number(done)}{out_of}."


def noted(unit: str, line: DutyLine, so_far: int) -> str:
    """The echo of one line."""
    said = f"✅ Đã ghi {unit}: {_before(line.duty)} {number(line.done)}"
    if line.total is not None:
        said += f"/{number(line.total)}, còn {number(line.total - line.done)}"
    if line.reasons:
        said += f" ({', '.join(f'{number(n)} {why}' for why, n in line.reasons.items())})"
    return f"{said}." if line.duty.counts == "staff" else f"{said}. {so_far_of(line.duty, so_far)}."


def so_far_of(duty: Duty, done: int) -> str:
    """As in “Tuần này 1/2 số”."""
    least = f"/{number(duty.least)}" if duty.least else ""
    span = _SPAN[duty.every]
    return f"{span[:1].upper()}{span[1:]} {number(done)}{least} {_COUNTED[duty.counts]}"


def standing(duty: Duty, done: int | None, total: int | None = None) -> str:
    """One duty in `tiến độ`."""
    if duty.counts == "staff":
        said = "chưa báo cáo" if done is None else number(done) + (f"/{number(total)}" if total else "")
        return f"{duty.word}: {said}"
    return f"{duty.word}: {so_far_of(duty, done or 0).lower()}"


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
    return (
        f"Mình chưa ghi: {number(line.done)} đã xong cộng với các lý do nhiều hơn tổng số. "
        f"Bạn gõ lại giúp mình, ví dụ: {line.duty.word} 18/20: 1 nghỉ thai sản."
    )
