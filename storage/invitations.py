"""What we remember about invitations: who may join as what, and who guesses."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.codes import new_code
from rules.refusals import BadCode
from storage import audit, bots
from storage.sealing import keyed_hash
from storage.tables import CodeTry, Invitation, Person, Unit

VALID_FOR = timedelta(hours=72)
GUESSING_WINDOW = timedelta(hours=1)
MOST_WRONG_EACH = 5
MOST_WRONG_ALL = 50


def _hash(code: str) -> str:
    return keyed_hash(f"invitation:{code}")


async def make(
    session: AsyncSession,
    *,
    campaign: str,
    role: str,
    unit: Unit,
    now: datetime,
    by: Person | None = None,
    quota: str = "",
    valid_for: timedelta = VALID_FOR,
) -> str:
    """A new code that opens this role in this unit to one person for a while. Only its hash is kept."""
    return (await assigned(session, campaign=campaign, role=role, unit=unit, now=now, by=by, quota=quota,
                           valid_for=valid_for)).code  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A new code, the ways by which its holder gets to a bot, and how full the Zalo bot it keeps a place at is."""

    code: str
    ways: bots.Ways
    load: bots.Load | None


async def assigned(
    session: AsyncSession,
    *,
    campaign: str,
    role: str,
    unit: Unit,
    now: datetime,
    by: Person | None = None,
    quota: str = "",
    valid_for: timedelta = VALID_FOR,
) -> Made:
    """As `make`, and at which of the campaign's Zalo bots a place is kept for whoever comes: the least full one."""
    code = new_code()
    chosen = await bots.least_full(session, campaign, now)
    bot_key = chosen[0].key if chosen else ""
    invitation = Invitation(
        code_hash=_hash(code),
        campaign=campaign,
        role=role,
        unit_id=unit.id or 0,
        quota=quota,
        bot_key=bot_key,
        invited_by=by.id if by else None,
        created_at=now,
        expires_at=now + valid_for,
    )
    session.add(invitation)
    await session.flush()
    audit.note(session, "invitation.made", f"invitation:{invitation.id}", now=now, by=by, campaign=campaign)
    return Made(code, await bots.ways(session, campaign, bot_key), chosen[1] if chosen else None)


async def opened_by(session: AsyncSession, code: str, now: datetime) -> Invitation:
    """The unused, unexpired invitation behind a code. Raises BadCode without telling why."""
    query = select(Invitation).where(
        Invitation.code_hash == _hash(code), col(Invitation.used_at).is_(None), Invitation.expires_at > now
    )
    invitation = (await session.exec(query)).first()
    if invitation is None:
        raise BadCode
    return invitation


async def use(session: AsyncSession, invitation: Invitation, person: Person, now: datetime) -> None:
    """Spend the invitation. Raises BadCode when someone else was faster."""
    spent = await session.exec(
        update(Invitation)
        .where(col(Invitation.id) == invitation.id, col(Invitation.used_at).is_(None))
        .values(used_at=now, used_by=person.id)
    )
    if spent.rowcount != 1:
        raise BadCode


async def wrong_tries(session: AsyncSession, chat_key: str, now: datetime) -> tuple[int, int]:
    """Wrong codes within the last hour: from this chat, and from everyone."""
    recent = col(CodeTry.tried_at) > now - GUESSING_WINDOW
    mine = await session.exec(select(func.count()).select_from(CodeTry).where(recent, CodeTry.chat_key == chat_key))
    everyone = await session.exec(select(func.count()).select_from(CodeTry).where(recent))
    return mine.one(), everyone.one()


def remember_wrong(session: AsyncSession, chat_key: str, now: datetime) -> None:
    session.add(CodeTry(chat_key=chat_key, tried_at=now))
