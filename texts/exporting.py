"""What exporting a paper says, at the terminal and in chat."""

from collections.abc import Sequence
from datetime import date, datetime

from rules.clock import VIETNAM
from texts.papers import FORMS

ABOUT = (
    "Xuất giấy tờ ra tệp: phu-luc-01, danh-sach (.docx hoặc .xlsx), bao-cao (.docx), register, cong-an (.xlsx). "
    "Tệp có họ tên bà con; mỗi lần xuất đều được ghi nhật ký."
)
FORM = "Mẫu: phu-luc-01, danh-sach, bao-cao, register, cong-an (cho Công an: hộ chưa có VNeID mức 2)."
OUT = "Tệp ghi ra; đuôi .docx hoặc .xlsx quyết định Word hay Excel."
REASON = "Lý do xuất danh sách có họ tên; được ghi vào nhật ký; không nêu thì nhật ký ghi là không nêu."
WRITING = "Ghi"
REGISTER_IS_EXCEL = "Sổ theo dõi hộ chỉ xuất ra Excel; đặt tên tệp có đuôi .xlsx."
REPORT_IS_WORD = "Báo cáo chỉ xuất ra Word; đặt tên tệp có đuôi .docx."
BAD_END = "Tên tệp phải có đuôi .docx (Word) hoặc .xlsx (Excel)."
WHY = "Tệp này có họ tên bà con. Lý do xuất (được ghi vào nhật ký)"
NO_REASON = "Tệp này có họ tên bà con; nhật ký ghi là không nêu lý do. Lần sau thêm --reason “lý do xuất”."
UNSAID = "không nêu lý do (lệnh export trên máy chủ)"


def no_report(unit: str, makers: Sequence[str]) -> str:
    who = f"; nơi phải báo cáo là: {', '.join(makers)}" if makers else " hay của nơi nào khác"
    return f"Kế hoạch không giao báo cáo của {unit}{who}."


def unknown_form(said: str, forms: Sequence[str]) -> str:
    return f"Không có mẫu “{said}”; các mẫu: {', '.join(forms)}."


def too_long(most: int) -> str:
    return f"Danh sách dài hơn {most} dòng, Word mở không nổi; hãy xuất ra tệp .xlsx."


def cannot_write(file: object) -> str:
    return f"Không ghi được {file}; xem quyền ghi của thư mục và tệp có đang mở không."


def written(file: object, rows: int) -> str:
    return f"Đã ghi {file}: {rows} dòng."


# In chat

WHICH_FORM = "Bạn cần giấy tờ nào? Chạm một mẫu, hoặc gõ một dòng như “xuất danh sách tổ 3”."
NO_FORMS = "Kế hoạch này chưa có giấy tờ nào để bạn xuất."
NO_SUCH_FORM = "Mình chưa rõ bạn cần giấy tờ nào. Bạn chọn một mẫu nhé:"
KINDS = {"docx": "Word", "xlsx": "Excel"}
WHOLE_TYPED = ("tất cả", "toàn bộ", "cả xã", "cả phường", "toàn xã", "toàn phường", "cả huyện", "cả quận", "cả đơn vị")
PREVIOUS_PAGE, NEXT_PAGE = "‹ Trang trước", "Trang sau ›"
REASONS = ("Báo cáo cấp trên", "Đối chiếu số liệu", "Lưu hồ sơ")
LONGEST_REASON = 200
FORMS_TYPED: dict[str, tuple[str, ...]] = {
    "phu-luc-01": ("phụ lục 01", "phụ lục 1", "phụ lục i", "phụ lục", "pl 01", "pl 1", "pl01", "pl1", "pl"),
    "danh-sach": ("danh sách cài đặt", "danh sách", "ds"),
    "register": ("sổ theo dõi hộ", "sổ theo dõi", "sổ"),
    "bao-cao": ("báo cáo", "bc"),
    "cong-an": ("danh sách", "ds", "vneid"),
}
KINDS_TYPED = {
    "docx": ("word", "docx", "doc", "bản word"),
    "xlsx": ("excel", "xlsx", "xls", "exel", "bản excel"),
}
MAKING = "Mình đang làm tệp này, danh sách dài nên lâu một chút. Xong là mình gửi ngay nhé."
GONE = "Tệp này không còn nữa. Bạn gõ “xuất” để mình làm lại nhé."
FAILED = "Xin lỗi bạn, mình chưa làm được tệp này. Người vận hành sẽ xem; bạn thử lại sau ít phút nhé."
TOO_BIG = (
    "Tệp này lớn quá, không gửi qua chat được. Bạn xuất từng đơn vị, hoặc nhờ người vận hành xuất ở máy văn phòng nhé."
)
NO_LINKS = (
    "Zalo không chuyển được tệp, mà máy của bot chưa có địa chỉ để mình gửi đường dẫn. Bạn lấy tệp trên Telegram "
    "(gõ “liên kết” để dùng thêm Telegram), hoặc nhờ người vận hành xuất ở máy văn phòng nhé."
)
_WITH_NAMES = "Tệp có họ tên, số điện thoại bà con: chỉ dùng đúng việc, đừng chuyển tiếp. Lượt lấy này đã được ghi lại."
NOTHING_HERE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Đường dẫn không mở được</title><style>body{font:20px/1.5 sans-serif;margin:2em auto;max-width:32em;"
    "padding:0 1em}</style><h1>Đường dẫn này không mở được</h1><p>Có thể đường dẫn đã hết hạn hoặc chép chưa đủ. "
    "Bạn mở khung chat với trợ lý và gõ “xuất” để lấy tệp mới nhé.</p></html>"
)


def form_label(form: str, kind: str, *, several: bool) -> str:
    """ "Phụ lục 01 (Word)"; where there is one kind only, its name alone."""
    return f"{FORMS[form]} ({KINDS[kind]})" if several else FORMS[form]


def whole(name: str) -> str:
    """ "Cả phường Việt Hoà"."""
    return f"Cả {name}"


def which_unit(form: str, page: int, last: int) -> str:
    at = f" (trang {page}/{last})" if last > 1 else ""
    return f"{FORMS[form]} của đơn vị nào?{at} Chạm một đơn vị, hoặc gõ tên."


def ask_reason(form: str, unit: str) -> str:
    return (
        f"{FORMS[form]} · {unit}: tệp này có họ tên bà con nên cần lý do; lý do được ghi lại cùng tên bạn. "
        "Chạm một lý do, hoặc gõ vài chữ:"
    )


def left_off(houses: int) -> str:
    """Behind a DANH SÁCH: why it is shorter than the figures; "" where it is not."""
    if not houses:
        return ""
    return (
        f"\n{houses} nhà đã xong chưa có họ tên nên chưa có trong danh sách; bổ sung bằng một dòng như "
        "“nhà 12 Nguyễn Văn An 0912345678 đã cài”."
    )


def caption(form: str, unit: str, day: date, *, names: bool) -> str:
    """What stands with the file; of a form with names also what not to do with it."""
    title = f"{FORMS[form]} · {unit}, số liệu đến hết {day:%d/%m/%Y}."
    return f"{title}\n{_WITH_NAMES}" if names else title


def other_kind(kind: str) -> str:
    return f"Lấy bản {KINDS[kind]}"


def download(link: str, until: datetime) -> str:
    return f"Tải về (đường dẫn của riêng bạn, mở được đến {until.astimezone(VIETNAM):%H:%M %d/%m}):\n{link}"
