"""What volunteers type, read into records: one line, or a whole evening's list."""

import re
from datetime import date

from rules.grammar import line as one_line
from rules.grammar.batch import Batch, Total, Unread
from rules.grammar.house_names import house_key
from rules.grammar.lists import read_list
from rules.grammar.outcomes import read_outcome
from rules.grammar.record import Entry
from rules.grammar.shorthand import decoded
from rules.grammar.spoken import with_digits
from rules.plan import Plan

__all__ = ["Batch", "Entry", "Total", "Unread", "house_key", "may_be_many", "read_line", "read_list", "read_outcome"]


_WHO = r"(?<!\w)(?:nhà|hộ|ông|bà|cô|chú|bác|cụ|anh|chị|nha|ong|ba|co|chu|bac|cu|chi|[ôbac])\.? [^\W\d_]"
_PEOPLE_APART = re.compile(
    rf"{_WHO}[^\n]*?(?:[,;.]|(?<!\w)(?:còn|và|với|va|voi)(?!\w))\s*(?:\S+ )?{_WHO}", re.IGNORECASE
)


def read_line(line: str, plan: Plan, today: date) -> Entry | None:
    """The record in a line, or None when it is talk: thanks, questions, meetings, or no house at all.

    A line that is not clear by itself may be one of a list ("- 22 Lan v", "STT 14: …"): read so, it may be clear.
    """
    entry = one_line.read_line(line, plan, today)
    if (entry and entry.sure) or len(line) > one_line.MOST_LETTERS or "\n" in line:
        return entry
    batch = read_list(line, plan, today)
    alone = len(batch.records) == 1 and not (batch.unread or batch.totals or batch.talk)
    found = batch.records[0][1] if alone else None
    # "62. Nguyễn Văn Hùng": the number that opens a line alone may be the house.
    is_told = found and (not line.strip()[:1].isdigit() or any(map(str.isdigit, found.house or "")))
    return found if found and found.sure and is_told else entry


def may_be_many(text: str) -> bool:
    """Whether a text may speak of several houses: lines, two numbers, digits with a sign between, people."""
    head = with_digits(decoded(text[:400]))
    numbers = re.findall(r"\d+", head + text[400:])
    return (
        "\n" in text.strip()
        or len(numbers) > 1
        or (sum(map(len, numbers)) > 1 and any(sign in text for sign in ",;:/-–+"))
        or bool(_PEOPLE_APART.search(head))
    )
