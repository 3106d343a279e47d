"""The one clock, and what a day is: a calendar day in Asia/Ho_Chi_Minh."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_OLDEST_STAMP = timedelta(hours=36)  # Telegram keeps updates for 24 hours


def day_in_vietnam(moment: datetime) -> date:
    """The calendar day people in Vietnam would name at this moment (aware datetime)."""
    return moment.astimezone(VIETNAM).date()


def at_vietnam(day: date, clock_time: time) -> datetime:
    """That wall-clock time on that day in Vietnam, in UTC."""
    return datetime.combine(day, clock_time, VIETNAM).astimezone(UTC)


class Clock:
    """Now, as an aware UTC datetime. `CLOCK` starts it elsewhere; a demo may move it while it runs."""

    def __init__(self, start: datetime | None = None, real: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._real = real
        self._ahead = start - real() if start else timedelta()

    def now(self) -> datetime:
        return self._real() + self._ahead

    def move(self, to: datetime) -> None:
        self._ahead = to - self._real()

    def when(self, stamp: datetime) -> datetime:
        """A messenger's timestamp on our clock: never in the future, and `now` if it is more than 36 hours off.

        While CLOCK is set, a messenger may keep real time or ours; the nearer reading is taken.
        """
        now = self.now()
        nearest = min((stamp, stamp + self._ahead), key=lambda reading: abs(reading - now))
        return min(nearest, now) if abs(nearest - now) <= _OLDEST_STAMP else now
