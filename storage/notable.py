"""What a unit's head may want to look at again, computed anew from the visits each time; only what was seen is kept."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules import notable
from rules.clock import day_in_vietnam
from rules.plan import Plan
from storage import audit
from storage.sealing import keyed_hash
from storage.tables import House, NoteSeen, Person, Visit

WITHIN = timedelta(days=7)
BURST, RUN, QUARREL, PHONE = "burst", "run", "quarrel", "phone"
MARK = 7  # hex letters of a mark: eight marks fit into a button


@dataclass(frozen=True, slots=True)
class Word:
    """A visit as far as this needs it: who said what of which house, of which day and when."""

    id: int
    house_id: int
    unit_id: int
    person_id: int
    day: date
    outcome: str
    at: datetime
    said_in: str
    source: str

    @property
    def sent(self) -> str:
        """The message that said it, or the file: what one pasted list says was sent once."""
        return self.said_in or self.source.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to look at: `words` it is made of (first and last of many), or the houses of one phone.

    `count` is of houses, `elsewhere` of those with that phone in other units; `mark` stands for it once it was seen.
    """

    kind: str
    unit_id: int
    mark: str
    count: int
    words: tuple[Word, ...] = ()
    house_ids: tuple[int, ...] = ()
    phone_ends: str = ""
    elsewhere: int = 0


async def of_units(session: AsyncSession, plan: Plan, unit_ids: Collection[int], now: datetime) -> list[Note]:
    """Everything of the last seven days, and every phone of several houses, that no head of the unit has seen yet."""
    words = await _words(session, plan, unit_ids, now)
    found = [*_by_person(words, plan), *_quarrels(words), *await _phones(session, plan, unit_ids)]
    seen = {(row.unit_id, row.mark) for row in await session.exec(_seen(unit_ids))}
    return [note for note in found if (note.unit_id, note.mark) not in seen]


def _seen(unit_ids: Collection[int]) -> Any:
    return select(NoteSeen).where(col(NoteSeen.unit_id).in_(unit_ids))


async def _words(session: AsyncSession, plan: Plan, unit_ids: Collection[int], now: datetime) -> list[Word]:
    wanted: Any = (Visit.id, Visit.house_id, Visit.unit_id, Visit.person_id, Visit.day, Visit.outcome, Visit.created_at,
                   Visit.said_in, Visit.source)  # fmt: skip
    query = select(*wanted).where(
        Visit.campaign == plan.slug,
        col(Visit.unit_id).in_(unit_ids),
        col(Visit.undone_at).is_(None),
        Visit.created_at >= now - WITHIN,
    )
    return [Word(*row) for row in await session.exec(query.order_by(col(Visit.created_at), col(Visit.id)))]


def _by_person(words: Iterable[Word], plan: Plan) -> list[Note]:
    """Many houses sent singly at once, and long stretches of done ones, of each person in each unit.

    An evening's list pasted as one message is what the bot is for: it is sent once, however many houses it has.
    """
    theirs: dict[tuple[int, int], list[Word]] = defaultdict(list)
    for word in words:
        theirs[word.unit_id, word.person_id].append(word)
    notes = []
    for said in theirs.values():
        once = {(word.house_id, day_in_vietnam(word.at)): word for word in reversed(said)}
        sends = {word.sent: word for word in sorted(once.values(), key=lambda word: (word.at, word.id), reverse=True)}
        firsts = sorted(sends.values(), key=lambda word: (word.at, word.id))
        notes += [_stretch(BURST, firsts, *ends) for ends in notable.bursts([word.at for word in firsts])]
        lasts = sorted({word.house_id: word for word in said}.values(), key=lambda word: (word.at, word.id))
        done = [word.outcome in plan.done_codes for word in lasts]
        notes += [_stretch(RUN, lasts, *ends) for ends in notable.runs(done)]
    return notes


def _stretch(kind: str, words: Sequence[Word], first: int, last: int) -> Note:
    start, end = words[first], words[last]
    return Note(kind, start.unit_id, _mark(kind, start.id), last - first + 1, (start, end))


def _quarrels(words: Iterable[Word]) -> list[Note]:
    """The last pair of each house and day whose words contradict each other within hours."""
    last: dict[tuple[int, date], Word] = {}
    notes: dict[tuple[int, date], Note] = {}
    for word in words:
        door = word.house_id, word.day
        before, last[door] = last.get(door), word
        if before and notable.quarrel((before.outcome, before.at), (word.outcome, word.at)):
            mark = _mark(QUARREL, before.id, word.id)
            notes[door] = Note(QUARREL, word.unit_id, mark, 1, (before, word), (word.house_id,))
    return list(notes.values())


async def _phones(session: AsyncSession, plan: Plan, unit_ids: Collection[int]) -> list[Note]:
    """Each phone of three houses or more, once for each unit that has such a house."""
    here = (House.campaign == plan.slug, col(House.withdrawn).is_(False), col(House.phone_hash).is_not(None))
    shared = select(House.phone_hash).where(*here).group_by(col(House.phone_hash))
    shared = shared.having(func.count() >= notable.SHARED_PHONE)
    query = select(House).where(*here, col(House.phone_hash).in_(shared)).order_by(col(House.id))
    by_phone: dict[str, list[House]] = defaultdict(list)
    for house in await session.exec(query):
        by_phone[house.phone_hash or ""].append(house)
    notes = []
    for phone, found in by_phone.items():
        for unit_id in {house.unit_id for house in found} & set(unit_ids):
            own = tuple(house.id or 0 for house in found if house.unit_id == unit_id)
            ends, elsewhere = (found[0].phone or "")[-3:], len(found) - len(own)
            notes.append(Note(PHONE, unit_id, _mark(PHONE, phone, len(found)), len(found), (), own, ends, elsewhere))
    return notes


def _mark(kind: str, *parts: object) -> str:
    """A short keyed hash: what was seen is known again, and nobody can read of whom it spoke."""
    return keyed_hash(":".join(("note", kind, *map(str, parts))))[:MARK]


def see(session: AsyncSession, person: Person, dealt: Sequence[Note], *, now: datetime, source: str) -> int:
    """These notes are dealt with, for every head of their unit; how many there were."""
    for note in dealt:
        session.add(NoteSeen(unit_id=note.unit_id, mark=note.mark, at=now))
    if dealt:
        audit.note(session, "notes.seen", f"person:{person.id}", now=now, by=person, source=source,
                   detail={"count": len(dealt)})  # fmt: skip
    return len(dealt)
