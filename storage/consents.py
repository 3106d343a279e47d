"""What we remember of agreements with the plan's notice: who, when, which wording, by which messenger; and taken back.

Luật 91/2025/QH15, Điều 9 and NĐ 356/2025, Điều 6.2: agreement is for each wording, and whoever holds data keeps proof.
"""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import update
from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.plan import Plan
from storage import audit, people
from storage.tables import Chat, Consent, House, Outbox, Person


def notice_hash(plan: Plan) -> str:
    """The SHA-256 of the notice as people read it."""
    return sha256(plan.notice_text.encode()).hexdigest()


def to_ask(campaign: str) -> str:
    """The setting that stands while a notice has changed and people are still to be asked."""
    return f"notice.ask:{campaign}"


def agree(session: AsyncSession, person: Person, plan: Plan, *, platform: str, now: datetime, source: str) -> None:
    """Keep that this person agrees with the notice as it reads now."""
    person.notice_version, person.agreed_at = plan.notice.version, now
    session.add(person)
    session.add(
        Consent(
            campaign=plan.slug,
            person_id=person.id or 0,
            notice_version=plan.notice.version,
            notice_hash=notice_hash(plan),
            platform=platform,
            agreed_at=now,
            source=source,
        )
    )
    audit.note(session, "notice.agreed", f"person:{person.id}", now=now, by=person, source=source)


async def of(session: AsyncSession, person: Person) -> list[Consent]:
    """This person's agreements, the first one first."""
    query = select(Consent).where(Consent.person_id == person.id)
    return list(await session.exec(query.order_by(col(Consent.agreed_at), col(Consent.id))))


async def owes(session: AsyncSession, person: Person, plan: Plan) -> bool:
    """Whether this person has not agreed with the notice as it reads now.

    Who joined before agreements were kept one by one agreed with the version that stands beside their name.
    """
    kept = [one for one in await of(session, person) if one.revoked_at is None]
    if not kept:
        return person.notice_version != plan.notice.version
    return all(one.notice_hash != notice_hash(plan) for one in kept)


async def forget_before(session: AsyncSession, moment: datetime, campaign: str = "") -> int:
    """Drop proofs older than `moment` of people who have left, or with `campaign` of all of its people; how many.

    Who is still with us keeps theirs: it says that nothing need be asked again.
    """
    old = func.coalesce(Consent.revoked_at, Consent.agreed_at) < moment
    gone = select(Person.id).where(col(Person.left_at).is_not(None), col(Person.left_at) < moment)
    whose = col(Consent.campaign) == campaign if campaign else col(Consent.person_id).in_(gone)
    dropped = await session.exec(delete(Consent).where(old, whose))
    return int(dropped.rowcount)


async def revoke(session: AsyncSession, person: Person, *, now: datetime, source: str) -> None:
    """Take the agreement back: the person leaves at once, name and chats go, nothing more is sent to them.

    What they logged of houses stays, with nobody's name; the agreements stay as proof, taken back.
    """
    mine = update(Consent).where(col(Consent.person_id) == person.id, col(Consent.revoked_at).is_(None))
    await session.exec(mine.values(revoked_at=now))
    audit.note(session, "notice.revoked", f"person:{person.id}", now=now, by=person, source=source)
    await people.leave(session, person.id or 0, now=now, source=source)
    person.name = None
    session.add(person)
    chats = list(await session.exec(select(Chat).where(Chat.person_id == person.id)))
    theirs = delete(Outbox).where(col(Outbox.chat_key).in_([chat.key for chat in chats]))
    await session.exec(theirs.where(col(Outbox.kind) == "push", col(Outbox.status) == "pending"))
    for chat in chats:
        chat.person, chat.person_id, chat.state, chat.data = None, None, None, None
        session.add(chat)
    held = update(House).where(col(House.assigned_to) == person.id)
    await session.exec(held.values(assigned_to=None, assigned_at=None))
    await session.flush()
