"""Which unit a line speaks of: "tổ 3", "thôn Đông", "khu 2" are units, never houses."""

from rules.grammar.names import name_end
from rules.grammar.words import Line, said, spelt

_UNIT = (
    r"tổ dân phố|tổ dp|tổ dân|tdp|tổ|thôn|khu phố|khu dân cư|khu|kdc|kp|xóm|ấp|bản|đội|làng|khối phố|khối|cụm|tiểu khu|"
    r"buôn|phum|sóc"
)
_AT = r"(?:ở|tại|thuộc|bên) "
_UNIT_NUMBERED = spelt(rf"(?:{_AT})?(?:{_UNIT})(?: (?:số|:))? \d{{1,2}}[a-z]?")
_UNIT_NAMED = spelt(rf"(?:{_AT})?(?:{_UNIT})")
# Without marks these are other words: "ban phim", "doi", "lang".
_UNSURE_KINDS = frozenset(["ban", "ap", "doi", "lang", "khoi", "cum", "soc", "buon", "to"])
# "trưởng thôn" is a person, "đầu xóm" a landmark; "thôn mình" names none.
_PART_OF = spelt(
    r"hàng|tối lửa|trưởng|phó|bí thư|thư|"
    r"đầu|cuối|giữa|cổng|trong|cả|toàn|quanh|gần|cạnh|ngoài|công an|an|người|bà con|con|dân"
)
_WENT_THERE = spelt(
    r"(?:.* )?(?:con|vợ|chồng|bố|mẹ|cháu|trai|gái|dâu|rể|ông|bà|anh|chị|chủ|cả nhà|họ)(?: .*)?"
    r" (?:làm|học|đi|về|ra|sang|lên|xuống|chơi|họp|trực|viện|chợ)(?: (?:ở|bên|trong|trên|dưới))?"
)
_OFFICE = spelt(r"trưởng|phó|viên|đội")


def units(line: Line) -> list[range]:
    """The words that name a unit, with "tổ" or "thôn" among them, as they stand."""
    found = [places for _, places in line.find(_UNIT_NUMBERED) if not _is_of_a_story(line, places)]
    for _, places in line.find(_UNIT_NAMED):
        if said(line, places) in _UNSURE_KINDS or is_part_of(line, places.start) or _is_of_a_story(line, places):
            continue
        named = range(places.stop, name_end(line, places.stop, 3))
        if named and not any(place in taken for taken in found for place in places):
            found.append(range(places.start, named.stop))
    return found


def _is_of_a_story(line: Line, places: range) -> bool:
    """ "…, con trai đi làm khu Tràng Duệ": where somebody went, in a clause of its own."""
    start = places.start
    while start and line.words[start - 1].is_word:
        start -= 1
    return start > 0 and bool(_WENT_THERE.fullmatch(said(line, range(start, places.start))))


def is_part_of(line: Line, place: int) -> bool:
    """Whether the word there only says whose or what part: "trưởng thôn", "đầu xóm", "tổ trưởng"."""
    behind = line.words[place + 1].full if place + 1 < len(line.words) else ""
    return bool(_OFFICE.fullmatch(behind)) or (place > 0 and bool(_PART_OF.fullmatch(line.words[place - 1].full)))
