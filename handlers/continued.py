"""A pasted list that the messenger cut in two: what stood at its head holds for the rest, a line cut through is whole.

A phone cuts what is too long at a space or a line's end and sends the parts in one go. Nothing in them says so: what is
nearly as long as a message may be, with another one right behind it, was one list. Where the lines are numbered, the
numbers tell: what goes on with the next one is the rest even minutes later, what begins at 1 again is another list.
"""

import re
from datetime import date
from typing import Any

from aiogram.types import Message

from rules.entry import read_line, read_list
from rules.grammar.batch import Heading
from rules.grammar.headings import heading_of
from rules.plan import Plan
from rules.spelling import clean
from storage.tables import Chat

_NEARLY_FULL = {"telegram": 3700, "zalo": 1700}  # letters; a phone looks back some 300 for a good place to cut
_AT_ONCE = 5  # seconds between the parts, by the messenger's own clock
_STILL = 300  # seconds within which numbers that go on make it the rest, on a slow line
_NUMBER = re.compile(r"\s*(?:stt |số )?(\d{1,3}) ?[.)/:\t]\s*(?!\d)", re.IGNORECASE)
_MOST_HEADS = 3
_LONGEST = 400
KEY = "cut"


def part_before(chat: Chat, message: Message) -> dict[str, Any] | None:
    """What the message before this one left: its `head`ing lines, its `last` line, and the `source` it was read by."""
    cut: dict[str, Any] | None = (chat.data or {}).get(KEY)
    since = message.date.timestamp() - cut["at"] if cut else -1
    if cut is None or not 0 <= since <= _STILL:
        return None
    numbers = _numbers((message.text or "").splitlines()[:2])
    awaited = cut.get("next", 0)
    if awaited and numbers:
        return cut if awaited in numbers else None
    return cut if since <= _AT_ONCE else None


def _numbers(lines: list[str]) -> list[int]:
    """The numbers that open these lines, for a list that is numbered: "57. nhà 12 vắng"."""
    return [int(found[1]) for line in lines if (found := _NUMBER.match(line))]


def rest_to_come(
    chat: Chat, message: Message, typed: str, plan: Plan, today: date, source: str
) -> dict[str, Any] | None:
    """What the next part needs to know; None where this message was not cut."""
    if len(message.text or "") < _NEARLY_FULL.get(chat.platform, 1700):
        return None
    lines = [line for line in map(clean, typed.splitlines()) if line]
    heads = [line for line in lines if len(line) <= _LONGEST and heading_of(line, Heading(), plan, today)]
    last = lines[-1] if len(lines[-1]) <= _LONGEST else ""
    numbers = _numbers(lines[-3:])
    goes_on = len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    rest = {"head": heads[-_MOST_HEADS:], "last": last, "source": source, "at": message.date.timestamp()}
    return rest | ({"next": numbers[-1] + 1} if goes_on else {})


def whole(cut: dict[str, Any], text: str, plan: Plan, today: date) -> tuple[str, int]:
    """The text below its heading, and which of its lines was cut through and is whole now (0 for none)."""
    head = list(cut["head"])
    first, _, rest = text.strip().partition("\n")
    joined = f"{cut['last']} {first}"
    alone = read_line(first, plan, today)
    before = read_line(cut["last"], plan, today)
    has_door = bool(alone and alone.house and any(map(str.isdecimal, alone.house)))
    stands = has_door or bool(alone and alone.house and alone.sure and before and before.sure)
    if stands or not cut["last"] or cut["last"] in head or heading_of(first, Heading(), plan, today):
        return "\n".join([*head, text.strip()]), 0
    found = read_list("\n".join([*head, joined]), plan, today)
    if len(found.records) != 1 or not found.records[0][1].sure:
        return "\n".join([*head, text.strip()]), 0
    return "\n".join(filter(None, [*head, joined, rest])), len(head) + 1
