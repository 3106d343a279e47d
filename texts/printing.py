"""What `guide` and joining posters say at the terminal."""

from collections.abc import Sequence

ABOUT = (
    "Vẽ tờ hướng dẫn cho bà con, in được ngay: thẻ A6, tờ rơi A5, áp phích A4, tờ thẻ cắt rời.\n\n"
    "--unit là xã, phường thì vẽ cho mọi đơn vị bên dưới, thêm một tệp PDF gộp cho mỗi khổ. "
    "--each-volunteer hoặc --for thì mỗi tình nguyện viên một tờ, mã trên tờ là mã của người ấy."
)
OUT_OPTION = "Thư mục nhận tệp; chưa có thì tạo."
FORMATS_OPTION = "Khổ cần vẽ, cách nhau bằng dấu phẩy: a6, a5, a4, cards (thẻ cắt rời). Mặc định: tất cả."
EACH_OPTION = "Mỗi tình nguyện viên của đơn vị (và các đơn vị bên dưới) một tờ; tên người ở tên tệp, không ở trên tờ."
FOR_OPTION = "Chỉ vẽ cho tình nguyện viên có tên này, như “Lan” hoặc “Nguyễn Thị Lan”."
NO_PAGE = "Chưa có PUBLIC_URL nên mã trên tờ của ai cũng như nhau, mở thẳng kho ứng dụng; điền PUBLIC_URL vào .env nhé."
DRAWING = "Đang vẽ"
ALL_UNITS = "tat-ca"  # in the name of the PDF that holds every unit's page


def unknown_form(said: str, known: Sequence[str]) -> str:
    return f"Không có khổ “{said}”; các khổ: {', '.join(known)}."


def not_a_folder(path: object) -> str:
    return f"{path} không phải thư mục hoặc không ghi được; chọn thư mục khác."


def link_too_long(app: str) -> str:
    return f"Đường dẫn tải {app} dài quá, mã QR không chứa hết; sửa app_store, google_play trong kế hoạch."


def drawn(count: int, units: int, folder: object) -> str:
    return f"Đã vẽ {count} tờ cho {units} đơn vị, tệp PNG và PDF ở {folder}."


def drawn_for_people(count: int, people: int, folder: object) -> str:
    return f"Đã vẽ {count} tờ cho {people} tình nguyện viên, tệp PNG và PDF ở {folder}."


def no_volunteers(unit: str) -> str:
    return f"{unit} chưa có tình nguyện viên nào vào bot; mời bằng lệnh invite trước."


def no_such_volunteer(name: str, unit: str) -> str:
    return f"Ở {unit} không có tình nguyện viên nào tên “{name}”; xem lại tên, hoặc dùng --each-volunteer."


POSTER_OPTION = "In thêm tờ mời khổ A4 ra tệp PDF này, mỗi mã một trang."


def single_use(until: str) -> str:
    return f"Mã dùng được một lần, cho một người, đến {until}"


def poster_made(count: int, file: object) -> str:
    return f"Đã vẽ {count} tờ mời ở {file}."
