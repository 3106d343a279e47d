"""What `units merge` says: two villages made one, and what that moves."""

from texts.papers import number

ABOUT = "Nhập một đơn vị vào đơn vị khác; nhà, người và số liệu chuyển theo, số đã gửi giữ nguyên."
GONE = "Đơn vị nhập đi (tên)"
INTO_OPTION = "Đơn vị nhận (tên)."
BY_OPTION = "Người quyết định; không ghi thì lấy tên tài khoản trên máy."
ASK = "Nhập hai đơn vị này? Không tách lại được bằng lệnh."
ADD_YES = "Chưa đổi gì: thêm --yes để nhập (không có màn hình để hỏi)."
_WHY = {
    "same": "Hai tên này là một đơn vị.",
    "kind": "Chỉ nhập được hai đơn vị cùng loại, và không phải cả xã, phường.",
    "has_units": "{unit} còn đơn vị bên dưới; chuyển các đơn vị đó đi trước.",
}


def cannot(why: str, unit: str) -> str:
    return _WHY[why].format(unit=unit)


def foreseen(gone: str, into: str, houses: int, people: int) -> str:
    return (
        f"{gone} nhập vào {into}: {number(houses)} nhà và {number(people)} người chuyển sang. Nhà chỉ gọi bằng số sẽ "
        f"mang thêm tên cũ, như “12 {gone}”, để không lẫn với nhà 12 của {into}."
    )


def done(gone: str, into: str, houses: int, renamed: int, people: int) -> str:
    return (
        f"Đã nhập {gone} vào {into}: {number(houses)} nhà ({number(renamed)} nhà mang thêm tên cũ), "
        f"{number(people)} người. Bản tin sau sẽ nói việc này; số đã gửi giữ nguyên."
    )
