"""Where it was: the unit, the door, a number that can only be a house."""

import re
from collections.abc import Set
from datetime import date
from itertools import pairwise

from rules import days
from rules.grammar.doors import OF_THE_CLOCK, bare_numbers, doors, floor_behind
from rules.grammar.outcomes import Verdict, counted
from rules.grammar.people import behind_honorifics, honors, person
from rules.grammar.reading import Reading
from rules.grammar.units import units
from rules.grammar.words import Line, said, spelt

_MOST_HOUSE_DIGITS = 3
_FEWEST_DOORS = 10  # "chị Lan 2 cài rồi" may count them
# "15 người đăng ký", "20 phút xong": what is counted there is no house.
_COUNTED_THINGS = spelt(
    r"người|hộ|cái|chiếc|máy|giờ|h|phút|tuổi|điểm|nghìn|triệu|đồng|tờ|quyển|bộ|suất|phần|thùng|kg|cân|lít|%|ngày|tuần|"
    r"tháng|năm|lần|đứa|em|bạn|cháu|thành viên|con|"
    r"vợ chồng|ông bà|mẹ con|bố con|cha con|bà cháu|ông cháu|anh em|chị em|"
    r"khẩu|nhà|tổ|thôn|phường|bàn|ghế|mâm|xe|câu|trang|km|m|mét|người|hôm|bữa"
)
# "12 tổ 7 vắng", "12 hôm qua vắng": what stands behind is where it is, or when it was.
_SAYS_WHERE_OR_WHEN = spelt(r"(?:tổ|thôn|phường) (?:dân|số|\d+)|(?:hôm|bữa) (?:nay|qua|kia|trước)|ngày (?:\d.*|hôm)")
_THESE = spelt(r"(?:nhà|hộ) (?:này|đó|ấy|kia|nọ|trên|đấy|đều|cùng)(?: .*)?")
_SAYS_WHEN = spelt(r"h?qua|h?nay|hôm|sáng|trưa|chiều|tối|kia|em|e|cháu|dạ|báo|cáo")
_BESIDE = spelt(r"(?:cạnh|sát|sát vách|đối diện|giáp|kế|gần|kề|liền kề|hàng xóm)$")
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])")
_LATELY = 15  # days: what is written down later than that is rare
_JUST_NOW = 3  # days: "18/6" at the head of a line is then as likely the day as a house
_YEAR = re.compile(r"19[2-9]\d|20[01]\d")
_DOOR_WORDS = frozenset(["nhà", "nha", "hộ", "ho", "sn", "số", "so"])
_AGE = re.compile(r"\d{2,3}t")
_AT = re.compile(r"^(?:ở|tại|thuộc|bên|o|tai|thuoc|ben) ", re.IGNORECASE)


def take_unit(reading: Reading) -> str | None:
    """The unit as typed, without "ở" or "tại"."""
    found = [reading.take(places) for places in units(reading.line)]
    reading.doubt |= len(found) > 1
    return _AT.sub("", reading.line.typed(found[0])) if found else None


def take_door(reading: Reading) -> None:
    """The house told by number; two of them are doubtful."""
    words = reading.line.words
    names = {
        place for place in behind_honorifics(reading.line) if words[place].capital or words[place].typed == "phong"
    }
    found = doors(reading.line, reading.taken | names)  # "anh Phong số 9" is no "phòng số 9"
    for places in found:
        reading.take(places)
    reading.house = found[0] if found else range(0)
    floor = floor_behind(reading.line, reading.house)
    reading.own_words.update(floor)
    reading.house = range(reading.house.start, floor.start) if floor else reading.house
    reading.doubt |= any(_is_a_landmark(reading.line, places) for places in found)
    reading.doubt |= len(found) > 1 or any(_is_unlikely(reading.line, places) for places in found)


def _is_a_landmark(line: Line, house: range) -> bool:
    """ "nhà bên cạnh nhà 20", "đối diện số 5": the number is somebody else's."""
    before = said(line, range(max(house.start - 2, 0), house.start))
    return bool(_BESIDE.search(before))


def _is_unlikely(line: Line, places: range) -> bool:
    """ "sn 1950" is a year of birth, "nhà 12 nhà 13" are two."""
    words = [line.words[place].full for place in places]
    doors_told = sum(word in _DOOR_WORDS and behind[:1].isdigit() for word, behind in pairwise(words))
    return bool(_YEAR.fullmatch(words[-1])) or doors_told > 1


def take_number_ahead(reading: Reading, verdict: Verdict) -> None:
    """A number alone at the head of a line is a house: "12 đã cài", "12/5 vắng"."""
    told = verdict.places
    words = reading.line.words
    heads = [p for p, word in enumerate(words) if word.is_word and (p not in reading.taken or p in told)]
    while len(heads) > 1 and _SAYS_WHEN.fullmatch(words[heads[0]].full) and heads[0] not in told:
        heads = heads[1:]
    numbers = bare_numbers(reading.line, reading.taken)
    if (
        not reading.house
        and verdict.claims
        and numbers
        and numbers[0] == heads[0]
        and may_be_house(reading, heads[0], told)
    ):
        if _is_day_of_somebody(reading, numbers[0], told):
            return
        reading.house = reading.take(range(numbers[0], numbers[0] + 1))
        reading.numbered_ahead = reading.line.words[numbers[0]].full.isdigit()
        reading.doubt |= _is_of_late(reading.line.words[numbers[0]].full, reading.today)
        reading.doubt |= _is_about(reading.line, numbers[0])


def _is_day_of_somebody(reading: Reading, place: int, told: Set[int]) -> bool:
    """ "18/6 cài xong 2 người nhà cô Bảy": whose house it is stands behind, and the date ahead is the day."""
    if not _DATE.fullmatch(reading.line.words[place].full):
        return False
    who = person(reading.line, reading.taken | told)
    if not who or reading.line.words[who.start].full not in _DOOR_WORDS or who.start < min(told):
        return False
    day = days.read_day(reading.line.words[place].full, reading.today)
    reading.doubt |= day is None or not 0 <= (reading.today - day).days <= _LATELY  # or the house in an alley
    return True


def _is_about(line: Line, place: int) -> bool:
    """ "5, 6 người xong": five or six of them, and no house 5."""
    behind = [word.full for word in line.words[place : place + 4]]
    return (
        len(behind) > 3
        and behind[1] == ","
        and all(map(str.isdigit, behind[::2][:2]))
        and (int(behind[2]) == int(behind[0]) + 1 and bool(_COUNTED_THINGS.match(f"{behind[3]} ")))
    )


def _is_of_late(number: str, today: date) -> bool:
    """ "18/6 vắng" said on that day or the days after: a day, or a house in an alley."""
    day = days.read_day(number, today) if _DATE.fullmatch(number) else None
    return day is not None and 0 <= (today - day).days <= _JUST_NOW


def take_number_behind(reading: Reading, verdict: Verdict) -> None:
    """ "vắng 12": a number behind what happened is a house, unless it may count people or name a day."""
    numbers = bare_numbers(reading.line, reading.taken)
    counts_people = verdict.code in counted(reading.plan)
    if reading.house or len(numbers) != 1 or counts_people or not may_be_house(reading, numbers[0]):
        return
    ahead = numbers[0] - 1 - (reading.line.words[numbers[0] - 1].typed == ":")
    if ahead in verdict.places:
        reading.house = reading.take(range(numbers[0], numbers[0] + 1))


def take_number_beside(reading: Reading, named: range, verdict: Verdict) -> None:
    """ "bà Lụa 10 từ chối": a number right behind a name is her house, unless it may count who installed."""
    place = named.stop + (named.stop < len(reading.line.words) and reading.line.words[named.stop].typed == ",")
    numbers = bare_numbers(reading.line, reading.taken)
    if not named or not (reading.line.words[named[-1]].capital or reading.line.typed(named).islower()):
        return
    if (
        numbers != [place]
        or _AGE.fullmatch(reading.line.words[place].full)
        or not may_be_house(reading, place, verdict.places)
    ):
        return
    reading.house = reading.take(range(place, place + 1))
    number = reading.line.words[place].full
    reading.doubt |= number.isdigit() and int(number) < _FEWEST_DOORS and verdict.code in counted(reading.plan)


def is_a_number_ahead(line: Line, place: int) -> bool:
    """ "60 nhà anh Quyền": a number no list of a few counts, and behind it whose house it is."""
    words = line.words[place : place + 4]
    is_home = len(words) > 3 and words[1].full in _DOOR_WORDS and honors(line, place + 2) and words[3].capital
    return place == 0 and is_home and words[0].full.isdigit() and int(words[0].full) >= _FEWEST_DOORS


def may_be_house(reading: Reading, place: int, told: Set[int] = frozenset()) -> bool:
    """Whether the number is no hotline: houses have up to three digits, or a letter or alley with them."""
    number = reading.line.words[place].full
    if OF_THE_CLOCK.fullmatch(number):
        return False
    behind = " ".join(word.full for word in reading.line.words[place + 1 : place + 3])
    if _THESE.match(behind):
        return False  # "3 nhà này cài rồi", though "nhà này cài" says what happened
    if is_a_number_ahead(reading.line, place):
        return True
    is_counted = place + 1 not in told and _COUNTED_THINGS.match(f"{behind} ")
    if is_counted and not _SAYS_WHERE_OR_WHEN.match(f"{behind} "):
        return False
    return not number.isdigit() or len(number) <= _MOST_HOUSE_DIGITS
