"""What a newcomer who tries the product reads first."""

from rules.plan import Plan
from rules.roles import Role
from texts.roles import ROLE_NAMES

NEWCOMER_NAME = "Em Thảo"
NEWCOMER = "Người mới, chưa có mã"


def role_label(role: Role, unit: int, plan: Plan) -> str:
    name = ROLE_NAMES[role]
    where = f"{plan.place.unit_word} {unit}" if unit else plan.place.name
    return f"{name[:1].upper()}{name[1:]} · {where} (ví dụ)"


def notice(code: str) -> str:
    return (
        f"Thử: gõ “nhà 12 đã cài” trên máy chị Lan; gửi mã {code} trên máy em Thảo để vào làm tình nguyện viên; "
        "tua đồng hồ để xem bản tin và lời nhắc. "
        "Chạy thật: đặt TELEGRAM_TOKEN và SECRET_KEY trong tệp .env rồi chạy lại “make run”."
    )


def started(url: str) -> str:
    return (
        f"\n  Bản chạy thử: mở {url} trên trình duyệt (người và số liệu đều là ví dụ; Ctrl-C để dừng).\n"
        "  Chạy thật: chép .env.example thành .env, điền TELEGRAM_TOKEN và SECRET_KEY, rồi chạy lại `make run`.\n"
    )
