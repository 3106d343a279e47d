"""One line of a volunteer's, read: which house, what happened, and whatever else was said.

A wrong record is worse than a question: what is not certain comes back with `sure` false, talk comes back as None.
"""

import re
from dataclasses import dataclass
from datetime import date

from rules import days, phones
from rules.entry_doubts import asks, is_doubtful, may_be_gossip, runs_on
from rules.entry_outcomes import Verdict, outcome_of
from rules.entry_own_words import left_over, reason_of
from rules.entry_places import (
    bare_numbers,
    behind_honorifics,
    doors,
    full_name,
    person,
    units,
    without_honorific,
    without_house_word,
)
from rules.entry_words import Line, spelt
from rules.numbers import read_number
from rules.phones import Phone
from rules.plan import Plan
from rules.private import forbidden
from rules.spelling import clean, title_name
from rules.unit_total import read_unit_total

MOST_LETTERS = 400
_MOST_HOUSE_DIGITS = 3
_DONE = ("installed", "had_it")
_HOME = ("nhà", "nha", "hộ", "gia", "gđ")
_PEOPLE = (
    r"người|máy|điện thoại|điện thoại thông minh|tài khoản|thành viên|khẩu|nhân khẩu|vợ chồng|ông bà|mẹ con|bố con|"
    r"cha con|anh em|chị em|bà cháu|ông cháu|thiết bị|cụ|bác|cô|chú|cháu|đứa"
)
_COUNT = spelt(
    rf"(?:(?:được|cho|cả|tổng|tất cả|hết|cả nhà|thêm|đủ|là|có|cả thảy|tổng cộng) )*"
    rf"(?P<count>\d{{1,2}}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (?:{_PEOPLE})"
)
# "15 người đăng ký", "20 phút xong": what is counted there is no house.
_COUNTED_THINGS = spelt(
    r"người|hộ|cái|chiếc|máy|giờ|h|phút|tuổi|điểm|nghìn|triệu|đồng|tờ|quyển|bộ|suất|phần|thùng|kg|cân|lít|%|ngày|tuần|"
    r"tháng|năm|lần|đứa|em|bạn|cháu|thành viên|con|"
    r"khẩu|nhà|tổ|thôn|phường|bàn|ghế|mâm|xe|câu|trang|km|m|mét|người|hôm|bữa"
)
# "12 tổ 7 vắng", "12 hôm qua vắng": what stands behind is where it is, or when it was.
_SAYS_WHERE_OR_WHEN = spelt(r"(?:tổ|thôn|phường) (?:dân|số|\d+)|(?:hôm|bữa) (?:nay|qua|kia|trước)|ngày (?:\d.*|hôm)")
_TWO = 2
_BOTH = spelt(
    r"cả (?:vợ chồng|vợ lẫn chồng|hai|2|ông lẫn bà|ông bà|hai vợ chồng)|"
    r"cho (?:cả )?(?:hai )?(?:vợ chồng|ông bà)(?! (?:anh|chị|ông|bà|con|cô|chú|bác|em|cháu|cụ)(?!\S))"
)
_AT = re.compile(r"^(?:ở|tại|thuộc|bên|o|tai|thuoc|ben) ", re.IGNORECASE)
_VAGUE_WEEKDAY = re.compile(r"[tT][2-6]")
_DATE_ALONE = re.compile(r"\d{1,2}[/.\-]\d{1,2}")
_EVENING = re.compile(r"\b(?:sáng|trưa|chiều|tối)\b(?= (?:quay|qua|sang|đến|lại|ghé|tới|gặp)|$)", re.IGNORECASE)
_NOT_ON = re.compile(r"\b(?:sau|trước|truoc|ngoài|qua) (?:ngày )?$", re.IGNORECASE)
_SPAN = re.compile(r"\b(?:từ|lẫn|đến|tới|suốt|tu|lan) (?:ngày |hôm )?$", re.IGNORECASE)
_AND_MORE = ("và", "với", "cùng", "va", "voi", "cung")
_COUNTED_BEHIND = re.compile(r" ?(?:người|nguoi|ng|máy|may)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """What one line says about one household.

    `outcome` is a code of the plan. `house` is as people say it, without the leading "nhà"; `unit` the words naming one
    ("tổ 3"), unresolved. `day` is when the visit was; `come_back_on` and `come_back_at` ("09:00" or "tối") what was
    promised. `reason` and `note` are verbatim, `rest` is what nothing claimed. `sure` says: may be saved unasked.
    """

    outcome: str | None = None
    house: str | None = None
    unit: str | None = None
    name: str | None = None
    phone: Phone | None = None
    installs: int | None = None
    day: date | None = None
    come_back_on: date | None = None
    come_back_at: str | None = None
    reason: str | None = None
    note: str | None = None
    rest: str = ""
    sure: bool = False


def read_line(line: str, plan: Plan, today: date) -> Entry | None:
    """The record in a line, or None when it is talk: thanks, questions, meetings, or no house at all."""
    text = clean(line[: MOST_LETTERS * 4], most=MOST_LETTERS * 4)
    if not text or len(text) > MOST_LETTERS:
        return None
    return _Reading(Line(text), plan, today).entry()


class _Reading:
    """One line being read: each step claims its words, and what is claimed means nothing else."""

    def __init__(self, line: Line, plan: Plan, today: date) -> None:
        self.line, self.plan, self.today = line, plan, today
        self.taken: set[int] = set()
        self.doubt = bool(forbidden(line.text))
        self.names: set[int] = set()
        self.phone: Phone | None = None
        self.name: str | None = None
        self.house = range(0)
        self.people: set[int] = set()
        self.is_by_name = False  # the house is told by a name alone, without "nhà"
        self.numbered_ahead = False  # "12 ông Tám": a house, or the twelfth of a list
        self.day: date | None = None
        self.come_back_on: date | None = None
        self.come_back_at: str | None = None
        self.installs: int | None = None

    def entry(self) -> Entry | None:
        self._take_phone()
        unit = self._take_unit()
        self._take_door()
        self.names = behind_honorifics(self.line) - self.taken
        capitals = {place for place in self.names if self.line.words[place].capital}
        verdict = outcome_of(self.line, self.plan, frozenset(self.taken | capitals))
        for claim in verdict.claims:
            self.taken.update(claim.places)
        if asks(self.line, verdict):
            return None
        self._take_number_ahead(verdict)
        self._take_days(verdict)
        self._take_count(verdict)
        self._take_person(verdict)
        self._take_number_behind(verdict)
        if not self.house and not self.phone and not bare_numbers(self.line, self.taken):
            return None
        return self._written(verdict, unit)

    def _take(self, places: range) -> range:
        self.taken.update(places)
        return places

    def _take_phone(self) -> None:
        found = phones.find(self.line.text)
        for start, end, phone in found:
            self._take(self.line.under(start, end))
            self.phone = phone
        if len({phone for _, _, phone in found}) > 1:
            self.phone, self.doubt = None, True

    def _take_unit(self) -> str | None:
        found = [self._take(places) for places in units(self.line)]
        self.doubt |= len(found) > 1
        return _AT.sub("", self.line.typed(found[0])) if found else None

    def _take_door(self) -> None:
        found = doors(self.line, self.taken)
        for places in found:
            self._take(places)
        self.house = found[0] if found else range(0)
        self.doubt |= len(found) > 1

    def _take_number_ahead(self, verdict: Verdict) -> None:
        """A number alone at the head of a line is a house: "12 đã cài", "12/5 vắng"."""
        told = verdict.places
        heads = [p for p, word in enumerate(self.line.words) if word.is_word and (p not in self.taken or p in told)]
        numbers = bare_numbers(self.line, self.taken)
        if not self.house and verdict.claims and numbers and numbers[0] == heads[0] and self._may_be_house(heads[0]):
            self.house = self._take(range(numbers[0], numbers[0] + 1))
            self.numbered_ahead = self.line.words[numbers[0]].full.isdigit()

    def _take_number_behind(self, verdict: Verdict) -> None:
        """ "vắng 12": a number behind what happened is a house, unless it may count people or name a day."""
        numbers = bare_numbers(self.line, self.taken)
        if self.house or len(numbers) != 1 or verdict.code in _DONE or not self._may_be_house(numbers[0]):
            return
        if numbers[0] - 1 in verdict.places:
            self.house = self._take(range(numbers[0], numbers[0] + 1))

    def _may_be_house(self, place: int) -> bool:
        """Whether the number is no hotline: houses have up to three digits, or a letter or alley with them."""
        number = self.line.words[place].full
        behind = " ".join(word.full for word in self.line.words[place + 1 : place + 3])
        if _COUNTED_THINGS.match(f"{behind} ") and not _SAYS_WHERE_OR_WHEN.match(f"{behind} "):
            return False
        return not number.isdigit() or len(number) <= _MOST_HOUSE_DIGITS

    def _take_days(self, verdict: Verdict) -> None:
        coming = verdict.code == "come_back" or any(claim.code == "come_back" for claim in verdict.claims)
        if coming:
            self._take_promise(verdict)
        found = days.find_day(self._open_text(), self.today)
        if not found:
            return
        start, end, day = found
        if _DATE_ALONE.fullmatch(self.line.text[start:end]) and _COUNTED_BEHIND.match(self.line.text, end):
            self.doubt = True
            return
        self.day, typed = day, self.line.text[start:end]
        self.doubt |= bool(_SPAN.search(self.line.text[:start]))
        self.doubt |= day > self.today or bool(_VAGUE_WEEKDAY.fullmatch(typed))
        self.doubt |= bool(_DATE_ALONE.fullmatch(typed)) and not self._stands_clear(start, verdict)
        self._take(self.line.under(start, end))

    def _take_promise(self, verdict: Verdict) -> None:
        said_so = {
            place for claim in verdict.claims if claim.code in ("come_back", "planned") for place in claim.places
        }
        found = days.find_coming_day(self._open_text(said_so), self.today)
        if found:
            self.come_back_on = found[2]
            self.doubt |= bool(_NOT_ON.search(self.line.text[: found[0]]))
            typed = self.line.text[found[0] : found[1]]
            self._take(self.line.under(found[0], found[1]))
            self.come_back_at = days.read_time(typed)
        part = _EVENING.search(self.line.text) if not found else None
        if part:
            self.come_back_at = part[0].lower()
        at = days.find_time(self._open_text())
        if at:
            self.come_back_at = days.read_time(f"{self.line.text[slice(*at)]} {self.come_back_at or ''}")
            self._take(self.line.under(*at))

    def _stands_clear(self, start: int, verdict: Verdict) -> bool:
        """Whether a bare "18/6" can only be a day: at the head of the line, or behind what happened."""
        told = [self.line.words[claim.places.start].start for claim in verdict.claims]
        return start == 0 or bool(told and start > min(told))

    def _open_text(self, besides: frozenset[int] | set[int] = frozenset()) -> str:
        """The line with what is claimed struck out, letter for letter, `besides` left standing."""
        letters = list(self.line.text)
        for place in (self.taken | self.names) - besides:
            word = self.line.words[place]
            letters[word.start : word.end] = "|" * (word.end - word.start)
        return "".join(letters)

    def _take_count(self, verdict: Verdict) -> None:
        counts = list(self.line.find(_COUNT, self.taken))
        both = [places for _, places in self.line.find(_BOTH, self.taken)]
        if verdict.code not in _DONE:
            return
        if counts:
            self.installs = read_number(counts[0][0]["count"], field=False)
            self._take(counts[0][1])
            first = counts[0][1].start
            self.doubt |= first > 0 and self.line.words[first - 1].full in _AND_MORE
        elif both:
            self.installs = _TWO
            self._take(both[0])
        else:
            self._take_count_behind(verdict)
        self.doubt |= len(counts) > 1 or (self.installs is not None and not 1 <= self.installs <= 20)

    def _take_count_behind(self, verdict: Verdict) -> None:
        """ "đã cài 2": a number right behind it, when the house is told, counts people."""
        behind = verdict.claims[-1].places.stop
        if self.house and behind in bare_numbers(self.line, self.taken) and self.line.words[behind].full.isdigit():
            self.installs = int(self.line.words[behind].full)
            self._take(range(behind, behind + 1))

    def _take_person(self, verdict: Verdict) -> None:
        who = person(self.line, self.taken)
        named = full_name(self.line, self.taken)
        self.people = {*self._take(who), *self._take(named)}
        is_apart = bool(who and named) and not set(named) <= set(who)
        if named:
            self.name = title_name(self.line.typed(named))
        elif who and self.house:
            self.name = title_name(without_honorific(self.line.typed(who))) or None
        if not self.house:
            self.house = who or named
            self.is_by_name = bool(self.house) and self.line.words[self.house.start].full not in _HOME
            gossip = self.is_by_name and may_be_gossip(
                self.line, self.house, verdict, has_day=bool(self.come_back_on), has_phone=bool(self.phone)
            )
            self.doubt |= is_apart or gossip
        elif (who or named) and self.numbered_ahead:
            self.doubt = True
        kin = any(self.line.words[place].full in ("con", "vợ", "chồng", "cháu") for place in who[2:])
        self.doubt |= kin and verdict.code == "nobody_home"

    def _may_be_a_figure(self, unit: str | None) -> bool:
        """ "thôn 3: 41/60 đã cài" is more likely the unit's own figure than a house in an alley."""
        is_pair = bool(unit and self.house) and "/" in self.line.typed(self.house)
        return is_pair and read_unit_total(self.line.text, self.today) is not None

    def _written(self, verdict: Verdict, unit: str | None) -> Entry | None:
        told = min((claim.places.start for claim in verdict.claims), default=len(self.line.words))
        unclaimed = {p for p, word in enumerate(self.line.words) if word.is_word and p not in self.taken}
        reason, reason_places = reason_of(self.line, verdict, self.taken)
        self._take(reason_places)
        runs = left_over(self.line, self.taken)
        before = [run for run in runs if run.stop <= told and run.start < (self.house.start if self.house else told)]
        note = ", ".join(self.line.typed(run) for run in runs if run not in before)
        rest = ", ".join(self.line.typed(run) for run in before)
        if not verdict.claims and (runs or not self.house):
            return None
        doubtful = self.doubt or self._may_be_a_figure(unit) or runs_on(self.line, verdict, unclaimed, reason_places)
        doubtful |= is_doubtful(self.line, verdict, runs, self.taken, self.people, self.is_by_name)
        house = without_house_word(self.line.typed(self.house)) if self.house else None
        return Entry(
            outcome=verdict.code,
            house=house,
            unit=unit,
            name=self.name,
            phone=self.phone,
            installs=self.installs,
            day=self.day,
            come_back_on=self.come_back_on,
            come_back_at=self.come_back_at,
            reason=reason,
            note=note or None,
            rest=rest,
            sure=verdict.sure and house is not None and not doubtful,
        )
