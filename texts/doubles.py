"""What is said of records that may be of one household; nobody else's name, number or outcome is in it."""

from collections.abc import Mapping, Sequence
from datetime import date

from rules.days import day_words
from rules.plan import Plan
from storage import twins
from storage.tables import Visit
from storage.visits import Logged
from texts.visiting import house_name, outcome_words

ANOTHER_HOUSE = "Hộ khác"
_MOST = 10
_MOST_PHONES = 5


def others_were_there(labels: Sequence[str], *, alone: bool = True) -> str:
    """`alone` says that the echo is of this one house; in a list the houses are named."""
    where = "Nhà này" if alone else f"Nhà {', '.join(labels[:_MOST])}"
    kept = "có người khác ghi trong 7 ngày qua; mình giữ cả hai lượt, lấy lượt đến sau"
    return f"{where} {kept}. Nếu là hộ khác, bạn sửa số nhà nhé."


def near_name(fresh: str, known: str) -> str:
    asked = f"Gần giống {house_name(known)} đã có: cập nhật nhà đó hay hộ khác?"
    return f"{asked} Mình đang để {house_name(fresh)} riêng."


def taken_for(known: str) -> str:
    """The name was typed with other marks than the house's own."""
    return f"Mình ghi vào {house_name(known)} đã có. Nếu là hộ khác, bạn sửa lại tên nhé."


def same_as(known: str) -> str:
    return f"Cùng là {house_name(known)}"


def same_phone(label: str, others: Sequence[str], *, asks: bool = False) -> str:
    """`others` are the houses that have it too, "" for one of another unit; `asks` where one tap can answer."""
    named = [other for other in others if other]
    shown = [house_name(", ".join(named[:_MOST_PHONES]))] if named else []
    rest = len(others) - len(named[:_MOST_PHONES])
    if rest and not named:
        shown = ["một nhà khác" if rest == 1 else f"{rest} nhà khác"]
    elif rest:
        shown.append(f"{rest} nhà nữa")
    then = ": cập nhật nhà đó hay hộ khác? Mình đang để riêng." if asks else "; bạn xem lại giúp mình nhé."
    return f"Số điện thoại của {house_name(label)} cũng đang ghi ở {' và '.join(shown)}{then}"


def more_phones(count: int) -> str:
    return f"… và {count} nhà nữa trùng số điện thoại với nhà khác."


def joined(fresh: str, known: str) -> str:
    return f"✅ Đã nhập lượt ở {house_name(fresh)} vào {house_name(known)}."


def conflict(plan: Plan, pairs: Sequence[tuple[Logged, Visit]], names: Mapping[int, str], today: date) -> str:
    """For the head: who said what of one house, both kept, the later visit standing."""
    lines = [_pair(plan, one, other, names, today) for one, other in pairs[:_MOST]]
    more = [f"… và {len(pairs) - _MOST} nhà nữa"] if len(pairs) > _MOST else []
    first = pairs[0][0].house.label
    how = f"Mình lấy lượt đến sau, giữ cả hai. Cần sửa, bạn gõ như “sửa {house_name(first)} vắng”."
    return "\n".join(["Hai người ghi khác nhau về một nhà:", *lines, *more, how])


def _pair(plan: Plan, one: Logged, other: Visit, names: Mapping[int, str], today: date) -> str:
    said = "; ".join(_said(plan, visit, names, today) for visit in twins.in_order(other, one.visit))
    return f"• {house_name(one.house.label)}: {said}"


def _said(plan: Plan, visit: Visit, names: Mapping[int, str], today: date) -> str:
    return f"{names.get(visit.person_id, '')} ghi “{outcome_words(plan, visit, today)}” ({day_words(visit.day, today)})"
