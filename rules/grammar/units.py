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


def units(line: Line) -> list[range]:
    """The words that name a unit, with "tổ" or "thôn" among them, as they stand."""
    found = [places for _, places in line.find(_UNIT_NUMBERED)]
    for _, places in line.find(_UNIT_NAMED):
        if said(line, places) in _UNSURE_KINDS or (
            places.start and _PART_OF.fullmatch(line.words[places.start - 1].full)
        ):
            continue
        named = range(places.stop, name_end(line, places.stop, 3))
        if named and not any(place in taken for taken in found for place in places):
            found.append(range(places.start, named.stop))
    return found
