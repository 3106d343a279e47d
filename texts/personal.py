"""What people read when they ask what we hold about them."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from rules.clock import VIETNAM
from rules.plan import Plan
from rules.roles import Role
from storage.held import Held
from storage.tables import Consent, Person
from texts.figure_words import number
from texts.roles import ROLE_NAMES

_MOST_AGREEMENTS = 3
RAW_DAYS = 7  # how long messages are kept as they came
PREVIOUS_PAGE, NEXT_PAGE = "‹ Trang trước", "Trang sau ›"
_MESSENGERS = {"telegram": "Telegram", "zalo": "Zalo"}


def held_of(plan: Plan, me: Person, counts: Held, kept: Sequence[Consent] = (), *, owes: bool = False) -> str:
    """Everything we hold about a person who joined, how long, and who corrects or deletes it.

    `kept` are their agreements, the first one first; `owes`: the notice has changed since the last.
    """
    where = f", {me.unit.name}" if me.unit else ""
    lines = [
        "Mình đang giữ về bạn:",
        f"• Tên hiển thị: {me.name or 'chưa có'}",
        f"• Vai trò: {ROLE_NAMES[Role(me.role)]}{where}",
        *(f"• {line}" for line in _agreements(me, kept)),
        *([f"• Chưa đồng ý với bản mới {plan.notice.version}"] if owes and me.agreed_at else []),
        f"• Lượt ghi nhà: {number(counts.visits)}",
        *([f"• Vướng mắc đã gửi: {number(counts.difficulties)}"] if counts.difficulties else []),
        f"• Tài khoản nhắn tin: {_accounts(counts.messengers)}",
        f"Tin nhắn gốc xoá sau {RAW_DAYS} ngày; phần còn lại xoá {plan.notice.retention_days} ngày sau khi kết thúc.",
        _whom_to_ask(plan),
        "Không đồng ý nữa, bạn chọn “Rút lại đồng ý”; mình nói rõ việc gì sẽ xảy ra trước khi làm.",
    ]
    return "\n".join(lines)


def _agreements(me: Person, kept: Sequence[Consent]) -> list[str]:
    """Each agreement with its wording, moment and messenger; before they were kept one by one, what is known of it."""
    if kept:
        return [
            f"{_agreed(one.notice_version, one.agreed_at)}, qua {_MESSENGERS.get(one.platform, one.platform)} "
            f"(dấu văn bản {one.notice_hash[:8]})"
            for one in kept[-_MOST_AGREEMENTS:]
        ]
    if me.agreed_at is None:
        return ["Chưa có lần đồng ý nào với thông báo dữ liệu cá nhân"]
    return [_agreed(me.notice_version, me.agreed_at)]


def _agreed(version: str, moment: datetime) -> str:
    day = moment.astimezone(VIETNAM)
    return f"Đồng ý với thông báo dữ liệu cá nhân bản {version} lúc {day:%H:%M} ngày {day:%d/%m/%Y}"


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
