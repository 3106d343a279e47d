"""What a báo cáo to the level above says, section by section; figures come in ready, names of residents never."""

from collections.abc import Sequence
from datetime import date

from rules.plan import Duty, Indicator, Plan, Report
from storage.listed import Overlap
from texts.figure_words import number, percent
from texts.papers import capital, in_lines
from texts.plan import COUNTED, DUTY_COUNTED
from texts.unit_import import KINDS

KIND = "BÁO CÁO"
NUMBER = "Số:          /BC"
NUMBER_OF_COMMITTEE = "Số:          /BC-UBND"
NOBODY_NAMED = "……………………………………"  # for the office to fill in: the plan names nobody
RESULTS, WORK, TROUBLES = "Kết quả cài đặt", "Các nhiệm vụ khác theo kế hoạch", "Khó khăn, vướng mắc"
HEADS = ("STT", "Tên đơn vị", "Tổng số", "{{ section.heads[0] }}", "Tỷ lệ", "{{ section.heads[1] }}",
         "{{ section.heads[2] }}")  # fmt: skip
TITLE_A_LINE = 56
SAME, KEPT = "Như trên", "Lưu: VT"
_ROMAN = ("I", "II", "III", "IV")
_SPAN = {"day": "Trong ngày", "week": "Trong tuần", "month": "Trong tháng"}
_MOST_NAMES = 12


def makers_of(plan: Plan) -> list[str]:
    """Who makes a báo cáo by this plan: "Ủy ban nhân dân xã Tứ Kỳ", "thôn, tổ dân phố"."""
    kinds = [kind for report in plan.reports for kind in report.who]
    return [plan.place.authority if kind == "commune" else KINDS.get(kind, kind) for kind in kinds]


def columns(indicator: Indicator) -> tuple[str, str, str]:
    """Done, left, and why, as the columns are headed: an install is not what every plan counts."""
    done = _done(indicator)
    return f"Đã {done}", f"Chưa {done}", f"Lý do chưa {done}"


def _done(indicator: Indicator) -> str:
    return "cài đặt" if indicator.stage in ("", "installed") else "hoàn thành"


def title(plan: Plan, report: Report) -> str:
    return in_lines(report.title, TITLE_A_LINE, [plan.app.name, plan.place.name])


def heading(nth: int, title: str) -> str:
    return f"{_ROMAN[nth]}. {title.upper()}"


def receiver(report: Report) -> str:
    return (report.to or NOBODY_NAMED) + (f" ({report.through})" if report.through else "")


def opening(plan: Plan, sender: str, report: Report) -> str:
    title = report.title[:1].lower() + report.title[1:]
    return f"{capital(sender)} báo cáo {title} như sau:"


def name_of(nth: int, indicator: Indicator) -> str:
    return f"{nth}. {indicator.sentence}"


def reached(indicator: Indicator, total: int | None, done: int | None, share: float | None, unknown: int) -> str:
    """The whole's figure in a sentence; no percent without a total, and no 0 for what nobody reported."""
    counted = COUNTED[indicator.counts]
    if done is None:
        return f"Chưa đơn vị nào báo cáo{f' (tổng số {number(total)} {counted})' if total else ''}."
    if total is None:
        why = f"{number(unknown)} đơn vị chưa có tổng số hoặc cần xem lại tổng số" if unknown else "chưa có tổng số"
        return f"Đã {_done(indicator)} {number(done)} {counted}{_goal(indicator, done)}; {why} nên chưa tính tỷ lệ."
    said = f" ({percent(share)})" if share is not None else ""
    left = f"còn {number(total - done)}" if total > done else "đã đủ"
    return f"Đã {_done(indicator)} {number(done)}/{number(total)} {counted}{said}, {left}{_goal(indicator, done)}."


def _goal(indicator: Indicator, done: int) -> str:
    if indicator.target is None:
        return f"; chỉ tiêu {indicator.target_percent}%"
    return f"; chỉ tiêu {number(indicator.target)} {COUNTED[indicator.counts]}"


def silent_units(names: Sequence[str]) -> str:
    shown, rest = ", ".join(names[:_MOST_NAMES]), len(names) - _MOST_NAMES
    more = f" và {number(rest)} đơn vị khác" if rest > 0 else ""
    return f"Chưa báo cáo {number(len(names))} đơn vị: {shown}{more}."


def in_span(report: Report, indicator: Indicator, first: date, last: date, gained: int) -> str:
    return f"{_span(report, first, last)}: thêm {number(gained)} {COUNTED[indicator.counts]}."


def _span(report: Report, first: date, last: date) -> str:
    days = f"{last:%d/%m/%Y}" if first == last else f"từ {first:%d/%m} đến {last:%d/%m/%Y}"
    return f"{_SPAN[report.every]} {days}"


def on_lists(overlap: Overlap) -> str:
    """Village + unit − overlap = whole, spelled out."""
    return (
        f"Danh sách đã lập: {number(overlap.villages)} người theo nơi ở, {number(overlap.units)} người theo nơi làm "
        f"việc, trong đó {number(overlap.both)} người có ở cả hai; tổng cộng {number(overlap.whole)} người, mỗi người "
        "tính một lần."
    )


def rechecked(checked: int, right: int) -> str:
    share = percent(right * 1000 // checked / 10)
    return f"Kiểm tra lại tại nhà {number(checked)} hộ, đúng như đã ghi {number(right)} hộ ({share})."


def duty(one: Duty, done: int, told: int, silent: Sequence[str], span: str = "") -> str:
    """One duty: what was done in all, by how many units, and who has said nothing."""
    what = f"- {capital(one.what)}"
    if not told:
        return f"{what}: chưa báo cáo."
    unit = "" if one.counts == "items" else f" {DUTY_COUNTED[one.counts]}"
    counted = f"{number(done)}{unit} ({number(told)} đơn vị đã báo)"
    missing = f"; chưa báo cáo: {', '.join(silent[:_MOST_NAMES])}" if silent else ""
    rest = len(silent) - _MOST_NAMES
    return f"{what}: {counted}{span}{missing}{f' và {number(rest)} đơn vị khác' if rest > 0 else ''}."


def duty_in_span(report: Report, first: date, last: date, done: int | None) -> str:
    said = "chưa báo cáo" if done is None else number(done)
    return f"; {_span(report, first, last).lower()}: {said}"


def difficulties(raised: int, answered: int) -> str:
    if not raised:
        return "Chưa có vướng mắc nào được phản ánh."
    waiting = f", còn {number(raised - answered)} đang chờ" if raised > answered else ""
    return f"Cơ sở phản ánh {number(raised)} vướng mắc, đã trả lời {number(answered)}{waiting}."


def closing(sender: str, day: date) -> str:
    return f"Trên đây là báo cáo của {sender}; số liệu tính đến hết ngày {day:%d/%m/%Y}./."


def copies(report: Report) -> list[str]:
    """Nơi nhận, each with its dash; the last ends with a full stop."""
    lines = [SAME, *report.copies]
    lines += [] if any(line.startswith("Lưu") for line in lines) else [KEPT]
    return [f"- {line}{';' if nth < len(lines) else '.'}" for nth, line in enumerate(lines, 1)]
