"""What `units merge` says: two villages made one, and what that moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from texts.papers import number

if TYPE_CHECKING:  # `--help` shows these words without the database
    from storage.merge_preview import Foreseen

ABOUT = "Nhập một đơn vị vào đơn vị khác; nhà, người và số liệu chuyển theo, số đã gửi giữ nguyên."
GONE = "Đơn vị nhập đi (tên)"
INTO_OPTION = "Đơn vị nhận (tên)."
BY_OPTION = "Người quyết định; không ghi thì lấy tên tài khoản trên máy."
ASK = "Nhập hai đơn vị này? Không tách lại được bằng lệnh."
WAY_BACK = "Nhập rồi thì không tách lại được bằng lệnh: trước khi nhập, giữ một bản bằng `gotungnha backup TỆP`."
_MOST = 10
_TOTALS = {
    "households": "Số hộ",
    "smartphone_households": "Số hộ có smartphone",
    "people": "Số người",
    "staff": "Số cán bộ",
}
_BESIDE = {
    "invitation": "mã mời",
    "listed_person": "người trong danh sách cài đặt",
    "difficulty": "vướng mắc",
    "place_alias": "tên nơi chốn đã học",
    "proposal": "đề nghị sửa",
    "recheck": "lượt kiểm tra lại",
}
ADD_YES = "Chưa đổi gì: thêm --yes để nhập (không có màn hình để hỏi)."
_WHY = {
    "same": "Hai tên này là một đơn vị.",
    "kind": "Chỉ nhập được hai đơn vị cùng loại, và không phải cả xã, phường.",
    "has_units": "{unit} còn đơn vị bên dưới; chuyển các đơn vị đó đi trước.",
}


def cannot(why: str, unit: str) -> str:
    return _WHY[why].format(unit=unit)


def foreseen(gone: str, into: str, told: Foreseen) -> str:
    """All that would happen, a line each; `told.renamed` only with its first houses."""
    lines = [f"{gone} nhập vào {into}, chưa đổi gì. Nếu nhập thì:"]
    lines.append(f"• {number(told.houses)} nhà và {number(told.people)} người chuyển sang {into}; {gone} đóng lại.")
    if told.renamed:
        shown = "; ".join(f"“{old}” → “{new}”" for old, new in told.renamed[:_MOST])
        more = f"; và {number(len(told.renamed) - _MOST)} nhà nữa" if len(told.renamed) > _MOST else ""
        lines.append(f"• {number(len(told.renamed))} nhà mang thêm tên cũ để không lẫn: {shown}{more}.")
    if told.numbered and told.numbers:
        lines.append(f"• {number(told.numbered)} số thứ tự trong danh sách hộ nối tiếp từ {number(told.numbers + 1)}.")
    for field, now, then in told.totals:
        if now != then:
            lines.append(f"• {_TOTALS[field]} của {into}: {_known(now)} → {_known(then)}.")
    beside = ", ".join(f"{number(count)} {_BESIDE[table]}" for table, count in told.beside.items())
    lines += [f"• Đi theo: {beside}."] if beside else []
    lines += [f"• {number(told.told)} số trưởng {gone} đã báo ở lại với tên cũ."] if told.told else []
    return "\n".join([*lines, WAY_BACK])


def _known(count: int | None) -> str:
    return "chưa có số" if count is None else number(count)


def done(gone: str, into: str, houses: int, renamed: int, people: int) -> str:
    return (
        f"Đã nhập {gone} vào {into}: {number(houses)} nhà ({number(renamed)} nhà mang thêm tên cũ), "
        f"{number(people)} người. Bản tin sau sẽ nói việc này; số đã gửi giữ nguyên."
    )
