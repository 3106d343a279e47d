"""What one reads when inviting somebody."""

from datetime import datetime

from rules.clock import VIETNAM
from rules.plan import Plan, Quota
from rules.roles import Role
from storage.tables import Unit
from texts.plan import COUNTED
from texts.roles import ROLE_NAMES

WHICH_ROLE = "Bạn mời ai? Chạm một vai trò:"
NO_UNITS = "Chưa có đơn vị nào để mời vào. Người vận hành cần nạp danh sách đơn vị trước nhé."
ONE_MORE = "Thêm mã nữa"
PREVIOUS_PAGE, NEXT_PAGE = "‹ Trang trước", "Trang sau ›"


def role_label(role: Role) -> str:
    return ROLE_NAMES[role][:1].upper() + ROLE_NAMES[role][1:]


def which_unit(role: Role, page: int, last: int) -> str:
    at = f" (trang {page}/{last})" if last > 1 else ""
    return f"Mời {ROLE_NAMES[role]} vào đơn vị nào?{at} Chạm một đơn vị, hoặc gõ tên."


def with_quota(quota: Quota) -> str:
    """ "Mã cho đoàn viên (chỉ tiêu 10 hộ)"."""
    return f"Mã cho {quota.who} (chỉ tiêu {quota.least} {COUNTED[quota.counts]})"


def invitation(
    plan: Plan,
    role: Role,
    unit: Unit,
    quota: Quota | None,
    code: str,
    username: str | None,
    until: datetime,
    zalo: str | None = None,
) -> str:
    """The code alone on its own line, the link where the bot's name is known, and how to pass them on."""
    who = quota.who if quota else ROLE_NAMES[role]
    least = f", chỉ tiêu {quota.least} {COUNTED[quota.counts]}" if quota else ""
    where = unit.name if unit.name == plan.place.name else f"{unit.name}, {plan.place.name}"
    end = until.astimezone(VIETNAM)
    link = [f"https://t.me/{username}?start={code}"] if username else []
    link += [f"Trên Zalo: mở {zalo} rồi gửi mã trên."] if zalo else []
    passing_on = "gửi đường dẫn trên, hoặc đọc mã để người ấy gõ vào bot." if link else "đọc mã để người ấy gõ vào bot."
    return "\n".join(
        [
            f"Mã mời {who}{least}, {where}:",
            code,
            *link,
            f"Mã dùng được một lần, cho một người, trong 72 giờ (đến {end:%H:%M} ngày {end:%d/%m}).",
            f"Cách chuyển: {passing_on} Đừng đăng mã lên nhóm đông người nhé.",
        ]
    )
