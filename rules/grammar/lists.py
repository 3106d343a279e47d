"""A pasted list, read: as many records as it has houses, and every line accounted for.

A line may set the unit, the day or the outcome for those below it ("Thôn 3 tối qua:", "Vắng:"), name many houses
("vắng 12, 14, 15-19"), copy a paper sheet ("12 c, 13 v, 14 t") or give a unit's own figure ("thôn 3: 41/60").
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from rules import phones
from rules.grammar.batch import Batch, Heading, Total, Unread, Why
from rules.grammar.bullets import in_lines, is_numbered, tells_doors, with_door, without_bullet
from rules.grammar.columns import as_lines
from rules.grammar.doors import doors
from rules.grammar.errands import is_other_errand
from rules.grammar.gathering import told_of_all
from rules.grammar.headings import heading_of, inline_heading
from rules.grammar.letters import heads_written_out
from rules.grammar.many import entries_of
from rules.grammar.outcomes import outcome_of
from rules.grammar.record import Entry
from rules.grammar.runs import BARE_HOUSE
from rules.grammar.sheets import SHEET
from rules.grammar.shorthand import decoded
from rules.grammar.spoken import with_digits
from rules.grammar.words import Line
from rules.plan import Plan
from rules.private import forbidden
from rules.slips import opens_with_slip
from rules.spelling import clean
from rules.unit_total import read_unit_total

MOST_LINES = 1000
_MOST_LETTERS = 400
_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_SHORT = 8  # words
_COUNT_ALONE = re.compile(r"\(?\d{1,2} (?:người|nguoi|ng|máy|may)\)?", re.IGNORECASE)


def read_list(text: str, plan: Plan, today: date) -> Batch:
    """Every line of a message read. At most 1,000 lines; those beyond come back as unread, never dropped."""
    typed = _joined_up(
        (number, in_lines(with_digits(clean(_cells(line[:8000]), most=16000, compatible=True))))
        for number, line in enumerate(as_lines(_LINE_BREAK.split(text)), 1)
    )
    typed = told_of_all(heads_written_out(typed), lambda line: bool(outcome_of(Line(line), plan, frozenset()).claims))
    numbered = is_numbered([line for _, line in typed])
    batch, heading = Batch(), Heading(sheet=sum(bool(SHEET.fullmatch(line)) for _, line in typed) > 1)
    by_door = not numbered and tells_doors([line for _, line in typed])
    for number, line in typed[:MOST_LINES]:
        line = with_door(line) if by_door and not SHEET.fullmatch(line) else without_bullet(line, numbered, plan, today)
        if line.endswith(":") and is_other_errand(Line(line).said):
            heading = Heading(errand=True)
            batch.talk.append((number, line))
            continue
        heading = heading_of(line, heading, plan, today) or _read_into(batch, number, line, heading, plan, today)
    batch.unread += [Unread(number, line, "too_long") for number, line in typed[MOST_LINES:]]
    return batch


def _cells(line: str) -> str:
    """The cells of a row copied from a table, set apart by commas."""
    return ", ".join(cell.strip() for cell in line.split("\t") if cell.strip()) if "\t" in line.strip() else line


def _joined_up(typed: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines that say something; one with nothing but a count belongs to the one above it."""
    lines: list[tuple[int, str]] = []
    for number, line in typed:
        if lines and _COUNT_ALONE.fullmatch(line):
            lines[-1] = (lines[-1][0], f"{lines[-1][1]}, {line}")
        elif line:
            lines.append((number, line))
    return lines


def _read_into(batch: Batch, number: int, line: str, heading: Heading, plan: Plan, today: date) -> Heading:
    """Read one line into the batch, and hand back the heading for the next."""
    total = _total(number, line, heading, today)
    if len(line) > _MOST_LETTERS:
        batch.unread.append(Unread(number, line, "too_long"))
    elif forbidden(line):
        batch.unread.append(Unread(number, line, "private"))
    elif opens_with_slip(line):
        _take_back(batch)
        batch.unread.append(Unread(number, line, "unclear"))
    elif isinstance(total, Total):
        batch.totals.append(total)
    elif isinstance(total, Unread):
        batch.unread.append(total)
    else:
        _read_records(batch, number, line, heading, plan, today)
    return heading


def _take_back(batch: Batch) -> None:
    """ "à nhầm": the line above is not sure any more."""
    last = batch.records[-1][0] if batch.records else 0
    batch.records = [(nth, replace(entry, sure=entry.sure and nth != last)) for nth, entry in batch.records]


def _total(number: int, line: str, heading: Heading, today: date) -> Total | Unread | None:
    """A unit's figure: "thôn 3: 41/60", "tổ 5 được 12 hộ hôm nay". More done than there are is no figure."""
    figure = read_unit_total(line, today)
    if not figure or not figure.unit:
        return None
    if not figure.is_possible:
        return Unread(number, line, "total")
    return Total(number, figure.unit, figure.done, figure.total, figure.day or heading.day)


def _read_records(batch: Batch, number: int, line: str, heading: Heading, plan: Plan, today: date) -> None:
    heading, line = inline_heading(decoded(line), heading, plan, today)
    entries = entries_of(line, heading, plan, today)
    if entries == "range":
        batch.unread.append(Unread(number, line, "range"))
    elif entries:
        batch.records += [(number, _under(entry, heading)) for entry in entries]
    elif _seems_a_record(line, plan):
        batch.unread.append(Unread(number, line, _why_unread(line, plan)))
    else:
        batch.talk.append((number, line))


def _under(entry: Entry, heading: Heading) -> Entry:
    house = entry.house
    if house and heading.alley and BARE_HOUSE.fullmatch(house) and house.isalnum():
        house = f"{house} {heading.alley}"
    sure = entry.sure and not heading.errand
    return replace(entry, house=house, sure=sure, unit=entry.unit or heading.unit, day=entry.day or heading.day)


def _seems_a_record(line: str, plan: Plan) -> bool:
    """Whether the line carries a house, a unit or a number beside an outcome, or a house alone."""
    words = Line(line)
    told = bool(outcome_of(words, plan, frozenset()).claims)
    placed = bool(doors(words, set()) or phones.find(line))
    return "?" not in line and (
        (told and (placed or any(map(str.isdigit, line)))) or (placed and len(words.words) < _SHORT)
    )


def _why_unread(line: str, plan: Plan) -> Why:
    words = Line(line)
    if not outcome_of(words, plan, frozenset()).claims:
        return "no_outcome"
    return "unclear" if doors(words, set()) else "no_house"
