"""Who goes where: what is said when houses are given, given back, and asked after."""

from collections.abc import Sequence

from rules.shares import Give
from texts.visiting import house_name

_MOST = 12
NOTHING_GIVEN = "Mình không thấy nhà nào như thế trong danh sách, nên chưa giao. Bạn xem lại số nhà hoặc tên ngõ nhé."
HELD_BY_OTHER = "Nhà này đang có người khác giữ, nên bạn không cần trả đâu."
UNKNOWN_HOUSE = "Mình chưa có nhà này trong danh sách, bạn xem lại số nhà nhé."
HOW_TO_GIVE_BACK = "Bạn trả nhà nào? Gõ như: trả 12 lý do nhà xa quá. Nhà đang giao cho bạn thì gõ “còn” để xem."
UNKNOWN_MEMBER = "Mình không thấy đúng một người tên như vậy trong đơn vị. Bạn gõ cả họ tên giúp mình nhé."


def what(order: Give, count: int) -> str:
    if order.alley:
        return f"{order.alley.name} ({count} nhà)"
    return f"{count} nhà" + (f" của {order.of}" if order.of else "")


def given(order: Give, count: int, to: str, unknown: list[str]) -> str:
    missing = f"\nChưa có trong danh sách nên chưa giao: {', '.join(unknown)}." if unknown else ""
    return f"✅ Đã giao {what(order, count)} cho {to}. Quá 7 ngày không ai đến thì nhà được trả lại chung.{missing}"


def given_to_you(by: str, order: Give, count: int) -> str:
    asked = f"{order.alley.name}: {count} nhà" if order.alley else f"{count} nhà"
    return f"{by} giao cho bạn {asked}. Gõ “còn” để xem; không đi được thì gõ “trả 12 lý do …” nhé."


def given_on(by: str, count: int, to: str) -> str:
    """For whoever held them until now."""
    return f"{by} đã chuyển {count} nhà bạn đang giữ sang cho {to}, bạn không cần đến các nhà ấy nữa. Cảm ơn bạn!"


def yours_again(by: str, count: int) -> str:
    """For the same person, when that is taken back."""
    return f"{by} vừa rút lại việc chuyển: {count} nhà lại là của bạn. Gõ “còn” để xem nhé."


def given_back(label: str, why: str) -> str:
    told = " Tổ trưởng sẽ thấy lý do của bạn." if why else " Lần sau bạn thêm lý do giúp tổ trưởng nhé: trả 12 lý do …"
    return f"Đã trả {house_name(label)} lại cho đơn vị.{told}"


def came_back(by: str, label: str, why: str) -> str:
    return f"{by} trả {house_name(label)}{f': {why}' if why else ', không nói lý do'}. Giao lại: “giao nhà … cho …”."


def left_behind(name: str, labels: Sequence[str]) -> str:
    """For the head, when someone who held houses has left."""
    shown = ", ".join(labels[:_MOST]) + (f" và {len(labels) - _MOST} nhà nữa" if len(labels) > _MOST else "")
    again = f"giao hết của {name} cho …" if name else "giao nhà … cho …"
    return (
        f"{name or 'Một người'} không còn ở đơn vị; {len(labels)} nhà đã trả lại chung: {shown}. Giao lại: “{again}”."
    )


def taken_back(act: str, count: int) -> str:
    """`act` as it was: "given" or "back"."""
    if act == "back":
        return "Đã bỏ việc trả nhà: nhà lại là của người giữ trước."
    return f"Đã bỏ việc giao {count} nhà: nhà của ai lại về người ấy."


def not_so(act: str, by: str, count: int) -> str:
    if act == "back":
        return f"{by} giữ lại {count} nhà vừa trả, bạn không cần giao lại."
    return f"{by} vừa rút lại việc giao {count} nhà cho bạn. Gõ “còn” để xem phần của bạn."


def who_holds(unit: str, rows: list[tuple[str, int, int]], free: int) -> str:
    lines = [f"• {name}: {count} nhà, còn {left} chưa xong" for name, count, left in rows]
    nobody = f"• Chưa giao ai: {free} nhà chưa xong"
    hint = "Giao bằng cách gõ: giao ngõ 5 cho Lan · giao nhà 12, 14-19 cho Lan"
    return "\n".join([f"{unit}, ai giữ nhà nào:", *lines, nobody, hint])
