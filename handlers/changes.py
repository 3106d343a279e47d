"""What a correction in words changes of a visit, and how old → new is told."""

import re
from dataclasses import replace
from datetime import date

from handlers import drafts
from rules.days import day_words
from rules.entry import Entry, read_line
from rules.numbers import read_number
from rules.plan import Plan
from rules.refusals import NotUnderstood
from rules.spelling import fold, plain
from storage.visits import Logged, Said, as_said
from texts import visiting as texts

_MOST_INSTALLS = 50
_COUNT = re.compile(
    r"(?:co |chi |con |la |dung |moi )*(?P<count>\w+(?: \w+)?) (?:nguoi|ng)(?: (?:thoi|a|nhe|cai|da|roi|moi dung))*"
)
_DOOR = re.compile(r"(?:nha so|so nha|nha|ho) \d{1,4}[a-z]?(?:/\d{1,4}[a-z]?)*(?: ngo \d{1,4})?(?= )")
_ANY_DOOR = "nhà 1"  # put before an answer, it makes a line of it


def read_change(text: str, plan: Plan, today: date) -> Entry | None:
    """What words say of a house, named or not; None when they say nothing of one."""
    entry = read_line(text, plan, today)
    if entry and entry.house:
        return entry
    if counted := _people_at_door(text, plan, today):
        return counted
    answer = read_line(f"{_ANY_DOOR} {text}", plan, today)
    if answer and says_something(answer):
        return replace(answer, house=None)
    if code := drafts.outcome_called(text, plan):
        return Entry(outcome=code, sure=True)
    count = _people(text)
    return Entry(installs=count, sure=True) if count else None


def _people_at_door(text: str, plan: Plan, today: date) -> Entry | None:
    """ "nhà 12 chỉ 1 người thôi": a door by its number, and how many there."""
    found = _DOOR.match(plain(text))
    count = _people(text[found.end() :]) if found else 0
    there = read_line(text[: found.end()], plan, today) if found and count else None
    return Entry(house=there.house, installs=count, sure=True) if there and there.house else None


def _people(text: str) -> int:
    """How many people "3 người", "chỉ 1 người thôi" says; 0 for other words."""
    found = _COUNT.fullmatch(fold(text))
    count = read_number(found["count"]) if found else None
    return count if count and count <= _MOST_INSTALLS else 0


def says_something(entry: Entry) -> bool:
    """Whether the words say more than which house."""
    return bool(entry.outcome or entry.phone or entry.name or entry.installs)


def is_clear(entry: Entry) -> bool:
    """Whether what is said may be written down unasked; without an outcome there is no outcome to be unsure of."""
    return says_something(entry) and (entry.sure or not entry.outcome)


def changed(
    logged: Logged, entry: Entry, plan: Plan, today: date, *, house: str = "", without: str = ""
) -> Said:  # fmt: skip
    """The visit as it is said now; what is not spoken of stays, `without` ("phone", "name") is taken off.

    Raises OutsideTime, NotUnderstood.
    """
    before = as_said(logged)
    after = _with_outcome(before, entry, plan) if entry.outcome else before
    if entry.installs and not entry.outcome and plan.outcome(before.outcome).asks == "installs":
        after = replace(before, installs=entry.installs)
    if entry.day:
        drafts.check_day(entry.day, plan, today)
    if entry.come_back_on and not drafts.may_come(entry.come_back_on, entry.day or before.day, today):
        raise NotUnderstood("come_back")
    return replace(
        after,
        house=house or before.house,
        day=entry.day or before.day,
        name="" if without == "name" else entry.name,
        phone="" if without == "phone" else entry.phone.digits if entry.phone else None,
        note=entry.note or before.note,
    )


def _with_outcome(said: Said, entry: Entry, plan: Plan) -> Said:
    code, keeps = entry.outcome or "", entry.outcome == said.outcome
    counts = plan.outcome(code).asks == "installs"
    return replace(
        said,
        outcome=code,
        come_back_time=(entry.come_back_at or "") if entry.come_back_on else said.come_back_time if keeps else "",
        installs=(entry.installs or (said.installs if keeps else 1)) if counts else 0,
        come_back_on=entry.come_back_on or (said.come_back_on if keeps else None),
        reason=entry.reason or (said.reason if keeps else None),
    )


def differences(logged: Logged, after: Said, plan: Plan, today: date) -> list[tuple[str, str, str]]:
    """Field, old, new, of everything that changes."""
    before, house = as_said(logged), logged.house
    pairs = [
        ("outcome", texts.outcome_words(plan, before, today), texts.outcome_words(plan, after, today)),
        ("day", day_words(before.day, today), day_words(after.day, today)),
        ("house", before.house, after.house),
        ("name", house.head_name or "", after.name if after.name is not None else house.head_name or ""),
        ("phone", house.phone or "", after.phone if after.phone is not None else house.phone or ""),
        ("note", before.note or "", after.note or ""),
    ]
    return [(field, was, now) for field, was, now in pairs if was != now]
