"""What single entries of a plan may be: kinds of text, checked as they are read, refused in Vietnamese."""

import re
from collections.abc import Callable
from string import Formatter
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from rules.deadlines import UnreadableDeadline, read

Asks = Literal["", "installs", "day", "reason"]
Totals = Literal["households", "smartphone_households", "people", "staff", "visitors"]
Counts = Literal["household", "person", "staff", "visitor"]
Stage = Literal["", "level2", "installed", "signed_in", "address", "used"]
DutyCounts = Literal["items", "meetings", "visitors", "staff"]
Every = Literal["", "week", "month"]
ReportEvery = Literal["", "day", "week", "month"]
Form = Literal["phu-luc-01", "danh-sach", "bao-cao", "register"]
InstallThrough = Literal["stores", "vneid"]

# How far a household has come, step by step; who reached one reached every step before it.
STAGES: tuple[Stage, ...] = ("level2", "installed", "signed_in", "address", "used")
# The sorts of units that a plan may bind; the office's words for them are in the texts.
UNIT_KINDS = ("village", "agency", "school", "clinic", "company", "association", "police", "commune")

BLANKS = ("authority", "app", "retention", "coordinator")
APP_STORE = ("apps.apple.com", "itunes.apple.com")
GOOGLE_PLAY = ("play.google.com",)


def reaches(stage: Stage, wanted: Stage) -> bool:
    """Whether who is at `stage` has come as far as `wanted`; nobody is anywhere at ""."""
    return bool(stage and wanted) and STAGES.index(stage) >= STAGES.index(wanted)


def _clock_time(text: str) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise _refused("phải là giờ và phút, viết như “17:00”")
    return text


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
        raise _refused("phải là mã màu, viết như “#B5121B”")
    return text


def _plain_name(mark: str, most: int) -> Callable[[str], str]:
    def name(text: str) -> str:
        if not re.fullmatch(rf"[a-z0-9{mark}]{{1,{most}}}", text):
            raise _refused(f"chỉ gồm chữ thường không dấu, chữ số và dấu “{mark}”, từ 1 đến {most} chữ")
        return text

    return name


def _page_of(*hosts: str) -> Callable[[str], str]:
    def page(link: str) -> str:
        if link and not (link.startswith("https://") and _host(link) in hosts):
            swapped = _host(link) in APP_STORE + GOOGLE_PLAY and link.startswith("https://")
            hint = "; có phải hai đường dẫn kho ứng dụng đã đổi chỗ cho nhau?" if swapped else ""
            raise _refused(f"phải là đường dẫn bắt đầu bằng https://{hosts[0]}/{hint}")
        return link

    return page


def _link(link: str) -> str:
    if link and not (link.startswith("https://") and _host(link)):
        raise _refused("phải là đường dẫn bắt đầu bằng https://")
    return link


def _variable(name: str) -> str:
    if name and not re.fullmatch(r"[A-Z][A-Z0-9_]{0,60}", name):
        raise _refused(
            "là tên biến trong .env, chữ hoa không dấu như “TU_KY_ZALO_TOKEN”; token ghi trong .env, không ghi ở đây"
        )
    return name


def _host(link: str) -> str:
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""


def _readable(says: str) -> str:
    try:
        read(says, year=2000)
    except UnreadableDeadline:
        raise _refused(
            "không đọc được thành ngày; hãy viết như “đến hết ngày 30/6/2026”, “trước ngày 15/3/2026” "
            "hoặc “trong tháng 3/2026”"
        ) from None
    return says


def _known_blanks(text: str) -> str:
    try:
        blanks = list(Formatter().parse(text))
    except ValueError:
        raise _refused("có dấu “{” hoặc “}” lẻ") from None
    for _, name, spec, conversion in blanks:
        if name is not None and (name not in BLANKS or spec or conversion):
            known = ", ".join(f"{{{blank}}}" for blank in BLANKS)
            written = name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
            raise _refused(f"có chỗ trống lạ “{{{written}}}”; chỉ điền được {known}")
    return text


def _refused(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("plan", "{sentence}", {"sentence": sentence})


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, AfterValidator(_plain_name("-", 40))]
Code = Annotated[str, AfterValidator(_plain_name("_", 20))]
ClockTime = Annotated[str, AfterValidator(_clock_time)]
Colour = Annotated[str, AfterValidator(_colour)]
Link = Annotated[str, AfterValidator(_link)]
Variable = Annotated[str, AfterValidator(_variable)]
AppStorePage = Annotated[str, AfterValidator(_page_of(*APP_STORE))]
GooglePlayPage = Annotated[str, AfterValidator(_page_of(*GOOGLE_PLAY))]
DeadlinePhrase = Annotated[str, AfterValidator(_readable)]
NoticeText = Annotated[Text, AfterValidator(_known_blanks)]
Readings = tuple[Text, ...]
