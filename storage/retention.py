"""What a plan promised to forget, forgotten: names, numbers and addresses go, counts stay."""

from datetime import datetime, timedelta

from sqlalchemy import String, cast, delete, literal, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit
from storage.tables import (
    Chat,
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
    PlaceAlias,
    PlanChange,
    Proposal,
    Reported,
    TakenBack,
    Unit,
    UnreadLine,
    Visit,
    VisitHistory,
)

FORGOTTEN = "đã xoá"
AT_REST = timedelta(days=1)


async def forget_residents(session: AsyncSession, campaign: str, now: datetime) -> int:
    """Blank everything that names or reaches a resident of this campaign; returns how many houses there were.

    Outcomes, days and counts stay, so every figure stays what it was. Run again, it finds what was said since: a list
    or a difficulty also where no house is known.
    """
    codes = select(GuideCode.id).where(GuideCode.campaign == campaign)
    someone = literal("gone:").concat(cast(col(GuideSaid.id), String))
    await session.exec(update(GuideSaid).where(col(GuideSaid.code_id).in_(codes)).values(chat_hash=someone))
    named = select(House.id).where(House.campaign == campaign, col(House.label_hash).not_like("gone:%"))
    houses = list(await session.exec(named))
    if houses:
        await _blank_houses(session, houses)
        audit.note(session, "residents.forgotten", f"campaign:{campaign}", now=now, campaign=campaign)
    await _blank_words(session, campaign)
    await _close_dialogues(session, campaign, now)
    return len(houses)


async def _blank_houses(session: AsyncSession, houses: list[int | None]) -> None:
    blank = {"label": FORGOTTEN, "alley": None, "alley_hash": None, "address": None, "notes": None}
    blank |= {"head_name": None, "phone": None, "phone_hash": None, "care": "", "list_number": None,
              "listed_name": None, "listed_phone": None}  # fmt: skip
    gone = literal("gone:").concat(cast(col(House.id), String))
    await session.exec(update(House).where(col(House.id).in_(houses)).values(**blank, label_hash=gone))


async def _blank_words(session: AsyncSession, campaign: str) -> None:
    """Who stands on lists, and whatever people wrote in words of their own."""
    said = col(Visit.reason).is_not(None) | col(Visit.note).is_not(None)
    await session.exec(update(Visit).where(col(Visit.campaign) == campaign, said).values(reason=None, note=None))
    of_campaign = select(House.id).where(House.campaign == campaign)
    await session.exec(delete(HouseEdit).where(col(HouseEdit.house_id).in_(of_campaign)))
    visits = select(Visit.id).where(Visit.campaign == campaign)
    await session.exec(delete(VisitHistory).where(col(VisitHistory.visit_id).in_(visits)))
    await session.exec(
        update(Difficulty).where(col(Difficulty.campaign) == campaign).values(said=FORGOTTEN, answer=None)
    )
    nobody = {"name": FORGOTTEN, "name_hash": "", "phone": None, "phone_hash": None, "workplace": None, "address": None}
    listed = col(ListedPerson.campaign) == campaign, col(ListedPerson.name_hash) != ""
    await session.exec(update(ListedPerson).where(*listed).values(**nobody))
    noted = col(Reported.campaign) == campaign, col(Reported.note).is_not(None)
    await session.exec(update(Reported).where(*noted).values(note=None))
    await session.exec(delete(FileLink).where(col(FileLink.campaign) == campaign))
    await session.exec(delete(FileReceived).where(col(FileReceived.campaign) == campaign))
    await session.exec(update(PlanChange).where(col(PlanChange.campaign) == campaign).values(author=None))
    await session.exec(delete(HandOver).where(col(HandOver.campaign) == campaign))
    await session.exec(delete(TakenBack).where(col(TakenBack.campaign) == campaign))
    await session.exec(delete(Proposal).where(col(Proposal.campaign) == campaign))
    await session.exec(delete(PlaceAlias).where(col(PlaceAlias.campaign) == campaign))
    units = select(Unit.id).where(Unit.campaign == campaign)
    await session.exec(delete(NoteSeen).where(col(NoteSeen.unit_id).in_(units)))
    people = select(Person.id).where(Person.campaign == campaign)
    await session.exec(delete(UnreadLine).where(col(UnreadLine.person_id).in_(people)))


async def _close_dialogues(session: AsyncSession, campaign: str, now: datetime) -> None:
    """What stands half-said in chats that are at rest; who talks to us now is not interrupted."""
    people = select(Person.id).where(Person.campaign == campaign)
    rests = col(Chat.seen_at).is_(None) | (col(Chat.seen_at) < now - AT_REST)
    holds = col(Chat.data).is_not(None) | col(Chat.menu).is_not(None)
    resting = update(Chat).where(col(Chat.person_id).in_(people), rests, holds)
    await session.exec(resting.values(state=None, data=None, menu=None))
