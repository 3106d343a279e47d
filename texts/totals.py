"""What a head hears who says the unit's own total, and how it stands beside the logged houses."""

from collections.abc import Sequence
from datetime import date

from rules.days import day_words
from rules.plan import Plan
from rules.spelling import fold
from rules.unit_total import UnitTotal
from storage.reported import MENDS, Standing
from storage.tables import Reported, Unit
from texts.figure_words import counted_word

_MOST, _MOST_LETTERS = 10, 60
_WHY = {
    "unclear": "mình đọc chưa chắc, bạn viết lại như “thôn 3: 41/60”",
    "impossible": "số xong nhiều hơn tổng, bạn xem lại hai số",
    "NotFound": "đơn vị này không có trong phần việc của bạn",
    "UnknownUnit": "đơn vị này không có trong phần việc của bạn",
    "OutsideTime": "ngày này không ghi được",
}
IS_STATE, IS_ADDED = "Tính đến nay", "Thêm trong ngày"


def kept(plan: Plan, unit: Unit, row: Reported, standing: Standing | None, logged: int, today: date) -> str:
    """The figure as it was understood, marked as reported, beside what is logged."""
    beside = f"\nSố ghi từng nhà vẫn riêng: {logged} {counted_word(plan)}."
    return f"✅ Đã nhận báo cáo của {_understood(plan, unit, row, standing, today)}{beside}"


def kept_in_list(plan: Plan, unit: Unit, row: Reported, standing: Standing | None, logged: int, today: date) -> str:
    """The same as one line among others."""
    return f"• {_understood(plan, unit, row, standing, today)} Ghi từng nhà: {logged}."


def _understood(plan: Plan, unit: Unit, row: Reported, standing: Standing | None, today: date) -> str:
    out_of = f"/{row.total}" if row.total else ""
    what = f"thêm {row.done}" if row.adds else f"{row.done}{out_of}"
    when = "" if row.day == today else f" · {day_words(row.day, today)}"
    so_far = f" Báo đến giờ: {standing.done}." if row.adds and standing and standing.done != row.done else ""
    return f"{unit.name}: {what} {counted_word(plan)}{when}.{so_far}"


def other_total(said: int, known: int) -> str:
    """The total that was said is not the one the unit is counted out of."""
    return f"Tổng bạn báo là {said}, còn sổ đang để {known}: nhờ bạn hỏi lại giúp mình nhé."


def several(kept: Sequence[str], unkept: Sequence[tuple[str, str]]) -> str:
    """Several units' figures in one message: what was kept, and the lines (with why) that were not."""
    told = ["✅ Đã nhận số báo, để riêng với số ghi từng nhà:", *kept] if kept else []
    if unkept:
        shown = [f"• “{said[:_MOST_LETTERS]}”: {_WHY.get(why, _WHY['unclear'])}" for said, why in unkept[:_MOST]]
        more = [f"… và {len(unkept) - _MOST} dòng nữa"] if len(unkept) > _MOST else []
        told += [f"Chưa nhận {len(unkept)} dòng:", *shown, *more]
    return "\n".join(told)


def mended(plan: Plan, unit: Unit, before: tuple[int, int | None], after: tuple[int, int | None], *, adds: bool) -> str:
    """Old → new of a figure that its head said anew."""
    old, new = (f"{done}/{total}" if total else str(done) for done, total in (before, after))
    return f"✅ Đã sửa số báo của {unit.name}: {'thêm ' if adds else ''}{old} → {new} {counted_word(plan)}."


def as_it_stands(unit: Unit, done: int, total: int | None) -> str:
    return f"Số báo của {unit.name} đang đúng như vậy rồi: {done}{f'/{total}' if total else ''}."


def taken_back(unit: Unit, row: Reported) -> str:
    if row.note == MENDS:
        return f"Đã trả số báo của {unit.name} về như trước."
    out_of = f"/{row.total}" if row.total else ""
    return f"Đã gỡ số báo của {unit.name}: {row.done}{out_of}."


def kept_before(unit: Unit) -> str:
    return f"Số này của {unit.name} mình đã nhận rồi, chỉ giữ một lần."


def impossible(unit: Unit, done: int, total: int) -> str:
    return f"{unit.name}: {done} xong lại nhiều hơn tổng {total}, nên mình chưa nhận. Bạn xem lại hai số giúp mình nhé."


def ask(unit: Unit, total: UnitTotal) -> str:
    out_of = f"/{total.total}" if total.total else ""
    return f"Đây là số của cả {unit.name} ({total.done}{out_of}) phải không? Số này là:"


def heads_say_totals() -> str:
    return (
        "Số tổng của cả đơn vị thì trưởng thôn, tổ trưởng báo. Mình giữ lại tin này để trưởng xem; "
        "còn bạn ghi từng nhà như “nhà 12 đã cài” nhé."
    )


def beside(plan: Plan, name: str, standing: Standing) -> str:
    """For `tiến độ`: "Trưởng thôn báo: 41/60 hộ (12/6)", beside the logged figure and never added to it."""
    said = f"{_figure(standing)} {counted_word(plan)} ({_day(standing)})"
    return f"{_head_of(name)} báo: {said}, để đối chiếu, không cộng vào số ghi."


def _head_of(name: str) -> str:
    word = fold(name).partition(" ")[0]
    if word in ("thon", "xom", "khu", "ap"):
        return f"Trưởng {name.split()[0].lower()}"
    return "Tổ trưởng" if word in ("to", "tdp") else "Phụ trách đơn vị"


def short(standing: Standing | None) -> str:
    """Behind a unit's line of figures: " · báo 41/60 (12/6)"."""
    return f" · báo {_figure(standing)} ({_day(standing)})" if standing else ""


def _figure(standing: Standing) -> str:
    return f"{standing.done}/{standing.total}" if standing.total else str(standing.done)


def _day(standing: Standing) -> str:
    return f"{standing.day.day}/{standing.day.month}"
