"""What people read when they ask what we hold about them."""

from collections import Counter

from rules.clock import VIETNAM
from rules.plan import Plan
from rules.roles import Role
from storage.held import Held
from storage.tables import Person
from texts.figure_words import number
from texts.roles import ROLE_NAMES

RAW_DAYS = 7  # how long messages are kept as they came
PREVIOUS_PAGE, NEXT_PAGE = "‹ Trang trước", "Trang sau ›"
_MESSENGERS = {"telegram": "Telegram", "zalo": "Zalo"}


def held_of(plan: Plan, me: Person, counts: Held) -> str:
    """Everything we hold about a person who joined, how long, and who corrects or deletes it."""
    where = f", {me.unit.name}" if me.unit else ""
    lines = [
        "Mình đang giữ về bạn:",
        f"• Tên hiển thị: {me.name or 'chưa có'}",
        f"• Vai trò: {ROLE_NAMES[Role(me.role)]}{where}",
        f"• {_agreement(me)}",
        f"• Lượt ghi nhà: {number(counts.visits)}",
        *([f"• Vướng mắc đã gửi: {number(counts.difficulties)}"] if counts.difficulties else []),
        f"• Tài khoản nhắn tin: {_accounts(counts.messengers)}",
        f"Tin nhắn gốc xoá sau {RAW_DAYS} ngày; phần còn lại xoá {plan.notice.retention_days} ngày sau khi kết thúc.",
        _whom_to_ask(plan),
    ]
    return "\n".join(lines)


def _agreement(me: Person) -> str:
    if me.agreed_at is None:
        return "Chưa có lần đồng ý nào với thông báo dữ liệu cá nhân"
    day = me.agreed_at.astimezone(VIETNAM)
    return f"Đồng ý với thông báo dữ liệu cá nhân bản {me.notice_version} lúc {day:%H:%M} ngày {day:%d/%m/%Y}"


def _accounts(messengers: tuple[str, ...]) -> str:
    counted = Counter(_MESSENGERS.get(messenger, messenger) for messenger in messengers)
    return ", ".join(name if many == 1 else f"{many} tài khoản {name}" for name, many in counted.items())


def held_of_stranger(plan: Plan) -> str:
    return (
        f"Bạn chưa tham gia, nên mình chỉ giữ những tin bạn đã gửi, {RAW_DAYS} ngày, rồi xoá. Nếu bạn đã báo cài xong, "
        f"mình còn giữ một dấu không đọc ra được là ai, để không báo hai lần.\n{_whom_to_ask(plan)}"
    )


def _whom_to_ask(plan: Plan) -> str:
    return f"Muốn sửa hoặc xoá, bạn liên hệ {plan.place.coordinator}, {plan.place.name}."
