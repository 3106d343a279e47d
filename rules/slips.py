"""When someone mends a slip by saying so: "nhầm, nhà 12 là vắng", "sửa: …", "sửa nhà 12 thành nhà 14"."""

import re

from rules.spelling import clean, plain

_SORRY = (
    r"(?:(?:xin loi|xin phep|em xin|chau xin|xin|sr|sorry|a|ah|ui|oi|ay|ay chet|chet|thoi|uh|"
    r"da|em|chau|minh|toi|bot oi)[ ,.!:]+){0,3}"
)
_SLIPPED = (
    r"(?:(?:(?:chau |em |minh |toi |bac |co |chu |ba |ong |chi |anh )?(?:ghi|viet|go|bam|nhap|gui|bao|noi)) )?(?:bi )?"
    r"(?:nham|lon)(?: (?:roi|mat|lan|nhe|a))*"
    r"|(?:ghi|viet|go|bam|nhap|gui|bao|noi) sai(?: (?:roi|mat))*"
    r"|sai roi"
    r"|sua(?: (?:lai|giup|ho|cho|dum|minh|chau|em|toi|voi|dong nay|a|nhe))*"
    r"|dinh chinh(?: lai)?|noi lai|bao lai|dung ra(?: la)?"
)
_SLIP = re.compile(rf"{_SORRY}(?:{_SLIPPED})(?=$|[\s,.:;!\-–])[\s,.:;!\-–]*(?:(?:la|thanh|phai la)(?: |$))?")
_DOOR = r"(?:nha so|so nha|nha|ho) "
_RENAMED = re.compile(
    r"(?P<old>.{1,80}?)(?: (?:thanh|chuyen thanh|doi thanh|moi dung la|phai la)|\s*(?:->|=>|→))"
    rf"\s*(?P<new>{_DOOR}.{{1,80}})"
)
_NOT_BUT = re.compile(rf"(?:khong phai(?: la)? )(?P<old>{_DOOR}.{{1,60}}?),? ma la (?P<new>{_DOOR}.{{1,60}})")
_NUMBER = r"\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?){0,3}"
_FROM, _TO = rf"(?:so nha |nha so |nha |so )?(?P<old>{_NUMBER})", rf"(?:so nha |nha so |nha |so )?(?P<new>{_NUMBER})"
_END = r"(?: (?:moi dung|moi phai|nhe|a|em|chau|ban))*"
_NUMBERS = [
    re.compile(rf"{_FROM}(?:\s*(?:-{{1,2}}>|=>|→|>)\s*| (?:thanh|chuyen thanh|doi thanh|sang|qua) ){_TO}{_END}"),
    re.compile(rf"(?:khong phai|ko phai|k phai)(?: la)? {_FROM},? ma(?: la)? {_TO}{_END}"),
    re.compile(rf"(?:la )?{_TO},? (?:chu )?(?:khong|ko|k|khong phai|ko phai)(?: la)? {_FROM}{_END}"),
]
_MISTOOK = re.compile(rf".*?\b(?:nham|lon) {_FROM} (?:thanh|sang|qua) {_TO}{_END}")
_THING = r"(?:(?P<phone>so dien thoai|so dt|so d t|sdt|so may|so phone)|(?P<name>ten(?: chu(?: nha| ho)?| nguoi)?))"
_NONE = r"(?:khong|ko|k|kg|hong|chua)(?: (?:co|cho|biet|con))*"
_GONE = rf"(?:{_NONE}|(?:bo|xoa|go)(?: di| het)?|trong)"
_WHERE = rf"(?P<where>{_DOOR}\S.{{0,60}}?|{_NUMBER})"
_HOUSE = rf"(?:{_WHERE}[,:]?(?: thi| la)?(?: |$))?"
_WITHOUT = [
    re.compile(rf"{_HOUSE}{_THING}(?: thi| la|:)* {_GONE}(?: dau)?{_END}"),
    re.compile(rf"{_HOUSE}{_GONE} {_THING}(?: di| dau)?{_END}"),
    re.compile(rf"(?:bo|xoa|go)(?: di| het)? {_THING}(?: cua| o)? {_WHERE}{_END}"),
    re.compile(rf"{_THING}(?: cua| o)? {_WHERE} {_GONE}(?: dau)?{_END}"),
]
_CLEARED = re.compile(
    r"(?:(?:la|thi|bo|xoa) )?(?:khong|ko|k|kg|hong|khong he)(?: (?:co|cho|biet|ro|con))*"
    r"(?: (?:ten|so|sdt|dt|dien thoai|so dien thoai))*(?: (?:dau|a|nhe|nua))*"
    r"|(?:bo|xoa)(?: trong| di| so| ten| het)*|trong"
)


def slip_in(text: str) -> str | None:
    """What is said behind the words of a slip ("nhầm rồi", "sửa:"), "" when nothing is; None when it is no slip."""
    typed = clean(text.strip().lstrip("/／"), most=4096 * 4) if "\n" not in text.strip() else text.strip()
    found = _SLIP.match(plain(typed))
    return typed[found.end() :].strip() if found else None


def renamed(said: str) -> tuple[str, str] | None:
    """The house as it was called and as it should be: "nhà 12 thành nhà 14", "không phải nhà 12 mà là nhà 14"."""
    folded = plain(said)
    found = _NOT_BUT.fullmatch(folded) or _RENAMED.fullmatch(folded)
    if not found:
        return None
    return said[slice(*found.span("old"))].strip(), said[slice(*found.span("new"))].strip()


def renumbered(said: str) -> tuple[str, str] | None:
    """Two bare house numbers, as it was and as it should be: "15 -> 16", "15 thành 16", "16 chứ không phải 15"."""
    folded = plain(said)
    found = next((found for pattern in _NUMBERS if (found := pattern.fullmatch(folded))), None)
    return (found["old"], found["new"]) if found and found["old"] != found["new"] else None


def may_be_turned(text: str) -> bool:
    """Whether "nhầm 15 thành 16" may as well say that 15 was right: one who says "nhầm" may mean what went wrong."""
    return bool(_MISTOOK.fullmatch(plain(clean(text))))


def without(said: str) -> tuple[str, str] | None:
    """The house ("" for none named) and what of it is to be taken off, "phone" or "name": "nhà 12 không có sđt".

    Only words that can mean the number alone: "không có điện thoại" says that there is no telephone.
    """
    folded = plain(said).rstrip(" .!")
    found = next((found for pattern in _WITHOUT if (found := pattern.fullmatch(folded))), None)
    if not found:
        return None
    where = said[slice(*found.span("where"))].strip() if found["where"] else ""
    return where, "phone" if found["phone"] else "name"


def clears(said: str) -> bool:
    """Whether an answer says that there is none: "không có", "ko có số", "bỏ"."""
    return bool(_CLEARED.fullmatch(" ".join(plain(clean(said)).strip(" .!,").split())))
