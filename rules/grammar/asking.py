"""Who is spoken to, and whether the line asks or calls somebody instead of telling."""

import re
from collections.abc import Set

from rules.grammar.outcomes import Verdict
from rules.grammar.words import Line, spelt

_TO_WHOM = r"(?: (?:ạ|nhỉ|vậy|thế|em|anh|chị|bác|cô|chú|cháu|con|ta|bạn|hả|rứa))*$"
# "đã cài chưa", "có nhà không ạ": the question stands at the end, behind what it asks for.
_ASKED = spelt(
    rf"(?:cài|đặt|ký|xong|rồi|app|được|sẵn|nhập|khoản) chưa{_TO_WHOM}|(?:không|hả|nhỉ|hở){_TO_WHOM}|"
    r"làm sao (?:giờ|bây giờ|đây|được|cho)|(?:sao|gì) (?:giờ|bây giờ|đây)"
)
# Without its mark "a" is an "ạ".
_ASKED_PLAINLY = re.compile(r"(?<!\S)à(?: (?:anh|chị|em|bác|cô|chú|cháu|con|bạn))*$")
_CALLING = spelt(r"ơi")
_THEM = (
    r"(?:các )?(?:anh chị|anh|chị|em|bác|cô|chú|cháu|bạn|con|"
    r"cả nhà|nhà mình|mọi người|bà con|sếp|đội trưởng|bot|ad|đồng chí)"
)
_THANKS = spelt(rf"(?:(?:dạ|vâng|xin|em|cháu|con|mình) )*(?:cảm|cám) ơn(?: {_THEM})?(?: (?:nhiều|nhé|ạ|nha))*").pattern
_CALLED = spelt(rf"(?:(?:dạ|em|thưa|chào|vâng) )*{_THEM}(?: [^ ,.;0-9]+)? ơi").pattern
_GREETED = spelt(rf"(?:(?:dạ|em|cháu|con|mình|thưa) )*(?:xin )?(?:kính )?chào {_THEM}(?: ạ)?").pattern
_CALLED_LAST = spelt(rf"(?:(?:nha|nhé|nghen|ạ|nhá) )*(?:{_THEM}|c|a|e|b)(?: [^ ,.;0-9]+)? ơi(?: (?:ạ|nhé))*").pattern
# "Cháu ghi giúp cô nhà số 201": who is to write it down, and for whom.
_WRITE_IT = spelt(
    r"(?:(?:nhờ|xin|cháu|em|con|bot|các cháu|bạn) )*(?:ghi|nhập)(?: (?:giúp|hộ|cho|dùm|giùm|nhé))*"
    r"(?: (?:cô|bác|chú|em|anh|chị|mình|tôi|ông|bà))?(?= (?:nhà|số|hộ) )"
).pattern
# "báo cáo nhà 12 vắng", "cập nhật nhà 58 đã cài": what the line is, and nothing of the house.
_REPORTED = spelt(
    r"(?:(?:dạ|em|cháu|tôi|mình|con|bác|cô|chú|xin|cho) )*(?:báo cáo|cập nhật|bổ sung|update)(?: (?:thêm|lại|tiếp|là))*"
).pattern
_GREETING = re.compile(
    rf"^(?:{_REPORTED})(?=(?: [:,])? (?:nhà|nha|hộ|số|ngõ|sn|\d))|"
    rf"^(?:{_WRITE_IT})|^(?:{_THANKS})|(?:{_THANKS})$|^(?:{_CALLED})|^(?:{_GREETED})(?= [,.;!])|"
    rf"(?:{_CALLED_LAST})(?=$|(?: [^\w\s])+$)|"
    r"(?<=nhé |nha ) ?(?:c|a|b|e)$|(?<=ạ )(?:c|a|b|e)$"
)


def courtesies(line: Line) -> set[int]:
    """The words that only greet or thank whoever reads: "chị ơi" at the head of a line or its end."""
    return {place for _, places in line.find(_GREETING) for place in places}


def asks(line: Line, verdict: Verdict, taken: Set[int]) -> bool:
    """Whether the line asks or calls somebody instead of telling."""
    if "?" in line.text or any(_CALLING.fullmatch(w.full) for p, w in enumerate(line.words) if p not in taken):
        return True
    told = " ".join(word.full for word in line.words if word.is_word)
    return bool(verdict.claims) and bool(_ASKED.search(told) or _ASKED_PLAINLY.search(told))
