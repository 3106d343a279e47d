"""Who edits at the office's machine: an account there is a person of its own, who gets no messages."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.plan import Plan
from rules.roles import Role
from storage.roots import ensure_root
from storage.tables import Person


async def clerk(session: AsyncSession, plan: Plan, name: str, now: datetime) -> Person:
    """The person that stands for an account of the office's machine; made when it is not there yet."""
    root = await ensure_root(session, plan)
    query = select(Person).where(
        Person.campaign == plan.slug, Person.role == Role.OPERATOR, col(Person.left_at).is_not(None)
    )
    for person in await session.exec(query):
        if person.name == name and person.left_at == person.joined_at:
            return person
    made = Person(campaign=plan.slug, name=name, role=Role.OPERATOR, unit_id=root.id or 0, joined_at=now, left_at=now)
    session.add(made)
    await session.flush()
    return made
