"""Whether all is well: what the lines, the timetable, inbox, outbox, disk and database have to say when asked."""

import asyncio
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import monotonic

from bot.channels.standing import Standing
from rules.clock import Clock
from storage import inbox, outbox, settings
from storage.database import Database

_PROBE = "healthz"
_PATIENCE = 5.0  # seconds for the database to answer


@dataclass(frozen=True, slots=True)
class Limits:
    """What is still well: ages in seconds, room on the disk in bytes. `probe`: how often a write is tried at most."""

    polling: float = 60.0
    tick: float = 180.0
    inbox: float = 60.0
    outbox: float = 180.0
    disk: int = 64 * 1024 * 1024
    probe: float = 10.0


@dataclass(slots=True)
class Health:
    """`troubles`: what is wrong, none when all is well. `gauges`: the figures behind it, by their Prometheus names."""

    troubles: list[str] = field(default_factory=list)
    gauges: dict[str, float] = field(default_factory=dict)

    def note(self, gauge: str, value: float, limit: float, trouble: str) -> None:
        """A figure, and a trouble when it is beyond its limit."""
        self.gauges[gauge] = round(value, 3)
        if value > limit:
            self.troubles.append(trouble)


class Watch:
    """Asks everything that can be wrong with a running bot. `standings`: each of its bots' own, by key."""

    def __init__(
        self, database: Database, clock: Clock, standings: Mapping[str, Standing], limits: Limits | None = None
    ) -> None:
        self._database, self._clock, self._standings = database, clock, standings
        self._limits = limits or Limits()
        self._ticked_at = monotonic()
        self._since = clock.now()
        self._probed_at: float | None = None
        self._refusal = ""

    def ticked(self) -> None:
        """The timetable was looked at."""
        self._ticked_at = monotonic()

    async def look(self) -> Health:
        """How everything is now; what cannot be asked is a trouble, never an exception."""
        health = Health()
        self._lines(health)
        age = monotonic() - self._ticked_at
        health.note("gotungnha_tick_age_seconds", age, self._limits.tick, f"tick: not for {age:.0f} s")
        self._disk(health)
        refusal = await self._asked(health) or await self._probed()
        health.note("gotungnha_database_refuses", bool(refusal), 0, f"database: {refusal}")
        return health

    def _lines(self, health: Health) -> None:
        for bot_key, standing in self._standings.items():
            named = f'{{bot="{bot_key}"}}'
            refused = float(standing.token_refused)
            health.note(f"gotungnha_token_refused{named}", refused, 0, f"token: {bot_key} is refused (401)")
            if (silent := standing.silent) is not None:
                said = f"polling: {bot_key} silent for {silent:.0f} s"
                health.note(f"gotungnha_polling_silent_seconds{named}", silent, self._limits.polling, said)

    def _disk(self, health: Health) -> None:
        if not self._database.file:
            return
        try:
            free = shutil.disk_usage(self._database.file.absolute().parent).free
        except OSError as error:
            health.troubles.append(f"disk: {type(error).__name__}")
            return
        health.gauges["gotungnha_disk_free_bytes"] = free
        if free < self._limits.disk:
            health.troubles.append(f"disk: {free // 1024 // 1024} MiB free")

    async def _asked(self, health: Health) -> str:
        """What waits, asked of the database; why it does not answer, "" when it does."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._queues(health)
        except Exception as error:
            return type(error).__name__
        return ""

    async def _queues(self, health: Health) -> None:
        now, bots = self._clock.now(), list(self._standings)
        async with self._database.reading() as session:
            state = await inbox.health(session, bots)
            sent = await outbox.counts(session)
            due_since = await outbox.due_since(session, now, bots)
        for kind, counts in (("inbox", state["counts"]), ("outbox", sent)):
            health.gauges |= {f'gotungnha_{kind}{{status="{status}"}}': n for status, n in sorted(counts.items())}
        # What fell due while the bot was down is late only from its start on.
        waited, overdue = (_age(at and max(at, self._since), now) for at in (state["oldest"], due_since))
        said = f"inbox: an update waits for {waited:.0f} s"
        health.note("gotungnha_inbox_oldest_seconds", waited, self._limits.inbox, said)
        said = f"outbox: a message is overdue by {overdue:.0f} s"
        health.note("gotungnha_outbox_overdue_seconds", overdue, self._limits.outbox, said)

    async def _probed(self) -> str:
        """Why a write does not go through, "" when it does: a full disk can still be read. Tried now and then only."""
        if self._probed_at is None or monotonic() - self._probed_at >= self._limits.probe:
            self._probed_at = monotonic()
            self._refusal = await self._written()
        return self._refusal

    async def _written(self) -> str:
        job = partial(settings.put, key=_PROBE, value=self._clock.now().isoformat())
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._database.write(job)
        except Exception as error:
            return type(error).__name__
        return ""


def _age(since: datetime | None, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0) if since else 0.0
