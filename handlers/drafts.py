"""A visit on its way to being written down: what is known, what is missing, and how to ask for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.words import card_choice, fresh_card
from rules import unit_names
from rules.alleys import alley_called, alley_in
from rules.days import read_coming_day, read_day
from rules.entry import Entry, house_key, read_line, read_outcome
from rules.plan import Plan
from rules.refusals import OutsideTime, TooLong, UnknownUnit
from rules.reply import Choice, Reply, rows
from rules.spelling import clean, fold, says
from storage import former_units, units
from storage.tables import Chat, Person, Unit
from storage.units import scope_of
from storage.visits import Said
from texts import visiting as texts

LONGEST_HOUSE = 80
FARTHEST = timedelta(days=366)  # an appointment beyond a year is a slip of the thumb
_YES = ("đúng", "đúng rồi", "đúng ạ", "có", "ok", "vâng", "vâng ạ", "dạ", "dạ vâng", "ừ", "phải", "lưu")
_NO = ("không", "sai", "ko", "không phải", "chưa đúng")
YES, NO = frozenset(map(fold, _YES)), frozenset(map(fold, _NO))
_NO_HOUSE = {*YES, *NO, *(fold(word) for word in ("nhà", "hộ", "số nhà", "nhà số", "cảm ơn", "chưa", "gì"))}
ANOTHER = {fold(word) for word in ("nhà khác", "khác", "hộ khác", "nhà mới", "không phải")}
# "à quên", typed without its mark, is nobody's house: "a" is short for "anh" only before a name.
_MUSING = frozenset(["a quen", "a quen mat", "a nham", "a nham roi", "a thoi", "a the a", "a ra the", "u nhi",
                     "de xem"])  # fmt: skip
_DOORS = frozenset(["nha", "ho", "so", "ngo", "hem", "ngach", "kiet"])
_MOST_DIGITS = 4
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


async def unit_called(session: AsyncSession, me: Person, name: str) -> Unit:
    """The unit a line names, the own unit when it names none. Raises UnknownUnit outside one's scope.

    The old name of a unit that became part of another means that other one.
    """
    if not name:
        return await session.get_one(Unit, me.unit_id)
    reach = await units.within(session, await scope_of(session, me))
    if found := unit_names.called(name, [unit.name for unit in reach]):
        meant = [reach[at] for at in found]
    else:
        old = await former_units.of(session, me.campaign)
        gone = [old[at].id or 0 for at in unit_names.called(name, [unit.name for unit in old])]
        ends = await former_units.ends(session, me.campaign) if gone else {}
        meant = [unit for unit in reach if unit.id in {ends[each] for each in gone}]
    if len(meant) != 1:
        raise unknown_unit(me, name, reach)
    return meant[0]


def unknown_unit(me: Person, name: str, reach: Sequence[Unit]) -> UnknownUnit:
    """The same for a name that nobody has and for a unit outside of `reach`: what may be named instead."""
    own = [unit.name for unit in reach if unit.id == me.unit_id and unit.kind != "commune"]
    others = unit_names.nearest(name, [unit.name for unit in reach if unit.kind != "commune"])
    return UnknownUnit("unit", name, tuple(dict.fromkeys([*own, *others])))


def door_named(text: str, number: str, labels: Sequence[str]) -> str:
    """Which of these houses is meant by its alley ("ngõ 3", "3", "xóm Đình") or whole ("12 ngõ 3").

    Or a new one in another alley. "" when the words say none of that.
    """
    key = house_key(text)
    if whole := next((label for label in labels if house_key(label) == key), ""):
        return whole
    if within := [label for label in labels if key and house_key(label) == f"{house_key(number)} {key}"]:
        return within[0]
    called, named = alley_called(text), alley_in(text)
    alleys = {alley.key: label for label in labels if (alley := alley_in(label))}
    if called and called.key in alleys:
        return alleys[called.key]
    if named and (named == called or key.startswith(f"{house_key(number)} ")) and len(text) <= LONGEST_HOUSE:
        return alleys.get(named.key) or f"{house_key(number)} {named.name}"
    return ""


def outcome_called(text: str, plan: Plan) -> str:
    """The code of the outcome whose label or wording this is, or that these words mean; "" for none."""
    said = fold(text)
    exact = next((one.code for one in plan.outcomes if said in (fold(one.label), fold(one.said))), "")
    return exact or read_outcome(text, plan) or ""


def says_yes(text: str) -> bool:
    """Whether the answer agrees; "vắng" folds like "vâng" and does not."""
    return any(says(text, word) for word in _YES)


def says_no(text: str) -> bool:
    return any(says(text, word) for word in _NO)


def without_people(text: str) -> str:
    words = clean(text).split()
    return " ".join(word for word in words if fold(word) not in ("nguoi", "may", "ng", "ca", "nha"))


# The questions ------------------------------------------------------------------------------------------------------


def question(missing: str, draft: Draft, plan: Plan, chat: Chat, today: date) -> Reply:
    """Ask for one thing; the buttons belong to this question only."""
    card = fresh_card(chat)
    out = Choice("Huỷ", "w|huỷ")
    match missing:
        case "house":
            return Reply(texts.ASK_HOUSE, ((out,),), takes_numbers=True)
        case "outcome":
            outcomes = [card_choice(one.label, "go", one.code, card) for one in plan.outcomes]
            return Reply(texts.ask_outcome(draft.house, draft.day, today), (*rows(outcomes), (out,)))
        case "sure":
            sure = [card_choice("Đúng, lưu", "gs", "yes", card), card_choice("Chưa đúng", "gs", "no", card)]
            told = texts.outcome_words(plan, draft.said(), today)
            return Reply(texts.ask_sure(draft.house, told, draft.day, today, draft.note or ""), (*rows(sure), (out,)))
        case "installs":
            counts = [card_choice(str(count), "gi", str(count), card) for count in range(1, 7)]
            return Reply(texts.ask_installs(draft.house), (*rows(counts, 6), (out,)), takes_numbers=True)
        case "come_back":
            return Reply(texts.ASK_COME_BACK, (*rows(_days(today, card)), (out,)))
        case _:
            return Reply(texts.ASK_REASON, ((card_choice("Bỏ qua", "gr", "-", card), out),))


def _days(today: date, card: int) -> list[Choice]:
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    days = {"Ngày mai": today + timedelta(days=1), "Thứ bảy": saturday, "Chủ nhật": saturday + timedelta(days=1)}
    if days["Ngày mai"] in (days["Thứ bảy"], days["Chủ nhật"]):
        days["Ngày kia"] = today + timedelta(days=2)
    in_order = sorted(days.items(), key=lambda named: named[1])
    named = [card_choice(f"{name} {day:%d/%m}", "gd", day.isoformat(), card) for name, day in in_order]
    return [*_once(named), card_choice("Chưa rõ ngày", "gd", "-", card)]


def _once(choices: list[Choice]) -> list[Choice]:
    """One button a day, under the first of its names."""
    return list({choice.data: choice for choice in reversed(choices)}.values())[::-1]


def after_saving(visit_id: int) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice("Hoàn tác", f"ht|{visit_id}"), Choice("Sửa", f"s|{visit_id}")),)
