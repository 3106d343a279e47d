"""The records of one line of a list, however many houses it names."""

import re
from dataclasses import replace
from datetime import date
from typing import Literal

from rules import days, phones
from rules.grammar.batch import Heading
from rules.grammar.gathering import counted as how_many
from rules.grammar.gathering import day_ahead, of_gathered
from rules.grammar.headings import heading_of
from rules.grammar.house_names import house_key
from rules.grammar.letters import written_in_words
from rules.grammar.line import read_line
from rules.grammar.outcomes import outcome_of
from rules.grammar.record import Entry
from rules.grammar.runs import SPLIT, ranges_counted_out
from rules.grammar.several import carrying_on, of_many, of_people, of_sayings, of_several
from rules.grammar.sheets import items_written_out, letters_written_out, may_be_a_letter, of_sheet
from rules.grammar.stories import of_exception, of_visits
from rules.grammar.words import Line
from rules.plan import Plan

# "cài 12 14 16 vắng 20 22": sayings and runs of houses by turns.
_BREATH = re.compile(r"(?<=\d)[ ,;]+(?=\d|[^\W\d_])")
_SAYING = r"(?:[^\W\d_]+[: ]+){1,3}"
_IN_ONE_BREATH = re.compile(rf"{_SAYING}\d{{1,4}}(?: \d{{1,4}})+(?:,? {_SAYING}\d{{1,4}}(?: \d{{1,4}})*)+")
_FEWEST_DOORS = 10
_DOOR_WORD = re.compile(r"\b(?:nhà|nha|số|so|hộ|ho)\b", re.IGNORECASE)
_TURN_HEAD = re.compile(r"(?:(?:nhà|nha|số|so|hộ|ho) )?\d{1,4}[a-zA-Z]?(?:/\d{1,4})* (?=[^\W\d_])", re.IGNORECASE)
_TURN = re.compile(rf"(?<=[^\W\d_]) (?={_TURN_HEAD.pattern})", re.IGNORECASE)
_OF_UNIT = "nhà số thôn thon tổ to xóm xom khu tdp ấp đội phố ngõ hẻm ngách cụm ngo kdc thứ ngày"
_NOT_OF_A_UNIT = "".join(f"(?<!{word} )" for word in _OF_UNIT.split())
_COUNTED_HOUSES = re.compile(
    rf"(?<![\w/.,\-–])(?:(?:cả|đủ|hết|ca|du|het) )?{_NOT_OF_A_UNIT}(\d{{1,2}}|hai|ba|bốn|năm|sáu) "
    r"(?=(?:nhà|hộ|căn|nha|ho)(?: số| so)? \d)",
    re.IGNORECASE,
)
_COUNTED_AHEAD = re.compile(r"\(?(?<![\w/.,\-–])(\d{1,2}) (?:nhà|hộ|căn|nha|ho)\)?\s*(?=:\s*\d)", re.IGNORECASE)
# "nhà 1 đến 5 cài, trừ nhà 3": whoever reads that must ask.
_EXCEPT = re.compile(r"(?<!\w)(?:trừ|ngoại trừ|không kể|không tính|còn lại)(?!\w)", re.IGNORECASE)
_STRONG = re.compile(
    r"\s*;\s*|(?<=[^\W\d_])\.(?=(?:nhà|nha|số|hộ) ?\d)|"
    r"(?<!\d)\.\s+|(?<=\d)\.\s+(?=[^\W\d_])|\s*,?\s+(?:còn|con) (?=(?:(?:nhà|nha|số|so|hộ) ){1,2}\d|\d{2})|"
    r"\s*,?\s+còn (?=(?:nhà |hộ )(?:ông|bà|cô|chú|bác|cụ|anh|chị|ô|b|a|c)\b|"
    r"(?:ông|bà|cụ|cô|chú|bác) [^\W\d_]+ (?:thì|vắng|đã|từ))"
)


def entries_of(line: str, heading: Heading, plan: Plan, today: date) -> list[Entry] | Literal["range"]:
    """The records of one line: a paper sheet's, many houses with one outcome, several sayings, or one."""
    counted = _COUNTED_HOUSES.search(line) or _COUNTED_AHEAD.search(line)
    if counted:  # "xong 2 nhà 37, 39": how many follow
        entries = entries_of(f"{line[: counted.start()]}{line[counted.end() :].lstrip()}", heading, plan, today)
        is_all = entries == "range" or len(entries) == how_many(counted[1])
        return entries if is_all or entries == "range" else [replace(entry, sure=False) for entry in entries]
    if apart := of_exception(line, lambda part: entries_of(part, heading, plan, today)):
        return apart
    if together := _of_day(line, heading, plan, today) or of_gathered(
        line, lambda part: entries_of(part, heading, plan, today)
    ):
        return together
    line = items_written_out(written_in_words(line))
    sheet = of_sheet(line, heading.sheet, plan, today)
    if sheet:
        return _once_each(sheet)
    entries = _said_entries(letters_written_out(line), heading, plan, today)
    entries = entries if entries == "range" else _of_one_day(_once_each(entries), line, today)
    if entries == "range" or not (_EXCEPT.search(line) or (len(entries) > 1 and may_be_a_letter(line))):
        return entries
    return [replace(entry, sure=False) for entry in entries]


def _of_day(line: str, heading: Heading, plan: Plan, today: date) -> list[Entry]:
    """ "tối qua 110 c 112 v", "hôm qua 15, 17 cài xong, 19 vắng": the day ahead of numbers is that of all of them."""
    said, rest = day_ahead(line)
    day = days.read_day(said, today) if said else None
    told = entries_of(rest, heading, plan, today) if day and day <= today else []
    if told == "range" or len(told) < 2 or any(entry.day for entry in told) or not all(e.sure for e in told):
        return []
    return [replace(entry, day=day) for entry in told]


def _may_count(houses: list[str]) -> bool:
    """Whether the numbers run 2, 3, 4 and are few: "2 vắng 3 cài 4 từ chối" may say how many."""
    numbers = [int(house) for house in houses if house.isdecimal()]
    return (
        len(numbers) == len(houses)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and (numbers[-1] < _FEWEST_DOORS)
    )


def _once_each(entries: list[Entry]) -> list[Entry]:
    """ "nhà 12 vắng, nhà 12 cài": the same house with two ends on one line is asked about."""
    ends: dict[str, set[str | None]] = {}
    for entry in entries:
        ends.setdefault(f"{entry.unit} {house_key(entry.house or '')}", set()).add(entry.outcome)
    several = {house for house, codes in ends.items() if len(codes) > 1}
    return [
        replace(entry, sure=entry.sure and f"{entry.unit} {house_key(entry.house or '')}" not in several)
        for entry in entries
    ]


def _of_one_day(entries: list[Entry], line: str, today: date) -> list[Entry]:
    """A day at the head of a line holds for every house in it: "tối qua số 76, 78 cài xong, số 80 vắng"."""
    line = Line(line).text
    found = days.find_day(line, today)
    if len(entries) < 2 or not found or line[: found[0]].strip(" ,.:") or found[2] > today:
        return entries
    if line[slice(*found[:2])].replace("/", "").replace("-", "").isdigit():
        # "12/1 12/3 vắng" are houses; "18/6 12 cài, 13 vắng" begins with a day, or with a house
        is_open = any(entry.house == line[slice(*found[:2])] and not entry.sure for entry in entries)
        return [replace(entry, sure=entry.sure and not is_open) for entry in entries]
    return [replace(entry, day=entry.day or found[2]) for entry in entries]


def _said_entries(line: str, heading: Heading, plan: Plan, today: date) -> list[Entry] | Literal["range"]:
    said = (
        f"{line}, {heading.saying}" if heading.saying and not outcome_of(Line(line), plan, frozenset()).claims else line
    )
    apart = _of_sentences(said, heading, plan, today)
    if apart:
        return apart
    parts = SPLIT.split(_BREATH.sub(", ", said)) if _IN_ONE_BREATH.fullmatch(said) else SPLIT.split(said)
    many = [] if len(parts) > 1 and _IN_ONE_BREATH.fullmatch(said) else of_many(said, plan, today)
    if many != "range" and not (many and all(entry.sure for entry in many)) and len(parts) > 1:
        counted = SPLIT.split(ranges_counted_out(said)) if not phones.find(said) else parts
        many = (
            of_sayings(parts, plan, today) or of_people(parts, plan, today) or of_several(counted, plan, today) or many
        )
    if many:
        return many
    entry = read_line(said, plan, today)
    return _of_turns(said, plan, today, entry) or ([entry] if entry else [])


def _of_turns(line: str, plan: Plan, today: date, whole: Entry | None) -> list[Entry]:
    """ "50 cài xong 52 vắng 54 hẹn t7": number and outcome by turns, nothing else between, a day perhaps ahead."""
    if (whole and whole.sure) or phones.find(line):
        return []
    parts = _TURN.split(line)
    ahead = parts.pop(0) if parts and not _TURN_HEAD.match(parts[0]) else ""
    read = [read_line(part, plan, today) for part in parts]
    heading = heading_of(ahead.strip(), Heading(), plan, today) if ahead else Heading()
    plain = [entry for entry in read if entry and entry.sure and entry.house and not (entry.name or entry.note)]
    if len(parts) < 2 or heading is None or len(plain) < len(parts):
        return []
    if _may_count([entry.house or "" for entry in plain]) and not _DOOR_WORD.search(line):
        return []  # "2 vắng 3 cài 4 từ chối" may say how many
    is_open = any(entry.outcome == "come_back" and not entry.come_back_on for entry in plain)
    if is_open or plain[-1].day:
        return []  # "12 hẹn 14 cài": a day, an hour or a house; "5 cài 6 vắng hôm qua": both of them, or the last
    return [replace(entry, day=entry.day or heading.day, unit=entry.unit or heading.unit) for entry in plain]


def _of_sentences(line: str, heading: Heading, plan: Plan, today: date) -> list[Entry]:
    """ "Đã cài: 2, 4. Vắng: 8; 10 còn 12 hẹn": each sentence with houses and what happened stands for itself."""
    parts = [part for part in _STRONG.split(line) if part.strip(" .,;")]
    if len(parts) < 2:
        return []
    read = [entries_of(part, replace(heading, saying=""), plan, today) for part in parts]
    if not all(entries and entries != "range" and all(e.house and e.outcome for e in entries) for entries in read):
        return of_visits(parts, lambda part: entries_of(part, replace(heading, saying=""), plan, today))
    told = [(part, entry) for part, entries in zip(parts, read, strict=True) for entry in entries if entry != "range"]
    first = [entry for _, entry in told if isinstance(entry, Entry)]
    return [carrying_on(entry, first[:1], parts[0], today) for entry in first]
