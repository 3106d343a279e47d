"""A bare number is a house and nothing else, in every plan: the short way of `drafts.from_line` leaves nothing out."""

from datetime import date

import pytest

from campaigns import HERE
from handlers.drafts import Draft, from_line
from rules import plan as plans
from rules.grammar.line import read_line
from rules.plan import Plan

DAY = date(2026, 6, 10)
NUMBERS = ("0", "7", "12", "045", "113", "1022", "1006", "2026")


@pytest.fixture(params=sorted(HERE.glob("*.toml")), ids=lambda path: path.stem)
def plan(request: pytest.FixtureRequest) -> Plan:
    return plans.load(request.param)


@pytest.mark.parametrize("said", NUMBERS)
def test_the_grammar_reads_nothing_into_it(plan: Plan, said: str):
    assert read_line(said, plan, DAY) is None
    assert from_line(said, plan, DAY, expected=False) == Draft(day=DAY, house=said)
