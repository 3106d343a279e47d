"""A messenger's plan that counts messages: how far the month's go, and what to change when they do not."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor
from typing import Literal

WARN, HOLD = 0.80, 0.95
MOST_BOTS = 3  # of one Zalo account, on the free plan
PACE_DAYS = 7
HOUSEHOLDS_A_DAY = 15
_MANY_DIGESTS = 0.2
Stage = Literal["free", "warn", "hold", "over"]
Room = Literal["plenty", "some", "none"]
Change = Literal["one line", "pasted lists", "fewer digests", "another bot", "paid plan"]
# Messages a household costs by the way it is told: (received, sent). Taps: the house, what happened, how many; told at
# the door, a line has an answer of its own; lines sent within two seconds of each other share one (here: five do).
STYLES: dict[str, tuple[float, float]] = {
    "taps": (3.0, 3.0),
    "one line": (1.0, 1.0),
    "lines together": (1.0, 1 / 5),
    "pasted list": (1 / HOUSEHOLDS_A_DAY, 1 / HOUSEHOLDS_A_DAY),
}


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a plan grants one bot: people served, messages a month. Zalo's free one, as third parties tell it (docs).

    Whether incoming messages count is disputed, so by default they do.
    """

    people: int = 50
    messages: int = 3000
    incoming_counts: bool = True


FREE = Allowance()


@dataclass(frozen=True, slots=True)
class Forecast:
    """`used` of `limit` so far; `per_day`: the pace; `ends_on`: the first day a message fails, None: not this month."""

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


def pace(by_day: Mapping[date, int], today: date) -> float:
    """Messages a day over the last seven whole days, or since the first of them; on the first day, today's."""
    last = {day: count for day, count in by_day.items() if 0 < (today - day).days <= PACE_DAYS}
    return sum(last.values()) / (today - min(last)).days if last else float(by_day.get(today, 0))


def forecast(by_day: Mapping[date, int], limit: int, today: date) -> Forecast:
    """How the month ends when it goes on at the pace of the last days. Counts of other months set the pace only."""
    used = sum(count for day, count in by_day.items() if (day.year, day.month) == (today.year, today.month))
    per_day = pace(by_day, today)
    rest_of_today = max(per_day - by_day.get(today, 0), 0.0)
    last_day = today.replace(day=monthrange(today.year, today.month)[1])
    needs = used + rest_of_today + per_day * (last_day - today).days
    ends_on = None
    if used >= limit:
        ends_on = today
    elif needs > limit:
        after_today = limit - used - rest_of_today
        ends_on = today if after_today < 0 else today + timedelta(days=floor(after_today / per_day) + 1)
    return Forecast(used, limit, per_day, ends_on and min(ends_on, last_day), round(needs))


def room(by_day: Mapping[date, int], limit: int, today: date, more: int = 0) -> Room:
    """What the month has for messages nobody waits for: "plenty" when it also lasts with `more` of them today.

    It must last up to where digests are held, or a kind word today would cost an official's figures at the month's end;
    "some": not that, but nothing is held yet.
    """
    with_them = dict(by_day) | {today: by_day.get(today, 0) + more}
    found = forecast(with_them, limit, today)
    if stage(found.used - more, limit) in ("hold", "over"):
        return "none"
    return "plenty" if found.month_needs <= HOLD * limit else "some"


def cost(style: str, allowance: Allowance) -> float:
    """Messages that the plan takes off for one household told in this style."""
    received, sent = STYLES[style]
    return sent + (received if allowance.incoming_counts else 0)


def volunteers(
    style: str, allowance: Allowance = FREE, *, readers: int = 0, days: int = 30, households: int = HOUSEHOLDS_A_DAY
) -> int:
    """How many volunteers one bot serves who each log so many households on so many days of a month of 30.

    `readers` take one digest a day; they are people too, and asking nothing else of the bot.
    """
    left = allowance.messages - 30 * readers
    by_messages = floor(left / (cost(style, allowance) * households * days) + 1e-9)
    return max(min(allowance.people - readers, by_messages), 0)


def bots_needed(messages: int, people: int, allowance: Allowance = FREE) -> int:
    """How many bots share a month's messages and people."""
    return max(-(-messages // allowance.messages), -(-people // allowance.people), 1)


def proposals(
    month: Forecast, *, people: int, households: int, readers: int, days: int, allowance: Allowance = FREE
) -> list[Change]:
    """What to change so that the month lasts, the gentlest first; nothing when it does.

    `households` were logged on the `days` that went by, `readers` take a digest on each of them; `people`: of this bot.
    """
    if month.lasts and people <= allowance.people:
        return []
    changes: list[Change] = []
    if not month.lasts and households:
        each = (month.used - readers * days) / households
        changes += ["one line"] if each > 1.5 * cost("one line", allowance) else []
        changes += ["pasted lists"] if each > 2 * cost("pasted list", allowance) else []
    if not month.lasts and readers * days > _MANY_DIGESTS * month.used:
        changes.append("fewer digests")
    enough = bots_needed(month.month_needs, people, allowance) <= MOST_BOTS
    return [*changes, "another bot"] if enough else [*changes, "another bot", "paid plan"]
