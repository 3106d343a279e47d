"""`/g/<code>`: the resident's page, and how often it is opened, counted without keeping anything about anybody.

The answer never waits for the database where one plan runs, and is the same for every code: what was opened is noted
in memory and written down by the code it names every few seconds. A repeat is known for an hour by a hash whose salt
lives in memory only and is thrown away hourly.
"""

import asyncio
import hmac
import ipaddress
import logging
import secrets
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from hashlib import sha256

from aiohttp import web

from guides.page import page, step_of
from rules.clock import Clock, day_in_vietnam
from rules.guide_codes import read_guide_code
from rules.plan import Plan
from rules.visitors import Kind, kind_of, system_of
from storage import guide_codes
from storage.database import Database

log = logging.getLogger(__name__)
PATHS = ("/g/{code:.*}", "/G/{code:.*}")  # as people read it, and as a QR code says it
HOUR = timedelta(hours=1)
EVERY_SECONDS = 3.0
MOST_WAITING = 20_000  # different codes, days and kinds between two looks: more is somebody guessing
MOST_SEEN = 100_000
MOST_OF_ONE = 1_000  # scans an hour from one address: a whole village behind one, not somebody who tries codes
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, max-age=300",
    "Vary": "User-Agent",
    "X-Content-Type-Options": "nosniff",
    "Content-Language": "vi",
}


class Repeats:
    """Whether somebody was here within the hour, by hashes that nobody can read once their salt is gone."""

    def __init__(self) -> None:
        self._salts = (secrets.token_bytes(32), secrets.token_bytes(32))
        self._seen: tuple[dict[bytes, datetime], dict[bytes, datetime]] = ({}, {})
        self._of_one: Counter[bytes] = Counter()
        self._since: datetime | None = None

    def is_new(self, address: str, what: str, now: datetime) -> bool:
        """True once an hour for the same `what` from the same address."""
        self._turn(now)
        marks = [_mark(salt, f"{address}|{what}") for salt in self._salts]
        known = (seen.get(mark) for seen, mark in zip(self._seen, marks, strict=True))
        if any(at and now - at < HOUR for at in known):
            return False
        one = _mark(self._salts[0], address)
        if len(self._seen[0]) >= MOST_SEEN or self._of_one[one] >= MOST_OF_ONE:
            return False
        self._of_one[one] += 1
        self._seen[0][marks[0]] = now
        return True

    def _turn(self, now: datetime) -> None:
        """Each hour the older salt goes, and with it all that it marked."""
        if self._since is None:
            self._since = now
        if now - self._since < HOUR:
            return
        kept = (self._salts[0], self._seen[0]) if now - self._since < 2 * HOUR else (secrets.token_bytes(32), {})
        self._salts = (secrets.token_bytes(32), kept[0])
        self._seen = ({}, kept[1])
        self._of_one = Counter()
        self._since = now


def _mark(salt: bytes, text: str) -> bytes:
    return hmac.new(salt, text.encode("utf-8", "replace"), sha256).digest()[:16]


class Landing:
    """Serves the page and counts. `run` writes down what was counted until cancelled; `write_down` does it now."""

    def __init__(self, database: Database, plans: Mapping[str, Plan], clock: Clock) -> None:
        self._database, self._plans, self._clock = database, plans, clock
        self._waiting: Counter[tuple[str, date, Kind]] = Counter()
        self._repeats = Repeats()

    def routes(self, app: web.Application) -> None:
        for path in PATHS:
            app.router.add_route("*", path, self.served)

    async def served(self, request: web.Request) -> web.Response:
        """200 and the same useful page, whatever was asked."""
        code = read_guide_code(request.match_info["code"].strip("/"))
        plan = await self._plan_of(code)
        agent = request.headers.get("User-Agent", "")
        asked = request.query.get("buoc", "")
        if code and not asked:
            self._note(request, code, agent)
        html = page(plan, system_of(agent), step_of(asked, plan))
        return web.Response(text=html, content_type="text/html", headers=HEADERS)

    async def _plan_of(self, code: str | None) -> Plan:
        """The code's plan where several run; the first where the code says none, and at once where there is one."""
        neutral = next(iter(self._plans.values()))
        if len(self._plans) == 1:
            return neutral
        try:
            async with self._database.reading() as session:
                found = await guide_codes.opened_by(session, code or "")
        except Exception as error:
            log.warning("a guide's plan is not known now: %s", type(error).__name__)
            return neutral
        return self._plans.get(found.campaign, neutral) if found else neutral

    def _note(self, request: web.Request, code: str, agent: str) -> None:
        purpose = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
        kind = kind_of(agent, method=request.method, purpose=purpose)
        now = self._clock.now()
        is_new = self._repeats.is_new(_address(request), f"{code}|{kind}|{agent}", now)
        if is_new and len(self._waiting) < MOST_WAITING:
            self._waiting[code, day_in_vietnam(now), kind] += 1

    async def write_down(self) -> None:
        """What was counted goes to the database; when it cannot, it waits for the next time."""
        scans, self._waiting = self._waiting, Counter()
        if not scans:
            return
        try:
            await self._database.write(lambda session: guide_codes.add_scans(session, scans))
        except Exception as error:
            self._waiting.update(scans)
            log.warning("scans wait to be counted: %s", type(error).__name__)

    async def run(self) -> None:
        with suppress(asyncio.CancelledError):
            while True:
                await asyncio.sleep(EVERY_SECONDS)
                await self.write_down()


def _address(request: web.Request) -> str:
    """Who asks, to be hashed and nothing else: behind our own proxy, whom the proxy says."""
    remote = request.remote or ""
    try:
        is_proxy = ipaddress.ip_address(remote).is_private
    except ValueError:
        is_proxy = False
    said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return said if is_proxy and said else remote
