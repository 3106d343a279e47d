"""Files on their way: made once their order is committed, sent as a file or put behind a link, and then let go.

Nothing is kept in clear. What goes out as a file is made again if the bot stops before it went; what waits behind a
link is sealed in the database until its day is over.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.paper_desk import Closing, Made, PaperDesk, Task
from rules.clock import Clock
from rules.plan import Plan
from rules.refusals import Refusal
from rules.roles import Role
from rules.visitors import kind_of
from storage import handouts
from storage.database import Database, is_passing
from storage.tables import FileLink
from texts import exporting as texts
from texts.roles import ROLE_NAMES

log = logging.getLogger(__name__)
SOON = 3.0  # seconds; whoever waits longer is told so
BIGGEST = 45 * 1024 * 1024  # bytes; Telegram takes files of up to 50 MB from a bot
_MOST_KEPT = 4


class Unmade(Exception):
    """There is no file to send; the message is the sentence that says so."""


class Documents:
    """Makes ordered files, each once, and hands out links to those that a messenger cannot carry."""

    def __init__(self, database: Database, plans: Mapping[str, Plan], clock: Clock) -> None:
        self._database, self._plans, self._clock = database, plans, clock
        self._desk = PaperDesk(database.url)
        self._making: OrderedDict[str, asyncio.Task[Made]] = OrderedDict()

    async def made(self, token: str) -> Made:
        """The file behind an order, from memory while it is on its way. Raises Unmade, and what passes by itself."""
        if token not in self._making:
            self._making[token] = asyncio.create_task(self._make(token))
            if len(self._making) > _MOST_KEPT:
                self._drop_oldest()
        try:
            return await asyncio.shield(self._making[token])
        except Exception:
            self._making.pop(token, None)
            raise

    async def in_time(self, token: str, tell: Callable[[], Awaitable[None]]) -> Made:
        """The same; `tell` is called when it takes longer than somebody waits without a word."""
        making = asyncio.ensure_future(self.made(token))
        done, _ = await asyncio.wait({making}, timeout=SOON)
        if not done:
            await tell()
        return await making

    def _drop_oldest(self) -> None:
        done = next((token for token, task in self._making.items() if task.done()), None)
        if done:
            del self._making[done]

    async def _make(self, token: str) -> Made:
        now = self._clock.now()
        async with self._database.reading() as session:
            found = await handouts.ordered(session, token, now)
        if found is None:
            raise Unmade(texts.GONE)
        file, person = found
        plan = self._plans.get(file.campaign)
        if plan is None or not file.recipe:
            raise Unmade(texts.GONE)
        who = f"{person.name or '?'} ({ROLE_NAMES[Role(person.role)]})"
        try:
            made = await self._desk.make(Task(file.recipe, plan, person, who, file.name, file.created_at))
        except Refusal:
            raise Unmade(texts.GONE) from None
        except Closing:
            raise ConnectionError("closing") from None
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("a file could not be made")
            raise Unmade(texts.FAILED) from error
        if len(made.content) > BIGGEST:
            raise Unmade(texts.TOO_BIG)
        return made

    async def handed(self, token: str, made: Made) -> None:
        """The file went out: nothing of it is kept but a row in the audit."""
        self._making.pop(token, None)
        try:
            await self._database.write(partial(handouts.handed, token=token, rows=made.rows, now=self._clock.now()))
        except Exception as error:  # it is with its owner, and its order is in the audit: not to be sent again
            log.warning("a file's way out was not noted (%s)", type(error).__name__)

    async def behind_link(self, token: str) -> FileLink:
        """The order with its file sealed behind it, made now or before. Raises Unmade, and what passes by itself."""
        now = self._clock.now()
        async with self._database.reading() as session:
            found = await handouts.ordered(session, token, now)
        if found is None:
            raise Unmade(texts.GONE)
        if found[0].content is None:
            await self._seal(token, await self.made(token))
        return found[0]

    async def _seal(self, token: str, made: Made) -> None:
        about: dict[str, Any] = {"name": made.name, "content_type": made.content_type, "rows": made.rows}
        now = self._clock.now()

        async def job(session: AsyncSession) -> bool:
            return await handouts.made(session, token, content=made.content, now=now, **about)

        is_kept = await self._database.write(job)
        self._making.pop(token, None)
        if not is_kept:
            raise Unmade(texts.GONE)

    async def served(self, request: web.Request, token: str) -> web.Response | None:
        """The download behind a link; None where there is none, and for whoever draws a preview of the link."""
        purpose = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
        if kind_of(request.headers.get("User-Agent", ""), purpose=purpose) == "preview":
            return None
        file = await self._opened(token, counts=request.method == "GET")
        if file is None or file.content is None:
            return None
        headers = {
            "Content-Disposition": disposition(file.name),
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex",
            "Referrer-Policy": "no-referrer",
        }
        return web.Response(body=file.content, content_type=file.content_type, headers=headers)

    async def _opened(self, token: str, *, counts: bool) -> FileLink | None:
        now = self._clock.now()
        if counts:
            return await self._database.write(partial(handouts.opened, token=token, now=now))
        async with self._database.reading() as session:
            found = await handouts.ordered(session, token, now)
        return found[0] if found else None

    async def close(self) -> None:
        """Leave what is being made; its order stands, and it is made after the next start."""
        self._desk.close()
        for task in self._making.values():
            task.cancel()
        await asyncio.gather(*self._making.values(), return_exceptions=True)


def disposition(name: str) -> str:
    """`attachment` with the name twice: plain for old browsers, UTF-8 for the others (RFC 6266, 5987)."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "_" for letter in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
