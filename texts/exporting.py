"""What exporting a paper says, at the terminal and in chat."""

from collections.abc import Sequence

ABOUT = (
    "Xuất giấy tờ ra tệp: phu-luc-01, danh-sach (.docx hoặc .xlsx), register (.xlsx). "
    "Tệp có họ tên bà con; mỗi lần xuất đều được ghi nhật ký."
)
FORM = "Mẫu: phu-luc-01, danh-sach, register."
OUT = "Tệp ghi ra; đuôi .docx hoặc .xlsx quyết định Word hay Excel."
REASON = "Lý do xuất danh sách có họ tên; được ghi vào nhật ký."
WRITING = "Ghi"
REGISTER_IS_EXCEL = "Sổ theo dõi hộ chỉ xuất ra Excel; đặt tên tệp có đuôi .xlsx."
BAD_END = "Tên tệp phải có đuôi .docx (Word) hoặc .xlsx (Excel)."
NEEDS_REASON = "Tệp này có họ tên bà con: thêm --reason “lý do xuất”; lý do được ghi vào nhật ký."


def unknown_form(said: str, forms: Sequence[str]) -> str:
    return f"Không có mẫu “{said}”; các mẫu: {', '.join(forms)}."


def too_long(most: int) -> str:
    return f"Danh sách dài hơn {most} dòng, Word mở không nổi; hãy xuất ra tệp .xlsx."


def cannot_write(file: object) -> str:
    return f"Không ghi được {file}; xem quyền ghi của thư mục và tệp có đang mở không."


def written(file: object, rows: int) -> str:
    return f"Đã ghi {file}: {rows} dòng."
