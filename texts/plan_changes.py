"""A plan changed in the middle, said: one phrase for each entry that is decided otherwise now."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from rules.plan_changes import Change
from texts.figure_words import number
from texts.plan import COUNTED, STAGE_WORDS, TOTALS
from texts.unit_import import KINDS

MOST_LETTERS = 40  # of a sentence of the plan that a phrase quotes
_ENTRIES = {
    "indicators": "chỉ tiêu", "audiences": "đối tượng", "deadlines": "hạn", "duties": "việc phải báo",
    "quotas": "chỉ tiêu mỗi người", "outcomes": "kết quả", "units": "đơn vị",
    "reports": "báo cáo định kỳ",
}  # fmt: skip
_TABLES = {
    "slug": "mã kế hoạch", "title": "tên kế hoạch", "number": "số văn bản", "issued": "ngày ban hành",
    "legal_basis": "căn cứ", "forms": "biểu mẫu", "place": "nơi thực hiện", "app": "ứng dụng", "time": "giờ giấc",
    "police": "việc của Công an", "notice": "thông báo dữ liệu cá nhân",
    "bots": "bot riêng của kế hoạch",
}  # fmt: skip
_FIELDS = {
    "target_percent": "đích", "target": "đích", "counts": "đếm theo", "out_of": "chia cho", "stage": "tính từ bước",
    "leaves_out": "không tính", "audience": "của", "says": "", "binds": "của", "least": "ít nhất",
    "every": "mỗi", "said": "gọi là", "label": "nhãn", "done": "tính là xong", "hands_to": "chuyển",
    "digest_at": "giờ bản tin", "remind_at": "giờ nhắc", "start": "ngày bắt đầu",
    "remind_days_before": "nhắc trước (ngày)", "quiet_from": "yên lặng từ", "quiet_to": "yên lặng đến",
    "sentence": "lời", "what": "lời", "word": "gõ", "hotline": "tổng đài", "name": "tên", "version": "bản",
    "text": "lời", "retention_days": "số ngày giữ", "steps": "các bước", "app_store": "đường dẫn App Store",
    "google_play": "đường dẫn Google Play", "video": "video", "daily_counts": "báo số hằng ngày",
}  # fmt: skip
_LONG = ("text", "steps", "sentence", "what", "leaves_out", "legal_basis", "app_store", "google_play", "video")


def phrase(change: Change) -> str:
    """As in “chỉ tiêu “Các hộ gia đình…”: đích 80% → 100%”."""
    if change.table == "units":
        return f"{change.called} nhập vào {change.new}"
    if change.table not in _ENTRIES:
        return _of_table(change)
    what = f"{_ENTRIES[change.table]} “{clipped(change.called or change.entry)}”"
    if not change.field:
        return f"{'thêm' if change.old is None else 'bỏ'} {what}"
    return f"{what}: {_moved(change)}"


def _of_table(change: Change) -> str:
    what = _TABLES.get(change.table, f"mục [{change.table}]")
    return f"{what}: {_moved(change)}" if change.field else f"{what} đổi"


def _moved(change: Change) -> str:
    name = _FIELDS.get(change.field, f"mục “{change.field}”")
    if change.field in _LONG:
        return f"{name} đổi"
    return f"{name} {_value(change.field, change.old)} → {_value(change.field, change.new)}".lstrip()


def _value(field: str, value: Any) -> str:
    """A value of the plan in people's words."""
    if value in (None, "", [], ()):
        return "để trống"
    if isinstance(value, bool):
        return "có" if value else "không"
    if field == "target_percent":
        return f"{value}%"
    if isinstance(value, int):
        return number(value)
    if isinstance(value, list | tuple):
        return ", ".join(_value("", each) for each in value)
    if field in ("start",):
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    words = {"counts": COUNTED, "out_of": TOTALS, "stage": STAGE_WORDS, "binds": KINDS}.get(field, {})
    return words.get(str(value), f"“{clipped(str(value))}”")


def clipped(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1].rstrip()}…"


def lines(changes: Iterable[Change]) -> list[str]:
    """One line for each, to be read before it is agreed to."""
    return [f"• {phrase(change)}" for change in changes]


def line(acts: Sequence[tuple[date, Sequence[Change]]], most: int) -> list[str]:
    """The digest's line: “Kế hoạch đổi ngày 12/6: …; ngày 13/6: …”; nothing where nothing changed."""
    if not acts:
        return []
    said = [f"ngày {day.day}/{day.month}: {_some(changes, most)}" for day, changes in acts]
    return [f"Kế hoạch đổi {'; '.join(said)}. Số đã gửi trước đó giữ nguyên."]


def _some(changes: Sequence[Change], most: int) -> str:
    rest = len(changes) - most
    return ", ".join(map(phrase, changes[:most])) + (f" và {rest} chỗ khác" if rest > 0 else "")


NOTHING = "Tệp này không khác kế hoạch đang dùng."
NEVER_TAKEN = "Kế hoạch này chưa dùng lần nào; cứ chạy bot là dùng."
ASK = "Áp dụng những thay đổi này?"
APPLY_YES = "Đang chạy không có người trả lời; thêm --yes để áp dụng."
RESTART = "Bot đang chạy vẫn theo kế hoạch cũ cho tới khi khởi động lại."
COMPARED = "So với kế hoạch đang dùng:"


def applied(houses: int, author: str) -> str:
    return f"Đã áp dụng, người đổi: {author}; {number(houses)} nhà đếm lại khác trước. {RESTART}"


def at_start(title: str, changes: Sequence[Change], houses: int) -> list[str]:
    """What a start prints when the file was changed since."""
    return [f"{title}: kế hoạch đã đổi, {number(houses)} nhà đếm lại khác trước.", *lines(changes)]
