"""What a công văn leaves open, and what the bot does meanwhile."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.plan import Plan


_OWN_FORMS = {"register", "bao-cao"}  # no form of the công văn: the bot's own sheet, and a letter by NĐ 30/2020

_NO_DEADLINE = "Chưa có hạn nào: bot không nhắc ai, không tính nhịp cần mỗi ngày, không tự xoá dữ liệu khi xong"


def _no_form(plan: "Plan") -> str:
    also = " và báo cáo theo Nghị định 30/2020" if "bao-cao" in plan.forms else ""
    return f"Chưa có biểu mẫu: bot chỉ xuất sổ theo dõi{also}"


def open_fields(plan: "Plan", file: str = "") -> list[str]:
    """What the công văn leaves open: a sentence each with what happens meanwhile and what to fill in which file."""
    file = file or f"campaigns/{plan.slug}.toml"
    search = f"QR tạm mở ô tìm kiếm “{plan.app.name}” trong"
    in_vneid = plan.app.install_through == "vneid"
    named = [
        (plan.app.app_store or in_vneid, f"Chưa có đường dẫn App Store: {search} App Store", "app.app_store"),
        (plan.app.google_play or in_vneid, f"Chưa có đường dẫn Google Play: {search} Google Play", "app.google_play"),
        (plan.app.hotline, "Chưa có tổng đài hỗ trợ: thẻ hướng dẫn không in số gọi", "app.hotline"),
        (plan.app.video, "Chưa có video hướng dẫn: bot chỉ gửi các bước bằng chữ", "app.video"),
        (plan.number, "Chưa có số, ký hiệu công văn: giấy tờ chừa trống chỗ này", "number"),
        ("ngày" in plan.issued.lower(), "Chưa có ngày ban hành: giấy tờ chừa trống chỗ này", "issued"),
        (plan.legal_basis, "Chưa có căn cứ: giấy tờ không có dòng căn cứ", "legal_basis"),
        (plan.place.reports_to, "Chưa ghi báo cáo lên cấp nào: báo cáo chừa trống nơi nhận", "place.reports_to"),
        (set(plan.forms) - _OWN_FORMS, _no_form(plan), "forms"),
        (
            plan.deadlines,
            _NO_DEADLINE,
            "[[deadlines]]",
        ),
    ]
    return [f"{sentence}; điền {key} trong {file}." for filled, sentence, key in named if not filled]
