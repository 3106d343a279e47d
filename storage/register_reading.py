"""What an edited row of the register means: each changed cell read and checked, by the plan's own list of results."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rules import phones
from rules.plan import Outcome, Plan
from rules.private import forbidden
from rules.spelling import fold, has_foreign_letters, title_name
from storage.register_rows import same
from storage.tables import House

_MOST = {"label": 60, "head_name": 80, "address": 200}
_MOST_INSTALLS = 50


class Bad(Exception):
    """A row that cannot be used, and why; `texts.register` has a sentence for each `why`."""

    def __init__(self, why: str, said: str = "", column: str = "") -> None:
        super().__init__(why)
        self.why, self.said, self.column = why, said, column


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One row as the sheet has it: `cells` as text by field, `bad` the cells that are a formula or an error.

    `house_id` is 0 where `said_id`, the cell "Mã", is no number; a column the sheet has lost is in no line's `cells`.
    """

    number: int
    house_id: int
    said_id: str
    unit: str
    mark: str
    cells: dict[str, str]
    bad: dict[str, str] = field(default_factory=dict)


def read_changes(
    plan: Plan, house: House, said: Mapping[str, str], bad: Mapping[str, str], today: date
) -> dict[str, object]:
    """The values that changed cells stand for, the visit's four made to fit each other. Raises Bad."""
    for name in said:
        if name in bad:
            raise Bad(bad[name], column=name)
    values: dict[str, object] = {name: _text(name, said[name]) for name in ("head_name", "address") if name in said}
    if "label" in said:
        if not (label := _text("label", said["label"])):
            raise Bad("no_label")
        values["label"] = label
    if "phone" in said:
        values["phone"] = _phone(said["phone"])
    if {"outcome", "installs", "visited_on", "come_back_on"} & said.keys():
        values |= _visit(plan, house, said, today)
    return values


def _text(name: str, said: str) -> str | None:
    if len(said) > _MOST[name]:
        raise Bad("too_long", f"{len(said)} chữ, nhiều nhất {_MOST[name]}", name)
    if has_foreign_letters(said):
        raise Bad("foreign_letters", column=name)
    if forbidden(said):
        raise Bad("private", column=name)
    return (title_name(said) if name == "head_name" else said) or None


def _phone(said: str) -> str | None:
    if not said:
        return None
    try:
        return phones.read(said).digits
    except phones.BadPhone:
        raise Bad("no_phone", said[:40], "phone") from None


def _visit(plan: Plan, house: House, said: Mapping[str, str], today: date) -> dict[str, object]:
    """Result, installs and days as they fit each other; what a new result does not ask for falls away by itself."""
    outcome = _outcome(plan, said["outcome"]) if "outcome" in said else _present(plan, house)
    values: dict[str, object] = {"outcome": outcome.code} if "outcome" in said else {}
    moved = "outcome" in said
    if "installs" in said or (moved and outcome.asks != "installs"):
        values["installs"] = _installs(outcome, said.get("installs", "0"))
    elif moved and not house.installs:
        raise Bad("needs_installs", outcome.label, "installs")
    if "come_back_on" in said or (moved and outcome.asks != "day"):
        values["come_back_on"] = _promise(outcome, said.get("come_back_on", ""), today)
    elif moved and not house.come_back_on:
        raise Bad("needs_day", outcome.label, "come_back_on")
    if "visited_on" in said:
        values["visited_on"] = _visited(plan, house, said["visited_on"], today)
    return values


def _outcome(plan: Plan, said: str) -> Outcome:
    if not said:
        raise Bad("no_outcome", column="outcome")
    for one in plan.outcomes:
        if same(one.label, said) or fold(one.label) == fold(said) or fold(one.said) == fold(said):
            return one
    raise Bad("unknown_outcome", said[:40], "outcome")


def _present(plan: Plan, house: House) -> Outcome:
    found = next((one for one in plan.outcomes if one.code == house.outcome), None)
    if found is None:
        raise Bad("result_first", column="outcome")
    return found


def _installs(outcome: Outcome, said: str) -> int:
    if not said.isdecimal() and said:
        raise Bad("no_count", said[:40], "installs")
    count = int(said or 0)
    if count > _MOST_INSTALLS:
        raise Bad("no_count", said[:40], "installs")
    if count and outcome.asks != "installs":
        raise Bad("no_installs", outcome.label, "installs")
    if not count and outcome.asks == "installs":
        raise Bad("needs_installs", outcome.label, "installs")
    return count


def _promise(outcome: Outcome, said: str, today: date) -> date | None:
    if not said and outcome.asks != "day":
        return None
    if outcome.asks != "day":
        raise Bad("no_promise", outcome.label, "come_back_on")
    if not said:
        raise Bad("needs_day", outcome.label, "come_back_on")
    day = _day(said, "come_back_on")
    if day < today:
        raise Bad("past_promise", f"{day:%d/%m/%Y}", "come_back_on")
    return day


def _visited(plan: Plan, house: House, said: str, today: date) -> date:
    """The day of the latest visit may be corrected, within the campaign and never into the future."""
    day = _day(said, "visited_on")
    if not plan.time.start <= day <= today:
        raise Bad("outside_time", f"{day:%d/%m/%Y}", "visited_on")
    return day


def _day(said: str, column: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Bad("no_day", said[:40] or "trống", column) from None
