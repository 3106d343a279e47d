"""The words of `gotungnha forget`: what was deleted, how much of it, and what stays."""

ABOUT = "Xoá dữ liệu cá nhân của một người dân theo yêu cầu (Luật 91/2025/QH15); số liệu giữ nguyên."
ABOUT_PHONE = "Xoá mọi nơi có số điện thoại này: tên, số, ghi chú, dòng danh sách, tin nhắn còn lưu."
ABOUT_HOUSE = "Xoá tên, số điện thoại, ghi chú của một nhà; nhà đó vẫn được đếm."
ABOUT_CAMPAIGN = "Xoá tên, số, địa chỉ của toàn bộ người dân trong một chiến dịch; số liệu giữ nguyên."
NUMBER = "Số điện thoại, viết cách nào cũng được"
HOUSE = "Số nhà hoặc cách gọi nhà, ví dụ 12/5"
BAD_PHONE = "Không đọc được số điện thoại này; viết đủ 10 số, ví dụ 0912345678."
UNASKED = "Xoá rồi không lấy lại được; thêm --yes để xác nhận."
QUESTION = "Xoá rồi không lấy lại được. Xoá?"
NOTHING = "Không có gì mang thông tin này. Đã ghi nhớ yêu cầu: khôi phục bản sao lưu cũ cũng sẽ xoá lại."


def erased(houses: int, listed: int, messages: int) -> str:
    return (
        f"Đã xoá thông tin ở {houses} nhà, {listed} dòng danh sách, {messages} tin nhắn hoặc ghi chú. "
        "Số liệu giữ nguyên; khôi phục bản sao lưu cũ cũng sẽ xoá lại."
    )


def campaign_erased(houses: int, title: str) -> str:
    return f"Đã xoá thông tin người dân ở {houses} nhà của “{title}”. Số liệu giữ nguyên."


def no_house(label: str, unit: str) -> str:
    return f"Chưa có nhà “{label}” ở {unit}; xem lại cách gọi nhà."


def again(count: int) -> str:
    return f"Đã xoá lại {count} yêu cầu xoá dữ liệu có trước đó."
