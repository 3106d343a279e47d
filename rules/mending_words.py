"""How people mend what they wrote: the words around the mending taken away, what it should say left as a line.

"nhà 41 ghi sai rồi, họ từ chối", "nhà 12 từ vắng thành đã cài", "…, sửa giúp em": what stands is "nhà 41, họ từ chối".
Patterns run on `spelling.plain`, whose places are the line's own.
"""

import re

from rules.grammar.sheets import LETTERS
from rules.spelling import plain

_EARLIER = r"(?:luc nay|nay|hoi nay|khi nay|ban nay|vua nay|luc truoc|hoi truoc|vua roi|ban roi)"
_JUST_NOW = rf"(?:(?:{_EARLIER}|hom qua|hom truoc|toi qua)[ ,]+)?"
_WHO = r"(?:(?:em|e|t|chau|minh|toi|bac|co|chu|chi|anh|con)[ ,]+)?"
_WROTE = r"(?:(?:da )?(?:ghi|viet|go|bam|nhap|gui|bao|danh|chon) )"
_WRONGLY = (
    rf"{_JUST_NOW}{_WHO}{_JUST_NOW}(?:{_WROTE}(?:bi )?(?:nham|sai|lon)|(?<=\d )(?:bi )?nham)"
    r"(?: (?:roi|mat|nhe|a|ket qua))*"
)
# What is told first in a mending, as it was or as it is: an outcome and nothing else.
_OUTCOME = r"(?:da|chua|vang|tu choi|hen|cai|co san|co app|xong|khong|ko|k|dang|vua|moi|bi|ok)\b"
_THING = r"(?:(?:ket qua|trang thai|tinh trang)(?: la)? )?"
_IN_TRUTH = r"(?:(?:that ra|thuc ra|dung ra|dung la|phai la|chinh xac|dung phai la|moi dung|thi|ma|la)[ :,]+)+"

# "nhà 41 ghi sai rồi, họ từ chối", "nhà 7 em báo nhầm là vắng, thật ra đã cài".
_WITHIN = re.compile(
    rf"(?P<house>[^,;.:]{{2,60}}?)[ ,]+{_WRONGLY}(?: (?:la|thanh|sang) [^,;.]{{1,40}})?\s*[,;.:\-–]+\s*(?:{_IN_TRUTH})?"
)
_WROTE_SO = re.compile(
    rf"(?P<house>[^,;.:]{{2,60}}?)[ ,]+{_JUST_NOW}{_WHO}{_JUST_NOW}{_WROTE}(?:la )?[^,;.]{{1,30}} (?:la|bi)"
    rf" (?:sai|nham)(?: (?:roi|mat|nhe|a))*\s*[,;.:\-–]+\s*(?:{_IN_TRUTH})?"
)
# "nhà 12 đã cài, lúc nãy em ghi nhầm là vắng": only what was wrong, or when, makes it clear that the rest is right.
_BEHIND = re.compile(
    rf"[ ,;.(]+(?:{_WRONGLY} (?:(?:la|thanh) [^,;.]{{1,40}}|"
    rf"(?={_OUTCOME})[^,;.]{{1,30}}|\d{{1,2}}(?: (?:nguoi|ng|may))?)|"
    rf"{_EARLIER} {_WHO}{_WROTE}(?:la )?(?={_OUTCOME})[^,;.]{{1,20}} (?:nham|sai|lon)|"
    rf"{_EARLIER} {_WHO}{_WROTE}(?:nham|sai|lon)(?: (?:roi|mat))*)[ .)]*$"
)
_PLEASE = re.compile(
    r"\s*[,;.]\s*(?:(?:em|chau|minh|con|bot|ad|nho|xin|cho|cac ban|ban|anh|chi) )*(?:sua|dinh chinh)"
    r"(?: (?:lai|giup|ho|dum|gium|em|chau|minh|toi|voi|nhe|nha|a|di|cho|anh|chi|ban))+[ .!]*$"
)
# "nhà 19 sửa lại thành vắng", "nhà 16 đổi thành từ chối": the house first.
_MADE = re.compile(
    rf"(?P<house>[^,;.:]{{2,60}}?)[ ,]+(?:(?:em|chau|minh|xin|nho|cho|bot) )*(?:sua|chua|doi|chuyen|cap nhat)"
    rf"(?: (?:lai|giup|ho|dum|gium|em|chau|minh|voi|nhe|a|ket qua|trang thai))*[ ,:]+"
    rf"(?:thanh|sang|la|qua)(?: la)? (?={_OUTCOME})"
)
_OTHER_DOOR = re.compile(
    r"(?P<house>(?:nha|so|ho) [^,;.:]{1,40}?)[ ,]+(?:em |xin )?(?:sua|doi)(?: (?:lai|giup|ho|em|chau|minh))*"
    r" (?:thanh|sang)(?: la)? (?=(?:nha|so|ho)\b)"
)
_MOVED = re.compile(
    r"(?P<house>[^,;:]{2,60}?)[ ,]+(?:(?:xin|nho|bao|muon|lai|da|moi|vua) )*"
    r"(?:doi|roi|chuyen|lui)(?: (?:lich|ngay|gio))* hen(?: lai)? "
    r"(?:(?:tu [^,;]{1,20} )?(?:sang|qua|den|vao|thanh|toi) )?"
)
# Behind the words of a slip.
_FROM_TO = re.compile(
    rf"(?P<house>.{{2,60}}?) (?:la )?{_THING}(?:tu )?(?P<was>{_OUTCOME}[^,;]{{0,30}}?)\s*"
    rf"(?:\b(?:thanh|sang|chuyen thanh|doi thanh|sua thanh)\b|->|=>|→)\s*(?:la )?(?={_OUTCOME})"
)
_WAS_IS = re.compile(
    rf"(?P<house>.{{2,60}}?) (?:la )?(?P<was>{_OUTCOME}[^,;]{{0,30}}?)[ ,]+(?:nhung |ma )?"
    rf"(?:that ra|thuc ra|dung ra|dung la|phai la|moi dung la|chinh xac)(?: (?:phai|la|thi))*[ :,]+(?={_OUTCOME})"
)
_IS = re.compile(
    rf"(?P<house>.{{2,60}}?) "
    rf"(?P<is>thanh|la|sang|phai la|dung la|dung ra la|moi la|moi dung la|moi dung)(?: la)?:? (?={_OUTCOME})"
)
# "là hẹn mai chứ chưa cài", "xong rồi, ko phải vắng": what it was not.
_NOT_THAT = re.compile(
    r"[ ,]+(?:(?:chu )?(?:khong phai|ko phai|k phai|hong phai)|chu (?:chua|khong|ko|k))(?: (?:la|da|bi|di|phai))*"
    r" (?:vang|cai|tu choi|hen|co san|co app|xong)(?: [^ ,.;]+){0,4}[ .!]*$"
)
_POLITELY = re.compile(
    r"[ ,]+(?:(?:cac )?(?:chau|em|co|chu|bac|anh|chi|con|ban|moi nguoi|ca nha) )?(?:a|nhe|nha|nhen)[ .!]*$"
)
_EXCUSED = re.compile(
    rf"{_WHO}(?:a |oi |thoi )?(?:xin loi|sorry|sr|ay chet|chet|ui chet|thoi chet)"
    r"(?: (?:ca nha|moi nguoi|chau|em|co|chu|cac chau))?[ ,.!:]+"
)
_SET_RIGHT = re.compile(r"(?<!\w)(?:chu (?:chua|khong|ko|k)|(?:khong|ko|k) phai|moi (?:dung|la|phai))(?!\w)")
# "nhà 14 mới có hai người cài": so many and no more.
_ONLY_SO_MANY = re.compile(
    r" (?:moi|chi)(?: (?:co|duoc))*(?= (?:cai )?(?:\d{1,2}|mot|hai|ba|bon|nam|sau) (?:nguoi|ng|may)(?!\w))"
)
# "67 -> c", "16 v thành c": letters of a paper sheet.
_TO_LETTER = re.compile(
    r"(?P<house>(?:(?:nha|so|ho) )?\d{1,4}[a-z]?(?:/\d{1,4})*)(?: [cvths])?"
    r"(?:\s*(?:-{1,2}>|=>|→)\s*| (?:thanh|sang|la|chuyen thanh|doi thanh) )(?P<letter>[cvths])[ .]*"
)
# "máy hỏng, nhờ sửa hộ": the phone is to be mended, and no record.
_TO_REPAIR = re.compile(
    r"(?:^|[\s,;.])(?:may|dien thoai|dt|d t|app|sim|man hinh|mang|wifi|dtdd|iphone|vneid)(?: [^ ,.;]+){0,4}"
    r" (?:hong|loi|hu|vo|treo|do|lag|liet|cham|den|sap|dut)(?: [^ ,.;]+){0,4}$|"
    r"(?:hong|hu|vo|loi) (?:may|dien thoai|dt|man hinh)$"
)
_FOR_ME = re.compile(r" (?:giup|ho|dum|gium|cho)(?: (?:em|chau|minh|toi|voi|nhe|nha|a|anh|chi))+[ .!]*$")
_HOUSE = re.compile(
    r"(?:(?:to|thon|xom|tdp|ngo|ngach|hem|kiet|khu|ap) \S+,? )*"
    r"(?:\d|n\d|(?:nha|ho|so|sn|ong|ba|co|chu|bac|cu|anh|chi|di|thim|mo|can|phong|gd)\b)"
)
_DOOR = re.compile(r"\b(?:nha so|so nha|nha|so|ho) \d")

_A_TREE = re.compile(r"(?<!\w)đa(?!\w)|(?:(?<=goc )|(?<=cay )|(?<=banh ))da(?!\w)")

_WITHIN_A_LINE = ((_WITHIN, ", "), (_WROTE_SO, ", "), (_MADE, " "), (_OTHER_DOOR, " thành "), (_MOVED, " hẹn "))
# What it was not: "không phải 2 người mà là 3 người", "3 người chứ không phải 2".
_NOT_SO_MANY = re.compile(
    r"khong phai (?:la )?\d{1,2}(?: (?:nguoi|ng|may))?,? ma (?:la )?(?=\d)|"
    r"(?:(?<=nguoi)|(?<=may)|(?<= ng)),? chu (?:khong|ko|k) (?:phai )?(?:la )?\d{1,2}(?: (?:nguoi|ng|may))?(?= ?[.]?$)"
)
_RIGHTLY = re.compile(r"[ ,]+moi (?:dung|phai)(?: (?:a|nhe))*[ .]*$")


def mended_within(text: str) -> str | None:
    """What a line says whose words of a slip stand behind its house or at its end; None when there are none."""
    said = next((short for pattern in (_BEHIND, _PLEASE) if (short := _without(pattern, text))), None)
    said = None if said and _TO_REPAIR.search(plain(said)) and not _BEHIND.search(plain(text)) else said
    sorry = _EXCUSED.match(plain(said or text))
    if sorry and (said or _SET_RIGHT.search(plain(text))):
        said = (said or text)[sorry.end() :].strip()
    for pattern, joined in _WITHIN_A_LINE:
        said = _behind_house(pattern, said or text, joined) or said
    return said


def as_it_should_be(said: str) -> str:
    """Behind the words of a slip: "nhà 12 từ vắng thành đã cài giúp em" as "nhà 12 đã cài"."""
    letter = _TO_LETTER.fullmatch(plain(said))
    if letter:
        return f"{said[: letter.end('house')]} {LETTERS[letter['letter']]}"
    for pattern in (_FOR_ME, _RIGHTLY):
        said = _without(pattern, said) or said
    politely = _without(_POLITELY, said) or said
    short = _without(_NOT_THAT, politely)
    said = short if short and re.search(rf"(?<!\w){_OUTCOME}", plain(short)) else said
    few = _ONLY_SO_MANY.search(plain(said))
    said = f"{said[: few.start()]}{said[few.end() :]}" if few else said
    not_so = _NOT_SO_MANY.search(plain(said))
    said = f"{said[: not_so.start()]}{said[not_so.end() :]}" if not_so else said
    changed = _behind_house(_FROM_TO, said, " ") or _behind_house(_WAS_IS, said, " ")
    found = None if changed else _IS.match(plain(said))
    if found and (said.isupper() or said[slice(*found.span("is"))].islower()):  # "nhà ông Là vắng" is Là's
        return f"{said[: found.end('house')]} là {said[found.end() :].strip()}"
    return changed or said


def _without(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(plain(text))
    return text[: found.start()].strip(" ,;.") if found and found.start() else None


def _behind_house(pattern: re.Pattern[str], text: str, joined: str) -> str | None:
    """The house and what follows the pattern, which begins at the line's head; None where it is not found."""
    found = pattern.match(plain(_A_TREE.sub("đx", text)))
    house = text[: found.end("house")].strip() if found else ""
    rest = text[found.end() :].strip() if found else ""
    return f"{house}{joined}{rest}" if rest and _is_one(house) else None


def _is_one(house: str) -> bool:
    """Whether these words name a house, and one only."""
    folded = plain(house)
    return len(_DOOR.findall(folded)) < 2 and bool(_HOUSE.match(folded))
