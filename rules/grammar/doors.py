"""Houses told by number: "nhà 12", "số 8 ngõ 3", "căn 302".

"12/5" behind "nhà" or "số", or at the head of a line, is a house in an alley; behind "ngày" or after what happened it
is a day.
"""

import re
from collections.abc import Set

from rules.grammar.names import ALLEY, HOME, STREET, name_end
from rules.grammar.words import Line, said, spelt

_NUMBER = r"(?!0+(?![\d/a-z]))\d{1,4}(?:[a-z]\d{0,2})?(?:[/.]\d{1,4}[a-z]?){0,3}"
# "nhà 2 người" speaks of people and "cả nhà 3" of a family: neither is a door.
_COUNTED = (
    r"(?! (?:người(?! (?:nhà|ta|già|lớn|thân|cao))|thành viên|khẩu|nhân khẩu|tài khoản|"
    r"(?:hộ|nhà)(?!$)(?! (?:(?:số )?\d|(?:ông|bà|anh|chị|cô|chú|bác|cụ) \S|khoá|vắng|đóng|không|cửa|"
    r"trống))|"
    r"tuổi|giờ|phút|(?:hôm|ngày|tuần) nữa|(?<=\D\d )(?:hôm|ngày|tuần) trước|tầng(?! \d)|"
    r"(?:máy|điện thoại)(?: (?:đã|cài|xong|rồi|đều)|$))(?!\S))"
)
_DOOR = r"số nhà|nhà số|căn hộ số|căn hộ|căn|phòng|sn|hộ số|số|nhà|hộ|lô|liền kề|lk|kiốt|ki ốt"
_PART = rf"(?:{_DOOR}|{ALLEY})(?: số| :)? {_NUMBER}{_COUNTED}"
_NUMBERED = spelt(
    rf"(?:(?:nhà|hộ) )?{_PART}(?:(?: ,)? {_PART})*(?: (?:chung cư|khu tập thể|tập thể))?|"
    rf"(?:(?:nhà|hộ) )?{_NUMBER}(?: (?:{ALLEY}) {_NUMBER})+"
)
_IS_DOOR = spelt(rf".*?(?:{_DOOR})(?: số| :)? {_NUMBER}.*|.*\d/\d.*|{_NUMBER} .*")
_FLOOR = spelt(r"(.*\d\S*) (?:tầng|lầu) \d{1,2}$")
_OF_A_BLOCK = spelt(r"căn|căn hộ|phòng|toà|block|chung cư|lô|dãy")
_BEFORE_DOOR = spelt(r"cả|vắng cả|trong|các|mấy|nhiều")
OF_THE_CLOCK = re.compile(r"(?:1?\d|2[0-3])[hg](?:[0-5]\d)?")
_BARE = re.compile(_NUMBER)


def doors(line: Line, taken: Set[int]) -> list[range]:
    """The houses told by number: "nhà 12", "số 8 ngõ 3", "căn 302", "12/5" behind "nhà"."""
    return [
        _with_street(line, places)
        for _, places in line.find(_NUMBERED, taken)
        if _IS_DOOR.fullmatch(said(line, places)) and not _is_family(line, places)
    ]


def _with_street(line: Line, places: range) -> range:
    """The house with its street: "15 đường Bạch Đằng"."""
    street = places.stop < len(line.words) and STREET.fullmatch(line.words[places.stop].full)
    end = name_end(line, places.stop + 1, 3) if street else places.stop
    return range(places.start, end if end > places.stop + 1 else places.stop)


def floor_behind(line: Line, house: range) -> range:
    """ "nhà 21 tầng 3": on which floor of a house somebody lives is said beside its number, and is none of it.

    Of a block ("căn 5 tầng 3", "phòng 302 tầng 3") it is part of the door.
    """
    if not house or _OF_A_BLOCK.search(said(line, house)):
        return range(0)
    found = _FLOOR.search(said(line, house))
    return range(house.start + len(found[1].split()), house.stop) if found else range(0)


def _is_family(line: Line, places: range) -> bool:
    before = line.words[places.start - 1].full if places.start else ""
    behind = line.words[places.start + 1].full  # "cả nhà số 35" is at that door, "cả nhà 3" is a family
    is_home = line.words[places.start].full in HOME and behind not in ("số", "so")
    return is_home and bool(_BEFORE_DOOR.fullmatch(before))


def bare_numbers(line: Line, taken: Set[int]) -> list[int]:
    """Where numbers stand that nothing else has claimed."""
    return [place for place, word in enumerate(line.words) if place not in taken and _BARE.fullmatch(word.full)]
