"""Which door a line speaks of: the unit, the house, the person, as people tell one from another.

"12/5" behind "nhà" or "số", or at the head of a line, is a house in an alley; behind "ngày" or after what happened it
is a day. "tổ 3", "thôn 3", "khu 2" are units, never houses.
"""

import re
from collections.abc import Iterable, Set

from rules.entry_words import Line, spelt
from rules.spelling import plain

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
    r"trưởng|phó|bí thư|thư|đầu|cuối|giữa|cổng|trong|cả|toàn|quanh|gần|cạnh|ngoài|công an|an|người|bà con|con|dân"
)
_NO_UNIT_NAME = spelt(
    r"mình|em|ta|tôi|cháu|này|đó|kia|nào|bên|trưởng|phó|viên|chức|công|vực|khác|đội|lại|ơi|nhà|tuần|trên|dưới"
)
_NUMBER = r"\d{1,4}[a-z]?\d{0,2}(?:[/.]\d{1,4}[a-z]?){0,3}"
# "nhà 2 người" speaks of people and "cả nhà 3" of a family: neither is a door.
_COUNTED = (
    r"(?! (?:người(?! (?:nhà|ta|già|lớn|thân|cao))|thành viên|khẩu|nhân khẩu|tài khoản|"
    r"(?:hộ|nhà)(?! (?:(?:số )?\d|khoá|vắng|đóng|không|cửa|"
    r"trống))|"
    r"tuổi|giờ|phút|(?:hôm|ngày|tuần) (?:nữa|trước)|(?:máy|điện thoại)(?: (?:đã|cài|xong|rồi|đều)|$))(?!\S))"
)
_DOOR = r"số nhà|nhà số|căn hộ số|căn hộ|căn|phòng|sn|hộ số|số|nhà|hộ|lô|liền kề|lk|kiốt|ki ốt"
_ALLEY = r"ngõ|ngách|hẻm|kiệt|dãy|block|toà|tầng|đường|phố|chung cư"
_PART = rf"(?:{_DOOR}|{_ALLEY})(?: số| :)? {_NUMBER}{_COUNTED}"
_NUMBERED = spelt(
    rf"(?:(?:nhà|hộ) )?{_PART}(?:(?: ,)? {_PART})*(?: (?:chung cư|khu tập thể|tập thể))?|"
    rf"(?:(?:nhà|hộ) )?{_NUMBER}(?: (?:{_ALLEY}) {_NUMBER})+"
)
_ALLEY_WORD = spelt(_ALLEY)
_IS_DOOR = spelt(rf".*?(?:{_DOOR})(?: số| :)? {_NUMBER}.*|.*\d/\d.*|{_NUMBER} .*")
_STREET = spelt(r"đường|phố|ngõ|hẻm|chung cư|toà|dãy|block")
_BEFORE_DOOR = spelt(r"cả|vắng cả|trong|các|mấy|nhiều")
_BARE = re.compile(_NUMBER)
_HONORIFIC = frozenset(
    re.findall(r"\w+", "ông bà anh chị cô chú bác cụ dì thím mợ cậu mệ thầy o ô b a c e em cháu sư vợ chồng bố mẹ")
)
_PLAIN_HONORIFIC = frozenset(["ong", "ba", "chi", "co", "chu", "bac", "cu", "di", "cau", "thim"])
_SHORT_HONORIFIC = frozenset("ôobace")
_HOME = frozenset(["nhà", "hộ", "gđ", "gia", "nha", "ho", "gd"])
# "nhà đó", "bác ấy" point at a house only those present can see; "nhà em" is the volunteer's own.
_NOBODY_S = spelt(
    r"(?:nhà|hộ|gia đình) (?:mình|em|cháu|tôi|tao|con|nào|ai|bên|hàng xóm|văn hoá|trẻ|trường|thờ|nước|dân|nó|họ|nghỉ|"
    r"xe|hàng|bạn|người|chồng|vợ|ta|thì|đang|khác)|"
    r"(?:nhà )?(?:bà con|ông nội|bà nội|ông ngoại|bà ngoại|anh em|cả nhà|mọi người).*|"
    r"(?:\S+ )+(?:đó|này|kia|ấy|nớ|nọ|nào|chủ|ta|khác)$"
)
_STOPS = frozenset(
    re.findall(
        r"\w+",
        "đã chưa có thì là bị vì do tại bởi hôm ngày sdt sđt không vẫn cũng mới vừa đang được hẹn bảo nói kêu nhờ rồi "
        "xong nhưng mà và còn với để thôi nhé nha ạ cho đi sẽ nên tự cài gọi điện máy tên note lúc nay báo xin "
        "dùng toàn chỉ đều hình chắc nghe nếu hay vắng hỏi",
    )
)
_PLAIN_STOPS = frozenset(map(plain, _STOPS)) - {
    "la",
    "chi",
    "tai",
    "tu",
    "do",
    "vi",
    "va",
    "con",
    "nay",
    "may",
    "ten",
    "cho",
    "luc",
}
_SURNAMES = re.findall(
    r"\w+",
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trịnh đào mai tô trương lương "
    "vương cao tạ hà đoàn lưu phùng chu quách thái tống lâm kiều mạc nghiêm khúc doãn bạch tăng từ hứa công tôn "
    "đồng ninh khổng",
)
_SURNAME = spelt("|".join(_SURNAMES))
_MIDDLE = spelt(r"văn|thị|đức|hữu|ngọc|quang|xuân|thanh|hồng|kim|đình|quốc|bá|trọng|như|thuý|mạnh|duy|minh|viết|công")
_MOST_WORDS = 7


def units(line: Line) -> list[range]:
    """The words that name a unit, with "tổ" or "thôn" among them, as they stand."""
    found = [places for _, places in line.find(_UNIT_NUMBERED)]
    for _, places in line.find(_UNIT_NAMED):
        if said(line, places) in _UNSURE_KINDS or (
            places.start and _PART_OF.fullmatch(line.words[places.start - 1].full)
        ):
            continue
        named = range(places.stop, _name_end(line, places.stop, 3))
        if named and not any(place in taken for taken in found for place in places):
            found.append(range(places.start, named.stop))
    return found


def _name_end(line: Line, start: int, most: int) -> int:
    """Where a proper name ends that begins at `start`: its capitals, or in a small-letter line one word."""
    end = start
    while end < min(len(line.words), start + most) and line.words[end].is_word and line.words[end].capital:
        end += 1
    if end > start or start >= len(line.words):
        return end
    word = line.words[start]
    is_name = word.typed.isalpha() and word.full not in _STOPS | _HONORIFIC | _HOME
    is_name = is_name and not _NO_UNIT_NAME.fullmatch(word.full)
    return start + 1 if is_name and line.words[start - 1].typed.islower() else start


def doors(line: Line, taken: Set[int]) -> list[range]:
    """The houses told by number: "nhà 12", "số 8 ngõ 3", "căn 302", "12/5" behind "nhà"."""
    return [
        _with_street(line, places)
        for _, places in line.find(_NUMBERED, taken)
        if _IS_DOOR.fullmatch(said(line, places)) and not _is_family(line, places)
    ]


def _with_street(line: Line, places: range) -> range:
    """The house with its street: "15 đường Bạch Đằng"."""
    street = places.stop < len(line.words) and _STREET.fullmatch(line.words[places.stop].full)
    end = _name_end(line, places.stop + 1, 3) if street else places.stop
    return range(places.start, end if end > places.stop + 1 else places.stop)


def _is_family(line: Line, places: range) -> bool:
    before = line.words[places.start - 1].full if places.start else ""
    return bool(_BEFORE_DOOR.fullmatch(before)) and line.words[places.start].full in _HOME


def bare_numbers(line: Line, taken: Set[int]) -> list[int]:
    """Where numbers stand that nothing else has claimed."""
    return [place for place, word in enumerate(line.words) if place not in taken and _BARE.fullmatch(word.full)]


def behind_honorifics(line: Line) -> set[int]:
    """The words right behind "ông", "bà", "chị": names, whatever else they may mean ("chị Mai", "ông Ba")."""
    return {
        place
        for place in range(1, len(line.words))
        if line.words[place].is_word and _honors(line, place - 1) and line.words[place].full not in ("nhật", "nhat")
    }


def _honors(line: Line, place: int) -> bool:
    word = line.words[place]
    if word.typed == "." and place:
        return line.words[place - 1].full in _SHORT_HONORIFIC
    if word.capital and place and _honors(line, place - 1) and not word.typed.isupper():
        return False
    return word.full in _HONORIFIC or word.typed.lower() in _PLAIN_HONORIFIC


def person(line: Line, taken: Set[int]) -> range:
    """The first household told by its people or a landmark: "nhà ông Tám ngã ba", "bà Năm", "nhà đầu ngõ"."""
    for start, word in enumerate(line.words):
        if start in taken or not word.is_word:
            continue
        if word.full in _HOME or _honors(line, start):
            end = _walk(line, start, taken)
            if end and not _NOBODY_S.search(said(line, range(start, end))):
                return range(start, end)
    return range(0)


def _walk(line: Line, start: int, taken: Set[int]) -> int:
    """Where the household's words end, or 0 when only "nhà" or "bà" stands there."""
    place = start
    while place < len(line.words) and place not in taken and (line.words[place].full in _HOME or _honors(line, place)):
        place += 1
    first = place
    while place < min(len(line.words), first + _MOST_WORDS) and place not in taken and _goes_on(line, place, first):
        place += 1
    return place if place > first else 0


def _goes_on(line: Line, place: int, first: int) -> bool:
    word = line.words[place]
    if not word.is_word:
        return word.typed in "-'" and place > first
    if word.full[0].isdigit():
        return place > first and bool(
            _STREET.fullmatch(line.words[place - 1].full) or _ALLEY_WORD.fullmatch(line.words[place - 1].full)
        )
    if word.capital and place > 0:
        return True
    if place > first and word.full in ("vợ", "chồng", "con", "cháu"):
        return _names_kin(line, place)
    return word.full not in _STOPS and not (word.full.isascii() and word.full in _PLAIN_STOPS and place > first)


def _names_kin(line: Line, place: int) -> bool:
    """ "anh Lực con ông Bàng": whose son he is belongs to the name."""
    behind = line.words[place + 1 : place + 3]
    return len(behind) == 2 and _honors(line, place + 1) and behind[1].capital


def full_name(line: Line, taken: Set[int]) -> range:
    """A person's full name standing alone: a surname and what follows, in capitals or with a middle name."""
    for start, word in enumerate(line.words[:-1]):
        if start in taken or start + 1 in taken or not _SURNAME.fullmatch(word.full):
            continue
        end = start + 1
        while end < min(len(line.words), start + 6) and end not in taken and _is_name_part(line, start, end):
            end += 1
        if end - start >= 2 and (word.capital or _MIDDLE.fullmatch(line.words[start + 1].full)):
            return range(start, end)
    return range(0)


def _is_name_part(line: Line, start: int, place: int) -> bool:
    word = line.words[place]
    if not word.typed[0].isalpha():
        return False
    return word.capital if line.words[start].capital else word.full not in _STOPS


def said(line: Line, places: Iterable[int]) -> str:
    return " ".join(line.words[place].full for place in places)


_ONLY_NUMBER = re.compile(r"(?:số|so|sn|:)\s*:?\s*(\d\S*)", re.IGNORECASE)
_KEY_PART = re.compile(r"\d+[a-z]?\d*(?:/\d+[a-z]?)*|[^\W\d_]+")
_ALLEYS = frozenset(["ngo", "ngach", "hem", "kiet", "lo", "day", "block", "toa", "tang", "duong", "can", "phong"])
_DROPPED = frozenset(["nha", "ho", "so", "sn", "gd", "can"])
_WRITTEN_OUT = {"o": "ong", "b": "ba", "a": "anh", "c": "chi", "e": "em"}


def without_house_word(text: str) -> str:
    """The house as people say it, without the leading "nhà": "nhà số 12" is "12", "nhà ông Tám" is "ông Tám"."""
    line = Line(text)
    kept = 0
    while kept < len(line.words) - 1 and _leads(line, kept):
        kept += 1
    rest = text[line.words[kept].start :] if line.words else text
    number = _ONLY_NUMBER.fullmatch(rest)
    return number[1] if number else rest


def without_honorific(text: str) -> str:
    """The bare name: "bà Tám" is "Tám", "nhà anh Nguyễn Văn Bình" is "Nguyễn Văn Bình"."""
    line = Line(text)
    place = 0
    while place < len(line.words) and (
        line.words[place].full in _HOME or _honors(line, place) or line.words[place].typed == "."
    ):
        place += 1
    return text[line.words[place].start :] if place < len(line.words) else ""


def _leads(line: Line, place: int) -> bool:
    word = line.words[place].full
    if word in ("số", "so"):
        return len(line.words) == place + 2
    return (
        word in _HOME or word in ("sn", ":") or (word == "đình" and place > 0 and line.words[place - 1].full == "gia")
    )


def house_key(text: str) -> str:
    """What makes two sayings one house within a unit: "nhà số 12" and "so 12"; "ngõ 3 số 8" and "số 8 ngõ 3"."""
    parts = _KEY_PART.findall(plain(re.sub(r"(\d) (?=[a-zA-Z]\b)", r"\1", text)))
    pairs: list[str] = []
    for part in parts:
        if part[0].isdigit():
            part = "/".join(piece.lstrip("0") or "0" for piece in part.split("/"))
            pairs.append(f"{pairs.pop()} {part}" if pairs and pairs[-1] in _ALLEYS else part)
        elif part not in _DROPPED:
            pairs.append(_WRITTEN_OUT.get(part, part) if not pairs else part)
    numbered = any(pair[0].isdigit() for pair in pairs)
    return " ".join(sorted(pairs, key=_door_first) if numbered else pairs)


def _door_first(pair: str) -> tuple[bool, str]:
    return not pair[0].isdigit(), pair if pair.split()[0] in _ALLEYS else ""
