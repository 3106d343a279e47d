"""What we remember of updates as they came: stored before they are acknowledged, done when their effects are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Inbox

MOST_TRIES = 5
_TABLE = SQLModel.metadata.tables[
    "inbox"
]  # what every update passes goes by the table, half the cost of the objects, and by statements built once


@dataclass(frozen=True, slots=True)
class Arrival:
    """One raw update and how it is told apart: unique on bot and update key.

    Within a chat those with a smaller `order_key` are handled first, and of the same one in the order they came.
    """

    bot_key: str
    update_key: str
    chat_key: str
    order_key: int
    raw: bytes


async def store(session: AsyncSession, arrivals: Sequence[Arrival], now: datetime) -> None:
    """Keep what is new; what came before is left alone."""
    if not arrivals:
        return
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = [
        {
            "bot_key": arrival.bot_key,
            "update_key": arrival.update_key,
            "chat_key": arrival.chat_key,
            "order_key": arrival.order_key,
            "raw": arrival.raw,
            "received_at": now,
            "status": "new",
            "attempts": 0,
            "error": "",
        }
        for arrival in arrivals
    ]
    fresh = insert(_TABLE).on_conflict_do_nothing(index_elements=["bot_key", "update_key"])
    await session.exec(fresh, params=values)


class Waiting(NamedTuple):
    """One update to be handled."""

    seq: int
    bot_key: str
    chat_key: str
    raw: bytes | None
    received_at: datetime


# Not the column itself, or SQLite goes through all that a bot ever heard instead of the index on what is new
_BOT = _TABLE.c.bot_key.concat("")
_HELD = select(_TABLE.c.chat_key).where(_TABLE.c.status == "new", _TABLE.c.next_try > bindparam("now"))
_WAITING: Any = (
    select(*(_TABLE.c[name] for name in Waiting._fields))
    .where(_TABLE.c.status == "new", _BOT.in_(bindparam("bots", expanding=True)))
    .where(_TABLE.c.chat_key.not_in(_HELD))
    .order_by(_TABLE.c.order_key, _TABLE.c.seq)
    .limit(bindparam("most"))
)
_DONE = update(_TABLE).where(_TABLE.c.seq.in_(bindparam("seqs", expanding=True))).values(status="done", next_try=None)


async def waiting(session: AsyncSession, now: datetime, limit: int, bots: Sequence[str]) -> list[Waiting]:
    """What these bots have to do now, in order; a chat with an update that waits for another try waits whole."""
    found = await session.exec(_WAITING, params={"now": now, "bots": bots, "most": limit})
    return [Waiting(*row) for row in found]


async def still_new(session: AsyncSession, seqs: Sequence[int]) -> set[int]:
    """Which of these nobody has done meanwhile (asked again once their chats are locked)."""
    query = select(Inbox.seq).where(col(Inbox.seq).in_(seqs), Inbox.status == "new")
    return {seq for seq in await session.exec(query) if seq is not None}


async def done(session: AsyncSession, seqs: Sequence[int]) -> None:
    await session.exec(_DONE, params={"seqs": seqs})


async def failed(session: AsyncSession, seq: int, *, error: str, next_try: datetime) -> int:
    """Count one failure and wait until `next_try`; returns how many there have been."""
    counted = update(Inbox).where(col(Inbox.seq) == seq)
    await session.exec(counted.values(attempts=Inbox.attempts + 1, error=error, next_try=next_try))
    return (await session.exec(select(Inbox.attempts).where(Inbox.seq == seq))).one()


async def set_aside(session: AsyncSession, seq: int) -> None:
    await session.exec(update(Inbox).where(col(Inbox.seq) == seq).values(status="dead", next_try=None))


async def next_wake(session: AsyncSession) -> datetime | None:
    """When the earliest update that waits for another try may be tried."""
    return (await session.exec(select(func.min(Inbox.next_try)).where(Inbox.status == "new"))).one()


async def forget(session: AsyncSession, *, raw_before: datetime, rows_before: datetime) -> tuple[int, int]:
    """Blank old raw updates, they are personal data; later drop the rows, once no messenger can repeat them.

    The newest row stays: SQLite would give its number, by which visits know their message, to the next update.
    """
    blanked = await session.exec(
        update(Inbox)
        .where(col(Inbox.received_at) < raw_before, col(Inbox.raw).is_not(None), col(Inbox.status) == "done")
        .values(raw=None)
    )
    newest = select(func.max(Inbox.seq)).scalar_subquery()
    old = (col(Inbox.received_at) < rows_before, col(Inbox.seq) < newest)
    dropped = await session.exec(delete(Inbox).where(*old, or_(Inbox.status == "done", col(Inbox.raw).is_(None))))
    return int(blanked.rowcount), int(dropped.rowcount)


async def health(session: AsyncSession, bots: Sequence[str] | None = None) -> dict[str, Any]:
    """Counts by status, and since when the oldest update of these bots (None: all) waits to be handled."""
    counts = await session.exec(select(Inbox.status, func.count()).group_by(Inbox.status))
    query = select(func.min(Inbox.received_at)).where(Inbox.status == "new")
    if bots is not None:
        query = query.where(_BOT.in_(bots))
    return {"counts": dict(counts.all()), "oldest": (await session.exec(query)).one()}


async def blank(session: AsyncSession, source: str) -> None:
    """Forget what this update said: it carried something we must not hold. `source` is "u" and its seq."""
    await session.exec(update(Inbox).where(col(Inbox.seq) == int(source[1:])).values(raw=None))
