"""A pasted list, read: as many records as it has houses, and every line accounted for.

A line may set the unit, the day or the outcome for those below it ("Thôn 3 tối qua:", "Vắng:"), name many houses
("vắng 12, 14, 15-19"), copy a paper sheet ("12 c, 13 v, 14 t") or give a unit's own figure ("thôn 3: 41/60").
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from rules import days, phones
from rules.entry_line import Entry, read_line
from rules.entry_outcomes import outcome_of
from rules.entry_places import doors, units
from rules.entry_words import Line, spelt
from rules.plan import Plan
from rules.private import forbidden
from rules.spelling import clean
from rules.unit_total import read_unit_total

Why = Literal["no_outcome", "no_house", "unclear", "private", "too_long", "range", "total"]

MOST_LINES = 1000
_MOST_IN_RANGE = 60
_MOST_LETTERS = 400
_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:[-–—*•+·▪►✓✔>]+|\(?\d{1,3}[.)](?!\d))\s*")
_STT = re.compile(r"(\d{1,3})[.)/\-:]?[ \t]+(?=\D)")
_STRONG = re.compile(r"\s*;\s*|(?<!\d)\.\s+|(?<=\d)\.\s+(?=[^\W\d_])|\s*,?\s+(?:còn|con) (?=(?:nhà |nha |số |hộ )?\d)")
_SPLIT = re.compile(r"\s*[,;]\s*|\s+và\s+|\s+\+\s+")
_HOUSE = r"\d{1,4}[a-zA-Z]?(?:/\d{1,4}[a-zA-Z]?)*"
_NAMED = r"(?:(?:các |những |cac )?(?:nhà|nha|số nhà|số|so|hộ|ho|sn)(?: số| so)? )?"
_NOT_COUNTED = r"(?! ?(?:người|nguoi|ng|máy|may|hộ|ho|giờ|h|vợ|mẹ|bố)\b)(?![\w/])"
_RANGE_SIGN = r"(?: ?[-–] ?| đến | den | tới | toi )"
_ITEM = re.compile(rf"(?<![\w/])(?P<first>{_HOUSE})(?:{_RANGE_SIGN}(?P<last>\d{{1,4}}))?(?![\w/])")
_ONE = rf"{_NAMED}(?:từ |tu )?{_HOUSE}(?:{_RANGE_SIGN}\d{{1,4}})?{_NOT_COUNTED}"
_RANGED = rf"{_NAMED}(?:từ |tu )?\d{{1,4}}{_RANGE_SIGN}\d{{1,4}}{_NOT_COUNTED}"
_HOUSES = re.compile(
    r"(?<![\w/.])(?<!ngày )(?<!hôm )(?<!tổ )(?<!thôn )(?<!khu )"
    rf"(?:{_ONE}(?:(?:\s*[,;+]\s*|\s+và\s+|\s+va\s+|\s+){_ONE})+|{_RANGED})",
    re.IGNORECASE,
)
_BARE_HOUSE = re.compile(rf"{_HOUSE}(?:{_RANGE_SIGN}\d{{1,4}})?", re.IGNORECASE)
_SAYING_FIRST = re.compile(rf"([^\d]+?)[ :]+(?:nhà |nha |số |hộ )?({_HOUSE}(?:{_RANGE_SIGN}\d{{1,4}})?)", re.IGNORECASE)
_ALLEY_HEAD = re.compile(
    r"(?:(?:các )?nhà )?((?:ngõ|ngách|hẻm|kiệt|dãy|ngo|ngach|hem|kiet) \d{1,4}(?:/\d{1,4})*)\s*:?", re.IGNORECASE
)
_RANGE = re.compile(rf"(?<![\w/.])(\d{{1,4}}){_RANGE_SIGN}(\d{{1,4}})(?![\w/])")
_STANDS_FOR_ALL = "999"
_MOST_BY_CHANCE = 3  # numbers with nothing but spaces between them: two may be a house and a count
_SHORT = 8  # words
_SHEET = re.compile(r"(\d{1,4}(?:[a-zA-Z](?= ))?(?:/\d{1,4})*) ?[:=\-]? ?([cvthsCVTHS])")
# The letters of the paper sheet: cài, vắng, từ chối, hẹn, sẵn.
_LETTERS = {"c": "đã cài", "v": "vắng", "t": "từ chối", "h": "hẹn quay lại", "s": "có sẵn từ trước"}
_HEADER_WORDS = spelt(
    r"(?:(?:danh sách|ds|báo cáo|bc|kết quả|kq|của|các|hộ|nhà|những|em|cháu|gửi|xin|ngày|:|-|\.|,|ạ|buổi|đi|\(|\)|"
    r"tổng hợp|số|hôm|\||đợt|tuyến|vận động|dạ|lượt|gồm|là|như sau|sau|đã|dân)(?: |$)){1,10}"
)


@dataclass(frozen=True)
class Total:
    """A unit's own figure: `done` of `out_of` households; with a `day` it is that day's, without one all so far."""

    line_no: int
    unit: str
    done: int
    out_of: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class Unread:
    """A line that seems to carry a record and could not be read, and why."""

    line_no: int
    text: str
    why: Why


@dataclass
class Batch:
    """What became of every line, numbered from 1 as typed; records that are not `sure` want a question first."""

    records: list[tuple[int, Entry]] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    talk: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Heading:
    """What a line above set for the lines below; `sheet` says that the list copies a paper sheet."""

    unit: str | None = None
    day: date | None = None
    saying: str = ""
    sheet: bool = False
    alley: str = ""


def read_list(text: str, plan: Plan, today: date) -> Batch:
    """Every line of a message read. At most 1,000 lines; those beyond come back as unread, never dropped."""
    typed = [(number, clean(line[:8000], most=8000)) for number, line in enumerate(_LINE_BREAK.split(text), 1)]
    typed = [(number, line) for number, line in typed if line]
    numbered = _is_numbered([line for _, line in typed])
    batch, heading = Batch(), _Heading(sheet=sum(bool(_SHEET.fullmatch(line)) for _, line in typed) > 1)
    tells_doors = not numbered and _tells_doors([line for _, line in typed])
    for number, line in typed[:MOST_LINES]:
        line = _with_door(line) if tells_doors else _without_bullet(line, numbered, plan, today)
        heading = _heading(line, heading, plan, today) or _read_into(batch, number, line, heading, plan, today)
    batch.unread += [Unread(number, line, "too_long") for number, line in typed[MOST_LINES:]]
    return batch


def _is_numbered(typed: list[str]) -> bool:
    """Whether the lines count themselves, 1, 2, 3: then the numbers are no houses."""
    numbers = [int(found[1]) for line in typed if (found := _STT.match(line))]
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] == 1


def _tells_doors(typed: list[str]) -> bool:
    """Whether the numbers ahead of lines skip some, 12, 14, 19: nobody counts so, they are houses."""
    numbers = [int(found[1]) for line in typed if (found := _STT.match(line))]
    return len(numbers) > 1 and all(b - a > 1 for a, b in pairwise(numbers))


def _with_door(line: str) -> str:
    return _STT.sub(r"nhà \1 ", line, count=1) if _STT.match(line) else line


def _without_bullet(line: str, numbered: bool, plan: Plan, today: date) -> str:
    """The line without "- " or "3. " before it; "12. đã cài" keeps its number, for that is the house."""
    if numbered and (found := _STT.match(line)):
        return line[found.end() :]
    found = _BULLET.match(line)
    if not found:
        return line
    rest = line[found.end() :]
    if not found[0].strip(" .)(").isdigit():
        return rest
    entry = read_line(rest, plan, today)
    return rest if entry and entry.house else line


def _heading(line: str, above: _Heading, plan: Plan, today: date) -> _Heading | None:
    """The heading this line is, or None: only a unit, a day or an outcome, and nothing of its own."""
    if found_alley := _ALLEY_HEAD.fullmatch(line):
        return replace(above, saying="", alley=found_alley[1])
    words = Line(line)
    named = units(words)
    taken = {place for places in named for place in places}
    found = days.find_day(line, today)
    if found:
        taken.update(words.under(found[0], found[1]))
    verdict = outcome_of(words, plan, frozenset(taken)) if line.endswith(":") else None
    said = [place for claim in verdict.claims for place in claim.places] if verdict else []
    rest = " ".join(word.full for place, word in enumerate(words.words) if place not in taken and place not in said)
    if len(named) > 1 or not (named or found or said) or (rest and not _HEADER_WORDS.fullmatch(rest)):
        return None
    if doors(words, set()) and not named:
        return None
    unit = _unit(words.typed(named[0])) if named else above.unit
    return _Heading(
        unit, found[2] if found else above.day, words.typed(range(min(said), max(said) + 1)) if said else ""
    )


def _unit(typed: str) -> str:
    return re.sub(r"^(?:ở|tại|thuộc|bên|o|tai|thuoc|ben) ", "", typed, flags=re.IGNORECASE)


def _read_into(batch: Batch, number: int, line: str, heading: _Heading, plan: Plan, today: date) -> _Heading:
    """Read one line into the batch, and hand back the heading for the next."""
    total = _total(number, line, heading, today)
    if len(line) > _MOST_LETTERS:
        batch.unread.append(Unread(number, line, "too_long"))
    elif forbidden(line):
        batch.unread.append(Unread(number, line, "private"))
    elif isinstance(total, Total):
        batch.totals.append(total)
    elif isinstance(total, Unread):
        batch.unread.append(total)
    else:
        _read_records(batch, number, line, heading, plan, today)
    return heading


def _total(number: int, line: str, heading: _Heading, today: date) -> Total | Unread | None:
    """A unit's figure: "thôn 3: 41/60", "tổ 5 được 12 hộ hôm nay". More done than there are is no figure."""
    figure = read_unit_total(line, today)
    if not figure or not figure.unit:
        return None
    if not figure.is_possible:
        return Unread(number, line, "total")
    return Total(number, figure.unit, figure.done, figure.total, figure.day or heading.day)


def _read_records(batch: Batch, number: int, line: str, heading: _Heading, plan: Plan, today: date) -> None:
    heading, line = _inline_heading(line, heading, plan, today)
    entries = _entries(line, heading, plan, today)
    if entries == "range":
        batch.unread.append(Unread(number, line, "range"))
    elif entries:
        batch.records += [(number, _under(entry, heading)) for entry in entries]
    elif _seems_a_record(line, plan):
        batch.unread.append(Unread(number, line, _why(line, plan)))
    else:
        batch.talk.append((number, line))


def _inline_heading(line: str, above: _Heading, plan: Plan, today: date) -> tuple[_Heading, str]:
    """ "tổ 2 hôm nay: 31 cài, 32 vắng": what stands before the colon holds for this one line."""
    ahead, colon, rest = line.partition(":")
    inline = _heading(ahead, above, plan, today) if colon and rest[:1].isspace() else None
    return (replace(inline, sheet=above.sheet), rest.strip()) if inline else (above, line)


def _under(entry: Entry, heading: _Heading) -> Entry:
    house = entry.house
    if house and heading.alley and _BARE_HOUSE.fullmatch(house) and house.isalnum():
        house = f"{house} {heading.alley}"
    return replace(entry, house=house, unit=entry.unit or heading.unit, day=entry.day or heading.day)


def _entries(line: str, heading: _Heading, plan: Plan, today: date) -> list[Entry] | Literal["range"]:
    """The records of one line: a paper sheet's, many houses with one outcome, several sayings, or one."""
    sheet = _of_sheet(line, heading.sheet, plan, today)
    if sheet:
        return sheet
    said = (
        f"{line}, {heading.saying}" if heading.saying and not outcome_of(Line(line), plan, frozenset()).claims else line
    )
    apart = _of_sentences(said, heading, plan, today)
    if apart:
        return apart
    parts = _SPLIT.split(said)
    many = _of_many(said, plan, today)
    if many != "range" and not (many and all(entry.sure for entry in many)) and len(parts) > 1:
        counted = _SPLIT.split(_RANGE.sub(_counted_out, said)) if not phones.find(said) else parts
        many = _of_sayings(parts, plan, today) or _of_several(counted, plan, today) or many
    if many:
        return many
    entry = read_line(said, plan, today)
    return [entry] if entry else []


def _counted_out(found: re.Match[str]) -> str:
    """ "20-22" as "20, 21, 22"; what runs backwards or too far stays as it is."""
    first, last = int(found[1]), int(found[2])
    return ", ".join(map(str, range(first, last + 1))) if first < last <= first + _MOST_IN_RANGE else found[0]


def _of_sentences(line: str, heading: _Heading, plan: Plan, today: date) -> list[Entry]:
    """ "Đã cài: 2, 4. Vắng: 8; 10 còn 12 hẹn": each sentence with houses and what happened stands for itself."""
    parts = [part for part in _STRONG.split(line) if part.strip(" .,;")]
    if len(parts) < 2:
        return []
    read = [_entries(part, replace(heading, saying=""), plan, today) for part in parts]
    if not all(entries and entries != "range" and all(e.house and e.outcome for e in entries) for entries in read):
        return []
    told = [(part, entry) for part, entries in zip(parts, read, strict=True) for entry in entries if entry != "range"]
    first = [entry for _, entry in told if isinstance(entry, Entry)]
    return [_carrying_on(entry, first[:1], parts[0], today) for entry in first]


def _of_sayings(parts: list[str], plan: Plan, today: date) -> list[Entry]:
    """ "vắng 12, 14, cài 15, 16": each saying stands ahead of its houses, and bare numbers follow the last one."""
    groups: list[str] = []
    for part in parts:
        if groups and _BARE_HOUSE.fullmatch(part):
            groups[-1] += f", {part}"
        elif (found := _SAYING_FIRST.fullmatch(part)) and outcome_of(Line(found[1]), plan, frozenset()).sure:
            groups.append(f"{found[1].strip(' :')} nhà {found[2]}")
        else:
            return []
    if len(groups) < 2:
        return []
    entries: list[Entry] = []
    for group in groups:
        many = _of_many(group, plan, today)
        one = None if many else read_line(group, plan, today)
        if many == "range" or not (many or one):
            return []
        entries += many or ([one] if one else [])
    return entries


def _of_sheet(line: str, is_sheet: bool, plan: Plan, today: date) -> list[Entry]:
    """ "12 c, 13 v, 14 t": letters of the paper sheet, at least two of them, or it may be house 12C."""
    said, rest = _SHEET.findall(line), _SHEET.sub("", line)
    if len(said) < (1 if is_sheet else 2) or rest.strip(" ,;.-"):
        return []
    entries = [read_line(f"nhà {house} {_LETTERS[letter.lower()]}", plan, today) for house, letter in said]
    return [entry for entry in entries if entry]


def _of_many(line: str, plan: Plan, today: date) -> list[Entry] | Literal["range"]:
    """ "vắng 12, 14, 15-19": one saying over a run of houses, read as if over one, which then stands for each."""
    run = _HOUSES.search(line)
    if not run or phones.find(line) or _is_date_and_house(run[0]):
        return []
    houses = _houses(run[0])
    if not houses:
        return "range"
    spaced = not re.search(r"[,;+\-–]|và|va|đến|den", run[0])
    template = read_line(f"{line[: run.start()]}nhà {_STANDS_FOR_ALL}{line[run.end() :]}", plan, today)
    if not template or template.house != _STANDS_FOR_ALL or len(houses) < (_MOST_BY_CHANCE if spaced else 2):
        return []
    sure = template.sure and not (template.installs or template.phone or template.name)
    return [replace(template, house=house, sure=sure) for house in houses]


def _is_date_and_house(run: str) -> bool:
    """ "18/6, nhà 12": the first is a day when only the second is called a house."""
    first, *others = _SPLIT.split(run)
    named = re.compile("nhà|nha|số|so|hộ|ho", re.IGNORECASE)
    return "/" in first and not named.match(first) and any(named.match(other) for other in others)


def _houses(run: str) -> list[str]:
    """The houses of a run, ranges counted out; nothing when a range runs backwards or is longer than a street."""
    houses: list[str] = []
    for item in _ITEM.finditer(run):
        if not item["last"]:
            houses.append(item["first"])
            continue
        first, last = int(item["first"]), int(item["last"])
        if not first < last <= first + _MOST_IN_RANGE:
            return []
        houses += map(str, range(first, last + 1))
    return list(dict.fromkeys(houses))


def _of_several(parts: list[str], plan: Plan, today: date) -> list[Entry]:
    """ "12 đã cài, 13 vắng, nhà ông Tám hẹn t7": parts that each tell a house and what happened there.

    A part without a house belongs to the one before it, or when it comes first to all; houses waiting for their outcome
    take the next one's.
    """
    read = [(part, read_line(part, plan, today)) for part in parts]
    if sum(bool(entry and entry.house and entry.outcome) for _, entry in read) < 2:
        return []
    ahead = ""
    texts: list[str] = []
    waiting: list[list[str]] = [[]]
    for part, entry in read:
        if entry and entry.house and entry.outcome:
            texts.append(part)
            waiting.append([])
        elif entry and entry.house:
            waiting[-1].append(entry.house)
        elif _BARE_HOUSE.fullmatch(part) and part.isalnum() and _cannot_count(part, texts, read):
            waiting[-1].append(part)
        elif texts:
            texts[-1] += f", {part}"
        else:
            ahead += f"{part}, "
    entries: list[Entry] = []
    for text, houses in zip(texts, waiting, strict=False):
        entry = read_line(ahead + text, plan, today)
        if not entry or not entry.house:
            return []
        entry = _carrying_on(entry, entries[:1], texts[0], today)
        entries += [replace(entry, house=house) for house in houses] + [entry]
    return entries + [Entry(house=house) for house in waiting[-1]]


def _cannot_count(part: str, texts: list[str], read: list[tuple[str, Entry | None]]) -> bool:
    """Whether a bare number between commas is a house and not the people of the house before: "12 cài, 3, 13 vắng"."""
    before = next((entry for text, entry in read if texts and text == texts[-1]), None)
    return not before or before.outcome not in ("installed", "had_it") or len(part) > 1


def _carrying_on(entry: Entry, first: list[Entry], text: str, today: date) -> Entry:
    """The unit of the line's first record holds for the next, and so does a day that heads the line."""
    found = days.find_day(text, today)
    day = first[0].day if first and found and found[0] == 0 else None
    return replace(entry, unit=entry.unit or (first[0].unit if first else None), day=entry.day or day)


def _seems_a_record(line: str, plan: Plan) -> bool:
    """Whether the line carries a house, a unit or a number beside an outcome, or a house alone."""
    words = Line(line)
    told = bool(outcome_of(words, plan, frozenset()).claims)
    placed = bool(doors(words, set()) or phones.find(line))
    return "?" not in line and (
        (told and (placed or any(map(str.isdigit, line)))) or (placed and len(words.words) < _SHORT)
    )


def _why(line: str, plan: Plan) -> Why:
    words = Line(line)
    if not outcome_of(words, plan, frozenset()).claims:
        return "no_outcome"
    return "unclear" if doors(words, set()) else "no_house"
