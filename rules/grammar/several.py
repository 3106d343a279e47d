"""Several houses in a few sayings: "12 đã cài, 13 vắng, nhà ông Tám hẹn t7", "vắng 12, 14, cài 15, 16"."""

import re
from dataclasses import replace
from datetime import date
from typing import Literal

from rules import days, phones
from rules.grammar.house_names import without_honorific
from rules.grammar.line import read_line
from rules.grammar.names import HOME
from rules.grammar.outcomes import outcome_of
from rules.grammar.people import person
from rules.grammar.record import Entry
from rules.grammar.runs import (
    ALLEY_HOUSES,
    BARE_HOUSE,
    HOUSE,
    HOUSES,
    RANGE_SIGN,
    counted_out,
    each_in_an_alley,
    is_date_and_house,
)
from rules.grammar.words import Line
from rules.plan import Plan

_SAYING_FIRST = re.compile(rf"([^\d]+?)[ :]+(?:nhà |nha |số |hộ )?({HOUSE}(?:{RANGE_SIGN}\d{{1,4}})?)", re.IGNORECASE)
_MOST_AHEAD = 8  # letters ahead of a household told by its people: "còn nhà "
_EACH = re.compile(r"\b(?:mỗi|moi) (?:nhà|hộ|nha|ho)\b", re.IGNORECASE)
_HOUR = re.compile(r"\d{1,2}h", re.IGNORECASE)
_ELDER = re.compile(r"(?:ông|bà|cụ|cô|chú|bác|ô|b)\.? [^\W\d_]", re.IGNORECASE)
_FEW_PHONES = re.compile(r"[1-9] (?:máy|may|điện thoại|dien thoai|đt|dt)\b", re.IGNORECASE)  # "cài 3 máy, 1 máy lỗi"
_STANDS_FOR_ALL = "999"
_MOST_BY_CHANCE = 3  # numbers with nothing but spaces between them: two may be a house and a count


def of_many(line: str, plan: Plan, today: date) -> list[Entry] | Literal["range"]:
    """ "vắng 12, 14, 15-19": one saying over a run of houses, read as if over one, which then stands for each."""
    run = ALLEY_HOUSES.search(line) or HOUSES.search(line)
    if not run or phones.find(line) or is_date_and_house(run[0]):
        return []
    in_alleys = ALLEY_HOUSES.fullmatch(run[0])
    houses = each_in_an_alley(run[0]) if in_alleys else counted_out(run[0])
    if not houses:
        return "range"
    spaced = not in_alleys and not re.search(r"[,;+\-–]|và|va|với|voi|vs|đến|den", run[0])
    template = read_line(f"{line[: run.start()]}nhà {_STANDS_FOR_ALL}{line[run.end() :]}", plan, today)
    stands = template.house if template and _STANDS_FOR_ALL in (template.house or "").split() else ""
    is_pair = len(houses) == 2 and houses[1][:-1] == houses[0] and houses[1][-1].isalpha()  # "139 139b"
    if not template or not stands or len(houses) < (_MOST_BY_CHANCE if spaced and not is_pair else 2):
        return []
    each = _EACH.search(line)  # "mỗi nhà 2 người"
    sure = template.sure and not ((template.installs and not each) or template.phone or template.name)
    return [replace(template, house=stands.replace(_STANDS_FOR_ALL, house), sure=sure) for house in houses]


def of_sayings(parts: list[str], plan: Plan, today: date) -> list[Entry]:
    """ "vắng 12, 14, cài 15, 16": each saying stands ahead of its houses, and bare numbers follow the last one."""
    groups: list[str] = []
    houses = 0
    for part in parts:
        houses += len(re.findall(r"\d+", part))
        if groups and BARE_HOUSE.fullmatch(part):
            groups[-1] += f", {part}"
        elif (found := _SAYING_FIRST.fullmatch(part)) and outcome_of(Line(found[1]), plan, frozenset()).sure:
            groups.append(f"{found[1].strip(' :')} nhà {found[2]}")
        else:
            return []
    if len(groups) < 2:
        return []
    counts = houses == len(groups)  # "cài 12, vắng 5" may as well say how many
    entries: list[Entry] = []
    for group in groups:
        many = of_many(group, plan, today)
        one = None if many else read_line(group, plan, today)
        if many == "range" or not (many or one):
            return []
        entries += many or ([one] if one else [])
    return [replace(entry, sure=entry.sure and not counts) for entry in entries]


def of_people(parts: list[str], plan: Plan, today: date) -> list[Entry]:
    """ "ông Tám, bà Sáu, chú Bảy đã cài": several households told by their people, one saying behind the last."""
    lines = [Line(part) for part in parts]
    who = [person(line, set()) for line in lines]
    if len({line.words[0].full in HOME for line in lines if line.words}) > 1:
        return []  # "nhà ông Kha, bà Mùi": who lives in one house
    told = lines[-1].text[lines[-1].words[who[-1].stop - 1].end :] if who[-1] else ""
    if not told or any(len(people) < len(line.words) for line, people in zip(lines[:-1], who, strict=False)):
        return []
    read = [read_line(part + told, plan, today) for part in (*parts[:-1], lines[-1].typed(who[-1]))]
    entries = [entry for entry in read if entry and entry.house and entry.outcome]
    return entries if len(entries) == len(parts) else []


def of_several(parts: list[str], plan: Plan, today: date) -> list[Entry]:
    """ "12 đã cài, 13 vắng, nhà ông Tám hẹn t7": parts that each tell a house and what happened there.

    A part without a house belongs to the one before it, or when it comes first to all; houses waiting for their outcome
    take the next one's.
    """
    read = [(part, read_line(part, plan, today)) for part in parts]
    if any(entry and entry.outcome and _is_anybody(entry.house or "", part) for part, entry in read[1:]):
        return []
    if any(_FEW_PHONES.match(part) for part in parts[1:]):
        return []
    if sum(bool(entry and entry.house and entry.outcome) for _, entry in read) < 2:
        return []
    ahead = lone = ""
    texts: list[str] = []
    waiting: list[list[str]] = [[]]
    for part, entry in read:
        if entry and entry.house and entry.outcome:
            is_there = bool(lone) and not any(map(str.isdigit, entry.house))  # "vào nhà 12, chị Lan cài rồi"
            texts.append(f"{lone}, {part}" if is_there else part)
            waiting[-1] = waiting[-1][:-1] if is_there else waiting[-1]
            lone = ""
            waiting.append([])
        elif entry and entry.house:
            waiting[-1].append(entry.house)
            lone = part if any(map(str.isdigit, entry.house)) else ""
        elif _is_bare(part) and _cannot_count(part, texts, read):
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
        entry = carrying_on(entry, entries[:1], texts[0], today)
        entries += [replace(entry, house=house) for house in houses] + [entry]
    return _as_households(entries, texts, ahead, plan, today) + [Entry(house=house) for house in waiting[-1]]


def _as_households(entries: list[Entry], texts: list[str], ahead: str, plan: Plan, today: date) -> list[Entry]:
    """ "ông Tư xong, cô Bảy vắng": beside a household that is certain, "ông Tư" is one as well, and no colleague."""
    names = [without_honorific(entry.house or "") for entry in entries if not any(map(str.isdigit, entry.house or ""))]
    if len(set(names)) < len(names):  # "ông Tám cài rồi, bà Tám vắng": of one house, who knows
        return [replace(entry, sure=False) for entry in entries]
    if len(texts) != len(entries) or not any(entry.sure for entry in entries):
        return entries
    told: list[Entry] = []
    for nth, (entry, text) in enumerate(zip(entries, texts, strict=True)):
        again = (
            None
            if entry.sure or not _ELDER.match(text)
            else read_line(f"{'' if nth else ahead}nhà {text}", plan, today)
        )
        is_same = again and again.sure and again.house == entry.house and again.outcome == entry.outcome
        told.append(replace(entry, sure=True) if is_same else entry)
    return told


def _is_bare(part: str) -> bool:
    return bool(BARE_HOUSE.fullmatch(part)) and part.isalnum() and not _HOUR.fullmatch(part)


def _is_anybody(house: str, part: str) -> bool:
    """ "con bác về", "con gái ở Hà Nội" behind another house: words of that household, and none of their own."""
    if not any(map(str.isdigit, house)) and part.find(house) > _MOST_AHEAD:
        return True
    is_small = house.islower() and not house.isascii() and not any(map(str.isdigit, house))
    return is_small and len(house.split()) > len(("bà", "tám"))


def _cannot_count(part: str, texts: list[str], read: list[tuple[str, Entry | None]]) -> bool:
    """Whether a bare number between commas is a house and not the people of the house before: "12 cài, 3, 13 vắng"."""
    before = next((entry for text, entry in read if texts and text == texts[-1]), None)
    return not before or before.outcome not in ("installed", "had_it") or len(part) > 1


def carrying_on(entry: Entry, first: list[Entry], text: str, today: date) -> Entry:
    """The unit of the line's first record holds for the next, and so does a day that heads the line."""
    found = days.find_day(text, today)
    day = first[0].day if first and found and found[0] == 0 else None
    return replace(entry, unit=entry.unit or (first[0].unit if first else None), day=entry.day or day)
