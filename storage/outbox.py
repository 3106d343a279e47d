"""What we remember of messages to deliver: answers to updates, and what we say unprompted."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, case, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.clock import VIETNAM, at_vietnam
from rules.reply import Reply, to_json
from storage import people
from storage.tables import Chat, Outbox, Person

_TABLE = SQLModel.metadata.tables["outbox"]  # see `inbox`
_SENT = (
    update(_TABLE)
    .where(_TABLE.c.id.in_(bindparam("ids", expanding=True)))
    .values(status="sent", sent_at=bindparam("now"), body=None, error="")
)
_PENDING: Any = select(_TABLE.c.dedupe_key, _TABLE.c.id).where(
    _TABLE.c.dedupe_key.in_(bindparam("keys", expanding=True)), _TABLE.c.status == "pending"
)
URGENT, ANSWER, REMINDER, DIGEST, NOTICE = 0, 1, 3, 4, 5
GIVE_UP_AFTER = timedelta(hours=24)
MOST_MOVES = 12  # of one chat to another id
HELD_AT_MOST = timedelta(days=32)  # while nothing at all may go: a month that is used up, a token that is refused
QUOTA_USED = "429"  # how the reason of a message held by its month begins
MANY_TRIES = 6  # a minute of trying in vain, by the waits between


def after_quiet(now: datetime, quiet_from: str, quiet_to: str) -> datetime:
    """`now`, or the end of the quiet hours (Vietnam wall clock, may span midnight) if it falls inside them."""
    start, end = time.fromisoformat(quiet_from), time.fromisoformat(quiet_to)
    local = now.astimezone(VIETNAM)
    hour, day = local.time(), local.date()
    if start <= end:
        return at_vietnam(day, end) if start <= hour < end else now
    if hour >= start:
        return at_vietnam(day + timedelta(days=1), end)
    return at_vietnam(day, end) if hour < end else now


async def add(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> int:
    """Queue messages; one whose dedupe key is already there is left out.

    Returns how many were new; PostgreSQL tells it of a single one only.
    """
    if not rows:
        return 0
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(_TABLE).on_conflict_do_nothing(index_elements=["dedupe_key"])
    added = await session.exec(statement, params=rows if len(rows) > 1 else rows[0])
    return int(added.rowcount)


async def pending(session: AsyncSession, keys: Sequence[str]) -> dict[str, int]:
    """The rows of those under these dedupe keys that are still to be said, by key."""
    return dict(list(await session.exec(_PENDING, params={"keys": keys}))) if keys else {}


async def push(
    session: AsyncSession,
    person: Person,
    reply: Reply,
    *,
    key: str,
    now: datetime,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    priority: int = NOTICE,
    not_by: Sequence[str] = (),
) -> bool:
    """Queue an unprompted message to a person's latest reachable chat, `not_by` these bots.

    `key` says it once, whatever restarts ("digest:12:daily:2026-06-24"). False when it was queued before or the person
    has no chat that can be reached.
    """
    chat = await chat_of(session, person, not_by)
    if chat is None:
        return False
    row = {
        "dedupe_key": key,
        "bot_key": chat.bot_key,
        "chat_key": chat.key,
        "kind": "push",
        "priority": priority,
        "body": {"reply": to_json(reply)},
        "status": "pending",
        "attempts": 0,
        "not_before": not_before or now,
        "expires_at": expires_at,
        "error": "",
        "created_at": now,
    }
    return await add(session, [row]) == 1


async def chat_of(session: AsyncSession, person: Person, not_by: Sequence[str] = ()) -> Chat | None:
    """The chat a person used last and that still takes messages, with none of the bots of `not_by`."""
    query = (
        select(Chat)
        .where(Chat.person_id == person.id, col(Chat.unreachable_since).is_(None), col(Chat.bot_key).not_in(not_by))
        .order_by(col(Chat.seen_at).desc(), col(Chat.id).desc())
    )
    return (await session.exec(query)).first()


async def due(
    session: AsyncSession, now: datetime, limit: int = 20, *, bots: Sequence[str] | None = None
) -> list[Outbox]:
    """Unprompted messages of these bots (None: all) whose time has come and is not over, pressing first, one a chat."""
    in_time = or_(col(Outbox.expires_at).is_(None), col(Outbox.expires_at) >= now)
    query = (
        select(Outbox)
        .where(Outbox.kind == "push", Outbox.status == "pending", col(Outbox.not_before) <= now, in_time)
        .order_by(col(Outbox.priority), col(Outbox.id))
        .limit(limit)
    )
    if bots is not None:
        query = query.where(col(Outbox.bot_key).in_(bots))
    firsts: dict[str, Outbox] = {}
    for row in await session.exec(query):
        firsts.setdefault(row.chat_key, row)
    return list(firsts.values())


async def due_since(session: AsyncSession, now: datetime, bots: Sequence[str]) -> datetime | None:
    """Since when these bots' most overdue message should have gone; None when nothing is due.

    What was tried `MANY_TRIES` times in vain is due since it was queued, though its next try lies ahead.
    """
    struggles = col(Outbox.attempts) >= MANY_TRIES
    due = case((struggles, col(Outbox.created_at)), else_=func.coalesce(Outbox.not_before, Outbox.created_at))
    in_time = or_(col(Outbox.expires_at).is_(None), col(Outbox.expires_at) >= now)
    query = (
        select(Outbox.attempts, Outbox.not_before, Outbox.created_at)
        .where(Outbox.status == "pending", col(Outbox.bot_key).in_(bots), in_time)
        .where(or_(struggles, func.coalesce(Outbox.not_before, Outbox.created_at) <= now))
        .order_by(due)
        .limit(1)
    )
    found = (await session.exec(query)).first()
    if found is None:
        return None
    attempts, not_before, created_at = found
    return created_at if attempts >= MANY_TRIES else not_before or created_at


async def unanswered(session: AsyncSession, bots: Sequence[str]) -> list[Outbox]:
    """These bots' answers that were committed and not yet delivered, in order: what a crash left to say again."""
    query = select(Outbox).where(Outbox.kind == "answer", Outbox.status == "pending", col(Outbox.bot_key).in_(bots))
    return list(await session.exec(query.order_by(col(Outbox.id))))


async def sent(session: AsyncSession, ids: Sequence[int], now: datetime) -> None:
    """These went out; their text is not kept."""
    await session.exec(_SENT, params={"ids": ids, "now": now})


async def put_off(session: AsyncSession, row_id: int, *, until: datetime, error: str, counted: bool = True) -> None:
    """Not delivered this time: try again at `until`."""
    values: dict[str, Any] = {"not_before": until, "error": error}
    if counted:
        values["attempts"] = Outbox.attempts + 1
    await session.exec(update(Outbox).where(col(Outbox.id) == row_id).values(**values))


async def give_up(session: AsyncSession, row_id: int, error: str) -> None:
    """This will not go out; it stays on the list of what was given up."""
    await session.exec(update(Outbox).where(col(Outbox.id) == row_id).values(status="failed", error=error))


async def gone(session: AsyncSession, row: Outbox, *, now: datetime, error: str) -> None:
    """The row's chat takes nothing any more: it goes to another chat of the same person, where there is one."""
    person_id = (await session.exec(select(Chat.person_id).where(Chat.key == row.chat_key))).first()
    await people.unreachable(session, row.chat_key, now)
    person = await session.get(Person, person_id) if person_id else None
    other = await chat_of(session, person) if person else None
    if other is None:
        await give_up(session, row.id or 0, error)
        return
    there = {"chat_key": other.key, "bot_key": other.bot_key, "not_before": now}
    await session.exec(update(Outbox).where(col(Outbox.id) == row.id).values(**there))


async def given_up(session: AsyncSession, since: datetime) -> list[Outbox]:
    query = select(Outbox).where(Outbox.status == "failed", col(Outbox.created_at) >= since).order_by(col(Outbox.id))
    return list(await session.exec(query))


async def hasten(session: AsyncSession, key_begins: str, now: datetime) -> None:
    """What waits under such keys for a later hour goes out now."""
    waits = (col(Outbox.status) == "pending", col(Outbox.not_before) > now)
    begins = col(Outbox.dedupe_key).startswith(key_begins, autoescape=True)
    await session.exec(update(Outbox).where(*waits, begins).values(not_before=now))


async def release(session: AsyncSession, bot_key: str, now: datetime) -> int:
    """What this bot's used-up month held back goes out now. Returns how many messages that were."""
    held = (col(Outbox.kind) == "push", col(Outbox.status) == "pending", col(Outbox.bot_key) == bot_key)
    by_quota = col(Outbox.error).startswith(QUOTA_USED)
    freed = await session.exec(update(Outbox).where(*held, by_quota).values(not_before=now, error=""))
    return int(freed.rowcount)


async def expire(session: AsyncSession, now: datetime) -> int:
    """Let go of what no longer helps anyone (a reminder hours late). Returns how many."""
    late = (col(Outbox.status) == "pending", col(Outbox.expires_at) < now)
    gone = await session.exec(update(Outbox).where(*late).values(status="expired", body=None))
    return int(gone.rowcount)


async def forget_before(session: AsyncSession, moment: datetime) -> int:
    """Drop delivered rows older than `moment`, but keep unprompted ones: their keys still guard against a repeat."""
    old = (col(Outbox.created_at) < moment, col(Outbox.status) != "pending", col(Outbox.kind) == "answer")
    gone = await session.exec(delete(Outbox).where(*old))
    return int(gone.rowcount)


async def counts(session: AsyncSession) -> dict[str, int]:
    """How many messages there are by status."""
    found = await session.exec(select(Outbox.status, func.count()).group_by(Outbox.status))
    return dict(found.all())
