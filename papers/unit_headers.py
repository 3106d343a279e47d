"""Which column of a sheet is what, by the words people put above it; and which kind of unit a word or a name means."""

import re
from collections.abc import Sequence

from rules.spelling import fold

_PLACES = "don vi|to dan pho|to|tdp|thon|xom|khu|khu pho|khu dan cu|ap|ban|co quan|truong hoc"
_WORKERS = "can bo|cong chuc|vien chuc|nguoi lao dong|nhan vien|nhan su|cbcc|cbccvc|nld|giao vien"
_HEADS = "nguoi dung dau|(to )?truong(?! hoc)( .*)?|thu truong( .*)?|nguoi phu trach|can bo phu trach|dau moi"
# Tried in this order on the folded header; the first that fits says what the column is. A header that says more than a
# total ("số hộ nghèo", "số hộ đã cài") is none of ours.
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("smartphone_households", r"(?!.*\b(nguoi|khau|da|chua)\b).*(smartphone|dien thoai thong minh|dttm)"),
        ("parent", r"(truc )?thuoc( .*)?|.*cap tren( .*)?|don vi cha|parent"),
        ("kind", r"(phan )?loai( hinh)?( don vi)?|nhom( don vi)?|kind"),
        ("head_name", rf"((ho (va )?)?ten )?({_HEADS})|ho (va )?ten|head( name)?"),
        ("staff", rf"(tong )?(so )?(luong )?({_WORKERS})(( va)? ({_WORKERS}))*|staff"),
        ("people", r"(tong )?(so )?(nhan )?khau|(tong )?so (nguoi|dan)|dan so|people"),
        ("households", r"(tong )?(so )?(luong )?ho( dan| gia dinh)?( tren dia ban)?|households"),
        ("name", rf"(ten )?({_PLACES})( so)?(( va| hoac)? ({_PLACES}))*|ten( goi)?|unit|name"),
    )
)

# Audience kinds of the plans, by the words a column "loại" holds.
_KINDS: dict[str, tuple[str, ...]] = {
    "village": ("tổ dân phố", "tdp", "thôn", "xóm", "khu", "khu phố", "khu dân cư", "ấp", "bản", "buôn", "làng", "tổ"),
    "agency": ("phòng", "ban", "cơ quan", "đơn vị", "trung tâm", "văn phòng", "đảng uỷ", "phòng ban", "hđnd", "ubnd"),
    "school": ("trường", "trường học", "mầm non", "tiểu học", "thcs", "thpt", "trường tiểu học", "nhà trẻ"),
    "clinic": ("trạm y tế", "y tế", "trạm", "bệnh viện", "phòng khám"),
    "company": ("doanh nghiệp", "công ty", "hợp tác xã", "htx", "nhà máy", "xí nghiệp", "hộ kinh doanh"),
    "association": ("hội", "đoàn", "đoàn thể", "hội đoàn thể", "mặt trận", "mttq", "ubmttq", "công đoàn", "câu lạc bộ"),
    "police": ("công an",),
    "commune": ("phường", "xã", "đặc khu", "thị trấn"),
}
_BY_WORD = {fold(word): kind for kind, words in _KINDS.items() for word in (kind, *words)}
_LONGEST_FIRST = sorted(_BY_WORD, key=len, reverse=True)


def column_of(header: str) -> str:
    """The field a header names ("Tổng số hộ (hộ)" → households), or "" for one we do not use."""
    key = fold(re.sub(r"\([^)]*\)", " ", header))
    return next((field for field, pattern in _COLUMNS if pattern.fullmatch(key)), "")


def columns_of(headers: Sequence[str]) -> dict[int, str]:
    """Column number → field, for the headers we use; empty when no column is the name: then it is no header row."""
    named = {place: field for place, header in enumerate(headers) if header and (field := column_of(header))}
    return named if "name" in named.values() else {}


def kind_of_word(word: str) -> str | None:
    """The kind a word in the column "loại" means: "Tổ dân phố" → village. None for a word we do not know."""
    return _BY_WORD.get(fold(word))


def kind_of_name(name: str) -> str:
    """The kind a unit's name opens with: "Trường Tiểu học Kim Đồng" → school; village when it says nothing."""
    key = fold(name)
    opening = next((word for word in _LONGEST_FIRST if key == word or key.startswith(f"{word} ")), "")
    return _BY_WORD.get(opening, "village")
