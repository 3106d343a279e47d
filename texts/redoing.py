"""What is said when something taken back is brought back."""

from collections.abc import Sequence
from datetime import date

from rules.plan import Plan
from storage.tables import House, ListedPerson, PlaceAlias, Visit
from texts.visiting import house_name, outcome_words

REDO = "Làm lại"
_MOST = 12


def visit(plan: Plan, act: str, visited: Visit, house: House, today: date) -> str:
    """One act as it holds again: logged, corrected, or taken off."""
    if act == "remove":
        return f"↩️ Đã làm lại: lượt ở {house_name(house.label)} lại được gỡ."
    return f"↩️ Đã làm lại: {house_name(house.label)}: {outcome_words(plan, visited, today)}."


def of_list(labels: Sequence[str]) -> str:
    more = f" và {len(labels) - _MOST} nhà nữa" if len(labels) > _MOST else ""
    return f"↩️ Đã làm lại cả danh sách: {len(labels)} nhà ({', '.join(labels[:_MOST])}{more})."


def figure(told: str) -> str:
    """`told` is the figure in words: "Tổ dân phố 3: 41/60", "phát thanh 1"."""
    return f"↩️ Đã ghi lại số báo {told}."


def people(found: Sequence[ListedPerson]) -> str:
    return f"↩️ Đã đưa lại {len(found)} người vào danh sách."


def given(act: str, count: int) -> str:
    """`act` as it was: "given" or "back"."""
    return f"↩️ Đã {'giao lại' if act == 'given' else 'trả lại'} {count} nhà như trước."


def yours(by: str, count: int) -> str:
    """For whom the houses were given to, and are again."""
    return f"{by} lại giao cho bạn {count} nhà vừa rút. Gõ “còn” để xem nhé."


def back(by: str, count: int) -> str:
    """For the head to whom houses were given back, and are again."""
    return f"{by} lại trả {count} nhà vừa giữ. Giao lại: “giao nhà … cho …”."


def edited(count: int) -> str:
    return f"↩️ Đã đổi lại {count} nhà theo sổ vừa gửi."


def places(found: Sequence[PlaceAlias]) -> str:
    return f"Mình nhớ lại: {', '.join(dict.fromkeys(f'“{row.place}”' for row in found))}."
