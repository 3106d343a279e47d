"""What we remember about linking: the one-time code by which a person brings a second messenger along."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import joinedload
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.codes import new_code
from rules.refusals import BadCode
from storage import audit, people
from storage.sealing import keyed_hash
from storage.tables import AccountLink, Chat, Person

VALID_FOR = timedelta(minutes=15)


def _hash(code: str) -> str:
    return keyed_hash(f"link:{code}")


async def make(session: AsyncSession, person: Person, *, now: datetime, source: str) -> str:
    """A new code that opens this person's role to one more chat for 15 minutes; an earlier one is void.

    Only its hash is kept.
    """
    earlier = (col(AccountLink.person_id) == person.id, col(AccountLink.used_at).is_(None))
    await session.exec(delete(AccountLink).where(*earlier))
    code = new_code()
    link = AccountLink(code_hash=_hash(code), person_id=person.id or 0, created_at=now, expires_at=now + VALID_FOR)
    session.add(link)
    await session.flush()
    audit.note(session, "link.made", f"person:{person.id}", now=now, by=person, source=source)
    return code


async def opened_by(session: AsyncSession, code: str, now: datetime) -> tuple[AccountLink, Person] | None:
    """The open link behind a code and whose it is; None when the code is no link's."""
    return await _open(session, AccountLink.code_hash == _hash(code), now)


async def still_open(session: AsyncSession, link_id: int, now: datetime) -> tuple[AccountLink, Person]:
    """The link that was asked about. Raises BadCode when it was used or ran out meanwhile, or its person left."""
    found = await _open(session, AccountLink.id == link_id, now)
    if found is None:
        raise BadCode
    return found


async def _open(session: AsyncSession, which: object, now: datetime) -> tuple[AccountLink, Person] | None:
    is_open = (col(AccountLink.used_at).is_(None), AccountLink.expires_at > now)
    link = (await session.exec(select(AccountLink).where(which, *is_open))).first()  # type: ignore[arg-type]
    if link is None:
        return None
    theirs = select(Person).where(Person.id == link.person_id, col(Person.left_at).is_(None))
    person = (await session.exec(theirs.options(joinedload(Person.unit)))).first()  # type: ignore[arg-type]
    return (link, person) if person else None


async def bind(
    session: AsyncSession, chat: Chat, link: AccountLink, person: Person, *, now: datetime, source: str
) -> None:
    """From now on this chat is the person's too; who was here before leaves. Raises BadCode when another was faster."""
    spent = await session.exec(
        update(AccountLink)
        .where(col(AccountLink.id) == link.id, col(AccountLink.used_at).is_(None))
        .values(used_at=now, used_by=chat.key)
    )
    if spent.rowcount != 1:
        raise BadCode
    if chat.person_id and chat.person_id != person.id:
        await people.leave(session, chat.person_id, now=now, source=source)
    chat.person = person
    chat.unreachable_since = None
    await session.flush()
    audit.note(session, "person.linked", f"person:{person.id}", now=now, by=person, source=source)
