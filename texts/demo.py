"""What a newcomer who tries the product reads first."""

from datetime import date, datetime

from rules.plan import Plan
from rules.roles import Role
from texts.roles import ROLE_NAMES

NEWCOMER_NAME = "Em Thảo"
NEWCOMER = "Người mới, chưa có mã"


def unit_word(plan: Plan) -> str:
    """The plan's word for one unit; where it has two ("xã, thị trấn"), the first."""
    return plan.place.unit_word.split(",")[0].strip()


def unit_name(number: int, plan: Plan) -> str:
    """ "Tổ dân phố 3 (ví dụ)"."""
    word = unit_word(plan)
    return f"{word[:1].upper()}{word[1:]} {number} (ví dụ)"


def role_label(role: Role, unit: int, plan: Plan) -> str:
    name = ROLE_NAMES[role]
    where = f"{unit_word(plan)} {unit}" if unit else plan.place.name
    return f"{name[:1].upper()}{name[1:]} · {where} (ví dụ)"


def notice(code: str) -> str:
    return (
        f"Thử: gõ “nhà 12 đã cài” trên máy chị Lan; gửi mã {code} trên máy em Thảo để vào làm tình nguyện viên; "
        "tua đồng hồ để xem bản tin và lời nhắc. "
        "Chạy thật: đặt TELEGRAM_TOKEN và SECRET_KEY trong tệp .env rồi chạy lại “make run”."
    )


def to_season(there: datetime) -> str:
    return f"Tới {there:%H:%M} {there:%d/%m/%Y} (trong đợt)"


def season(plan: Plan, last_day: date, today: date) -> str:
    """How the clock of all communes stands to this plan."""
    if plan.time.start <= today <= last_day:
        return f"Đồng hồ chung cho mọi nơi; đợt ở đây đến {last_day:%d/%m/%Y}."
    since = f"{plan.time.start:%d/%m/%Y}"
    return f"Đồng hồ chung cho mọi nơi; đợt ở đây từ {since} đến {last_day:%d/%m/%Y}, số liệu ví dụ nằm trong đợt đó."


def started(url: str) -> str:
    return (
        f"\n  Bản chạy thử: mở {url} trên trình duyệt (người và số liệu đều là ví dụ; Ctrl-C để dừng).\n"
        "  Chạy thật: chép .env.example thành .env, điền TELEGRAM_TOKEN và SECRET_KEY, rồi chạy lại `make run`.\n"
    )
