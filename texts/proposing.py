"""What is said when a volunteer asks to change somebody else's record, and the head decides."""

from collections.abc import Sequence

from storage.tables import Unit
from texts.slips import differences_told
from texts.visiting import house_name

ACCEPT, DECLINE = "Đồng ý sửa", "Để nguyên"
ANSWERED_ALREADY = "Việc này đã có người trả lời rồi, không cần làm gì thêm."
CHANGED_MEANWHILE = "Lượt này đã được ghi khác đi từ lúc đó, nên mình không đổi gì. Bạn xem lại bằng “còn” nhé."

Differences = Sequence[tuple[str, str, str]]  # field, old, new


def asked(by: str, owner: str, label: str, unit: Unit, differences: Differences) -> str:
    """To the head: who asks, whose record it is, old → new."""
    told = differences_told(differences)
    return f"{by} đề nghị sửa {house_name(label)}, {unit.name} (lượt của {owner}): {told}. Bạn xem giúp nhé?"


def passed_on(label: str, heads: Sequence[str]) -> str:
    """To who asked."""
    head = ", ".join(name for name in heads if name) or "trưởng đơn vị"
    return (
        f"Lượt ở {house_name(label)} do người khác ghi, nên mình đã nhờ {head} xem và quyết định. "
        "Còn nếu bạn vừa đến nhà này thì ghi lượt của bạn nhé."
    )


def noted(label: str, differences: Differences, *, accepted: bool) -> str:
    """To the head who decided."""
    if not accepted:
        return f"Vâng, {house_name(label)} để nguyên. Mình báo lại cho người đề nghị."
    return f"✅ Đã sửa {house_name(label)}: {differences_told(differences)}. Lịch sử giữ cả hai."


def decided(by: str, label: str, differences: Differences, *, accepted: bool) -> str:
    """To who asked, once it was decided."""
    if not accepted:
        return f"{by} để nguyên {house_name(label)} như đã ghi. Bạn trao đổi thêm với {by} nhé."
    return f"{by} đã đồng ý sửa {house_name(label)}: {differences_told(differences)}. Cảm ơn bạn!"
