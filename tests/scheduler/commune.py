"""A small commune on a real database, with a clock that is told what time it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import count
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from rules import plan as plans
from rules.clock import at_vietnam
from rules.plan import Plan
from rules.roles import Role
from rules.spelling import fold
from scheduler import tick
from storage import undo, visits
from storage.database import Database
from storage.tables import Bulletin, Chat, House, Outbox, Person, Unit, Visit
from storage.visits import Said

VIET_HOA = plans.load(Path(__file__).parents[2] / "campaigns" / "viet-hoa-2026.toml")
JOINED = datetime(2026, 5, 17, 3, tzinfo=UTC)


def on(day: int, hour: str, month: int = 6) -> datetime:
    """That wall-clock time in Vietnam in 2026, in UTC."""
    return at_vietnam(date(2026, month, day), time.fromisoformat(hour))


def june(day: int) -> date:
    return date(2026, 6, day)


def planned(**time_fields: Any) -> Plan:
    """Việt Hoà's plan with other hours."""
    return VIET_HOA.model_copy(update={"time": VIET_HOA.time.model_copy(update=time_fields)})


@dataclass
class Commune:
    """People, units and houses of one campaign; `wakes` is what the alarm clock does."""

    database: Database
    plan: Plan = VIET_HOA
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    root: Unit | None = None

    async def opens(self) -> None:
        """Found the commune's own unit, above all others."""
        self.root = await self.unit("phường Việt Hoà", kind="commune")

    async def unit(self, name: str, total: int | None = None, *, kind: str = "village") -> Unit:
        unit = Unit(
            campaign=self.plan.slug,
            name=name,
            name_key=fold(name),
            kind=kind,
            smartphone_households=total,
            parent_id=self.root.id if self.root else None,
        )
        await self._keep(unit)
        return unit

    async def person(
        self, role: Role, unit: Unit | None = None, *, quota: str = "", joined: datetime = JOINED
    ) -> Person:
        unit_id = (unit or self.root).id
        person = Person(campaign=self.plan.slug, role=role, unit_id=unit_id, quota=quota, joined_at=joined)
        await self._keep(person)
        chat = f"telegram:{person.id}"
        await self._keep(
            Chat(key=chat, platform="telegram", bot_key="telegram:1", external_id=str(person.id), person_id=person.id)
        )
        return person

    async def visit(
        self, person: Person, unit: Unit, house: str, outcome: str = "installed", *, day: date, installs: int = 1
    ) -> int:
        """Log a visit; its id."""
        said = Said(house=house, outcome=outcome, day=day, installs=installs if outcome == "installed" else 0)
        now, source = at_vietnam(day, time(9)), f"update:{next(self.numbers)}"
        logged = await self.database.write(
            lambda session: visits.log(session, self.plan, person, unit, said, now=now, source=source)
        )
        return logged.visit.id

    async def does(self, person: Person, unit: Unit, how_many: int, *, day: date, start: int = 1) -> None:
        """So many houses done on a day, numbered from `start`."""
        for number in range(start, start + how_many):
            await self.visit(person, unit, str(number), day=day)

    async def takes_back(self, person: Person, visit_id: int, now: datetime) -> None:
        await self.database.write(
            lambda session: undo.visit(
                session, self.plan, person, visit_id, now=now, source=f"update:{next(self.numbers)}"
            )
        )

    async def blocks(self, person: Person, since: datetime | None) -> None:
        """The person blocks the bot, or (None) writes to it again."""

        async def job(session: Any) -> None:
            chat = (await session.exec(select(Chat).where(Chat.person_id == person.id))).one()
            chat.unreachable_since = since
            session.add(chat)

        await self.database.write(job)

    async def changes(self, row: Unit | Person | House, **fields: Any) -> None:
        async def job(session: Any) -> None:
            kept = await session.get_one(type(row), row.id)
            for name, value in fields.items():
                setattr(kept, name, value)
            session.add(kept)

        await self.database.write(job)

    async def wakes(self, now: datetime) -> dict[str, int]:
        return await tick.wake(self.database, [self.plan], now)

    async def queued(self) -> list[Outbox]:
        return await self._all(select(Outbox).order_by(col(Outbox.id)))

    async def digests(self, to: Person | None = None) -> list[str]:
        """The digests made so far, for one person or for all."""
        return await self._said("daily", to)

    async def reminders(self, to: Person | None = None) -> list[str]:
        """The reminders made so far, for one person or for all."""
        return await self._said("reminder", to)

    async def _said(self, kind: str, to: Person | None) -> list[str]:
        kept = [kept for kept in await self.bulletins() if kept.kind == kind]
        return [each.said for each in kept if to is None or each.person_id == to.id]

    async def bulletins(self) -> list[Bulletin]:
        return await self._all(select(Bulletin).order_by(col(Bulletin.id)))

    async def visits(self) -> list[Visit]:
        return await self._all(select(Visit).order_by(col(Visit.day), col(Visit.id)))

    async def _all(self, query: Any) -> list[Any]:
        async with self.database.reading() as session:
            return list(await session.exec(query))

    async def _keep(self, row: Any) -> None:
        async def job(session: Any) -> None:
            session.add(row)
            await session.flush()

        await self.database.write(job)
