"""Households told by their people or a landmark: "nhà ông Tám ngã ba", "bà Năm", "Trần Thị Lụa"."""

import re
from collections.abc import Set

from rules.grammar.alikes import alike
from rules.grammar.house_words import ends_house, is_a_doing
from rules.grammar.names import ALLEY_WORD, HOME, HONORIFIC, PLAIN_STOPS, STOPS, STREET
from rules.grammar.words import Line, said, spelt

_PLAIN_HONORIFIC = frozenset(["ong", "ba", "chi", "co", "chu", "bac", "cu", "di", "cau", "thim"])
_SHORT_HONORIFIC = frozenset("ôobace")
# "nhà đó", "bác ấy" point at a house only those present can see; "nhà em" is the volunteer's own.
_NOBODY_S = spelt(
    r"(?:nhà|hộ|gia đình) (?:mày|mầy|tui|tụi|bọn|chúng|thằng|"
    r"mình|em|cháu|tôi|tao|con|nào|ai|bên|hàng xóm|văn hoá|trẻ|trường|thờ|nước|dân|nó|họ|nghỉ|"
    r"xe|hàng|bạn|người|chồng|vợ|ta|thì|đang|khác|đấy|đó|kia|này|nọ|ấy)|"
    r"(?:nhà )?(?:bà con|ông nội|bà nội|ông ngoại|bà ngoại|anh em|cả nhà|mọi người).*|"
    r"(?:anh|chị|em|ông|bà|cô|chú|bác) (?:này|ấy|đó|kia|nọ|nào)(?: .*)?|"
    r"(?:\S+ )+(?:đó|này|kia|ấy|nớ|nọ|nào|chủ|ta|khác)$"
)
_SURNAMES = re.findall(
    r"\w+",
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trịnh đào mai tô trương lương "
    "vương cao tạ hà đoàn lưu phùng chu quách thái tống lâm kiều mạc nghiêm khúc doãn bạch tăng từ hứa công tôn "
    "đồng ninh khổng",
)
_SURNAME = spelt("|".join(_SURNAMES))
_MIDDLE = spelt(r"văn|thị|đức|hữu|ngọc|quang|xuân|thanh|hồng|kim|đình|quốc|bá|trọng|như|thuý|mạnh|duy|minh|viết|công")
_MOST_WORDS = 7
_TRADE = spelt(r"sửa|xay|may|bơm|bán|nổ|cày|khâu|xe|thợ|lái|gần|máy|cạnh|giáp|sau|đầu")
_TOOLS = frozenset(["máy", "may", "điện", "dien", "cho", "bán", "là"])
_SHOP = re.compile(
    r"(?:quán|tiệm|hiệu|tạp hoá|cửa hàng|cửa hiệu|xưởng|đại lý|ki ốt|sạp|gara|lò|phòng khám|shop|quan|tiem|"
    r"hieu thuoc|tap hoa|cua hang)(?: |$)"
)
_AT_A_PLACE = spelt(r"(?:đầu|cuối|cạnh|gần|sau|trước|giữa|góc|đối diện) \S+")
# Next to the house told before it: no part of a name.
_NEXT_DOOR = spelt(
    r"(?<=\S )(?:(?:ở|ngay) )?(?:sát vách|sát bên|bên cạnh|kế bên|liền kề|ngay cạnh|cạnh đó|gần đó|đối diện|kề bên)$"
)
_NEXT_TO = spelt(
    r"(?<=\S )(?:cạnh|gần|giáp|sát|sau|trước|đối diện) nhà (?:văn hoá|trẻ|trường|thờ|hàng|kho|máy|ga|thuốc).*"
)
_LIVES = spelt(r"một|mình|với|cùng|trọ|riêng|nhà|có")
_NO_SMALL_NAME = spelt(
    r"già|trai|gái|cả|lớn|nhỏ|chủ|chào|cụ|hai|ngoại|nội|nhà|bảo|ốm|yếu|đơn|thân|xã|"
    r"khen|chê|cười|vui|mừng|mời|dặn|nhờ|than|kể|hỏi|đồng|ủng|thích|chửi|mắng|cảm|cám|biết|tự|ngủ|ăn|bận|mệt|khó|dễ|"
    r"nhiệt|tốt|hiền|gọi|nói|kêu|xin|bán|làm|ra|vào|ngồi|nằm|giữ|cầm|mang|đem|lấy|muốn|sợ|ngại|lo|hứa|tiếp|phụ|trông|"
    r"chăm|nấu|thấy|nghe|đọc|xem|dùng|cần|mới|còn|vẫn|rất|hơi|khoe|gật|lắc|niềm|tiễn|pha|chờ|đợi|cứ|bực|cáu|giận|điếc|mù|câm|liệt|què|lẫn|say|mất|chết|lãng|tàn|nhất|không|chưa|đang|tưởng|định|nhận|trả|hẹn|từ"
)
_LEADS_TO_A_PLACE = spelt(r"đi|ở|về|ra|vào|lên|xuống|tại|sang|trên|dưới|phố|đường|viện|chợ")
_ASKS_US = spelt(r"hẹn|bảo|kêu|dặn|nhờ|gọi")
_OF_ALL = spelt(r"hai|ba|bốn|\d|nhà|hộ|vợ|gia|ông|bà|mấy|đều")  # "ông Tám cả hai vợ chồng"
_NO_NAME = frozenset(["đã", "đang", "vừa"])
_MOST_CAPITALS = 0.7  # of the words of a line
_MOST_SMALL = 2  # words of a name in small letters
# Who is called by a name: "cháu về", "con gái", "vợ" in small letters are anybody's.
ELDERS = frozenset(
    re.findall(r"\w+", "ông bà anh chị cô chú bác bá cụ dì thím mợ cậu mệ thầy ô b a c ong ba chi co chu bac cu")
)


def behind_honorifics(line: Line) -> set[int]:
    """The words right behind "ông", "bà", "chị": names, whatever else they may mean ("chị Mai", "ông Ba")."""
    return {
        place
        for place in range(1, len(line.words))
        if line.words[place].typed[0].isalpha()
        and honors(line, place - 1)
        and line.words[place].full not in ("nhật", "nhat")
        and not _is_us(line, place - 1)
    }


def _is_us(line: Line, place: int) -> bool:
    """ "hẹn em tối thứ 6": whoever writes, and what follows is no name."""
    is_asked = place > 0 and bool(_ASKS_US.fullmatch(line.words[place - 1].full))
    return is_asked and line.words[place].full in ("em", "cháu") and not line.words[place + 1].capital


def in_chains_of_capitals(line: Line) -> set[int]:
    """The words of full names, and of names in capitals behind an honorific, whatever else they may mean.

    "Lê Văn Cài", "ông Ba Vắng". Where nearly every word has its capital, capitals say nothing.
    """
    capitals = [place for place, word in enumerate(line.words) if word.capital]
    if not capitals or len(capitals) > _MOST_CAPITALS * sum(word.typed[0].isalpha() for word in line.words):
        return set()
    return {place for start in capitals for place in _chain(line, start)}


def _chain(line: Line, start: int) -> range:
    end = start
    while end < min(len(line.words), start + _MOST_WORDS) and _is_capital_name(line, end):
        end += 1
    is_called = start > 0 and honors(line, start - 1)
    is_surname = end - start > 1 and bool(_SURNAME.fullmatch(line.words[start].full))
    before = line.words[start - 1] if start else None
    is_whole = not before or not before.capital or is_called
    is_a_place = before is not None and bool(_LEADS_TO_A_PLACE.fullmatch(before.full))  # "đi Hà Nội"
    return range(start, end) if is_whole and not is_a_place and (is_called or is_surname) else range(0)


def _is_capital_name(line: Line, place: int) -> bool:
    word = line.words[place]
    return word.capital and word.is_word and word.full not in _NO_NAME


def honors(line: Line, place: int) -> bool:
    """Whether the word stands before a name: "ông", "bà", "c."."""
    word = line.words[place]
    if _is_comrade(line, place):
        return True
    if word.typed == "." and place:
        return line.words[place - 1].full in _SHORT_HONORIFIC
    if word.capital and place and honors(line, place - 1) and not word.typed.isupper():
        return False
    if (
        word.typed.lower() == "di"
        and place
        and (line.words[place - 1].is_word and line.words[place - 1].full not in HOME)
    ):
        return False  # "nha 16 di Sai Gon": "đi", where "nha di Sau" is "dì"
    return word.full in HONORIFIC or word.typed.lower() in _PLAIN_HONORIFIC


def is_shop(line: Line, house: range) -> bool:
    """Whether the house is told as a shop: "quán bún cô Hà"."""
    return bool(_SHOP.match(said(line, house)))


def _shop(line: Line, start: int, taken: Set[int]) -> range:
    """ "quán bún cô Hà", "hiệu thuốc Minh Châu": a shop by its kind and name."""
    if not _SHOP.match(said(line, range(start, min(start + 3, len(line.words))))):
        return range(0)
    end = start
    while end < min(len(line.words), start + _MOST_WORDS) and end not in taken and _goes_on(line, end, start):
        end += 1
    named = any(line.words[place].capital for place in range(start + 1, end)) or _AT_A_PLACE.search(
        said(line, range(start + 1, end))
    )
    return range(start, end) if named else range(0)


def _is_couple_of(line: Line, start: int) -> bool:
    """ "vợ chồng anh Thưởng": the household is called anh Thưởng."""
    first = start if line.words[start].full == "vợ" else start - 1
    pair = [word.full for word in line.words[max(first, 0) : first + 2]]
    return pair == ["vợ", "chồng"] and first + 2 < len(line.words) and honors(line, first + 2)


def _leads_home(line: Line, start: int) -> bool:
    """ "vợ chồng nhà Thắng": the household begins at its "nhà"."""
    place = start
    while place + 1 < len(line.words) and honors(line, place):
        place += 1
    return line.words[place].full in HOME


def _is_comrade(line: Line, place: int) -> bool:
    around = [word.full for word in line.words[max(place - 1, 0) : place + 2]]
    return line.words[place].full in ("đồng", "chí") and "đồng chí" in " ".join(around)


def person(line: Line, taken: Set[int], *, at_a_door: bool = False) -> range:
    """The first household told by its people or a landmark: "nhà ông Tám ngã ba", "bà Năm", "nhà đầu ngõ".

    With `at_a_door` the house is told by a number already, and only a name adds to it: "dặn cháu về" is none.
    """
    for start, word in enumerate(line.words):
        if start in taken or not word.is_word:
            continue
        if (shop := _shop(line, start, taken)) and not at_a_door:
            return shop
        is_family = start > 0 and line.words[start - 1].full == "cả"  # "hẹn cả nhà trận sau"
        if _is_couple_of(line, start):
            continue
        if (word.full in HOME and not is_family) or (honors(line, start) and not _leads_home(line, start)):
            end = _walk(line, start, taken)
            is_somebody = end and not _NOBODY_S.search(_without_landmark(line, range(start, end)))
            is_somebody = is_somebody and not _does_something(line, start, end)
            if is_somebody and (not at_a_door or _is_named(line, range(start, end), taken)):
                return range(start, end)
    return range(0)


def _before_an_open_door(line: Line, first: int, end: int) -> int:
    """ "nhà cuối ngõ 41 cửa cuốn đóng": a door that is shut or broken is told of, and is no part of the name."""
    is_told = end < len(line.words) and line.words[end].is_word and ends_house(line, end)
    for place in (end - 1, end - 2) if is_told else ():
        if place > first and line.words[place].full == "cửa":
            return place
    return end


def _without_landmark(line: Line, who: range) -> str:
    """The words of a household without the house it lies by: "bà Thêu cạnh nhà văn hoá"."""
    is_named = any(line.words[place].capital and place > who.start for place in who)
    return _NEXT_TO.sub("", said(line, who)) if is_named else said(line, who)


def _does_something(line: Line, start: int, end: int) -> bool:
    """ "Cô đánh máy chậm": a name needs a name; what stands behind "cô" in small letters is what she does."""
    first = start
    while first < end and (line.words[first].full in HOME or honors(line, first)):
        first += 1
    is_called = first > start and honors(line, first - 1)
    return is_called and first < end and not line.words[first].capital and is_a_doing(line, first)


def _walk(line: Line, start: int, taken: Set[int]) -> int:
    """Where the household's words end, or 0 when only "nhà" or "bà" stands there."""
    place = start
    while place < len(line.words) and place not in taken and (line.words[place].full in HOME or honors(line, place)):
        place += 1
        behind = line.words[place].full if place < len(line.words) else ""
        place += line.words[place - 1].full == "gia" and behind in ("đình", "dinh")
    if place == len(line.words) or not _goes_on(line, place, place):
        place -= _is_a_third_child(line, place - 1, start)
    first = place
    while place < min(len(line.words), first + _MOST_WORDS) and place not in taken and _goes_on(line, place, first):
        place += 1
    while place > first and not line.words[place - 1].is_word:
        place -= 1  # "bà Tám - cài"
    place = _before_an_open_door(line, first, place)
    beside = _NEXT_DOOR.search(said(line, range(first, place)))
    place -= len(beside[0].split()) if beside else 0
    return place if place > first else 0


def _is_named(line: Line, who: range, taken: Set[int]) -> bool:
    """Whether these words name somebody: with a capital, or in small letters a short name that stands by itself."""
    own = [place for place in who if not (line.words[place].full in HOME or honors(line, place))]
    leads = {line.words[place].full for place in who if place not in own}
    if not own or any(place not in own for place in range(own[0], who.stop)):
        return False  # "anh chủ nhà", "em chào chị"
    if any(line.words[place].capital for place in own):
        return True
    if any(_NO_SMALL_NAME.fullmatch(line.words[place].full) for place in own):
        return False
    stands_alone = all(
        not 0 <= place < len(line.words) or place in taken or not line.words[place].is_word
        for place in (who.start - 1, who.stop)
    )
    return stands_alone and len(own) <= _MOST_SMALL and bool(leads & ELDERS)


def _is_a_third_child(line: Line, place: int, start: int) -> bool:
    """ "nhà ông ba": beside an "ông" with its mark, an unmarked "ba" is a name and no "bà"."""
    return place > start and line.words[place].typed == "ba" and not line.words[place - 1].typed.isascii()


def _goes_on(line: Line, place: int, first: int) -> bool:
    word = line.words[place]
    if not word.is_word:
        return word.typed in "-'" and place > first
    if word.full[0].isdigit():
        return place > first and bool(
            STREET.fullmatch(line.words[place - 1].full)
            or ALLEY_WORD.fullmatch(line.words[place - 1].full)
            or line.words[place - 1].full in ("cấp", "cap")  # "cô giáo Lan dạy cấp 1"
        )
    if place in alike(line) and (place > first or word.full in ("có", "co")):
        return True  # "giò chả", "cây đa"
    if word.full in _NO_NAME or (word.full == "la" and place > first and line.words[place - 1].capital):
        return False  # "anh Hùng Đã cài", "nha ong Vang la chua cai"
    if word.full in ("chủ", "chu") and line.words[place - 1].capital and _is_owner(line, place):
        return False  # "anh Trọng chủ nhà"
    if word.capital and place > 0:
        return True
    if place > first and ends_house(line, place):
        return False  # "anh Cương đông khách"
    if word.full in ("ở", "o") and place > first:
        return not (place + 1 < len(line.words) and _LIVES.fullmatch(line.words[place + 1].full))
    if place > first and word.full in ("cả", "ca") and place + 1 < len(line.words):
        return not _OF_ALL.fullmatch(line.words[place + 1].full)
    if place > first and word.full in ("vợ", "chồng", "con", "cháu"):
        return _names_kin(line, place)
    if place > first and word.full in _TOOLS and _TRADE.fullmatch(line.words[place - 1].full):
        return True  # "anh Lực sửa xe máy"
    return word.full not in STOPS and not (word.full.isascii() and word.full in PLAIN_STOPS and place > first)


def _is_owner(line: Line, place: int) -> bool:
    return place + 1 < len(line.words) and line.words[place + 1].full in HOME


def _names_kin(line: Line, place: int) -> bool:
    """ "anh Lực con ông Bàng": whose son he is belongs to the name."""
    behind = line.words[place + 1 : place + 3]
    return len(behind) == 2 and honors(line, place + 1) and behind[1].capital


def behind_the_name(line: Line, house: range) -> range:
    """What stands behind the name of a household: trades and landmarks, or behind "nhà" alone all of it."""
    capitals = [place for place in house if line.words[place].capital and not honors(line, place) and place > 0]
    if capitals:
        return range(capitals[-1] + 1, house.stop)
    first = house.start
    while first < house.stop and (line.words[first].full in HOME or line.words[first].typed == "."):
        first += 1
    if first == house.stop or not (line.words[first].full == "đình" or honors(line, first)):
        return range(first, house.stop)
    while first < house.stop and honors(line, first):
        first += 1
    is_full = bool(_SURNAME.fullmatch(line.words[min(first, house.stop - 1)].full))
    is_full &= first + 2 < house.stop and bool(_MIDDLE.fullmatch(line.words[first + 1].full))
    return range(first + (3 if is_full else 1), house.stop)


def full_name(line: Line, taken: Set[int]) -> range:
    """A person's full name standing alone: a surname and what follows, in capitals or with a middle name."""
    for start, word in enumerate(line.words[:-1]):
        if start in taken or start + 1 in taken or word.full in STOPS or not _SURNAME.fullmatch(word.full):
            continue
        end = start + 1
        while end < min(len(line.words), start + 6) and end not in taken and _is_name_part(line, start, end):
            end += 1
        if end - start >= 2 and (word.capital or _MIDDLE.fullmatch(line.words[start + 1].full)):
            return range(start, end)
    return range(0)


def _is_name_part(line: Line, start: int, place: int) -> bool:
    word = line.words[place]
    if not word.typed[0].isalpha() or word.full in _NO_NAME:
        return False
    return word.capital if line.words[start].capital else word.full not in STOPS
