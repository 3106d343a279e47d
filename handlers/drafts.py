"""A visit on its way to being written down: what is known, what is missing, and how to ask for it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from handlers.answers import LONGEST_HOUSE, NO, YES
from rules.days import read_coming_day, read_day
from rules.entry import Entry, house_key, read_line, read_outcome
from rules.plan import Plan
from rules.refusals import OutsideTime, TooLong
from rules.spelling import clean, fold
from storage.visits import Said

FARTHEST = timedelta(days=366)  # an appointment beyond a year is a slip of the thumb
_NO_HOUSE = {*YES, *NO, *(fold(word) for word in ("nhà", "hộ", "số nhà", "nhà số", "cảm ơn", "chưa", "gì"))}
# "à quên", typed without its mark, is nobody's house: "a" is short for "anh" only before a name.
_MUSING = frozenset(["a quen", "a quen mat", "a nham", "a nham roi", "a thoi", "a the a", "a ra the", "u nhi",
                     "de xem"])  # fmt: skip
_DOORS = frozenset(["nha", "ho", "so", "ngo", "hem", "ngach", "kiet"])
_MOST_DIGITS = 4
_SHORTEST_NAMED = 3  # words of a house told by a name alone, in whatever letters
_WHERE = frozenset(["cong", "dau", "cuoi", "goc", "nga", "cau", "cho", "dinh", "chua", "xom", "lang", "canh", "gan",
                    "sau", "truoc", "ban", "sua", "may", "tho", "hang", "quan", "tiem", "ao", "bo"])  # fmt: skip
_ANY_DOOR = "nhà 1"  # put before an answer, it makes a line of it


@dataclass(frozen=True, slots=True)
class Draft:
    """`asked`: the outcome's own question was put, so an empty answer to it is an answer.

    `unfinished` is the house that was being spoken of when this one came between. `anew`: asked, it was said to be
    none of the known houses with this number; `kept_as`: how it stands among what is not written down meanwhile,
    `said_in` the message that said it; `alley` the part of the unit it stands in, where a place was named.
    `no_such_day` is an appointment that was said and cannot be, told in the echo. `asked_at` is when it was last asked
    which house or place is meant (ISO), `aside` that something else was said since: the question stands, unrepeated.
    """

    day: date
    house: str = ""
    unit: str = ""
    outcome: str = ""
    installs: int | None = None
    come_back_on: date | None = None
    reason: str | None = None
    note: str | None = None
    name: str | None = None
    phone: str | None = None
    come_back_time: str = ""
    asked: bool = False
    sure: bool = True
    unfinished: str = ""
    anew: bool = False
    kept_as: str = ""
    said_in: str = ""
    alley: str = ""
    no_such_day: str = ""
    asked_at: str = ""
    aside: bool = False

    def missing(self, plan: Plan) -> str:
        """What to ask for next: the name of a step, "" when it can be written down."""
        if not self.house:
            return "house"
        if not self.outcome:
            return "outcome"
        if not self.sure:
            return "sure"
        return self._asked_for(plan)

    def _asked_for(self, plan: Plan) -> str:
        match plan.outcome(self.outcome).asks:
            case "installs" if self.installs is None:
                return "installs"
            case "day" if self.come_back_on is None and not self.asked:
                return "come_back"
            case "reason" if self.reason is None and not self.asked:
                return "reason"
        return ""

    def said(self) -> Said:
        return Said(
            house=self.house,
            outcome=self.outcome,
            day=self.day,
            installs=self.installs or 0,
            come_back_on=self.come_back_on,
            reason=self.reason,
            note=self.note,
            name=self.name,
            phone=self.phone,
            come_back_time=self.come_back_time,
            anew=self.anew,
            alley=self.alley,
        )

    def to_data(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in self.__slots__}
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}

    @classmethod
    def from_data(cls, data: dict[str, Any], today: date) -> "Draft":
        values = {key: data[key] for key in cls.__slots__ if key in data}
        for key in ("day", "come_back_on"):
            if isinstance(values.get(key), str):
                values[key] = date.fromisoformat(values[key])
        return cls(**{"day": today, **values})


def of_entry(entry: Entry, plan: Plan, today: date) -> Draft:
    """A line that was read; what a clear line leaves out is not asked for."""
    outcome = entry.outcome or ""
    if entry.come_back_on and not may_come(entry.come_back_on, entry.day or today, today):
        past = entry.come_back_on.strftime("%d/%m/%Y")
        return replace(of_entry(replace(entry, come_back_on=None), plan, today), no_such_day=past)
    counts_people = bool(outcome) and plan.outcome(outcome).asks == "installs"
    return Draft(
        day=entry.day or today,
        house=entry.house or "",
        unit=entry.unit or "",
        outcome=outcome,
        installs=(entry.installs or 1) if counts_people else None,
        come_back_on=entry.come_back_on,
        come_back_time=(entry.come_back_at or "") if entry.come_back_on else "",
        reason=entry.reason,
        note=entry.note,
        name=entry.name,
        phone=entry.phone.digits if entry.phone else None,
        asked=bool(outcome),
        sure=entry.sure or not (entry.house and entry.outcome),
    )


def from_line(text: str, plan: Plan, today: date, *, expected: bool) -> Draft | None:
    """What a line says of a visit, None when it is no line about a house. Raises TooLong.

    When a house was asked for (`expected`) words that are no line are taken as what people call it, unless they
    say what happened or when: then the house is still missing.
    """
    if is_number(text):
        return Draft(day=today, house=text)  # what most people say when asked; the grammar finds nothing else in it
    if fold(text[:LONGEST_HOUSE]) in _MUSING:
        return None
    entry = read_line(text, plan, today)
    if entry and entry.house and not entry.outcome and not expected and not _is_only_a_house(text):
        return None
    if entry and entry.house:
        _check_length(entry.house)
        return of_entry(entry, plan, today)
    label = clean(text)
    if _is_bare_number(label):
        return Draft(day=today, house=label)
    if not expected or not _could_be_house(label):
        return None
    if day := read_day(label, today):
        return Draft(day=day)
    if told := with_outcome(Draft(day=today), label, plan, today):
        return told
    _check_length(label)
    return Draft(day=today, house=_without_nha(label))


def with_outcome(draft: Draft, text: str, plan: Plan, today: date) -> Draft | None:
    """The draft with an answer to "what happened?" ("vắng", "đã cài 2 người", "hẹn thứ bảy"), None if it is none."""
    entry = read_line(f"{_ANY_DOOR} {text}", plan, today)
    if entry and entry.outcome and (entry.sure or entry.day):
        told = of_entry(entry, plan, today)
        draft = replace(draft, name=told.name or draft.name, phone=told.phone or draft.phone)
        draft = replace(draft, note=told.note or draft.note, day=entry.day or draft.day)
        draft = replace(draft, come_back_time=told.come_back_time)
        found = replace(draft, come_back_on=told.come_back_on, reason=told.reason, installs=entry.installs)
        return replace(found, outcome=told.outcome, asked=bool(told.come_back_on or told.reason), sure=entry.sure)
    code = outcome_called(text, plan)
    return start_again(draft, code) if code else None


def start_again(draft: Draft, outcome: str = "") -> Draft:
    """The same house and day with another outcome, and nothing yet of what belongs to it."""
    fresh = replace(draft, outcome=outcome, installs=None, come_back_on=None, come_back_time="", reason=None)
    return replace(fresh, asked=False, sure=True)


def whole_line(text: str, plan: Plan, today: date) -> Entry | None:
    """A line that stands for itself whatever was asked: it begins with a door and clearly says what happened there."""
    entry = read_line(text, plan, today)
    head = fold(text).split(" ", 1)[0]
    begins = head in _DOORS or head[:1].isdecimal()
    return entry if entry and entry.house and entry.outcome and entry.sure and begins else None


def names_another(text: str, house: str, plan: Plan, today: date) -> bool:
    """Whether these words speak of another door by its number, which is then no answer about this one."""
    entry = read_line(text, plan, today)
    key = house_key(entry.house) if entry and entry.house else ""
    return any(map(str.isdecimal, key)) and key != house_key(house) and not _is_bare_number(clean(text))


def is_number(text: str) -> bool:
    """ "12", "1022"; longer ones may be phones or codes, and are read with care."""
    return len(text) <= _MOST_DIGITS and text.isascii() and text.isdecimal()


def _is_bare_number(label: str) -> bool:
    return len(label) <= 8 and label[:1].isdecimal() and all(part.isalnum() for part in label.split("/"))


def _is_only_a_house(text: str) -> bool:
    """ "nhà 12", "ông tám", "bác Thịnh cổng làng" name a house; "bác Lượng vất vả quá", "cụ ấy vui tính" are talk."""
    words = clean(text).split()
    if any(word[0].isdecimal() for word in words) or fold(words[0]) in _DOORS or len(words) <= _SHORTEST_NAMED:
        return True
    capitals = sum(word[:1].isupper() for word in words[1:])
    return capitals > 0 and (capitals == len(words) - 1 or bool(_WHERE & {*map(fold, words)}))


def _could_be_house(label: str) -> bool:
    return bool(house_key(label)) and fold(label) not in _NO_HOUSE and "?" not in label


def _without_nha(label: str) -> str:
    head, _, rest = label.partition(" ")
    return rest if rest and fold(head) in ("nha", "ho") else label


def _check_length(label: str) -> None:
    if len(label) > LONGEST_HOUSE:
        raise TooLong(LONGEST_HOUSE, len(label))


def joined(draft: Draft, kept: Draft, today: date) -> Draft:
    """A house named now, with what was said before it was named."""
    day = kept.day if draft.day == today else draft.day
    if draft.outcome:
        return replace(draft, day=day, unit=draft.unit or kept.unit)
    return replace(kept, house=draft.house, day=day, unit=draft.unit or kept.unit)


def check_day(day: date, plan: Plan, today: date) -> None:
    """A visit lies within the campaign and not in the future. Raises OutsideTime."""
    if not plan.time.start <= day <= today:
        raise OutsideTime(day, min(plan.time.start, today), today)


def coming_day(text: str, today: date) -> date | None:
    """The day of an appointment, from today on and within a year; None for anything else."""
    day = read_coming_day(text, today)
    return day if day and today <= day <= today + FARTHEST else None


def may_come(day: date, visited: date, today: date) -> bool:
    return visited <= day <= today + FARTHEST


def outcome_called(text: str, plan: Plan) -> str:
    """The code of the outcome whose label or wording this is, or that these words mean; "" for none."""
    said = fold(text)
    exact = next((one.code for one in plan.outcomes if said in (fold(one.label), fold(one.said))), "")
    return exact or read_outcome(text, plan) or ""
