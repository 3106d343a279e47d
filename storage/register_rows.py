"""How a house stands in the register that an office edits: each cell as text, and a mark that tells if it changed.

The same words are written to the sheet and compared with what comes back, so a cell nobody touched never counts as new.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.plan import Plan
from rules.spelling import clean
from storage.sealing import keyed_hash

EDITABLE = ("label", "head_name", "phone", "address", "outcome", "installs", "visited_on", "come_back_on")
FIELDS = (*EDITABLE, "done_on")
_LETTERS = 12


def shown(plan: Plan, house: Any) -> dict[str, str]:
    """The cells of a house (a `House`, or a row with its fields), days as YYYY-MM-DD, "" for what is not known."""
    labels = {one.code: one.label for one in plan.outcomes}
    values = {name: getattr(house, name) for name in FIELDS}
    values["outcome"] = labels.get(house.outcome or "", house.outcome)
    values["installs"] = house.installs if house.outcome else ""
    return {name: _said(value) for name, value in values.items()}


def _said(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else clean(str(value), most=1_000_000)


def same(one: str, other: str) -> bool:
    """Whether two cells say the same; full-width and mathematical letters are no difference."""
    return one == other or clean(one, most=1_000_000, compatible=True) == clean(other, most=1_000_000, compatible=True)


def mark(house_id: int, unit: str, cells: Mapping[str, str]) -> str:
    """Twelve letters that are others as soon as one cell is: what the sheet's last, hidden column carries."""
    plain = [clean(cells.get(name, ""), most=1_000_000, compatible=True) for name in FIELDS]
    unit = clean(unit, most=1_000_000, compatible=True)
    return keyed_hash("\x1f".join(["register", str(house_id), unit, *plain]))[:_LETTERS]
