"""What we remember about people who joined, and about the chats they write from."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import joinedload
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.roles import Role
from storage import audit, hand_overs
from storage.tables import Chat, Invitation, Outbox, Person, Unit

_CHATS = (
    select(Chat)
    .where(col(Chat.key).in_(bindparam("keys", expanding=True)))
    .options(joinedload(Chat.person).joinedload(Person.unit))  # type: ignore[arg-type]
)  # asked for every round


async def chats_for(
    session: AsyncSession, keys: Sequence[tuple[str, str, str, str]], *, lock: bool = False
) -> dict[str, Chat]:
    """The chats with these (key, platform, bot_key, external_id), made when new, with person and unit, by key.

    With `lock` (PostgreSQL) a chat that another worker holds is left out, so one chat's updates keep their order.
    """
    known = await _chats(session, [key for key, *_ in keys], lock)
    missing = [key for key in keys if key[0] not in known]
    if missing:
        await _insert(session, missing)
        known |= await _chats(session, [key for key, *_ in missing], lock)
    return known


async def _chats(session: AsyncSession, keys: Sequence[str], lock: bool) -> dict[str, Chat]:
    query = _CHATS.with_for_update(skip_locked=True, of=Chat) if lock else _CHATS
    return {chat.key: chat for chat in await session.exec(query, params={"keys": keys})}


async def _insert(session: AsyncSession, keys: Sequence[tuple[str, str, str, str]]) -> None:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = [
        {"key": key, "platform": platform, "bot_key": bot_key, "external_id": external_id, "card": 0, "last_tap": ""}
        for key, platform, bot_key, external_id in keys
    ]
    await session.exec(insert(Chat).values(values).on_conflict_do_nothing(index_elements=["key"]))


async def join(
    session: AsyncSession,
    chat: Chat,
    invitation: Invitation,
    *,
    name: str,
    notice_version: str,
    now: datetime,
    source: str,
) -> Person:
    """Make the person an invitation speaks of, and bind the chat to them. A former self leaves with it."""
    if chat.person_id:
        await leave(session, chat.person_id, now=now, source=source)
    person = Person(
        campaign=invitation.campaign,
        name=name,
        role=invitation.role,
        unit_id=invitation.unit_id,
        quota=invitation.quota,
        notice_version=notice_version,
        agreed_at=now,
        joined_at=now,
    )
    person.unit = await session.get_one(Unit, invitation.unit_id)
    session.add(person)
    chat.person = person
    chat.unreachable_since = None
    await session.flush()
    audit.note(session, "person.joined", f"person:{person.id}", now=now, by=person, source=source)
    return person


async def leave(session: AsyncSession, person_id: int, *, now: datetime, source: str) -> None:
    """The person's role ends at once; what they logged stays theirs, the houses they hold are nobody's again."""
    person = await session.get(Person, person_id)
    if person and person.left_at is None:
        await hand_overs.left(session, person, now=now, source=source)
    still_here = (col(Person.id) == person_id, col(Person.left_at).is_(None))
    await session.exec(update(Person).where(*still_here).values(left_at=now))
    audit.note(session, "person.left", f"person:{person_id}", now=now, source=source)


async def with_roles(session: AsyncSession, campaign: str, roles: Sequence[Role]) -> list[Person]:
    """Everyone who has one of these roles in the campaign now, with their unit."""
    query = (
        select(Person)
        .where(Person.campaign == campaign, col(Person.role).in_(roles), col(Person.left_at).is_(None))
        .options(joinedload(Person.unit))  # type: ignore[arg-type]
        .order_by(col(Person.id))
    )
    return list(await session.exec(query))


async def by_id(session: AsyncSession, person_id: int) -> Person | None:
    query = select(Person).where(Person.id == person_id).options(joinedload(Person.unit))  # type: ignore[arg-type]
    return (await session.exec(query)).first()


async def unreachable(session: AsyncSession, chat_key: str, now: datetime) -> None:
    """This chat takes nothing any more (blocked, deactivated) until the person writes again."""
    await session.exec(
        update(Chat)
        .where(col(Chat.key) == chat_key, col(Chat.unreachable_since).is_(None))
        .values(unreachable_since=now)
    )


async def moved(session: AsyncSession, chat_key: str, *, to_key: str, external_id: str) -> None:
    """A group became a supergroup: its chat and what waits for it go by the new id.

    Where the new one has been heard of already, the old chat goes.
    """
    if (await session.exec(select(Chat.id).where(Chat.key == to_key))).first():
        await session.exec(delete(Chat).where(col(Chat.key) == chat_key))
    else:
        await session.exec(update(Chat).where(col(Chat.key) == chat_key).values(key=to_key, external_id=external_id))
    await session.exec(update(Outbox).where(col(Outbox.chat_key) == chat_key).values(chat_key=to_key))
