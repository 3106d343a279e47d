"""What was set aside: updates that failed five times, messages that could not be delivered; told without their text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Inbox, Outbox

_INBOX_DEAD, _OUTBOX_FAILED = "dead", "failed"


@dataclass(frozen=True, slots=True)
class Aside:
    """One thing set aside: its number, since when, how often it was tried, the last error. Nothing of what it said."""

    number: int
    at: datetime
    attempts: int
    error: str


async def updates(session: AsyncSession) -> list[Aside]:
    """Updates that were set aside, in the order they came; their number is the inbox's `seq`."""
    query = select(Inbox.seq, Inbox.received_at, Inbox.attempts, Inbox.error).where(Inbox.status == _INBOX_DEAD)
    found = (await session.exec(query.order_by(col(Inbox.seq)))).all()
    return [Aside(seq or 0, at, attempts, error) for seq, at, attempts, error in found]


async def messages(session: AsyncSession) -> list[Aside]:
    """Messages that were given up, the oldest first; their number is the outbox's `id`."""
    query = select(Outbox.id, Outbox.created_at, Outbox.attempts, Outbox.error).where(Outbox.status == _OUTBOX_FAILED)
    found = (await session.exec(query.order_by(col(Outbox.id)))).all()
    return [Aside(row_id or 0, at, attempts, error) for row_id, at, attempts, error in found]


async def replay_updates(session: AsyncSession, numbers: Sequence[int]) -> int:
    """Let these updates be tried anew; returns how many of them were set aside."""
    chosen = (col(Inbox.seq).in_(numbers), col(Inbox.status) == _INBOX_DEAD)
    again = update(Inbox).where(*chosen).values(status="new", attempts=0, next_try=None, error="")
    return int((await session.exec(again)).rowcount)


async def replay_messages(session: AsyncSession, numbers: Sequence[int]) -> int:
    """Let these messages be sent anew; returns how many of them were given up."""
    chosen = (col(Outbox.id).in_(numbers), col(Outbox.status) == _OUTBOX_FAILED)
    again = update(Outbox).where(*chosen).values(status="pending", attempts=0, error="")
    return int((await session.exec(again)).rowcount)
