"""The words of a resident's page: said to "bác", in short lines, for somebody who scanned a card at the gate."""

from rules.plan import Plan
from rules.visitors import System

STORES: dict[System, str] = {"ios": "App Store", "android": "Google Play"}
PHONES: dict[System, str] = {"ios": "iPhone", "android": "Android (Samsung, Oppo, Xiaomi…)"}
INSTALL = "Cài ứng dụng"
SKIP = "Đến chỗ tải ứng dụng"
GET_IT = "Tải ứng dụng"
STEPS = "Các bước làm"
VIDEO = "Xem video hướng dẫn"
OTHER_PHONE = "Nếu bác dùng máy khác:"
WHICH_PHONE = "Bác dùng máy nào thì chạm nút của máy ấy:"
HELP = "Cần giúp?"
ABOUT = "Trang này của ai, ghi lại gì?"
BEWARE = "Bác đừng đọc mật khẩu hay mã xác nhận (OTP) cho ai, kể cả người xưng là cán bộ."
FINISHED = "Bác đã làm xong các bước. Cảm ơn bác!"
START_OVER = "Xem lại từ bước 1"


def title(plan: Plan) -> str:
    return f"Cài {plan.app.name}"


def place(plan: Plan) -> str:
    return f"{plan.place.name[:1].upper()}{plan.place.name[1:]}, {plan.place.city}"


def yours(system: System) -> str:
    return f"Máy của bác là {'iPhone' if system == 'ios' else 'máy Android'}:"


def button(plan: Plan, system: System) -> str:
    """What the button opens: the app's own page, or the store's search while the plan leaves the link open."""
    has_page = plan.app.app_store if system == "ios" else plan.app.google_play
    what = "" if plan.app.sought == plan.app.name else f"{plan.app.sought} "
    return f"Tải {what}từ {STORES[system]}" if has_page else f"Tìm {what}trong {STORES[system]}"


def for_phone(system: System) -> str:
    return f"cho {PHONES[system]}"


def at_step(step: int, last: int) -> str:
    return f"Bác đang ở bước {step} trên {last}."


def next_step(step: int) -> str:
    return f"Xong bước {step}, sang bước {step + 1}"


def last_done(step: int) -> str:
    return f"Xong bước {step}, vậy là xong"


def back(step: int) -> str:
    return f"Về bước {step}"


def call(plan: Plan) -> str:
    return f"Gọi {plan.app.hotline}"


def ask_nearby(plan: Plan) -> str:
    """Whom to ask at the door or at the office; no private number is in a plan."""
    return f"Bác cũng có thể hỏi người phụ trách {plan.place.unit_word} nơi bác ở, hoặc {plan.place.coordinator}."


def about(plan: Plan) -> tuple[str, ...]:
    return (
        f"Trang này do {plan.place.authority} làm để giúp bà con cài {plan.app.name}.",
        "Trang không hỏi và không ghi tên, số điện thoại, địa chỉ hay vị trí của bác, cũng không để lại gì trong máy "
        f"của bác. Chỉ đếm mỗi {plan.place.unit_word} có bao nhiêu lượt quét mã trong ngày.",
    )
