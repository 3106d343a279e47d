"""Numbers said in words to a voice keyboard: "nhà số mười hai" is "nhà số 12", "bảy giờ tối" is "7 giờ tối".

Only where a number is awaited: behind a door or a unit, before an hour, or as the ten digits of a phone. Words with
capitals are names, and what does not read as one number whole stays as it was said.
"""

import re

from rules.numbers import read_number

_ONE_DIGIT = {"không": "0", "một": "1", "hai": "2", "ba": "3", "bốn": "4", "năm": "5", "sáu": "6", "bảy": "7",
              "bẩy": "7", "tám": "8", "chín": "9", "mốt": "1", "tư": "4", "lăm": "5"}  # fmt: skip
_WORD = r"(?:một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|linh|lẻ|mốt|lăm|nhăm)"
_RUN = rf"{_WORD}(?: {_WORD})*"
_NO_YEAR = r"(?! ?(?:nay|ngoái|trước|sau|năm)(?!\w))"
_NO_COUNT = (
    r"(?! ?(?:người(?! ta)|ngừoi|ng|(?:hộ|nhà)(?! (?:ông|bà|anh|chị|cô|chú|bác|cụ|gia đình)(?!\w))|"
    r"máy|vợ chồng|ông bà|đứa|cháu|cụ|khẩu|bác|anh em|chị em)(?!\w))"
)
_OF_DOOR = r"(?:nhà số|số nhà|hộ số|căn hộ|căn|phòng|số|ngõ|ngách|hẻm|kiệt|lô|tầng)"
_OF_UNIT = r"(?:tổ dân phố|tổ|thôn|xóm|khu phố|khu|ấp|bản|đội)(?: số)?"
_OVER = r"(?: (?:trên|xẹt|xuyệt|suyệt|xoẹt|phần|gạch) (?P<over>{run}))?".replace("{run}", _RUN)
_WHOLE = rf"(?! ?giờ)(?! không {_WORD})(?!\w)(?! {_WORD})"
_BEHIND = re.compile(rf"(?<!\w)(?P<ahead>(?i:{_OF_DOOR})) (?P<run>{_RUN}){_OVER}{_WHOLE}{_NO_YEAR}{_NO_COUNT}")
_UNIT = re.compile(rf"(?<!\w)(?P<ahead>(?i:{_OF_UNIT})) (?P<run>{_RUN}){_WHOLE}{_NO_YEAR}(?! (?:người|hộ)(?!\w))")
_HOUSE = re.compile(rf"(?<!\w)(?P<ahead>(?i:nhà|hộ)) (?P<run>{_RUN}){_OVER}{_WHOLE}{_NO_YEAR}{_NO_COUNT}")
_HOUR = re.compile(rf"(?<!\w)(?P<run>{_RUN})(?= giờ(?!\w))")
_MOST_HOURS = 24
_PHONE = re.compile(rf"(?<!\w)không(?: (?:{'|'.join(_ONE_DIGIT)})){{9,10}}(?!\w)")
_SURE_OF_HOUSE = re.compile(r"\b(?:mười|mươi|trăm)\b|^một$")
_PLAIN_ONE = r"(?:mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|lam)"
_UNMARKED = re.compile(
    rf"(?<!\w)(?P<ahead>(?i:nha so|so nha|so|nha|ngo)) "
    rf"(?P<run>(?:{_PLAIN_ONE} )?(?:muoi|tram)(?: (?:muoi|linh|{_PLAIN_ONE})){{0,3}})(?!\w)"
)
# "nhà năm", "nhà ba tám": a number, or the fifth child's house.
_MAY_BE_A_NUMBER = re.compile(rf"(?:nhà|hộ)(?: số)?(?: {_RUN}(?: giờ.*)?)?", re.IGNORECASE)


def with_digits(text: str) -> str:
    """The line with spoken house numbers, units, hours and phones as digits. Doing it twice changes nothing more."""
    if "mươi" not in text and not re.search(_WORD, text) and not _UNMARKED.search(text):
        return text
    text = _PHONE.sub(lambda said: "".join(_ONE_DIGIT[word] for word in said[0].split()), text)
    text = _HOUR.sub(_number, text)
    text = _HOUSE.sub(_house, _UNIT.sub(_door, _BEHIND.sub(_door, text)))
    return _UNMARKED.sub(_door, text)


def may_be_spoken(house: str) -> bool:
    """Whether the house is told by number words that may as well be somebody's name: "nhà năm"."""
    return bool(_MAY_BE_A_NUMBER.fullmatch(house)) and house[-1:].islower()


def _number(said: re.Match[str]) -> str:
    value = _value(said["run"])
    return said[0] if value is None or value > _MOST_HOURS else str(value)


def _door(said: re.Match[str]) -> str:
    value, groups = _value(said["run"]), said.groupdict()
    over = _value(groups["over"]) if groups.get("over") else None
    if value is None or (groups.get("over") and over is None):
        return said[0]
    return f"{said['ahead']} {value}" + (f"/{over}" if over is not None else "")


def _house(said: re.Match[str]) -> str:
    """Behind a mere "nhà" only what can be no name: "mười hai", not "năm"."""
    return _door(said) if _SURE_OF_HOUSE.search(said["run"]) or said["over"] else said[0]


def _value(run: str) -> int | None:
    """The number a run of words says whole; two digits side by side are read as such: "sáu sáu" is 66."""
    value = read_number(run, field=True)
    if value is not None:
        return value
    words = run.split()
    is_pair = len(words) in (2, 3) and all(word in _ONE_DIGIT for word in words)
    return int("".join(_ONE_DIGIT[word] for word in words)) if is_pair else None
