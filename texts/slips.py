"""What people hear when they mend a slip in their own words."""

from collections.abc import Sequence
from datetime import date

from rules.plan import Plan
from storage.tables import Unit
from storage.visits import Logged
from texts.visiting import FIELDS, house_name, outcome_words

UNREAD = "Mình chưa hiểu cần sửa gì. Bạn gõ như “nhầm, nhà 12 là vắng”, hoặc:"
WHICH = "Bạn muốn sửa lượt nào? Chạm một lượt gần đây của bạn:"
GONE = "Lượt này đã được gỡ, hoặc đã quá 7 ngày, nên mình không đổi gì. Muốn xem các lượt đã ghi, bạn gõ “sửa”."
SEVERAL = "Có hơn một lượt như vậy. Bạn muốn sửa lượt nào?"
WHICH_IS_WRONG = "Cả hai nhà đều có lượt của bạn. Lượt nào ghi sai số nhà?"
BY_HEAD = "Lượt này do người khác ghi; lịch sử giữ cả hai và tên người sửa."
LOG_IT = "Ghi lượt mới"
YES = "Đúng, sửa lại"
_FIELDS = FIELDS | {"note": "Ghi chú", "unit": "Đơn vị"}


def mended(label: str, unit: Unit, differences: Sequence[tuple[str, str, str]], *, own: bool) -> str:
    """Old → new; the outcome needs no name, other fields have theirs."""
    told = differences_told(differences)
    by_head = "" if own else f"\n{BY_HEAD}"
    return f"✅ Đã sửa {house_name(label)}, {unit.name}: {told}.{by_head}"


def differences_told(differences: Sequence[tuple[str, str, str]]) -> str:
    """As in "đã cài → vắng nhà; ngày hôm nay → hôm qua"."""
    return "; ".join(_difference(*one) for one in differences)


def _difference(field: str, old: str, new: str) -> str:
    change = f"{old or 'chưa có'} → {new or 'bỏ trống'}"
    return change if field == "outcome" else f"{_FIELDS[field].lower()} {change}"


def nothing_to_mend(plan: Plan, logged: Logged, today: date) -> str:
    said = outcome_words(plan, logged.visit, today)
    return f"{_capital(house_name(logged.house.label))} đang ghi đúng như vậy rồi: {said}."


def say_what(label: str) -> str:
    return f"Sửa gì ở {house_name(label)}? Bạn gõ luôn, ví dụ: “nhầm, {house_name(label)} là vắng”."


def is_it(label: str, told: str) -> str:
    return f"Mình hiểu là sửa {house_name(label)} thành: {told}. Đúng không bạn?"


def did_you_mean(label: str) -> str:
    return f"Mình chưa thấy lượt nào của bạn ở {house_name(label)}. Có phải nhà này không?"


def no_such_record(label: str, unit: Unit, *, can_log: bool) -> str:
    offer = " Nếu bạn vừa đến nhà này, mình ghi một lượt mới nhé?" if can_log else ""
    return f"Mình chưa thấy lượt nào trong 7 ngày qua ở {house_name(label)}, {unit.name}.{offer}"


def not_yours(label: str, heads: Sequence[str]) -> str:
    head = f" ({', '.join(name for name in heads if name)})" if any(heads) else ""
    return (
        f"Lượt ở {house_name(label)} do người khác ghi. Trưởng thôn, tổ trưởng{head} sửa được lượt đó; "
        "còn bạn vừa đến thì ghi lượt của bạn nhé."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def edit_unread(plan: Plan, logged: Logged, today: date) -> str:
    said = outcome_words(plan, logged.visit, today)
    name = house_name(logged.house.label)
    return f"Mình thấy bạn sửa tin về {name} nhưng đọc chưa chắc, nên vẫn giữ: {said}. Bạn gõ “nhầm, {name} …” nhé."


UNDO_EDIT = "Hoàn tác lần sửa này"


def list_edited(
    corrected: Sequence[str], new: Sequence[str], gone: Sequence[str], kept: Sequence[str], unread: Sequence[str]
) -> str:
    """A pasted list that was edited: what changed, what is new, what is not in it any more, what was not read."""
    lines = list(corrected)
    if new:
        lines.append(f"✅ Ghi thêm {len(new)} nhà: {', '.join(new)}.")
    if gone:
        lines.append(f"Đã gỡ {len(gone)} nhà không còn trong tin: {', '.join(gone)}.")
    if unread:
        lines.append(f"Chưa đọc được, mình giữ lại cho tổ trưởng xem: {'; '.join(f'“{line}”' for line in unread)}.")
    if kept:
        lines.append(f"Không còn thấy trong tin, mình vẫn giữ lượt đã ghi: {', '.join(kept)}. Cần gỡ: hoàn tác nhà …")
    return "\n".join(lines) or "Mình thấy bạn sửa danh sách; những gì đã ghi không đổi."


def edit_elsewhere(plan: Plan, logged: Logged, unit: str, today: date) -> str:
    said = outcome_words(plan, logged.visit, today)
    name = house_name(logged.house.label)
    return f"“{unit}” không có trong phần việc của bạn, nên mình vẫn giữ {name}: {said}. Bạn xem lại tên đơn vị nhé."


def name_the_alley(label: str, several: Sequence[str]) -> str:
    named = " hay ".join(several)
    return f"{_capital(house_name(label))} có ở mấy ngõ: {named}? Bạn gõ rõ cả ngõ giúp mình, mình chưa đổi gì."
