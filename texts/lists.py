"""What is said to a pasted list: how many were written down, and only the lines that were not."""

from collections.abc import Sequence
from datetime import date

from rules.days import day_words
from rules.plan import Plan
from storage.tables import Unit, Visit
from storage.visits import Said
from texts.visiting import house_name, outcome_words

MOST_SAID_BACK = 10
_MOST_LETTERS = 60
_MOST_NAMED = 12
_MOST_TALK = 3
_MOST_DAYS = 3
_WHY = {
    "no_outcome": "chưa rõ kết quả (thêm: đã cài, vắng, hẹn…)",
    "no_house": "chưa rõ nhà nào (thêm số nhà hoặc tên)",
    "unclear": "mình đọc chưa chắc, bạn viết lại như “nhà 12 đã cài”",
    "Unclear": "mình đọc chưa chắc, bạn viết lại như “nhà 12 đã cài”",
    "Alike": "giống tên một nhà khác trong danh sách, chỉ khác dấu; bạn viết thêm họ, đệm hoặc số nhà",
    "private": "có số căn cước, thẻ hoặc mã OTP nên mình không nhận",
    "too_long": "dài quá, bạn viết gọn lại",
    "range": "dãy số nhà chưa rõ, bạn viết như “vắng 15-19”",
    "total": "số tổng của cả đơn vị thì nhờ trưởng thôn, tổ trưởng báo",
    "impossible": "số xong nhiều hơn tổng, bạn xem lại hai số",
    "NotFound": "đơn vị này không có trong phần việc của bạn",
    "OutsideTime": "ngày này không ghi được",
    "TooLong": "tên nhà dài quá, bạn viết gọn lại",
}


def list_saved(
    plan: Plan,
    logged: Sequence[tuple[Visit, str, Unit]],
    said_back: Sequence[tuple[int, str, str]],
    again: Sequence[str] = (),
    talk: Sequence[str] = (),
    *,
    today: date,
) -> str:
    """Counts by outcome with the houses, then each line that was not written down, with its reason.

    `talk` are the lines that say nothing of a house.
    """
    parts = [_saved(plan, logged, today)] if logged else []
    if again:
        parts.append(f"Đã ghi y như vậy rồi, giữ một lượt thôi: {_named(again)}.")
    if said_back:
        shown = [f"• “{_short(said)}”: {_why(why)}" for _, said, why in said_back[:MOST_SAID_BACK]]
        more = len(said_back) - len(shown)
        parts.append(
            "\n".join([f"Chưa ghi {len(said_back)} dòng:", *shown, *([f"… và {more} dòng nữa"] if more else [])])
        )
    if talk:
        shown_talk = "; ".join(f"“{_short(said)}”" for said in talk[:_MOST_TALK])
        more_talk = f" và {len(talk) - _MOST_TALK} dòng nữa" if len(talk) > _MOST_TALK else ""
        parts.append(f"Không rõ kết quả của nhà nào nên mình chỉ giữ lại: {shown_talk}{more_talk}.")
    return "\n".join(parts)


def _why(why: str) -> str:
    """The reason behind a line; "unit:thôn 9" names the unit that is not in one's part."""
    kind, _, name = why.partition(":")
    if kind == "unit" and name:
        return f"“{_short(name)}” không có trong phần việc của bạn"
    return _WHY.get(why, _WHY["unclear"])


def part(plan: Plan, said: Said, today: date) -> str:
    """One of several houses of a line, said back by itself."""
    return f"{house_name(said.house) or '?'}: {outcome_words(plan, said, today)}"


def _saved(plan: Plan, logged: Sequence[tuple[Visit, str, Unit]], today: date) -> str:
    units = list(dict.fromkeys(unit.name for _, _, unit in logged))
    days = sorted({visit.day for visit, _, _ in logged})
    when = "" if days == [today] else f" · {', '.join(day_words(day, today) for day in days[:_MOST_DAYS])}"
    when += "…" if len(days) > _MOST_DAYS else ""
    lines = [f"✅ Đã ghi {len(logged)} nhà, {', '.join(units)}{when}:"]
    for outcome in plan.outcomes:
        houses = [label for visit, label, _ in logged if visit.outcome == outcome.code]
        if houses:
            lines.append(f"• {outcome.said}: {_named(houses)}")
    return "\n".join(lines)


def _named(houses: Sequence[str]) -> str:
    more = len(houses) - _MOST_NAMED
    return ", ".join(houses[:_MOST_NAMED]) + (f" và {more} nhà nữa" if more > 0 else "")


def _short(said: str) -> str:
    return said if len(said) <= _MOST_LETTERS else f"{said[: _MOST_LETTERS - 1]}…"


def taken_back(acts: Sequence[tuple[str, str]]) -> str:
    """A whole message of several houses: what it logged, changed or dropped (act, house) is as before."""
    logged = [label for act, label in acts if act == "log"]
    if len(logged) == len(acts):
        return f"Đã gỡ cả danh sách vừa gửi: {len(logged)} nhà."
    changed = [label for act, label in acts if act == "correct"]
    dropped = [label for act, label in acts if act == "remove"]
    parts = [(logged, "gỡ"), (changed, "trả về như trước"), (dropped, "ghi lại")]
    told = "; ".join(f"{what} {_named(labels)}" for labels, what in parts if labels)
    return f"Đã hoàn tác: {told}."
