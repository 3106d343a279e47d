"""What a stranger and a newcomer hear."""

from rules.plan import Plan, Quota
from rules.roles import Role
from storage.tables import Unit
from texts import residents
from texts.roles import ROLE_NAMES

TOO_MANY_CODES = (
    "Mã không hợp lệ hoặc đã hết hạn. Bạn đã thử nhiều lần; một giờ nữa hãy thử lại, hoặc hỏi người phụ trách."
)
GUESSING_ALARM = (
    "⚠️ Có người thử nhiều mã mời sai trong một giờ qua. Bot đang im lặng với các mã lạ; xem `gotungnha check`."
)
DECLINED = (
    "Không sao ạ. Mình không lưu gì thêm về bạn. Mã mời vẫn dùng được trong 72 giờ kể từ lúc tạo, "
    "khi nào muốn bạn gửi lại mã nhé."
)
AGREE_OR_NOT = "Bạn chạm “Đồng ý” hoặc “Không đồng ý” giúp mình nhé."


def stranger(plan: Plan, *, kept: bool) -> str:
    """How to install, for a resident; how to get in, for a volunteer; and that what was said is kept."""
    return (
        f"Chào bạn! Mình là trợ lý của các tổ đi từng nhà cài {plan.app.name} ở {plan.place.name}.\n"
        f"{residents.guide(plan)}\n"
        f"Nếu bạn là người đi từng nhà: hỏi {residents.head_word(plan)} hoặc {plan.place.coordinator} để có mã mời "
        "gồm 10 chữ và số, rồi gửi mã vào đây."
        + ("\nTin bạn vừa gửi mình vẫn giữ, chưa ghi vào đâu cả." if kept else "")
    )


def stranger_of_several(*, kept: bool) -> str:
    """The same where one bot serves several places: first which of them."""
    return (
        "Chào bạn! Mình là trợ lý của các tổ đi từng nhà giúp bà con cài ứng dụng của thành phố. "
        "Nhà bạn ở đâu, để mình chỉ đúng cách cài ở đó? Nếu bạn đã có mã mời gồm 10 chữ và số thì gửi mã vào đây."
        + ("\nTin bạn vừa gửi mình vẫn giữ, chưa ghi vào đâu cả." if kept else "")
    )


def ask_agreement(plan: Plan, unit: Unit, role: Role, quota: Quota | None, *, leaves: bool) -> str:
    """Where and as what someone is joining, and the plan's notice."""
    quota_line = f" ({quota.who}: ít nhất {quota.least} hộ)" if quota else ""
    example = " (ví dụ)" if unit.example and "ví dụ" not in unit.name else ""
    switch = (
        "\nVai trò hiện nay của bạn sẽ được thay bằng vai trò này; những gì đã ghi vẫn giữ nguyên." if leaves else ""
    )
    where = unit.name if unit.kind == "commune" else f"{unit.name}{example}, {plan.place.name}"
    return (
        f"Bạn sắp vào: {where}\nVai trò: {ROLE_NAMES[role]}{quota_line}{switch}\n\n"
        f"{plan.notice_text}\n\nBạn đồng ý chứ?"
    )


_FIRST_STEPS = {
    Role.VOLUNTEER: "Ở mỗi nhà, bạn gõ một dòng như “nhà 12 đã cài”, hoặc chạm “Ghi”.",
    Role.HEAD: "Ở mỗi nhà, bạn gõ một dòng như “nhà 12 đã cài”. “Mời” để thêm tình nguyện viên, “Tiến độ” để xem số.",
    Role.OFFICER: "Mỗi ngày mình gửi bản tin tổng hợp. “Tiến độ” để xem ngay lúc này, “Mời” để thêm người.",
    Role.LEADER: "Mỗi ngày mình gửi bản tin tổng hợp. “Tiến độ” để xem ngay lúc này.",
    Role.POLICE: "“Còn” để xem những nhà chưa có VNeID mức 2.",
    Role.OPERATOR: "Mình sẽ báo bạn khi có việc cần xem. “Mời” để thêm cán bộ, lãnh đạo, công an.",
}


def welcome(name: str, role: Role, unit: Unit | None, kept: int) -> str:
    """The first thing a newcomer reads, with the one line that gets them going."""
    place = f" của {unit.name}" if unit else ""
    line = f"Chào {name}! " if name else "Chào bạn! "
    held = (
        f"\nMình vẫn giữ {kept} tin bạn gửi trước khi vào; việc nào cần ghi, bạn gửi lại giúp mình nhé." if kept else ""
    )
    return f"{line}Bạn đã là {ROLE_NAMES[role]}{place}.\n{_FIRST_STEPS[role]}{held}"
