"""One row of the printed list by itself, "12 c": a line among others, and anything at all where it stands alone."""

import re
from datetime import date

from rules.entry import Entry, read_list
from rules.plan import Plan
from rules.spelling import clean

_ROW = re.compile(r"(?:(?:nhà|nha|số|so) )?(?P<row>\d{1,4}[a-z]?(?:/\d{1,4})* c)", re.IGNORECASE)
_LONGEST = 24


def read_row(text: str, plan: Plan, today: date) -> Entry | None:
    """What the row says, read as it would be between two others; None for anything else."""
    found = _ROW.fullmatch(clean(text)) if len(text) <= _LONGEST else None
    if not found:
        return None
    rows = read_list(f"{found['row']}\n{found['row']}", plan, today).records  # two of them are a sheet
    return rows[0][1] if rows else None
