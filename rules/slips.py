"""When someone mends a slip by saying so: "nhầm, nhà 12 là vắng", "sửa: …", "sửa nhà 12 thành nhà 14"."""

import re

from rules.grammar.shorthand import decoded
from rules.mending_words import as_it_should_be, mended_within
from rules.spelling import clean, plain

_MOST_LETTERS = 300  # whoever mends one house in one line says no more
_SORRY = (
    r"(?:(?:xin loi(?: (?:ca nha|moi nguoi|anh chi|ca to|anh|chi|co|bac|bot))?|xin phep|o|"
    r"(?:chi|anh|co|chu|bac|moi nguoi|ca nha|ad|sep) oi|"
    r"em xin|chau xin|xin|sr|sorry|a|ah|ui|oi|ay|ay chet|chet|thoi|uh|"
    r"da|em|chau|minh|toi|bot oi|cho em|cho chau|cho minh|nho|nho bot|luc nay|hoi nay|khi nay|ban nay|vua nay|vua roi|"
    r"luc truoc|hom qua|hom truoc|toi qua|sang nay|chieu nay)[ ,.!:]+){0,4}"
)
_WHO = r"(?:(?:chau|em|minh|toi|bac|co|chu|ba|ong|chi|anh|con|to) )?"
_SLIPPED = (
    # "chị nhầm nhà 62 nhé": who is wrong is told only where a house follows, else it may be whoever reads
    r"(?:e|em|chau|minh|toi|tui|t|bac|co|chu|chi|anh|con) (?:bi )?(?:nham|lon)(?: (?:roi|mat|nhe|a|nha(?=[,.])))*"
    r"(?=[ ,.:]+(?:(?:nha|so|ho|sn|ngo|n)(?!\w)|\d))|"
    rf"(?:{_WHO}(?:ghi|viet|go|bam|nhap|gui|bao|noi) )?(?:bi )?(?:nham|lon)(?: (?:roi|mat|lan|nhe|a))*"
    rf"|{_WHO}(?:ghi|viet|go|bam|nhap|gui|bao|noi) sai(?: (?:roi|mat|nhe|a))*"
    r"|sai roi|sai(?=[,:])"
    r"|sua(?: (?:lai|giup|ho|cho|dum|minh|chau|em|toi|voi|dong nay|a|nhe))*"
    r"|chua (?:lai|giup|ho|dum|gium)(?: (?:lai|giup|ho|cho|dum|minh|chau|em|toi|voi|a|nhe))*"
    r"|dinh chinh(?: lai)?|noi lai|bao lai|dung ra(?: la)?"
)
_SLIP = re.compile(rf"{_SORRY}(?:{_SLIPPED})(?=$|[\s,.:;!\-–])[\s,.:;!\-–]*(?:(?:la|thanh|phai la)(?: |$))?")
# "à quên, nhà 12 2 người": nothing but a count is said of a house that is written down.
_FORGOTTEN = re.compile(
    r"(?:a |ah |o )?quen(?: mat)?[ ,.:]+(?=(?:nha|ho|so) \S+(?: (?:ngo|hem|ngach|kiet) \d+)?"
    r"(?: (?:la|co|chi|tong|phai la))* (?:\d{1,2}|mot|hai|ba|bon|nam|sau) (?:nguoi|ng|may)"
    r"(?: (?:co|thoi|nhe|a|lan|cai|chu khong phai \d+))*[ .]*$)"
)
_DOOR = r"(?:nha so|so nha|nha|ho) "
_RENAMED = re.compile(
    r"(?P<old>.{1,80}?)(?: (?:thanh|chuyen thanh|doi thanh|moi dung la|phai la|la)|\s*(?:->|=>|→))"
    rf"\s*(?P<new>{_DOOR}.{{1,80}})"
)
_NOT_BUT = re.compile(rf"(?:khong phai(?: la)? )(?P<old>{_DOOR}.{{1,60}}?),? ma la (?P<new>{_DOOR}.{{1,60}})")
_NUMBER = r"\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?){0,3}"
_FROM, _TO = rf"(?:so nha |nha so |nha |so )?(?P<old>{_NUMBER})", rf"(?:so nha |nha so |nha |so )?(?P<new>{_NUMBER})"
_END = r"(?: (?:moi dung|moi phai|nhe|a|em|chau|ban))*"
_NUMBERS = [
    re.compile(rf"{_FROM}(?:\s*(?:-{{1,2}}>|=>|→|>)\s*| (?:thanh|chuyen thanh|doi thanh|sang|qua|la) ){_TO}{_END}"),
    re.compile(rf"(?:khong phai|ko phai|k phai)(?: la)? {_FROM},? ma(?: la)? {_TO}{_END}"),
    re.compile(rf"(?:la )?{_TO},? (?:chu )?(?:khong|ko|k|khong phai|ko phai)(?: la)? {_FROM}{_END}"),
]
_MISTOOK = re.compile(rf".*?\b(?:nham|lon) {_FROM} (?:thanh|sang|qua|la) {_TO}{_END}")
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
_NAMED = [
    re.compile(
        rf"ten(?: chu nha| chu ho| nguoi)?(?: cua| o)? {_WHERE} (?:la |thanh |moi dung la )(?P<name>\D{{1,60}}?){_END}"
    ),
    re.compile(rf"{_WHERE}[,:]? (?:chu nha |chu ho )?ten (?:la |thanh )?(?P<name>\D{{1,60}}?){_END}"),
]
_PEOPLE = re.compile(
    rf"(?P<old>\d{{1,2}}) nguoi(?:\s*(?:-{{1,2}}>|=>|→|>)\s*| (?:thanh|xuong|len|chu khong phai) )"
    rf"(?P<new>\d{{1,2}}) nguoi{_END}"
)
_CLEARED = re.compile(
    r"(?:(?:la|thi|bo|xoa) )?(?:khong|ko|k|kg|hong|khong he)(?: (?:co|cho|biet|ro|con))*"
    r"(?: (?:ten|so|sdt|dt|dien thoai|so dien thoai))*(?: (?:dau|a|nhe|nua))*"
    r"|(?:bo|xoa)(?: trong| di| so| ten| het)*|trong"
)


def slip_in(text: str) -> str | None:
    """What is said beside the words of a slip ("nhầm rồi", "sửa:", "…, sửa giúp em"); None when there are none.

    "" when nothing else is said. What it was before ("từ vắng thành đã cài") is left out.
    """
    typed = clean(text.strip().lstrip("/／"), most=4096 * 4) if "\n" not in text.strip() else text.strip()
    if "\n" in typed or len(typed) > _MOST_LETTERS:
        return _behind_slip(typed)
    typed = typed if _behind_slip(typed) is not None else decoded(typed)
    said = _behind_slip(typed)
    said = mended_within(typed) if said is None else said
    return as_it_should_be(said) if said else said


def opens_with_slip(line: str) -> bool:
    """Whether a line of a list takes back what stood above: "à nhầm, vắng"."""
    return _behind_slip(line) is not None


def _behind_slip(typed: str) -> str | None:
    found = _SLIP.match(plain(typed)) or _FORGOTTEN.match(plain(typed))
    if not found or "chưa" in typed[: found.end()].lower():  # "chữa giúp em" begins a slip, "chưa" does not
        return None
    return typed[found.end() :].strip()


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


def denies(said: str) -> tuple[str, str] | None:
    """The same where one number is said to be wrong, which needs no word of a slip: "35 chứ không phải 33"."""
    return renumbered(said) if re.search(r"\b(?:khong|ko|k) phai\b", plain(said)) else None


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


def named(said: str) -> tuple[str, str] | None:
    """The house and what its head is called: "tên nhà 12 là Hoa", "nhà 12 tên Hoa"."""
    folded = plain(said).rstrip(" .!")
    found = next((found for pattern in _NAMED if (found := pattern.fullmatch(folded))), None)
    return (said[slice(*found.span("where"))].strip(" ,:"), said[slice(*found.span("name"))].strip()) if found else None


def people_changed(said: str) -> tuple[int, int] | None:
    """How many people it was said to be, and how many it is: "3 người -> 2 người"."""
    found = _PEOPLE.fullmatch(plain(said).rstrip(" .!"))
    if not found:
        return None
    old, new = int(found["old"]), int(found["new"])
    return (new, old) if "khong phai" in found[0] else (old, new)


def clears(said: str) -> bool:
    """Whether an answer says that there is none: "không có", "ko có số", "bỏ"."""
    return bool(_CLEARED.fullmatch(" ".join(plain(clean(said)).strip(" .!,").split())))
