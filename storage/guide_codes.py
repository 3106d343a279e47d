"""What we remember of the codes in residents' guides: whose they are, how often they were opened, what was said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.guide_codes import new_guide_code
from rules.plan import Plan
from rules.visitors import Kind
from storage import units
from storage.sealing import keyed_hash
from storage.tables import GuideCode, GuideSaid, GuideScan, GuideSent, House
from storage.units import Scope

Scans = Mapping[tuple[str, date, Kind], int]
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Funnel:
    """One unit's way from guides sent over scans to what is done; `said` is what residents say and nobody saw yet."""

    unit_id: int
    name: str
    sent: int
    scanned: int
    installed: int
    said: int


def _insert(session: AsyncSession) -> Any:
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert


async def code_for(
    session: AsyncSession, campaign: str, unit_id: int, person_id: int = 0, *, now: datetime
) -> GuideCode:
    """The code of a unit, or of one of its people (the volunteer who sends it); made when it is first asked for."""
    whose = (GuideCode.unit_id == unit_id, GuideCode.person_id == person_id)
    found = (await session.exec(select(GuideCode).where(*whose))).first()
    if found:
        return found
    row = {"code": new_guide_code(), "campaign": campaign, "unit_id": unit_id, "person_id": person_id}
    await session.exec(_insert(session)(GuideCode).values(**row, created_at=now).on_conflict_do_nothing())
    return (await session.exec(select(GuideCode).where(*whose))).one()


async def codes_for(session: AsyncSession, campaign: str, unit_ids: Iterable[int], *, now: datetime) -> dict[int, str]:
    """The units' own codes, for paper: unit id → code."""
    return {each: (await code_for(session, campaign, each, now=now)).code for each in unit_ids}


async def opened_by(session: AsyncSession, code: str) -> GuideCode | None:
    return (await session.exec(select(GuideCode).where(GuideCode.code == code))).first()


async def add_scans(session: AsyncSession, scans: Scans) -> int:
    """Add what was counted in memory; codes that do not exist are left out. Returns how many rows changed."""
    known = await _ids(session, sorted({code for code, _, _ in scans}))
    rows = [
        {"code_id": known[code], "day": day, "kind": kind, "count": times}
        for (code, day, kind), times in scans.items()
        if code in known
    ]
    table = SQLModel.metadata.tables["guide_scan"]
    for row in rows:
        added = _insert(session)(table).values(**row)
        one_more = {"count": table.c.count + added.excluded["count"]}
        await session.exec(added.on_conflict_do_update(index_elements=["code_id", "day", "kind"], set_=one_more))
    return len(rows)


async def _ids(session: AsyncSession, codes: list[str]) -> dict[str, int]:
    known: dict[str, int] = {}
    for start in range(0, len(codes), _AT_ONCE):
        some = codes[start : start + _AT_ONCE]
        found = await session.exec(select(GuideCode.code, GuideCode.id).where(col(GuideCode.code).in_(some)))
        known |= {code: code_id or 0 for code, code_id in found}
    return known


async def scans_by_day(session: AsyncSession, code: str) -> dict[tuple[date, str], int]:
    """(day, kind) → how often this code's page was opened."""
    query = select(GuideScan).join(GuideCode).where(GuideCode.code == code)
    return {(scan.day, scan.kind): scan.count for scan in await session.exec(query)}


async def said_installed(session: AsyncSession, code: GuideCode, chat_key: str, *, day: date) -> int | None:
    """Keep that this resident says it is done; the number of what was said, None when they said so before."""
    chat_hash = keyed_hash(f"guide:{chat_key}")
    row = {"code_id": code.id, "unit_id": code.unit_id, "chat_hash": chat_hash, "day": day}
    added = await session.exec(_insert(session)(GuideSaid).values(**row).on_conflict_do_nothing())
    if int(added.rowcount) != 1:
        return None
    mine = (GuideSaid.code_id == code.id, GuideSaid.chat_hash == chat_hash)
    return (await session.exec(select(GuideSaid.id).where(*mine))).one()


async def funnel(session: AsyncSession, plan: Plan, scope: Scope) -> list[Funnel]:
    """đã gửi hướng dẫn → quét → đã cài, for every unit of the scope where a guide was sent or a code scanned.

    `scanned` counts people only, `installed` what the plan's first indicator counts in houses that are done now.
    """
    sent = await _by_unit(session, select(GuideSent.unit_id, func.count()).where(GuideSent.campaign == plan.slug))
    scanned = await _by_unit(
        session,
        select(GuideCode.unit_id, func.sum(GuideScan.count))
        .join(GuideScan, col(GuideScan.code_id) == col(GuideCode.id))
        .where(GuideCode.campaign == plan.slug, GuideScan.kind == "person"),
    )
    said = await _by_unit(
        session, select(GuideSaid.unit_id, func.count()).join(GuideCode).where(GuideCode.campaign == plan.slug)
    )
    installed = await _installed(session, plan)
    return [
        Funnel(each, unit.name, sent.get(each, 0), scanned.get(each, 0), installed.get(each, 0), said.get(each, 0))
        for unit in await units.within(session, scope)
        if (each := unit.id or 0) in sent.keys() | scanned.keys() | said.keys()
    ]


async def _installed(session: AsyncSession, plan: Plan) -> dict[int, int]:
    amount: Any = func.sum(House.installs) if plan.indicator.counts == "person" else func.count()
    is_done = (House.campaign == plan.slug, col(House.withdrawn).is_(False), col(House.outcome).in_(plan.done_codes))
    return await _by_unit(session, select(House.unit_id, amount).where(*is_done))


async def _by_unit(session: AsyncSession, query: Any) -> dict[int, int]:
    found = await session.exec(query.group_by(*list(query.selected_columns)[:1]))
    return {unit_id: int(count or 0) for unit_id, count in found}
