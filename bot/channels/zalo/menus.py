"""Numbers instead of buttons: which choices a reply shows under which number, and what a typed answer chooses.

One menu a chat is active, that of the last question. It closes with the next answer that asks nothing, but not with a
refusal in the middle of a question: what was asked still stands. A question that takes numbers has no menu at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rules.reply import Choice, Reply
from rules.spelling import clean, fold
from texts.zalo import MORE_LABEL

MOST = 9
LASTS = timedelta(hours=24)
_REMEMBERED = timedelta(hours=24)  # how long after its end a menu's numbers are still known to be old
_LISTED = re.compile(r"^(\d{1,3})\. (.+)$", re.MULTILINE)
_NUMBER = re.compile(r"(?:(?:số|so|chọn|chon|câu|cau)\s*)?(\d{1,3})\s*[.)]?\u20e3?", re.IGNORECASE)
_LONGEST = 80
_SMALL = 99  # a bigger number nobody types for a choice
_WORD = "w|"
_HOUSE = "Visiting:house"  # the one question for a number that 0 cannot answer: there is no house 0
MENU, MORE, NONE, OLD = "w|menu", "z|more", "z|none", "z|old"

Menu = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """A choice and its number; 0: chosen by its label only. `listed`: the reply's own text shows it already."""

    n: int
    label: str
    data: str
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """What a reply offers now, and what only under "more"."""

    options: tuple[Option, ...] = ()
    more: tuple[Choice, ...] = ()


def chain(reply: Reply) -> Iterator[Reply]:
    following: Reply | None = reply
    while following:
        yield following
        following = following.then


def takes_numbers(reply: Reply) -> bool:
    return any(said.takes_numbers for said in chain(reply))


def goes_by_words(reply: Reply) -> bool:
    """Whether nothing is numbered: a number is an answer, or all there is to choose is one word ("huỷ", "menu")."""
    offered = choices(reply)
    return takes_numbers(reply) or (len(offered) == 1 and offered[0].data.startswith(_WORD))


def words(reply: Reply) -> list[Choice]:
    """The choices to be typed as words; nobody types a plain number as one."""
    return [choice for choice in choices(reply) if not fold(choice.label).isdecimal()]


def choices(reply: Reply) -> list[Choice]:
    """Everything that can be chosen, in reading order; pages to open are no choices."""
    return [choice for said in chain(reply) for row in said.choices for choice in row if not choice.url]


def numbered(reply: Reply) -> Numbered:
    """The numbers of a reply's choices; the same reply always gets the same.

    Where the text itself numbers the choices ("1. Nhà 12 – vắng nhà"), its numbers are theirs. Where it numbers
    something else, numbers would mean two things: those choices go by their labels.
    """
    offered = [] if goes_by_words(reply) else choices(reply)
    lines = [(int(n), fold(line)) for said in chain(reply) for n, line in _LISTED.findall(said.text)]
    if not offered:
        return Numbered()
    if lines and not _lists(lines, offered):
        return Numbered(tuple(Option(0, choice.label, choice.data) for choice in offered))
    listed = [Option(n, choice.label, choice.data, True) for (n, _), choice in zip(lines, offered, strict=False)]
    return _with_rest(listed, offered[len(listed) :])


def _lists(lines: list[tuple[int, str]], offered: list[Choice]) -> bool:
    return len(lines) <= len(offered) and all(
        f" {fold(choice.label)} " in f" {line} " for (_, line), choice in zip(lines, offered, strict=False)
    )


def _with_rest(listed: list[Option], rest: list[Choice]) -> Numbered:
    first = max((option.n for option in listed), default=0) + 1
    room = MOST if not listed else len(rest)
    shown, more = (rest, []) if len(rest) <= room else (rest[: MOST - 1], rest[MOST - 1 :])
    numbers = [Option(first + place, choice.label, choice.data) for place, choice in enumerate(shown)]
    return Numbered((*listed, *numbers), tuple(more))


def next_number(shown: Numbered) -> int:
    """The number of "more"."""
    return max((option.n for option in shown.options), default=0) + 1


def kept(reply: Reply, before: Menu | None, *, state: str | None, card: int, now: datetime) -> Menu | None:
    """What to keep with the chat once this reply is its latest answer."""
    beside = {name: value for name, value in (before or {}).items() if name in _BESIDE}
    if takes_numbers(reply):
        return beside | _words(reply, now) or None
    shown = numbered(reply)
    if shown.options:
        return beside | _menu(shown, reply, state, card, now)
    if before and before.get("options") and state is not None and [state, card] == before["asked"]:
        return before
    past = (before or {}).get("past", 0)
    return beside | ({"options": [], "past": past, "until": now.isoformat()} if past else {}) or None


_BESIDE = ("pushed", "told", "aside")


def _words(reply: Reply, now: datetime) -> Menu:
    """Labels like "hoàn tác" mean the thing just said as long as it is the latest; "huỷ" is understood anywhere."""
    named = [{"label": choice.label, "data": choice.data} for choice in words(reply) if choice.data[:2] != _WORD]
    return {"words": named, "until": (now + LASTS).isoformat()} if named else {}


def _menu(shown: Numbered, reply: Reply, state: str | None, card: int, now: datetime) -> Menu:
    options: list[Menu] = [{"n": option.n, "label": option.label, "data": option.data} for option in shown.options]
    if shown.more:
        options.append({"n": next_number(shown), "label": MORE_LABEL, "data": MORE})
    in_text = [int(n) for said in chain(reply) for n, _ in _LISTED.findall(said.text)]
    return {
        "options": options,
        "more": [{"label": choice.label, "data": choice.data} for choice in shown.more],
        "past": max([*in_text, *(int(option["n"]) for option in options)]),
        "until": (now + LASTS).isoformat(),
        "asked": [state, card],
    }


def with_pushed(reply: Reply, before: Menu | None) -> Menu | None:
    """What an unprompted message offers goes by its labels, beside the menu of the last question."""
    offered = [{"label": choice.label, "data": choice.data} for choice in choices(reply)]
    return (before or {}) | {"pushed": offered} if offered else before


def chosen(menu: Menu | None, said: str, *, state: str | None, now: datetime) -> str | None:
    """The data of the choice that a text stands for, None when it is to be read as a text.

    `z|none|N` and `z|old|N` stand for numbers that choose nothing now and must be no house and no count either.
    """
    if len(said) > _LONGEST:
        return None
    number, menu = read_number(said), menu or {}
    until = datetime.fromisoformat(menu["until"]) if "until" in menu else now
    is_open = bool(menu.get("options")) and now < until
    if number is not None and (by_number := _by_number(menu, number, is_open, state)):
        is_known = is_open or number == 0 or state is not None or now < until + _REMEMBERED
        return by_number if is_known else None
    latest = [*menu.get("options", []), *menu.get("more", []), *menu.get("words", [])] if now < until else []
    offered = [*latest, *menu.get("pushed", [])]
    label = fold(said)
    named = next((one["data"] for one in offered if label and fold(one["label"]) == label), None)
    return named or (f"{NONE}|{number}" if number is not None and number <= _SMALL and is_open else None)


def _by_number(menu: Menu, number: int, is_open: bool, state: str | None) -> str | None:
    if number == 0:
        return MENU if is_open or state in (None, _HOUSE) else None
    if is_open:
        return next((str(one["data"]) for one in menu["options"] if one["n"] == number), None)
    is_old = number <= menu.get("past", 0) and (state is None or is_of(menu, state))
    return f"{OLD}|{number}" if is_old else None


def is_of(menu: Menu, state: str | None) -> bool:
    """Whether the menu is that of the question at hand, which may have outlived it."""
    return bool(menu.get("options")) and state is not None and menu["asked"][0] == state


def read_number(said: str) -> int | None:
    """ "1", "1.", "số 1", "so 1", "１": the number, up to three digits; None for anything else ("nhà 1", "12b")."""
    found = _NUMBER.fullmatch(clean(said[: _LONGEST + 1], compatible=True))
    return int(found[1]) if found else None
