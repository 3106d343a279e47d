"""What a plan promised to forget, forgotten: names, numbers and addresses go, counts stay."""

from datetime import datetime

from sqlalchemy import String, cast, delete, literal, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit
from storage.tables import (
    Difficulty,
    FileLink,
    FileReceived,
    GuideCode,
    GuideSaid,
    HandOver,
    House,
    HouseEdit,
    ListedPerson,
    NoteSeen,
    Person,
    PlanChange,
    Proposal,
    Reported,
    Unit,
    UnreadLine,
    Visit,
    VisitHistory,
)

FORGOTTEN = "đã xoá"


async def forget_residents(session: AsyncSession, campaign: str, now: datetime) -> int:
    """Blank everything that names or reaches a resident of this campaign; returns how many houses there were.

    Outcomes, days and counts stay, so every figure stays what it was. Safe to run again.
    """
    codes = select(GuideCode.id).where(GuideCode.campaign == campaign)
    someone = literal("gone:").concat(cast(col(GuideSaid.id), String))
    await session.exec(update(GuideSaid).where(col(GuideSaid.code_id).in_(codes)).values(chat_hash=someone))
    named = select(House.id).where(House.campaign == campaign, col(House.label_hash).not_like("gone:%"))
    houses = list(await session.exec(named))
    if not houses:
        return 0
    blank = {"label": FORGOTTEN, "alley": None, "alley_hash": None, "address": None, "notes": None}
    blank |= {"head_name": None, "phone": None, "phone_hash": None, "care": "", "list_number": None,
              "listed_name": None, "listed_phone": None}  # fmt: skip
    gone = literal("gone:").concat(cast(col(House.id), String))
    await session.exec(update(House).where(col(House.id).in_(houses)).values(**blank, label_hash=gone))
    await session.exec(update(Visit).where(col(Visit.campaign) == campaign).values(reason=None, note=None))
    of_campaign = select(House.id).where(House.campaign == campaign)
    await session.exec(delete(HouseEdit).where(col(HouseEdit.house_id).in_(of_campaign)))
    visits = select(Visit.id).where(Visit.campaign == campaign)
    await session.exec(delete(VisitHistory).where(col(VisitHistory.visit_id).in_(visits)))
    await session.exec(
        update(Difficulty).where(col(Difficulty.campaign) == campaign).values(said=FORGOTTEN, answer=None)
    )
    nobody = {"name": FORGOTTEN, "name_hash": "", "phone": None, "phone_hash": None, "workplace": None, "address": None}
    await session.exec(update(ListedPerson).where(col(ListedPerson.campaign) == campaign).values(**nobody))
    await session.exec(update(Reported).where(col(Reported.campaign) == campaign).values(note=None))
    await session.exec(delete(FileLink).where(col(FileLink.campaign) == campaign))
    await session.exec(delete(FileReceived).where(col(FileReceived.campaign) == campaign))
    await session.exec(update(PlanChange).where(col(PlanChange.campaign) == campaign).values(author=None))
    await session.exec(delete(HandOver).where(col(HandOver.campaign) == campaign))
    await session.exec(delete(Proposal).where(col(Proposal.campaign) == campaign))
    units = select(Unit.id).where(Unit.campaign == campaign)
    await session.exec(delete(NoteSeen).where(col(NoteSeen.unit_id).in_(units)))
    people = select(Person.id).where(Person.campaign == campaign)
    await session.exec(delete(UnreadLine).where(col(UnreadLine.person_id).in_(people)))
    audit.note(session, "residents.forgotten", f"campaign:{campaign}", now=now, campaign=campaign)
    return len(houses)
