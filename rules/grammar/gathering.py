"""Words that hold for several houses at once: "cả hai nhà đều vắng", "dãy lẻ từ 1 đến 9", "165 (2 người), 167 (1)".

Each is said anew as the other readers of a list know it; what the words count must be what stands there.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from rules.grammar.record import Entry
from rules.grammar.runs import HOUSE

Read = Callable[[str], list[Entry] | Literal["range"]]
_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "bon": 4, "năm": 5, "nam": 5, "sáu": 6, "sau": 6}
_MANY = rf"(?P<many>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_THESE = r"(?: (?:này|nay|đó|do|ấy|ay|kia|trên|tren))?"
# ", cả hai nhà đều vắng", "xong cả hai rồi", "đều … cả"
_ALL_AHEAD = re.compile(
    rf"(?:\s*[,:]\s*|\s+)(?:cả|ca|tất cả|hết) {_MANY}(?: (?:nhà|hộ|nha|ho))?{_THESE}(?: (?:cùng|đều|cung|deu))*"
    r"(?= (?!(?:người|nguoi|ng|máy|may|vợ|vo|ông|ong|bà|ba|mẹ|me|bố|bo|con|cháu|anh|chị)(?!\w)))",
    re.IGNORECASE,
)
_ALL_BEHIND = re.compile(
    rf"(?<=[^\W\d_]) (?:cả|ca|hết|het) {_MANY}(?: (?:nhà|hộ|nha|ho))?(?= ?(?:rồi|roi|r|ạ|nhé|nha|[.]|$))"
)
_TOGETHER = re.compile(
    r"\s*[,:]?\s+(?:(?:đều|cùng|đều cùng|cung|deu|cùng nhau)(?= )|(?:cả|tất cả) đều(?= ))", re.IGNORECASE
)
_UPPER = "".join(letter for letter in map(chr, range(0x1F00)) if letter.isupper())
# "nhà 71 chị Sâm": a door with a name, or a household told by its people.
_CALLED = r"(?:ông|bà|cô|chú|bác|cụ|anh|chị|dì|thím|em|ô|b|c|a)\.? [^\W\d_]+" + rf"(?: (?-i:[{_UPPER}])[^\W\d_]*)*"
_DOOR = rf"(?:(?:nhà|số|hộ|nha|so|sn|nhà số) )?{HOUSE}"
_EACH = re.compile(rf"(?P<who>(?:{_DOOR}(?:,? {_CALLED})?|(?:nhà |hộ )?{_CALLED}))", re.IGNORECASE)
_HOME = re.compile(r"(?:nhà|hộ|nha|ho|số|so|sn)(?!\w)", re.IGNORECASE)
_ODD_OR_EVEN = re.compile(
    r"(?:(?:các|những) )?(?:(?:dãy|bên|phía|số|nhà|dãy số|dãy nhà|nhà số|day|ben|phia|so|nha|day so|day nha|nha so) )+"
    r"(?P<kind>lẻ|chẵn|le|chan)"
    r"(?: (?:từ|tu))?(?: (?:số|nhà|so|nha))? (?P<first>\d{1,4})(?: ?[-–] ?| (?:đến|tới|den|toi) )"
    r"(?:(?:số|nhà|so|nha) )?(?P<last>\d{1,4})(?![\w/])",
    re.IGNORECASE,
)
_MOST_OF_A_ROW = 12
_ITEM = (
    rf"(?:(?:nhà|số|nha|so|sn) )?(?P<house>{HOUSE})(?: ?\((?P<count>\d{{1,2}}) ?(?:người|nguoi|ng|ngừoi|máy|may)\))?"
)
_ITEMS = re.compile(_ITEM, re.IGNORECASE)
_PLAIN_ITEM = re.sub(r"\?P<\w+>", "?:", _ITEM)
_RUN_OF_ITEMS = re.compile(
    rf"(?P<head>[^\d()]*?)(?P<run>(?<![\w/]){_PLAIN_ITEM}(?:\s*[,;]\s*{_PLAIN_ITEM})+)(?![\w/])(?P<tail>[^\d()]*)",
    re.IGNORECASE,
)
_ALLEY_AHEAD = re.compile(
    r"(?P<alley>(?:ngõ|ngách|hẻm|kiệt|ngo|ngach|hem|kiet) \d{1,4}(?:/\d{1,4})*)[ ,:]+"
    r"(?P<rest>(?:các )?(?:số|nhà|sn|so|nha|nhà số)(?: số)? \d.*)",
    re.IGNORECASE,
)
_DAY_AHEAD = re.compile(
    r"(?P<day>(?:sáng|trưa|chiều|tối|đêm|sang|trua|chieu)? ?(?:hôm |hom )?(?:qua|kia|nay)|hqua|toi qua)[ ,:]+"
    r"(?P<rest>(?:(?:nhà|số|nha|so|các nhà) )*\d.*)",
    re.IGNORECASE,
)


_STILL = re.compile(
    r"(?P<first>(?:\d{1,4}, ?)+\d{1,4} [^\d,;]{2,20}?),? (?:còn|con) "
    r"(?P<rest>\d (?:thì |đã )?(?:cài xong|vắng|xong|hẹn|từ chối)(?!\w).*)",
    re.IGNORECASE,
)
# "3 nhà này cài rồi" below three houses.
_ALL_ABOVE = re.compile(
    rf"(?:(?:cả|tất cả|ca) )?(?:{_MANY}|các|mấy|những|cac|may) (?:nhà|hộ|nha|ho)"
    r"(?: (?:này|trên|đó|ấy|kia|nay|tren|do|ay|ở trên))?(?: (?:đều|cùng|thì|là|deu|cung))* (?P<told>[^\d]{2,60})",
    re.IGNORECASE,
)


def counted(many: str) -> int:
    """How many a number or its word says: "3", "ba"."""
    return _NUMBERS.get(many.lower()) or int(many)


def of_gathered(line: str, read: Read) -> list[Entry]:
    """The records of a line that speaks of several houses at once; nothing where it does not, or not certainly."""
    for each in (_of_a_row, _of_counted, _of_alley, _of_rest, _of_together):
        if entries := each(line, read):
            return entries
    return []


def told_of_all(lines: list[tuple[int, str]], is_told: Callable[[str], bool]) -> list[tuple[int, str]]:
    """What the last line says of all above it ("3 nhà này cài rồi") said behind each, as many as it counts.

    `is_told` says whether a line tells an outcome of its own; where one does, all stay as they are.
    """
    found = _ALL_ABOVE.fullmatch(lines[-1][1].strip(" .-")) if len(lines) > 2 else None
    above = lines[:-1]
    if not found or any(is_told(line) or not line.strip() for _, line in above) or not is_told(found["told"]):
        return lines
    if found["many"] and counted(found["many"]) != len(above):
        return lines
    return [(number, f"{line.rstrip(' .,;')} {found['told']}") for number, line in above]


def day_ahead(line: str) -> tuple[str, str]:
    """The words of a day at the head of numbers, and the line behind them: "tối qua 110 c 112 v"."""
    found = _DAY_AHEAD.fullmatch(line)
    return (found["day"].strip(), found["rest"]) if found else ("", line)


def _certain(entries: list[Entry] | Literal["range"], many: int | None = None) -> list[Entry]:
    if entries == "range" or len(entries) < 2 or not all(entry.sure for entry in entries):
        return []
    return entries if many in (None, len(entries)) else []


def _of_a_row(line: str, read: Read) -> list[Entry]:
    """ "dãy lẻ từ 1 đến 9 xong cả": every other house; of more than a dozen it is asked."""
    found = _ODD_OR_EVEN.search(line)
    if not found:
        return []
    first, last = int(found["first"]), int(found["last"])
    is_odd = found["kind"].lower() in ("lẻ", "le")
    houses = range(first, last + 1, 2)
    is_so = first % 2 == last % 2 == is_odd and len(houses) > 1
    if not is_so or len(houses) > 100:
        return []
    told = read(f"{line[: found.start()]}nhà {', '.join(map(str, houses))}{line[found.end() :]}")
    told = [] if told == "range" else told
    return told if len(houses) <= _MOST_OF_A_ROW else [replace(entry, sure=False) for entry in told]


def _of_counted(line: str, read: Read) -> list[Entry]:
    """ "Cài được: 165 (2 người), 167 (1 người)", "31 (2 ng), 33 (1 ng) đều cài xong": how many beside each house."""
    found = _RUN_OF_ITEMS.fullmatch(line.strip(" ."))
    items = list(_ITEMS.finditer(found["run"])) if found else []
    if not found or not any(item["count"] for item in items):
        return []
    head, tail = found["head"].strip(" ,:;-"), _TOGETHER.sub(" ", f" {found['tail'].strip(' ,:;-')}").strip()
    ahead = f"{head}, " if tail and head else ""
    told: list[Entry] = []
    for item in items:
        count = f" {item['count']} người" if item["count"] else ""
        one = read(f"{ahead}nhà {item['house']} {tail or head}{count}")
        told += [] if one == "range" or len(one) != 1 else one
    return _certain(told, len(items))


def _of_alley(line: str, read: Read) -> list[Entry]:
    """ "ngõ 9 số 5, 7, 9 xong": all of them in that alley."""
    found = _ALLEY_AHEAD.fullmatch(line)
    told = _certain(read(found["rest"])) if found else []
    if not found or not all((entry.house or "").isalnum() for entry in told):
        return []
    return [replace(entry, house=f"{entry.house} {found['alley']}") for entry in told]


def _of_rest(line: str, read: Read) -> list[Entry]:
    """ "4, 6 vắng còn 9 cài xong": behind two houses "còn 9" is the next, and no number of those left."""
    found = _STILL.fullmatch(line)
    return _certain(read(f"{found['first']}; nhà {found['rest']}")) if found else []


def _of_together(line: str, read: Read) -> list[Entry]:
    """ "em đi nhà 6 với nhà 8, cả hai nhà đều vắng": "cả hai" is what stands there, and no number of people."""
    found = _ALL_AHEAD.search(line) or _ALL_BEHIND.search(line)
    many = counted(found["many"]) if found else None
    joined = f"{line[: found.start()]} {line[found.end() :].lstrip()}" if found else line
    joined, times = _TOGETHER.subn(" ", joined)
    if not found and not times:
        return _of_people_told(line, read)
    joined = " ".join(joined.split())
    return _of_each(joined, read, many) or _certain(read(joined) if joined != line else [], many)


def _of_each(line: str, read: Read, many: int | None, *, is_list: bool = False) -> list[Entry]:
    """ "nhà 71 chị Sâm và nhà 73 anh Đạo từ chối": what stands behind the last is said of each."""
    parts = re.split(r"\s*[,;]\s*|\s+(?:và|với|va|voi|vs|\+) (?=\S)", line)
    last = _EACH.match(parts[-1])
    told = parts[-1][last.end() :] if last else ""
    if len(parts) < 2 or not told[:1].isspace() or not all(_EACH.fullmatch(part) for part in parts[:-1]) or not last:
        return []
    whose = [*parts[:-1], last["who"]]
    numbered = [any(map(str.isdigit, who)) for who in whose]
    at_home = [bool(_HOME.match(who)) for who in whose]
    if not all(numbered) and (any(numbered) or not (all(at_home) or (is_list and at_home[0]))):
        return []  # "nhà bà Lan và ông Tám" is perhaps one house, "anh Nam và chị Hà" are two of us
    entries: list[Entry] = []
    for who, is_home in zip(whose, at_home, strict=True):
        one = read(f"{who if is_home or all(numbered) else f'nhà {who}'}{told}")
        entries += [] if one == "range" or len(one) != 1 else one
    if any(entry.installs for entry in entries) and "mỗi" not in told:
        return []  # "đều đã cài cả 2 người": of each, or of both together
    return _certain(entries, many or len(parts))


def _of_people_told(line: str, read: Read) -> list[Entry]:
    """ "nhà bà Tý, ông Thân, anh Ngọ: xong cả": three households at least, for two may live in one house."""
    people, colon, told = line.partition(":")
    if not colon or people.count(",") < 2 or not told.strip():
        return []
    return _of_each(f"{people.strip()} {told.strip()}", read, None, is_list=True)
