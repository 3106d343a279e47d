"""Files people send: fetched from the messenger and read outside any transaction, then handed to their conversation.

A handler only notes that a file waits. Here it is downloaded and read in a thread; what was read is kept, sealed, in
one commit with an update of our own making, which takes the ordinary way through the inbox. A stop in between fetches
again; what was read is told once.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO
from typing import Any, Protocol, runtime_checkable

from bot.channels import SendFailure, external_id
from papers import received_sheet
from papers.received_sheet import BIGGEST
from papers.table import UnreadableSheet
from rules.clock import Clock
from storage import received
from storage.database import Database
from storage.tables import FileReceived

log = logging.getLogger(__name__)
READ_TAP = "fr"


@runtime_checkable
class Fetches(Protocol):
    """A channel on which files arrive."""

    async def download(self, file_id: str, most: int) -> bytes:
        """The file's bytes. Raises SendFailure: `retryable`, or for good when it is gone or longer than `most`."""
        ...


class Receiving:
    """Fetches and reads what waits, until `stop`; `told` is called once there is something new in the inbox."""

    def __init__(
        self, database: Database, channels: Mapping[str, object], clock: Clock, told: Callable[[], None]
    ) -> None:
        self._database, self._clock, self._told = database, clock, told
        self._channels = {key: channel for key, channel in channels.items() if isinstance(channel, Fetches)}
        self._stopping = asyncio.Event()

    async def run(self, every: float = 1.0) -> None:
        """Look every second."""
        while not self._stopping.is_set():
            try:
                await self.work()
            except Exception as error:
                log.warning("files wait: %s", type(error).__name__)
            try:
                await asyncio.wait_for(self._stopping.wait(), every)
            except TimeoutError:
                continue

    def stop(self) -> None:
        self._stopping.set()

    async def work(self) -> int:
        """One round. Returns how many files were dealt with."""
        async with self._database.reading() as session:
            rows = await received.to_fetch(session, list(self._channels), self._clock.now())
        for row in rows:
            await self._one(row)
        return len(rows)

    async def _one(self, row: FileReceived) -> None:
        try:
            content = await self._channels[row.bot_key].download((row.about or {})["file_id"], BIGGEST)
        except SendFailure as failure:
            log.warning("a file was not to be had: %s", failure.why)
            later = failure.retryable and await self._database.write(
                partial(received.put_off, row_id=row.id or 0, now=self._clock.now())
            )
            if not later:
                await self._tell(row, received.UNREADABLE, {"why": "lost", "said": ""})
            return
        await self._tell(row, *await asyncio.to_thread(_read, content, (row.about or {}).get("caption", "")))

    async def _tell(self, row: FileReceived, status: str, content: dict[str, Any]) -> None:
        raw = json.dumps(tapped(row)).encode()
        now = self._clock.now()
        await self._database.write(
            partial(received.was_read, row_id=row.id or 0, status=status, content=content, raw=raw, now=now)
        )
        self._told()


def _read(content: bytes, caption: str) -> tuple[str, dict[str, Any]]:
    try:
        return received.READ, received_sheet.read(BytesIO(content), caption)
    except UnreadableSheet as fault:
        return received.UNREADABLE, {"why": fault.why, "said": fault.said}
    except Exception:
        log.exception("a sheet could not be read")
        return received.UNREADABLE, {"why": "not_xlsx", "said": ""}


def tapped(row: FileReceived) -> dict[str, Any]:
    """An update as if the sender had tapped "it is read": query 0, which no messenger gives, is answered to nobody."""
    who = {"id": int(external_id(row.chat_key)), "is_bot": False, "first_name": ""}
    query = {"id": "0", "from": who, "chat_instance": "0", "data": f"{READ_TAP}|{row.id}"}
    return {"update_id": row.id, "callback_query": query}
