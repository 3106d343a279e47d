"""A resident forgotten on request: name, phone and words about them go for good, every figure stays what it was.

Luật 91/2025/QH15, Điều 14: deletion is real. What was forgotten is remembered as a keyed hash only, so that a backup
from before, once restored, forgets it again.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit
from storage.houses import label_hash, phone_hash
from storage.retention import FORGOTTEN
from storage.tables import (
    Chat,
    Difficulty,
    Erasure,
    FileLink,
    FileReceived,
    House,
    HouseEdit,
    Inbox,
    ListedPerson,
    Outbox,
    Proposal,
    TakenBack,
    UnreadLine,
    Visit,
    VisitHistory,
)

PHONE, HOUSE = "phone", "house"
_SPACING = re.compile(r"(?<=\d)[\s.\-()]+(?=\d)")
_NUMBER = re.compile(r"(?:\+?84|0)\d{9}\b")


@dataclass(slots=True)
class Erased:
    """How much was blanked, by where it stood."""

    houses: int = 0
    listed: int = 0
    messages: int = 0

    def __bool__(self) -> bool:
        return any(asdict(self).values())


async def phone(session: AsyncSession, digits: str, now: datetime) -> Erased:
    """Forget whoever has this phone (ten digits), in every campaign of the installation."""
    return await _forget(session, PHONE, phone_hash(digits), now)


async def house(session: AsyncSession, unit_id: int, label: str, now: datetime) -> Erased:
    """Forget the people of one house; the house stays as a number that counts."""
    return await _forget(session, HOUSE, f"{unit_id}:{label_hash(label)}", now)


async def known(session: AsyncSession) -> list[Erasure]:
    """Everything that was ever forgotten on request, oldest first."""
    return list(await session.exec(select(Erasure).order_by(col(Erasure.id))))


async def again(session: AsyncSession, erasures: Sequence[Erasure], now: datetime) -> int:
    """Forget the same people in a database that remembers them again. Returns how many requests there were."""
    for each in erasures:
        await _forget(session, each.kind, each.key, now)
    return len(erasures)


async def _forget(session: AsyncSession, kind: str, key: str, now: datetime) -> Erased:
    found = await _houses(session, kind, key)
    erased = Erased(houses=len(found))
    for each in found:
        await _blank_house(session, each)
    hashes = {key} if kind == PHONE else set()
    erased.listed = await _blank_listed(session, hashes, [each.id or 0 for each in found])
    if hashes:
        erased.messages = await _blank_words(session, hashes)
    await session.exec(delete(TakenBack))
    await session.exec(delete(FileLink))
    await session.exec(delete(FileReceived))
    if (await session.exec(select(Erasure).where(Erasure.kind == kind, Erasure.key == key))).first() is None:
        session.add(Erasure(kind=kind, key=key, at=now))
    audit.note(session, "resident.forgotten", kind, now=now, detail=asdict(erased))
    await session.flush()
    return erased


async def _houses(session: AsyncSession, kind: str, key: str) -> list[House]:
    if kind == HOUSE:
        unit_id, label = key.split(":", 1)
        query = select(House).where(House.unit_id == int(unit_id), House.label_hash == label)
        return list(await session.exec(query))
    named = list(await session.exec(select(House).where(House.phone_hash == key)))
    listed = await session.exec(select(House).where(col(House.listed_phone).is_not(None)))
    return [*named, *(each for each in listed if each not in named and phone_hash(each.listed_phone or "") == key)]


async def _blank_house(session: AsyncSession, each: House) -> None:
    for name in ("head_name", "phone", "phone_hash", "listed_name", "listed_phone", "notes", "address"):
        setattr(each, name, None)
    session.add(each)
    await session.exec(delete(HouseEdit).where(col(HouseEdit.house_id) == each.id))
    for visit in await session.exec(select(Visit).where(Visit.house_id == each.id)):
        visit.reason = visit.note = None
        session.add(visit)
        await session.exec(delete(Proposal).where(col(Proposal.visit_id) == visit.id))
        for act in await session.exec(select(VisitHistory).where(VisitHistory.visit_id == visit.id)):
            act.before = _without_people(act.before)
            session.add(act)


def _without_people(before: dict[str, Any] | None) -> dict[str, Any] | None:
    """An earlier wording without what residents said of themselves, so that undoing cannot bring it back."""
    if before is None:
        return None
    visit = before.get("visit")
    kept = dict(visit, reason=None, note=None) if visit else visit
    nobody = {"head_name": None, "phone": None, "phone_hash": None}
    return before | {"visit": kept, "house": nobody, "offered": {}}


async def _blank_listed(session: AsyncSession, hashes: set[str], house_ids: Sequence[int]) -> int:
    by_phone = col(ListedPerson.phone_hash).in_(hashes)
    rows = list(await session.exec(select(ListedPerson).where(by_phone | col(ListedPerson.house_id).in_(house_ids))))
    for row in rows:
        row.name, row.name_hash = FORGOTTEN, ""
        row.phone = row.phone_hash = row.workplace = row.address = None
        session.add(row)
    return len(rows)


async def _blank_words(session: AsyncSession, hashes: set[str]) -> int:
    """Messages, notes and half-finished dialogues that say one of these numbers."""
    count = 0
    for arrival in await session.exec(select(Inbox).where(Inbox.status == "done", col(Inbox.raw).is_not(None))):
        if _says(hashes, (arrival.raw or b"").decode("utf-8", "replace")):
            arrival.raw, count = None, count + 1
            session.add(arrival)
    for letter in await session.exec(select(Outbox).where(Outbox.status != "pending", col(Outbox.body).is_not(None))):
        if _says(hashes, _text(letter.body)):
            letter.body, count = None, count + 1
            session.add(letter)
    for line in await session.exec(select(UnreadLine)):
        if _says(hashes, line.said):
            count += 1
            await session.delete(line)
    for asked in await session.exec(select(Proposal)):
        if _says(hashes, asked.said):
            count += 1
            await session.delete(asked)
    for raised in await session.exec(select(Difficulty)):
        if _says(hashes, f"{raised.said} | {raised.answer}"):
            raised.said, raised.answer, count = FORGOTTEN, None, count + 1
            session.add(raised)
    for chat in await session.exec(select(Chat).where(col(Chat.data).is_not(None))):
        if _says(hashes, _text(chat.data)):
            chat.state, chat.data, count = None, None, count + 1
            session.add(chat)
    return count


def _text(body: dict[str, Any] | None) -> str:
    return json.dumps(body or {}, ensure_ascii=False)


def _says(hashes: set[str], text: str) -> bool:
    return any(phone_hash(digits) in hashes for digits in _numbers(text))


def _numbers(text: str) -> Iterable[str]:
    for found in _NUMBER.findall(_SPACING.sub("", text)):
        yield "0" + found[-9:]
