"""Who lives there: the phone, the name, a household told by its people."""

import re

from rules import phones
from rules.grammar.account import names_another
from rules.grammar.house_names import without_honorific
from rules.grammar.outcomes import Verdict
from rules.grammar.people import full_name, honors, person
from rules.grammar.reading import Reading
from rules.grammar.rumours import has_nameless_landmark, is_anybody_s, may_be_gossip
from rules.grammar.spoken import may_be_spoken
from rules.grammar.where import take_number_beside
from rules.grammar.words import Line, spelt
from rules.spelling import title_name

_PHONE_LABEL = spelt(r"máy|điện thoại|điện|thoại|số|sđt|sdt|zalo|lh|liên|hệ|phone|tel|di|động|là|:|\.")
_NUMBERED = re.compile(r"(?:số|so|sn)(?! nhà| nha)", re.IGNORECASE)
_KIN_OF = frozenset(["con", "trai", "gái", "dâu", "rể", "cháu", "em", "vợ", "chồng"])  # "nhà con trai ông Tám"
_KINDS = frozenset(
    re.findall(r"\w+", "nhà trọ dãy quán tiệm cửa hàng tạp hoá xưởng kho đại lý shop ki ốt sạp cà phê phở")
)
_CELL_SIGNS = frozenset(",|;-–")
_ROOM = re.compile(r"(?:phòng|tầng|phong|tang) \d+$", re.IGNORECASE)  # in somebody's house
_FEWEST_DOORS = 10  # "3 bác Lộc" may be the third of a list, or three of them
_HOME = ("nhà", "nha", "hộ", "gia", "gđ")


def take_phone(reading: Reading) -> None:
    """The phone; two that differ are doubtful and neither is kept."""
    found = phones.find(reading.line.text)
    for start, end, phone in found:
        places = reading.line.under(start, end)
        reading.phone_at = _label_start(reading.line, places.start)
        reading.take(range(reading.phone_at, places.stop))
        reading.phone = phone
    if len({phone for _, _, phone in found}) > 1:
        reading.phone, reading.doubt = None, True


def _label_start(line: Line, first: int) -> int:
    """Where the words begin that only say that a phone follows: "sđt:", "số điện thoại là"."""
    start = first
    while start and _PHONE_LABEL.fullmatch(line.words[start - 1].full):
        start -= 1
    return start if any(word.is_word for word in line.words[start:first]) else first


def take_person(reading: Reading, verdict: Verdict) -> None:
    """The people of the house, and the house itself where only they tell it."""
    who = person(reading.line, reading.taken | verdict.places, at_a_door=bool(reading.house))
    who = _only_the_name(reading.line, who, reading.house) if reading.house else who
    named = full_name(reading.line, reading.taken)
    who = range(0) if set(who) < set(named) else who  # "Phan Bá Lợi" is nobody's uncle
    reading.people = {*reading.take(who), *reading.take(named)}
    is_apart = bool(who and named) and not set(named) <= set(who)
    if named:
        reading.name = title_name(reading.line.typed(named))
    elif who and reading.house:
        reading.name = title_name(without_honorific(reading.line.typed(who))) or None
    if reading.house and not (who or named):
        cell = _name_in_a_cell(reading) or _name_at_the_phone(reading)
        reading.people.update(reading.take(cell))
        reading.name = title_name(reading.line.typed(cell)) if cell else None
    if not reading.house and (who or named):
        take_number_beside(reading, who or named, verdict)
        if reading.house:
            reading.name = title_name(without_honorific(reading.line.typed(who or named))) or None
            reading.doubt |= is_apart
            return
    if not reading.house:
        reading.house = reading.take(_with_trade(reading, who or named))
        reading.is_by_name = bool(reading.house) and reading.line.words[reading.house.start].full not in _HOME
        gossip = reading.is_by_name and may_be_gossip(
            reading.line, reading.house, verdict, has_day=bool(reading.come_back_on), has_phone=bool(reading.phone)
        )
        reading.doubt |= is_apart or gossip or may_be_spoken(reading.line.typed(reading.house))
        reading.doubt |= reading.is_by_name and reading.is_bare_date  # "12/5 ông Tám": that may be the door
        before = reading.line.words[reading.house.start - 1].full if reading.house and reading.house.start else ""
        reading.doubt |= before in _KIN_OF
        reading.doubt |= is_anybody_s(reading.line, reading.house)
        reading.doubt |= has_nameless_landmark(reading.line, reading.house)
    elif _ROOM.match(reading.line.typed(reading.house)):
        reading.doubt |= not who or who.stop != reading.house.start
        reading.house = range(_with_trade(reading, who).start, reading.house.stop) if who else reading.house
        reading.take(reading.house)
    elif who or named:
        reading.doubt |= reading.numbered_ahead and _may_count_on(reading, who)
        reading.doubt |= bool(named) and not who and not reading.phone and _may_be_a_street(reading, named)
        reading.doubt |= bool(who) and (is_apart or names_another(reading.line, who))
    kin = any(reading.line.words[place].full in ("con", "vợ", "chồng", "cháu") for place in who[2:])
    reading.doubt |= kin and verdict.code == "nobody_home"


def _with_trade(reading: Reading, who: range) -> range:
    """ "trọ bà Sáu", "tiệm tạp hoá cô Ba": what kind of house it is stands ahead of its people."""
    start = who.start
    while start and start - 1 not in reading.taken and reading.line.words[start - 1].full in _KINDS:
        start -= 1
    return range(start, who.stop)


def _name_in_a_cell(reading: Reading) -> range:
    """ "121, Hà, đã cài": what stands in capitals between the number and the next sign."""
    words, start = reading.line.words, reading.house.stop
    is_set_apart = start < len(words) and words[start].typed in _CELL_SIGNS
    start = end = start + is_set_apart
    while end < len(words) and words[end].capital and words[end].is_word and end not in reading.taken:
        end += 1
    is_cell = start < end < len(words) and words[end].typed in _CELL_SIGNS and (is_set_apart or end == start + 1)
    return range(start, end) if is_cell else range(0)


def _name_at_the_phone(reading: Reading) -> range:
    """ "nhà 12 cài, Lan 0912345678": capitals right ahead of a phone."""
    end = start = reading.phone_at
    while start and reading.line.words[start - 1].capital and start - 1 not in reading.taken:
        start -= 1
    return range(start, end) if start > 0 else range(0)


def _may_be_a_street(reading: Reading, named: range) -> bool:
    """ "số 12 Lê Lợi vắng": a name right behind a number called "số" may be the street's."""
    is_beside = named.start == reading.house.stop
    return is_beside and _NUMBERED.match(reading.line.typed(reading.house)) is not None


def _only_the_name(line: Line, who: range, house: range) -> range:
    """ "chị Thoa hội viên": behind a house told by number only the name itself is one."""
    capitals = [place for place in who if line.words[place].capital and not honors(line, place)]
    if capitals and who.stop == house.start and capitals[-1] + 2 == who.stop:
        return who  # "ông Phúc còi số 1"
    return range(who.start, capitals[-1] + 1) if capitals and line.words[capitals[0] - 1].typed.islower() else who


def _may_count_on(reading: Reading, who: range) -> bool:
    """ "62. Nguyễn Văn Hùng" may be the 62nd of a list, "214 Nguyễn Lương Bằng" a street; "62 bác Hùng" is a house."""
    line, behind = reading.line, reading.line.words[reading.house.stop].typed
    is_honored = bool(who) and honors(line, who.start)
    is_capital = bool(who) and any(line.words[place].capital for place in who)
    is_few = int(line.typed(reading.house)) < _FEWEST_DOORS and not is_capital
    return is_few or behind in (".", ")") or not (is_honored or behind in ",|:-")
