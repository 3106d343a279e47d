"""One line of a volunteer's, read: which house, what happened, and whatever else was said.

A wrong record is worse than a question: what is not certain comes back with `sure` false, talk comes back as None.
"""

from datetime import date

from rules.grammar.alikes import alike
from rules.grammar.asking import asks, courtesies
from rules.grammar.counts import take_count, take_count_of_named
from rules.grammar.doors import bare_numbers
from rules.grammar.doubts import is_doubtful, runs_on
from rules.grammar.house_names import without_house_word
from rules.grammar.outcomes import Verdict, counted, outcome_of
from rules.grammar.own_words import in_own_words, left_over, reason_of
from rules.grammar.people import behind_honorifics, in_chains_of_capitals
from rules.grammar.reading import Reading
from rules.grammar.record import Entry
from rules.grammar.spoken import with_digits
from rules.grammar.when import past_days, take_days
from rules.grammar.where import take_door, take_number_ahead, take_number_behind, take_unit
from rules.grammar.who import take_person, take_phone
from rules.grammar.words import Line
from rules.plan import Plan
from rules.spelling import clean
from rules.unit_total import read_unit_total

MOST_LETTERS = 400


def read_line(line: str, plan: Plan, today: date) -> Entry | None:
    """The record in a line, or None when it is talk: thanks, questions, meetings, or no house at all."""
    text = with_digits(clean(line[: MOST_LETTERS * 4], most=MOST_LETTERS * 8, compatible=True))
    if not text or len(text) > MOST_LETTERS:
        return None
    return _entry(Reading(Line(text), plan, today))


def _entry(reading: Reading) -> Entry | None:
    reading.taken |= courtesies(reading.line)
    take_phone(reading)
    unit = take_unit(reading)
    take_door(reading)
    reading.names = behind_honorifics(reading.line) - reading.taken
    capitals = {place for place in reading.names if reading.line.words[place].capital}
    capitals |= in_chains_of_capitals(reading.line) - reading.taken
    capitals |= {place for place, is_doubtful in alike(reading.line).items() if not is_doubtful}
    verdict = outcome_of(reading.line, reading.plan, frozenset(reading.taken | capitals), past_days(reading.line))
    for claim in verdict.claims:
        reading.taken.update(claim.places)
    if asks(reading.line, verdict, reading.taken):
        return None
    take_number_ahead(reading, verdict)
    take_days(reading, verdict)
    take_count(reading, verdict)
    take_person(reading, verdict)
    take_count_of_named(reading, verdict)
    take_number_behind(reading, verdict)
    if not reading.house and not reading.phone and not bare_numbers(reading.line, reading.taken):
        return None
    return _written(reading, verdict, unit)


def _may_be_a_figure(reading: Reading, unit: str | None) -> bool:
    """ "thôn 3: 41/60 đã cài" is more likely the unit's own figure than a house in an alley."""
    is_pair = bool(unit and reading.house) and "/" in reading.line.typed(reading.house)
    return is_pair and read_unit_total(reading.line.text, reading.today) is not None


def _written(reading: Reading, verdict: Verdict, unit: str | None) -> Entry | None:
    line = reading.line
    unclaimed = {p for p, word in enumerate(line.words) if word.is_word and p not in reading.taken}
    reason, reason_places = reason_of(line, verdict, reading.taken)
    note = in_own_words(line, verdict, reading.taken - reading.own_words, reason_places)
    reading.take(reason_places)
    runs = left_over(line, reading.taken)
    if not verdict.claims and (runs or not reading.house):
        return None
    doubtful = reading.doubt or _may_be_a_figure(reading, unit) or runs_on(line, verdict, unclaimed, reason_places)
    is_counted = (reading.installs is not None and not reading.own_words) or verdict.code not in counted(reading.plan)
    doubtful |= is_doubtful(
        line,
        verdict,
        runs,
        reading.taken,
        reading.people,
        reading.house,
        by_name=reading.is_by_name,
        counted=is_counted,
    )
    house = without_house_word(line.typed(reading.house)) if reading.house else None
    return Entry(
        outcome=verdict.code,
        house=house,
        unit=unit,
        name=reading.name,
        phone=reading.phone,
        installs=reading.installs,
        day=reading.day,
        come_back_on=reading.come_back_on,
        come_back_at=reading.come_back_at,
        reason=reason,
        note=note,
        sure=verdict.sure and house is not None and not doubtful,
    )
