"""Who lives there: the phone, the name, a household told by its people."""

import re

from rules import phones
from rules.grammar.account import names_another
from rules.grammar.alikes import alike
from rules.grammar.cells import name_at_the_phone, name_in_a_cell, take_name_cell_ahead, with_trade
from rules.grammar.house_names import without_honorific
from rules.grammar.house_words import is_a_name, is_strange
from rules.grammar.names import RELATIONS
from rules.grammar.outcomes import Verdict
from rules.grammar.people import behind_the_name, full_name, honors, is_shop, person
from rules.grammar.reading import Reading
from rules.grammar.rumours import has_nameless_landmark, is_anybody_s, may_be_gossip
from rules.grammar.spoken import may_be_spoken
from rules.grammar.where import take_number_beside
from rules.grammar.words import Line, spelt
from rules.spelling import title_name

_PHONE_LABEL = spelt(r"máy|bàn|điện thoại|điện|thoại|số|sđt|sdt|zalo|lh|liên|hệ|phone|tel|di|động|là|:|\.")
_PHONE_NAMES = frozenset(["liên", "bàn", "hệ", "máy", "thoại", "lien"])
_NUMBERED = re.compile(r"(?:số|so|sn)(?! nhà| nha)", re.IGNORECASE)
_KIN_OF = frozenset(["con", "trai", "gái", "dâu", "rể", "cháu", "em", "vợ", "chồng"])  # "nhà con trai ông Tám"
_ROOM = re.compile(r"(?:phòng|tầng|phong|tang) \d+$", re.IGNORECASE)  # in somebody's house
_HALF_A_NAME = spelt(r"văn|thị")
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
    while start and _PHONE_LABEL.fullmatch(line.words[start - 1].full) and not _names_somebody(line, start - 1):
        start -= 1
    return start if any(word.is_word for word in line.words[start:first]) else first


def _names_somebody(line: Line, place: int) -> bool:
    """ "chị Liên 0763…": behind a title a capital names somebody; "Liên hệ" says that a phone follows."""
    word = line.words[place]
    is_contact = place + 1 < len(line.words) and line.words[place + 1].full in ("hệ", "he")
    return word.capital and word.full in _PHONE_NAMES and place > 0 and honors(line, place - 1) and not is_contact


def take_person(reading: Reading, verdict: Verdict) -> None:
    """The people of the house, and the house itself where only they tell it."""
    who = person(reading.line, reading.taken | verdict.places, at_a_door=bool(reading.house))
    who = _only_the_name(reading.line, who, reading.house) if reading.house else who
    named = full_name(reading.line, reading.taken)
    # "le van cai da cai": the name itself was taken for something else
    reading.doubt |= bool(named) and bool(_HALF_A_NAME.fullmatch(reading.line.words[named[-1]].full))
    who = range(0) if set(who) < set(named) else who  # "Phan Bá Lợi" is nobody's uncle
    reading.people = {*reading.take(who), *reading.take(named)}
    if reading.house:
        _keep_relations(reading, who)
    is_apart = bool(who and named) and not set(named) <= set(who)
    if not (who or named):
        _take_cell(reading, verdict)
    elif reading.house:
        _call(reading, named or who)
        _doubt_at_a_door(reading, who, named, is_apart=is_apart)
    else:
        take_number_beside(reading, who or named, verdict)
        reading.doubt |= is_apart
        if reading.house:
            _call(reading, who or named)
            _keep_relations(reading, who)
        else:
            _take_house_of(reading, who or named, named, verdict)
    kin = any(reading.line.words[place].full in ("con", "vợ", "chồng", "cháu") for place in who[2:])
    reading.doubt |= kin and verdict.code == "nobody_home"


def _keep_relations(reading: Reading, who: range) -> None:
    """ "ck c Nga số 13 ko cho cài", "vk a Dũng 25 cài": whose word it was, or who did it, stays in own words."""
    reading.own_words.update(place for place in who if reading.line.words[place].full in RELATIONS)


def _call(reading: Reading, places: range) -> None:
    reading.name = title_name(without_honorific(reading.line.typed(places))) or None


def _take_cell(reading: Reading, verdict: Verdict) -> None:
    """A name that only its place in a row tells: "121, Hà, đã cài", "Hạnh, 80, 0327665114, cài"."""
    if reading.house:
        cell = reading.take(name_in_a_cell(reading) or name_at_the_phone(reading))
    else:
        cell = take_name_cell_ahead(reading, verdict)
    reading.people.update(cell)
    reading.name = title_name(reading.line.typed(cell)) if cell else None


def _take_house_of(reading: Reading, people: range, named: range, verdict: Verdict) -> None:
    """The household told by its people alone, and what makes that doubtful."""
    line = reading.line
    reading.name = title_name(line.typed(named)) if named else None
    house = reading.house = reading.take(with_trade(reading, people))
    reading.is_by_name = line.words[house.start].full not in _HOME and not is_shop(line, house)
    gossip = reading.is_by_name and may_be_gossip(
        line,
        house,
        verdict,
        has_day=bool(reading.come_back_on),
        has_phone=bool(reading.phone),
        has_count=reading.installs is not None,
    )
    gossip |= reading.is_by_name and not _has_a_name(line, house)
    is_let_alone = is_shop(line, house) and not any(honors(line, place) for place in house)
    reading.doubt |= is_let_alone and verdict.code == "nobody_home"  # "quán Hương vắng quá": of guests
    before = house.start - 1
    reading.doubt |= gossip or may_be_spoken(line.typed(house))
    reading.doubt |= reading.is_by_name and reading.is_bare_date  # "12/5 ông Tám": that may be the door
    reading.doubt |= before >= 0 and before not in reading.taken and line.words[before].full in _KIN_OF
    reading.doubt |= is_anybody_s(line, house) or has_nameless_landmark(line, house)
    reading.doubt |= is_strange(line, behind_the_name(line, house)) or _sounds_like_ours(line, house)


def _has_a_name(line: Line, house: range) -> bool:
    """Whether somebody is named: a capital, a shop, or in small letters a name people have."""
    if is_shop(line, house) or any(line.words[place].capital and not honors(line, place) for place in house):
        return True
    first = next((place for place in house if not honors(line, place)), house.start)
    return is_a_name(line, first) or line.words[first].shouted


def _sounds_like_ours(line: Line, house: range) -> bool:
    """ "nha co Deu ban banh da cai": a cake, or the word that it is done."""
    return any(doubtful and house.start < place <= house.stop for place, doubtful in alike(line).items())


def _doubt_at_a_door(reading: Reading, who: range, named: range, *, is_apart: bool) -> None:
    """Whether a name beside a numbered house may be a street's, another household's, or the next of a list."""
    if _ROOM.match(reading.line.typed(reading.house)):
        reading.doubt |= not who or who.stop != reading.house.start
        start = with_trade(reading, who).start if who else reading.house.start
        reading.house = reading.take(range(start, reading.house.stop))
        return
    reading.doubt |= reading.numbered_ahead and _may_count_on(reading, who)
    reading.doubt |= bool(named) and not who and not reading.phone and _may_be_a_street(reading, named)
    reading.doubt |= bool(who) and (is_apart or names_another(reading.line, who))


def _may_be_a_street(reading: Reading, named: range) -> bool:
    """ "số 12 Lê Lợi vắng": a name right behind a number called "số" may be the street's."""
    is_beside = named.start == reading.house.stop
    return is_beside and _NUMBERED.match(reading.line.typed(reading.house)) is not None


def _only_the_name(line: Line, who: range, house: range) -> range:
    """ "chị Thoa hội viên": behind a house told by number only the name itself is one."""
    capitals = [place for place in who if line.words[place].capital and not honors(line, place)]
    if capitals and who.stop == house.start and capitals[-1] + 2 == who.stop:
        return who  # "ông Phúc còi số 1"
    is_called = bool(capitals) and (
        line.words[capitals[0] - 1].typed.islower() or line.words[capitals[0] - 1].typed == "."
    )
    return range(who.start, capitals[-1] + 1) if is_called else who


def _may_count_on(reading: Reading, who: range) -> bool:
    """ "62. Nguyễn Văn Hùng" may be the 62nd of a list, "214 Nguyễn Lương Bằng" a street; "62 bác Hùng" is a house."""
    line, behind = reading.line, reading.line.words[reading.house.stop].typed
    first = who.start + (bool(who) and line.words[who.start].full in _HOME)  # "60 nhà anh Quyền"
    is_honored = bool(who) and honors(line, first)
    is_capital = bool(who) and any(line.words[place].capital for place in who)
    is_few = int(line.typed(reading.house)) < _FEWEST_DOORS and not is_capital
    return is_few or behind in (".", ")") or not (is_honored or behind in ",;|:-")
