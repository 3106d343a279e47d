"""A list of people, typed or pasted at an event for the plan's DANH SÁCH: names with phones, workplaces, addresses.

One line a person, or several with their phones in one line; numbers, bullets, tabs, commas and headings of a list are
no names. What cannot be read comes back with its reason; nothing is dropped.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from rules import phones
from rules.grammar.people import full_name
from rules.grammar.words import Line, spelt
from rules.private import forbidden
from rules.spelling import clean, fold, has_foreign_letters, title_name

Why = Literal["no_name", "bad_phone", "two_phones", "private", "too_long", "unclear"]

MOST_LINES = 1000
_MOST_LETTERS = 400
_MOST_NAME = 80
_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:[-–—*•+·▪►✓✔>]+|\(?\d{1,3}[.)/:](?!\d)|\d{1,3}(?=[\t ,;|]+[^\W\d_]))[\s,;|]*")
_FIELD = re.compile(r"\t+| {2,}|\s*\(|_|\s*[;|]\s*|\s*,\s*|\s+[-–—]+\s*|\s*[–—]+\s+|(?<=[^\W\d_])\s*[-:]\s+|:(?=\s*\d)")
_LABEL = spelt(
    r"(?:họ và tên|họ tên|tên|sđt|sdt|số điện thoại|số đt|điện thoại|đt|phone|tel|zalo|di động|địa chỉ|đ/c|đc|đ / c|"
    r"nơi ở|nơi làm việc|nơi công tác|đơn vị công tác|đơn vị|cơ quan|công tác tại|công tác|làm việc tại|làm ở|làm tại|"
    r"số|lh)(?: :)?"
)
_HONORIFIC = re.compile(
    r"(?:ông|bà|anh|chị|cô|chú|bác|cụ|đ/c|đồng chí|em|cháu|ong|chi|co|bac)\s+(?=\S+\s+\S)", re.IGNORECASE
)
_WORKPLACE = spelt(
    r"trường|công ty|cty|cty tnhh|ubnd|uỷ ban|hđnd|phòng|trạm|công an|ngân hàng|bệnh viện|chi nhánh|xí nghiệp|nhà máy|"
    r"htx|hợp tác xã|quỹ|đảng uỷ|mttq|mặt trận|hội|đoàn|ban|bqp|quân sự|mầm non|mn|thcs|thpt|tiểu học|th|trung tâm|tt|"
    r"bưu điện|điện lực|kho bạc|toà án|viện|sở|khách sạn|cửa hàng|shop|siêu thị|xưởng|văn phòng|vp|chợ|tnhh"
)
_ADDRESS = spelt(
    r"tổ dân phố|tổ dp|tổ|tdp|thôn|khu phố|khu dân cư|khu|kdc|kp|xóm|ấp|bản|làng|số nhà|sn|số|nhà|ngõ|ngách|hẻm|kiệt|"
    r"đường|phố|phường|xã|lô|căn|chung cư|toà|block|p|q|quận|huyện|đội|dãy"
)
_PLACE_INSIDE = re.compile(
    r"\s+(?=(?:(?:ở|tại|số nhà|tổ dân phố|công ty|cty|ubnd|UBND|công an|ngân hàng|trường (?:thcs|thpt|th|tiểu|"
    r"mầm|mn|cấp|THCS|THPT|TH|MN))\s|(?:nhà|[Tt]ổ|[Tt][Dd][Pp]|[Tt]hôn|khu|xóm|ngõ|to|thon|khu|xom|số|so)\s+\d|"
    r"(?:thôn|xóm)\s+[A-ZĐ]))"
)
_NO_PHONE = spelt(
    r"(?:không|chưa|k) (?:có |biết |nhớ |dùng )*(?:số điện thoại|số đt|điện thoại|sđt|sdt|đt|số|máy)|không có|không|0|x"
)
_NO_PHONE_BEHIND = re.compile(
    r"\s+((?:không|ko|k|chưa|khong|chua) có (?:số )?(?:điện thoại|đt|sđt|số))\s*[.!]?$", re.IGNORECASE
)
_HEADING = spelt(
    r"(?:danh sách|ds|stt|tt|họ và tên|họ tên|họ|tên|sđt|sdt|số điện thoại|điện thoại|địa chỉ|nơi công tác|đơn vị|"
    r"nơi làm việc|cơ quan|ghi chú|chữ ký|ký tên|người|hộ|dân|đã|cài|cài đặt|app|ứng dụng|smart|hải phòng|hội nghị|"
    r"buổi|tối|sáng|chiều|hôm nay|hôm qua|ngày|nhà văn hoá|tại|tổ|thôn|khu|tdp|tổ dân phố|tham gia|tham dự|số|các|của|"
    r"và|em|gửi|ạ|có mặt|dự|họp|năm|tháng|bà con|người dân|nhân dân|đến|đi|nay|qua|hôm|ở|lớp|tập huấn|\d+(?:[/.-]\d+)*)"
)
# With all their marks only: unmarked, "thi" and "mai" are names.
_SAID_NOT_NAME = re.compile(
    r"(?<!\w)(?:cảm ơn|cam on|chào|chao|vâng|dạ|ok|đã|chưa|không|khong|vắng|hẹn|cài|xong|rồi|roi|nhé|ạ|ơi|hôm|họp|là|"
    r"thì|báo cáo|bao cao|gửi|danh sách|danh sach|hết|từ chối|người|có|được|xin|mọi|cả nhà|điểm danh|còn|thêm|nữa|"
    r"đây|tổng)(?!\w)"
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]*)*\.?")
_MOST_WORDS = 8
_DIGITS_LEFT = re.compile(r"\d(?:[ .\-]?\d){6,}")


@dataclass(frozen=True, slots=True)
class ListedLine:
    """One person of a list: what was said, the rest in `note`. `line_no` counts from 1, as typed.

    `no_phone`: it was said that there is none.
    """

    line_no: int
    name: str
    phone: str | None = None
    workplace: str | None = None
    address: str | None = None
    note: str | None = None
    no_phone: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A line that names nobody we could keep, and why."""

    line_no: int
    text: str
    why: Why


@dataclass
class PeopleList:
    """What became of every line: a person, a heading, or unread with its reason."""

    people: list[ListedLine] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    unread: list[UnreadLine] = field(default_factory=list)


def read_people(text: str) -> PeopleList:
    """The people of a pasted list. At most 1,000 lines; those beyond come back unread, never dropped."""
    found = PeopleList()
    lines = [(number, line) for number, line in enumerate(_LINE_BREAK.split(text), 1) if clean(line[:8000], most=8000)]
    for number, line in lines[:MOST_LINES]:
        _read_into(found, number, line)
    found.unread += [UnreadLine(number, clean(line[:400]), "too_long") for number, line in lines[MOST_LINES:]]
    return found


def names_somebody(line: UnreadLine) -> bool:
    """Whether an unread line is a person of a list all the same: a whole name before a phone that is none."""
    text = _unnumbered(line.text)
    first = re.search(r"\d", text)
    if line.why != "bad_phone" or not first:
        return False
    parts = [part for raw in _FIELD.split(text[: first.start()]) if (part := _bare(raw))]
    return len(parts) == 1 and _is_name(_name_of(parts[0])[0], sure=False)


def _read_into(found: PeopleList, number: int, line: str) -> None:
    shown = clean(line[:8000], most=8000)
    if len(shown) > _MOST_LETTERS:
        found.unread.append(UnreadLine(number, shown, "too_long"))
    elif forbidden(shown):
        found.unread.append(UnreadLine(number, shown, "private"))
    elif _is_heading(shown):
        found.headings.append((number, shown))
    else:
        fields = "\t".join(clean(part, compatible=True) for part in re.split(r"\t| {2,}", line))
        read = _people_of(number, _unnumbered(fields.strip("\t")))
        if isinstance(read, str):
            found.unread.append(UnreadLine(number, shown, read))
        else:
            found.people += read


def _unnumbered(line: str) -> str:
    bullet = _BULLET.match(line)
    return line[bullet.end() :] if bullet else line


def _is_heading(line: str) -> bool:
    """ "STT Họ tên SĐT", "Danh sách hội nghị tối 18/6:": words of a list and none of a name."""
    if phones.find(line):
        return False
    words = " ".join(re.findall(r"\d+(?:[/.\-]\d+)*|[^\W\d_]+", line.lower()))
    return bool(words) and not words.isdigit() and not _HEADING.sub("", words).strip()


def _people_of(number: int, line: str) -> list[ListedLine] | Why:
    spans = phones.find(line)
    if not spans:
        return _one(number, line, None)
    if len({phone for _, _, phone in spans}) == 1:
        start, end, phone = spans[0]
        return _one(number, f"{line[:start]}\t{line[end:]}", phone.digits)
    return _several(number, line, spans)


def _several(number: int, line: str, spans: list[tuple[int, int, phones.Phone]]) -> list[ListedLine] | Why:
    """ "An 0912…, Bình 0987…": each phone behind a name of its own, or nobody knows whose is whose."""
    people: list[ListedLine] = []
    before = 0
    for start, end, phone in spans:
        one = _one(number, line[before:start], phone.digits)
        if isinstance(one, str) or one[0].note:
            return "two_phones"
        people += one
        before = end
    return people if not line[before:].strip(" .,;)\t") else "two_phones"


def _one(number: int, line: str, phone: str | None) -> list[ListedLine] | Why:
    if _DIGITS_LEFT.search(line):
        return "bad_phone"
    line = _NO_PHONE_BEHIND.sub(r"\t\1", line)
    parts = [part for raw in _FIELD.split(line) if (part := _bare(raw))]
    said_none = [part for part in parts if _NO_PHONE.fullmatch(part.lower())]
    parts = [part for part in parts if part not in said_none]
    if not parts:
        return "no_name"
    name, behind = _name_of(parts[0])
    if not _is_name(name, sure=bool(phone or said_none)):
        return "unclear" if phone is None and not any(map(str.isdigit, line)) else "no_name"
    places = _sorted([*([behind] if behind else []), *parts[1:]])
    return [ListedLine(number, title_name(name), phone, *places, no_phone=bool(said_none))]


def _bare(part: str) -> str:
    """A field without the label before it and the signs around it: "sđt:" is nothing, "tên: An" is "An"."""
    part = part.strip(" .,;:-–()/\t")
    label = _LABEL.match(part.lower())
    if label and (label.end() == len(part) or label[0] not in ("số", "so", "đơn vị")):
        part = part[label.end() :]
    tail = re.search(r"(?:^|\s)(?:sđt|sdt|đt|dt|số|so|zalo|lh|tel|số điện thoại|điện thoại)$", part, re.IGNORECASE)
    return (part[: tail.start()] if tail else part).strip(" .,;:-–()/\t")


def _name_of(part: str) -> tuple[str, str]:
    """The name at the head of a field and what else stands there: "bà Nguyễn Thị Lan tổ 3"."""
    bare = _HONORIFIC.sub("", part, count=1) if _HONORIFIC.match(part) else part
    place = _PLACE_INSIDE.search(bare)
    return (bare[: place.start()].strip(" (,-"), bare[place.end() :].strip(" ),-")) if place else (bare, "")


def _is_name(name: str, *, sure: bool) -> bool:
    """Whether this is a name: beside a phone whatever may be one, else a surname and what follows."""
    words = name.split()
    if not 1 <= len(words) <= _MOST_WORDS or len(name) > _MOST_NAME or has_foreign_letters(name):
        return False
    if not all(_NAME_WORD.fullmatch(word) for word in words) or _SAID_NOT_NAME.search(name.lower()):
        return False
    return sure or len(full_name(Line(name), set())) == len(words)


def _sorted(parts: list[str]) -> tuple[str | None, str | None, str | None]:
    """The workplace, the address and the rest, each told by its own words, in the order they were typed."""
    workplace: list[str] = []
    address: list[str] = []
    note: list[str] = []
    for part in parts:
        place = re.sub(r"^(?:ở|tại|làm ở|làm tại)\s+", "", part)
        at = [_first(pattern, place.lower()) for pattern in (_WORKPLACE, _ADDRESS)]
        if at[0] is not None and (at[1] is None or at[0] <= at[1]):
            workplace.append(place)
        elif at[1] is not None or fold(place)[:1].isdigit() or address:
            address.append(place)
        else:
            note.append(part)
    return ", ".join(workplace) or None, ", ".join(address) or None, ", ".join(note) or None


def _first(pattern: re.Pattern[str], said: str) -> int | None:
    found = pattern.search(" ".join(re.findall(r"[^\W_]+|\S", said)))
    return found.start() if found else None
