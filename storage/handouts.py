"""What we remember of files handed out: what each is made of, for whom, until when; its content only while it waits."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit
from storage.sealing import keyed_hash
from storage.tables import FileLink, Person

LASTS = timedelta(hours=24)
MOST_OPENED = 10  # a link that is opened more often is not in one person's hands


def _hash(token: str) -> str:
    return keyed_hash(f"file:{token}")


async def order(
    session: AsyncSession, me: Person, recipe: dict[str, Any], *, name: str, content_type: str, now: datetime,
    source: str,
) -> tuple[str, int]:  # fmt: skip
    """Note an order, with its audit; the token by which the file is made and opened for a day, and the order's id.

    `recipe`: "kind" names the maker, "unit_id" whose paper it is; the rest is the maker's. All of it is audited.
    """
    token = secrets.token_urlsafe(24)
    file = FileLink(
        token_hash=_hash(token), campaign=me.campaign, person_id=me.id or 0, name=name, content_type=content_type,
        recipe=recipe, created_at=now, expires_at=now + LASTS,
    )  # fmt: skip
    session.add(file)
    audit.note(session, "paper.ordered", f"unit:{recipe['unit_id']}", now=now, by=me, source=source, detail=recipe)
    await session.flush()
    return token, file.id or 0


async def ordered(session: AsyncSession, token: str, now: datetime) -> tuple[FileLink, Person] | None:
    """The order behind a token and who made it; None once it is over, forgotten, or its owner has left."""
    query = (
        select(FileLink, Person)
        .join(Person, col(Person.id) == FileLink.person_id)
        .where(FileLink.token_hash == _hash(token), col(FileLink.expires_at) > now, col(Person.left_at).is_(None))
    )
    return (await session.exec(query)).first()


async def own(session: AsyncSession, me: Person, file_id: int, now: datetime) -> FileLink | None:
    """One of this person's own orders of the last day."""
    mine = (FileLink.id == file_id, FileLink.person_id == me.id, col(FileLink.expires_at) > now)
    return (await session.exec(select(FileLink).where(*mine))).first()


async def made(
    session: AsyncSession, token: str, *, name: str, content_type: str, content: bytes, rows: int, now: datetime
) -> bool:
    """Keep the file, sealed, for its link. False when the order is gone meanwhile."""
    found = await ordered(session, token, now)
    if found is None:
        return False
    file, person = found
    file.name, file.content_type, file.content = name, content_type, content
    session.add(file)
    _note(session, "paper.made", file, person, now, rows=rows)
    return True


async def handed(session: AsyncSession, token: str, *, rows: int, now: datetime) -> None:
    """The file went out itself; of it nothing is kept but that it did."""
    if found := await ordered(session, token, now):
        _note(session, "paper.handed", *found, now, rows=rows)


async def opened(session: AsyncSession, token: str, now: datetime) -> FileLink | None:
    """The file behind a link that its owner opens, noted each time; None where there is nothing to open."""
    found = await ordered(session, token, now)
    if found is None or found[0].content is None or found[0].opened >= MOST_OPENED:
        return None
    file, person = found
    file.opened += 1
    session.add(file)
    _note(session, "paper.opened", file, person, now, times=file.opened)
    return file


def _note(session: AsyncSession, act: str, file: FileLink, person: Person, now: datetime, **more: int) -> None:
    recipe = file.recipe or {}
    thing = f"unit:{recipe.get('unit_id')}"
    audit.note(session, act, thing, now=now, by=person, source=f"file:{file.id}", detail=recipe | more)


async def forget_over(session: AsyncSession, now: datetime) -> int:
    """Files whose day is over go, with what they were made of. Returns how many."""
    gone = await session.exec(delete(FileLink).where(col(FileLink.expires_at) <= now))
    return int(gone.rowcount)
