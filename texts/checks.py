"""What `gotungnha check` says: one line a finding, each with how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Mark = Literal["ok", "chú ý", "SAI"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `mend` says what to do about it."""

    mark: Mark
    what: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.mark:<7}{self.what}" + (f" → {self.mend}" if self.mend else "")


def ok(what: str) -> Finding:
    return Finding("ok", what)


def mind(what: str, mend: str = "") -> Finding:
    """It works, but wants attention."""
    return Finding("chú ý", what, mend)


def wrong(what: str, mend: str = "") -> Finding:
    return Finding("SAI", what, mend)


def summary(findings: Sequence[Finding]) -> str:
    bad = sum(finding.mark == "SAI" for finding in findings)
    notes = sum(finding.mark == "chú ý" for finding in findings)
    if bad:
        return f"Còn {bad} chỗ SAI phải sửa trước khi chạy, {notes} chỗ cần chú ý."
    return f"Chạy được. {notes} chỗ cần chú ý." if notes else "Mọi thứ đều ổn."


SETTINGS_OK = ok("Cấu hình: đọc được")
NO_ENV = mind("Chưa có tệp .env", "cp .env.example .env && chmod 600 .env, rồi điền")
ENV_OK = ok(".env: chỉ chủ tệp đọc được")
ENV_OPEN = mind(".env: tài khoản khác trên máy cũng đọc được token và khoá", "chmod 600 .env")
KEY_OK = ok("SECRET_KEY: đã đặt")
KEY_NOT_YET = mind("SECRET_KEY chưa đặt: chạy thử thì được, chạy thật thì không", "làm theo .env.example")
NO_TOKEN = mind("TELEGRAM_TOKEN chưa đặt: `run` sẽ chạy thử trên máy mô phỏng", "lấy token ở @BotFather, ghi vào .env")
POLLING = ok("TELEGRAM_MODE=polling: không cần địa chỉ công khai")
FONT_OK = ok("Phông chữ Be Vietnam Pro: vẽ đủ chữ tiếng Việt")
FONT_BAD = wrong("Phông chữ: thiếu hoặc không vẽ được chữ tiếng Việt", "make setup")
PUBLIC_URL_PLAIN = wrong(
    "PUBLIC_URL không bắt đầu bằng https://", "Telegram chỉ gọi https; đặt sau một proxy có chứng chỉ"
)
CLOCK_MOVED = mind("CLOCK đang đặt giờ khác giờ thật trong khi có token thật", "bỏ trống CLOCK khi chạy thật")


NO_PLAN = wrong(
    "CAMPAIGN trong .env không nêu kế hoạch nào", "ghi đường dẫn một tệp .toml, hoặc bỏ trống để dùng ví dụ"
)


def from_sentence(what: str, sentence: str) -> Finding:
    """A refusal that already says how to mend it."""
    return wrong(what, sentence)


def plan_ok(title: str, file: object) -> Finding:
    return ok(f"Kế hoạch {file}: {title}")


def plan_bad(line: str) -> Finding:
    return wrong("Kế hoạch", line)


def plan_open(sentence: str) -> Finding:
    return mind("Kế hoạch còn để ngỏ", sentence)


def same_slug(slug: str) -> Finding:
    return wrong(f"Hai kế hoạch cùng mã “{slug}”", "đổi slug của một tệp")


def token_ok(name: str, username: str) -> Finding:
    """`name`: the variable that holds the token, and where there are several plans which it serves."""
    return ok(f"{name}: bot @{username} trả lời")


def token_wrong(name: str) -> Finding:
    return wrong(f"{name}: máy chủ không nhận (401)", "lấy lại token ở @BotFather rồi sửa .env")


def plan_without_bot(slug: str, variables: Sequence[str]) -> Finding:
    return wrong(f"Kế hoạch {slug}: chưa có bot nào", f"điền {' hoặc '.join(variables)} trong .env")


def plan_lacks(slug: str, variables: Sequence[str]) -> Finding:
    return mind(f"Kế hoạch {slug}: {', '.join(variables)} chưa đặt", "điền trong .env, hoặc bỏ dòng ấy trong [bots]")


def telegram_away(host: str, why: str) -> Finding:
    return wrong(f"TELEGRAM_API_URL: không kết nối được {host} ({why})", "xem mạng, tường lửa, hoặc địa chỉ trong .env")


def zalo_ok(name: str, bot: str, bot_id: str) -> Finding:
    return ok(f"{name}: bot {bot} trả lời (mã bot {bot_id})")


def zalo_token_wrong(name: str) -> Finding:
    return wrong(f"{name} không đúng", "lấy lại token ở Zalo Bot Creator rồi sửa .env")


def zalo_away(host: str, why: str) -> Finding:
    return wrong(f"ZALO_API_URL: không kết nối được {host} ({why})", "xem mạng, tường lửa, hoặc địa chỉ trong .env")


ZALO_PICTURES = ok("Ảnh trên Zalo: gửi qua PUBLIC_URL")
ZALO_NO_PICTURES = mind(
    "Chưa có PUBLIC_URL: trên Zalo, ảnh QR được thay bằng chữ", "điền địa chỉ https của máy này để gửi được ảnh"
)
ZALO_NO_WEBHOOK = wrong(
    "ZALO_MODE=webhook cần PUBLIC_URL", "điền địa chỉ https của máy này, hoặc đặt ZALO_MODE=polling"
)
PUBLIC_URL_MISSING = wrong(
    "TELEGRAM_MODE=webhook cần PUBLIC_URL", "điền địa chỉ https của máy này, hoặc đặt TELEGRAM_MODE=polling"
)


QR_STORES = ok("Mã QR cho bà con: mở thẳng kho ứng dụng, không đếm lượt quét (chưa có PUBLIC_URL)")
QR_NOT_SECURE = mind(
    "Mã QR cho bà con: trang hướng dẫn không qua https", "đặt PUBLIC_URL bằng địa chỉ https của máy này"
)


def qr_page(url: str) -> Finding:
    return ok(f"Mã QR cho bà con: mở trang {url}/g/…, đếm lượt quét, không lưu gì về người quét")


def webhook_ok(url: str) -> Finding:
    return ok(f"TELEGRAM_MODE=webhook: {url}")


def database_new(file: object) -> Finding:
    return mind(f"Cơ sở dữ liệu {file}: chưa có", "lần chạy đầu sẽ tự tạo")


def folder_closed(folder: object) -> Finding:
    return wrong(f"Không ghi được vào thư mục {folder}", "cấp quyền ghi cho tài khoản chạy bot")


def database_away(why: str) -> Finding:
    return wrong(f"Cơ sở dữ liệu: không mở được ({why})", "xem DATABASE_URL trong .env và máy chủ cơ sở dữ liệu")


def database_ok(what: object) -> Finding:
    return ok(f"Cơ sở dữ liệu {what}: mở được")


INTEGRITY_OK = ok("Cơ sở dữ liệu: kiểm tra nhanh không thấy hỏng (quick_check)")


def integrity_bad(said: str) -> Finding:
    return wrong(f"Cơ sở dữ liệu bị hỏng: {said}", "dừng bot rồi khôi phục: gotungnha restore TỆP")


def revision_ok(revision: str) -> Finding:
    return ok(f"Phiên bản cơ sở dữ liệu: {revision}")


REVISION_OLD = mind("Cơ sở dữ liệu thuộc phiên bản cũ", "lần chạy tới sẽ tự nâng cấp; nên sao lưu trước")
REVISION_UNKNOWN = wrong(
    "Cơ sở dữ liệu thuộc phiên bản mới hơn phần mềm này", "cập nhật phần mềm: git pull, make setup"
)
KEY_OPENS = ok("SECRET_KEY mở được dữ liệu đã lưu")
KEY_FAILS = wrong("SECRET_KEY không mở được dữ liệu đã lưu", "đặt lại đúng khoá cũ trong .env")
LOCK_FREE = ok("Không có bản bot nào đang chạy trên cơ sở dữ liệu này")
LOCK_TAKEN = ok("Bot đang chạy trên cơ sở dữ liệu này")


def disk(free_percent: int, folder: object) -> Finding:
    what = f"Ổ đĩa: còn trống {free_percent} % ({folder})"
    mend = "dọn ổ đĩa hoặc chuyển sao lưu đi nơi khác; nên còn ít nhất 15 %"
    if free_percent >= 15:
        return ok(what)
    return mind(what, mend) if free_percent >= 5 else wrong(what, mend)
