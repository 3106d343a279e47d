"""What one line says about one household."""

from dataclasses import dataclass
from datetime import date

from rules.phones import Phone


@dataclass(frozen=True)
class Entry:
    """What one line says about one household.

    `outcome` is a code of the plan. `house` is as people say it, without the leading "nhà"; `unit` the words naming one
    ("tổ 3"), unresolved. `day` is when the visit was; `come_back_on` and `come_back_at` ("09:00" or "tối") what was
    promised. `reason` and `note` are verbatim: whatever no other field keeps. `sure` says: may be saved unasked.
    """

    outcome: str | None = None
    house: str | None = None
    unit: str | None = None
    name: str | None = None
    phone: Phone | None = None
    installs: int | None = None
    day: date | None = None
    come_back_on: date | None = None
    come_back_at: str | None = None
    reason: str | None = None
    note: str | None = None
    sure: bool = False
