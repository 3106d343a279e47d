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


def clears(said: str) -> bool:
    """Whether an answer says that there is none: "không có", "ko có số", "bỏ"."""
    return bool(_CLEARED.fullmatch(" ".join(plain(clean(said)).strip(" .!,").split())))
