"""A messenger's plan that counts messages: how far the month's go, and what to change when they do not."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

PEOPLE, MESSAGES = 50, 3000  # Zalo's free plan, a bot; told by third parties, see docs/zalo.md
BOTS = 3  # an account, on the free plan
WARN, HOLD = 0.80, 0.95
_MANY_DIGESTS = 0.2
Stage = Literal["free", "warn", "hold", "over"]
Change = Literal["one line", "pasted lists", "fewer digests", "another bot", "paid plan"]
# Messages a household costs, the answer included: (received, sent). Taps: a word, a house, an outcome, a number.
STYLES: dict[str, tuple[float, float]] = {"taps": (3.5, 3.5), "one line": (1.0, 1.0), "pasted list": (0.1, 0.1)}


@dataclass(frozen=True, slots=True)
class Forecast:
    """`used` of `limit` by the end of `day`; `per_day` so far; `ends_on`: the first day a message fails."""

    used: int
    limit: int
    per_day: float
    ends_on: date | None
    month_needs: int

    @property
    def lasts(self) -> bool:
        return self.ends_on is None


def stage(used: int, limit: int) -> Stage:
    """At 80 % the operator is warned, at 95 % what nobody asked for waits; answers never do."""
    if used >= limit:
        return "over"
    return "hold" if used >= HOLD * limit else "warn" if used >= WARN * limit else "free"


def forecast(used: int, limit: int, day: date, *, since: date | None = None) -> Forecast:
    """Go on as since the first of the month (or `since`, when the bot began later), `day` included."""
    first = max(day.replace(day=1), since or day.replace(day=1))
    days = (day - first).days + 1
    per_day = used / days
    rest = monthrange(day.year, day.month)[1] - day.day
    needs = used + round(per_day * rest)
    if used >= limit:
        ends_on: date | None = day
    else:
        ends_on = day + timedelta(days=int((limit - used) / per_day) + 1) if needs > limit else None
    return Forecast(used, limit, per_day, ends_on, needs)


def households_a_month(style: str, *, limit: int = MESSAGES, digests: int = 0, incoming_counts: bool) -> int:
    """How many households a month's messages carry in this style, beside `digests` a day for 30 days."""
    received, sent = STYLES[style]
    cost = sent + (received if incoming_counts else 0)
    return max(int((limit - 30 * digests) / cost), 0)


def volunteers(style: str, *, households: int, days: int, officials: int, incoming_counts: bool, bots: int = 1) -> int:
    """How many volunteers can be served who each log `households` on each of `days` days of a month.

    Each of the `officials` takes one digest a day; they count among the people a bot may serve.
    """
    carried = households_a_month(style, limit=bots * MESSAGES, digests=officials, incoming_counts=incoming_counts)
    return max(min(bots * PEOPLE - officials, carried // (households * days)), 0)


def bots_needed(messages: int, people: int, *, limit: int = MESSAGES, most_people: int = PEOPLE) -> int:
    """How many bots share a month's messages and people."""
    return max(-(-messages // limit), -(-people // most_people), 1)


def proposals(
    month: Forecast, *, people: int, households: int, digests: int, incoming_counts: bool = True
) -> list[Change]:
    """What to change so that the month lasts, the gentlest first; nothing when it does.

    `households` were logged and `digests` sent this month so far; `people` are served by this bot.
    """
    if month.lasts and people <= PEOPLE:
        return []
    changes: list[Change] = []
    if not month.lasts and households:
        received, sent = STYLES["one line"]
        line = sent + (received if incoming_counts else 0)
        changes.append("one line" if (month.used - digests) / households > 1.5 * line else "pasted lists")
    if not month.lasts and digests > _MANY_DIGESTS * month.used:
        changes.append("fewer digests")
    needed = bots_needed(month.month_needs, people)
    return [*changes, "another bot"] if needed <= BOTS else [*changes, "another bot", "paid plan"]
