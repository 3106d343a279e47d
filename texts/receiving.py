"""What is said of spreadsheets that people send in chat."""

from collections.abc import Sequence

READING = "Mình đang đọc tệp này, xong mình báo ngay nhé."
ONLY_XLSX = "Mình chỉ đọc được danh sách trong tệp Excel đuôi .xlsx. Bạn mở bằng Excel, lưu lại kiểu .xlsx rồi gửi nhé."
TOO_BIG = "Tệp này lớn quá (nhiều nhất 5 MB). Bạn bỏ bớt ảnh và trang thừa, hoặc tách ra từng thôn, tổ rồi gửi lại nhé."
TOO_MANY = "Danh sách này dài quá {most} dòng. Bạn tách ra từng thôn, tổ rồi gửi lại, hoặc nhờ người vận hành nạp nhé."
GONE = "Tệp này mình không còn giữ. Bạn gửi lại tệp giúp mình nhé."
LOST = "Mình chưa tải được tệp về. Bạn gửi lại giúp mình nhé."
EMPTY = "Mình không thấy dòng nào dùng được trong tệp này nên chưa ghi gì."
UNITS_NOT_YOURS = (
    "Danh sách đơn vị do cán bộ phụ trách hoặc người vận hành nạp. Bạn gửi danh sách hộ của đơn vị mình nhé."
)
WHICH_UNIT = "Danh sách hộ này của đơn vị nào? Chạm một đơn vị, hoặc gõ tên."
WRITE, WRITE_GOOD, LEAVE = "Ghi vào sổ", "Ghi các dòng đúng", "Thôi"
LEFT = "Vâng, mình không ghi gì và đã xoá tệp."
CHANGED_MEANWHILE = "Sổ vừa có người khác sửa nên mình chưa ghi gì. Bạn xem lại nhé:"
NOTHING_TO_DO = "Sổ đã đúng như tệp, không có gì phải đổi."
_MOST_LINES = 40


def report(lines: Sequence[str], faults: int, *, can_write: bool) -> str:
    """What would be done, its first lines, and what to do about the wrong ones."""
    shown = list(lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        shown.append(f"  … và {len(lines) - _MOST_LINES} dòng nữa")
    if faults and can_write:
        shown.append("Bạn sửa tệp rồi gửi lại, hoặc ghi các dòng đúng và bỏ các dòng sai.")
    return "\n".join([*shown, "" if can_write else NOTHING_TO_DO]).strip()


def too_many(most: int) -> str:
    return TOO_MANY.format(most=f"{most:,}".replace(",", "."))
