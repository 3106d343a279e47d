"""What we remember of files people sent: where each waits at the messenger, then what was read from it, for a day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import inbox
from storage.inbox import Arrival
from storage.tables import FileReceived, Person

LASTS = timedelta(hours=24)
WAITING, READ, UNREADABLE, DONE = "waiting", "read", "unreadable", "done"
_FIRST_WAIT = timedelta(seconds=2)
_GIVE_UP_AFTER = timedelta(minutes=30)


async def keep(
    session: AsyncSession, me: Person, *, bot_key: str, chat_key: str, about: dict[str, Any], now: datetime, source: str
) -> None:
    """Note a file to fetch. `about`: its "file_id" at the messenger, "name", and the "caption" it came with."""
    row = FileReceived(
        campaign=me.campaign, person_id=me.id or 0, bot_key=bot_key, chat_key=chat_key, about=about, source=source,
        created_at=now, next_try=now,
    )  # fmt: skip
    session.add(row)
    await session.flush()


async def to_fetch(session: AsyncSession, bots: Sequence[str], now: datetime) -> list[FileReceived]:
    """Files of these bots' chats whose turn it is."""
    query = select(FileReceived).where(
        FileReceived.status == WAITING, col(FileReceived.bot_key).in_(bots), col(FileReceived.next_try) <= now
    )
    return list(await session.exec(query.order_by(col(FileReceived.id)).limit(4)))


async def put_off(session: AsyncSession, row_id: int, now: datetime) -> bool:
    """Not to be had this time: later again. False when that has gone on for too long."""
    row = await session.get_one(FileReceived, row_id)
    row.tries += 1
    row.next_try = now + _FIRST_WAIT * 2 ** min(row.tries, 8)
    session.add(row)
    return now - row.created_at < _GIVE_UP_AFTER


async def was_read(
    session: AsyncSession, row_id: int, *, status: str, content: dict[str, Any], raw: bytes, now: datetime
) -> None:
    """Keep what was read, and with it, once, the update by which its conversation goes on (`raw`)."""
    row = await session.get(FileReceived, row_id)
    if row is None or row.status != WAITING:
        return
    row.status, row.content = status, content
    session.add(row)
    await session.flush()
    await inbox.store(session, [Arrival(row.bot_key, f"file:{row.id}", row.chat_key, 0, raw)], now)


async def own(session: AsyncSession, me: Person, row_id: int, now: datetime) -> FileReceived | None:
    """One of this person's own files of the last day."""
    mine = (FileReceived.id == row_id, FileReceived.person_id == me.id, col(FileReceived.created_at) > now - LASTS)
    return (await session.exec(select(FileReceived).where(*mine))).first()


async def let_go(session: AsyncSession, row: FileReceived) -> None:
    """Done with: nothing of what it said is kept."""
    row.status, row.content, row.about = DONE, None, None
    session.add(row)
    await session.flush()


async def forget_over(session: AsyncSession, now: datetime) -> int:
    """Files whose day is over go. Returns how many."""
    gone = await session.exec(delete(FileReceived).where(col(FileReceived.created_at) <= now - LASTS))
    return int(gone.rowcount)
