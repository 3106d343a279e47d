"""What one can do here, in a few lines."""

from rules.plan import Plan
from rules.roles import WORDS, Role
from storage.tables import Unit
from texts.roles import ROLE_NAMES

CANCELLED = "Đã dừng việc đang làm dở, chưa ghi gì thêm. Bạn làm gì tiếp nhé?"
NOTHING_TO_CANCEL = "Vâng, không còn việc nào đang dở. Bạn làm gì tiếp nhé?"

_MEANINGS = {
    "ghi": "ghi một nhà vừa đến (hoặc gõ luôn: nhà 12 đã cài)",
    "còn": "nhà nào còn phải đến",
    "qr": "ảnh hướng dẫn cho bà con quét (qr giấy: bản để in)",
    "tôi": "kết quả của riêng bạn",
    "tiến độ": "đã xong bao nhiêu, còn bao nhiêu",
    "xem": "từng đơn vị, rồi từng nhà",
    "kiểm tra": "trả lời về những nhà được chọn để kiểm tra lại",
    "sửa": "sửa một lượt đã ghi",
    "hoàn tác": "gỡ lượt vừa ghi",
    "xuất": "lấy giấy tờ: phụ lục, danh sách, sổ theo dõi",
    "lưu ý": "những điều nên xem lại, có thể đều đúng",
    "mời": "lấy mã mời người vào đơn vị",
    "vướng": "báo một khó khăn để văn phòng trả lời",
    "menu": "các việc làm được",
    "trợ giúp": "cách dùng",
    "huỷ": "dừng việc đang làm dở",
    "dữ liệu": "bot giữ gì về bạn",
    "liên kết": "dùng thêm Zalo hoặc Telegram với cùng vai trò này",
}


# What can be typed beside the words of the menu.
_MORE = {
    Role.VOLUNTEER: (
        "nhật ký: mọi lượt bạn ghi hôm nay, hoặc nhật ký 12/6",
        "trả 12 lý do …: trả lại một nhà được giao",
        "in ngõ 5: phiếu giấy các nhà còn phải đến",
    ),
    Role.HEAD: (
        "nhật ký: mọi lượt bạn ghi hôm nay, hoặc nhật ký 12/6",
        "ai giữ: ai đang giữ nhà nào; giao ngõ 5 cho Lan; giao nhà 12, 14-19 cho Lan; giao hết của Lan cho Minh",
        "in ngõ 5, in danh sách: phiếu giấy các nhà còn phải đến",
    ),
    Role.OFFICER: (
        "ai giữ: ai đang giữ nhà nào; giao ngõ 5 cho Lan",
        "in danh sách tổ 3: phiếu giấy các nhà còn phải đến",
        "xóm Đình thuộc tổ 3: nơi ấy ở đơn vị nào, cho cả mọi người",
    ),
}


def meaning(word: str) -> str:
    return _MEANINGS[word]


def menu(plan: Plan, role: Role, unit: Unit | None, duties: str = "") -> str:
    place = f"{unit.name} · " if unit and unit.name != plan.place.name else ""
    where = f"{place}{plan.place.name}"
    also = f"{duties}\n" if duties else ""
    return f"{where[:1].upper()}{where[1:]}\nBạn là {ROLE_NAMES[role]}. {also}Chạm một việc, hoặc gõ tên việc:"


def help_for(plan: Plan, role: Role) -> str:
    """Every word of this role with its meaning, and whom to call."""
    words = "\n".join(f"• {word}: {meaning(word)}" for word in WORDS[role])
    more = "".join(f"\n• {said}" for said in _MORE.get(role, ()))
    call = f"\nBà con cần hỏi: tổng đài {plan.app.hotline}." if plan.app.hotline else ""
    line = "\nGõ có dấu hay không dấu đều được. " if words else ""
    return (
        f"Các việc của {ROLE_NAMES[role]}:\n{words}{more}\n• dữ liệu: bot giữ gì về bạn\n"
        f"• liên kết: {_MEANINGS['liên kết']}\n• huỷ: dừng việc đang làm dở\n"
        f"{line}Cần người giúp: {plan.place.coordinator}.{call}"
    )
