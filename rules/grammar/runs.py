"""Runs of houses: "12, 14, 15-19", counted out."""

import re

_MOST_IN_RANGE = 60
SPLIT = re.compile(r"\s*[,;]\s*|\s+và\s+|\s+\+\s+")
HOUSE = r"\d{1,4}[a-zA-Z]?(?:/\d{1,4}[a-zA-Z]?)*"
_NAMED = r"(?:(?:các |những |cac )?(?:nhà|nha|số nhà|số|so|hộ|ho|sn)(?: số| so)? )?"
_NOT_COUNTED = r"(?! ?(?:người|nguoi|ng|máy|may|hộ|ho|giờ|h|vợ|mẹ|bố)\b)(?![\w/])"
RANGE_SIGN = r"(?: ?[-–] ?| đến | den | tới | toi )"
_ITEM = re.compile(rf"(?<![\w/])(?P<first>{HOUSE})(?:{RANGE_SIGN}{_NAMED}(?P<last>\d{{1,4}}))?(?![\w/])")
_ONE = rf"{_NAMED}(?:từ |tu )?{HOUSE}(?:{RANGE_SIGN}\d{{1,4}})?{_NOT_COUNTED}"
_RANGED = rf"{_NAMED}(?:từ |tu )?\d{{1,4}}{RANGE_SIGN}{_NAMED}\d{{1,4}}{_NOT_COUNTED}"
HOUSES = re.compile(
    r"(?:(?<!\w)(?:từ|tu) (?=nhà|nha|số|so))?(?<![\w/.])(?<!ngày )(?<!hôm )(?<!tổ )(?<!thôn )(?<!khu )"
    rf"(?:{_ONE}(?:(?:\s*[,;+]\s*|\s+(?:và|va|với|voi|vs)\s+|\s+){_ONE})+|{_RANGED})",
    re.IGNORECASE,
)
_ALLEY = r"(?:ngõ|ngách|hẻm|kiệt|ngo|ngach|hem|kiet) \d{1,4}(?:/\d{1,4})*"
_IN_ALLEY = rf"\d{{1,4}}[a-zA-Z]?(?:/\d{{1,4}})* (?:{_ALLEY}(?: |(?=[,;+]|$))){{1,2}}"
ALLEY_HOUSES = re.compile(
    rf"{_NAMED}{_IN_ALLEY}(?:\s*(?:[,;+]|(?:và|va|với|voi|vs)\s)\s*{_NAMED}{_IN_ALLEY})+", re.IGNORECASE
)
BARE_HOUSE = re.compile(rf"{HOUSE}(?:{RANGE_SIGN}\d{{1,4}})?", re.IGNORECASE)
_RANGE = re.compile(rf"(?<![\w/.])(\d{{1,4}}){RANGE_SIGN}(\d{{1,4}})(?![\w/])")


def counted_out(run: str) -> list[str]:
    """The houses of a run, ranges counted out; nothing when a range runs backwards or is longer than a street."""
    houses: list[str] = []
    for item in _ITEM.finditer(run):
        if not item["last"]:
            houses.append(item["first"])
            continue
        if not item["first"].isdecimal():
            return []  # "từ 8h đến 172", "12a-15": no range of houses
        first, last = int(item["first"]), int(item["last"])
        if not first < last <= first + _MOST_IN_RANGE:
            return []
        houses += map(str, range(first, last + 1))
    return list(dict.fromkeys(houses))


def each_in_an_alley(run: str) -> list[str]:
    """ "số 8 ngõ 3 và số 10 ngõ 3": each with its own alley."""
    return [" ".join(found[0].split()) for found in re.finditer(_IN_ALLEY, run, re.IGNORECASE)]


def ranges_counted_out(text: str) -> str:
    """ "20-22" as "20, 21, 22"; what runs backwards or too far stays as it is."""
    return _RANGE.sub(_each_of, text)


def _each_of(found: re.Match[str]) -> str:
    first, last = int(found[1]), int(found[2])
    return ", ".join(map(str, range(first, last + 1))) if first < last <= first + _MOST_IN_RANGE else found[0]


def is_date_and_house(run: str) -> bool:
    """ "18/6, nhà 12": the first is a day when only the second is called a house."""
    first, *others = SPLIT.split(run)
    named = re.compile("nhà|nha|số|so|hộ|ho", re.IGNORECASE)
    return "/" in first and not named.match(first) and any(named.match(other) for other in others)
