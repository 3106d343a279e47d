"""A hamlet under load: people on a simulated Zalo who log house after house, and the books to compare."""

import asyncio
import json
import random
import re
from collections import Counter
from dataclasses import dataclass, field

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from campaigns import EXAMPLE
from rules import plan as plans
from rules.clock import VIETNAM
from rules.plan import Plan
from rules.roles import Role
from rules.spelling import fold
from simulator.zalo import ZaloPerson, ZaloSimulator
from storage import roots
from storage.database import Database
from storage.tables import Audit, Chat, House, Inbox, Unit, Visit
from storage.tables import Person as Member
from tests.faults.village import MORNING

_SAVED = re.compile(r"Đã ghi nhà (\d+),")


@dataclass
class Hamlet:
    """Its people each send lines, in order, until evening, one in `pause` seconds on average."""

    simulator: ZaloSimulator
    dice: random.Random
    talkers: int = 2
    pause: float = 1.6
    sent: dict[str, list[str]] = field(default_factory=dict)
    evening: bool = False
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def people(self) -> list[ZaloPerson]:
        return [self.simulator.person(f"p{number}", f"Người {number}", started=True) for number in range(self.talkers)]

    def chat_id(self, person: ZaloPerson) -> str:
        return self.simulator.bot.chat_id_of(person.id)

    async def joins(self, database: Database) -> None:
        """Everybody has joined as a volunteer, each in a unit of their own."""
        plan = plans.load(EXAMPLE)
        await database.write(lambda session: self._join(session, plan))

    async def _join(self, session: AsyncSession, plan: Plan) -> None:
        root = await roots.ensure_root(session, plan)
        then, bot_key = MORNING.astimezone(VIETNAM), f"zalo:{self.simulator.bot.id}"
        for person in self.people:
            name = f"Tổ {person.id}"
            unit = Unit(campaign=plan.slug, parent_id=root.id, name=name, name_key=fold(name))
            session.add(unit)
            await session.flush()
            member = Member(
                campaign=plan.slug, name=person.display_name, role=Role.VOLUNTEER, unit_id=unit.id or 0,
                notice_version=plan.notice.version, agreed_at=then, joined_at=then,
            )  # fmt: skip
            session.add(member)
            await session.flush()
            chat_id = self.chat_id(person)
            chat = {"key": f"{bot_key}:{chat_id}", "bot_key": bot_key, "external_id": chat_id}
            session.add(Chat(**chat, platform="zalo", person_id=member.id))

    def begins(self) -> None:
        for person in self.people:
            self.sent[self.chat_id(person)] = []
            self._tasks.append(asyncio.create_task(self._talks(person)))

    async def _talks(self, person: ZaloPerson) -> None:
        sent = self.sent[self.chat_id(person)]
        while not self.evening:
            sent.append(str(len(sent) + 1))
            await person.says(f"nhà {sent[-1]} đã cài")
            await asyncio.sleep(self.dice.uniform(0, 2 * self.pause))

    async def rests(self) -> None:
        self.evening = True
        await asyncio.gather(*self._tasks)

    # The books

    async def stored(self, database: Database) -> tuple[dict[str, list[str]], Counter[str]]:
        """The houses of each chat whose messages were kept, in the order kept, and every update's status."""
        async with database.reading() as session:
            rows = (await session.exec(select(Inbox).order_by(col(Inbox.seq)))).all()
        kept: dict[str, list[str]] = {chat_id: [] for chat_id in self.sent}
        for row in rows:
            message = json.loads(row.raw or b"{}")["message"]
            kept[message["chat"]["id"]].append(message["text"].split()[1])
        return kept, Counter(row.status for row in rows)

    async def visited(self, database: Database) -> tuple[dict[str, list[str]], int]:
        """The houses each chat's person has visits at, in order, and how many messages were logged twice."""
        async with database.reading() as session:
            query = select(Chat.external_id, House).join(Visit, col(Visit.person_id) == col(Chat.person_id))
            query = query.join(House, col(House.id) == col(Visit.house_id)).order_by(col(Visit.id))
            visits: dict[str, list[str]] = {chat_id: [] for chat_id in self.sent}
            for chat_id, house in await session.exec(query):
                visits[chat_id].append(house.label)
            logged = Counter(await session.exec(select(Audit.source).where(Audit.act == "visit.logged")))
        return visits, sum(count - 1 for count in logged.values())

    def told(self, chat_id: str) -> list[str]:
        """The houses that "Đã ghi nhà …" named to this person, in the order delivered, repeats and all."""
        calls = self.simulator.calls.of("sendMessage", chat_id=chat_id, ok=True)
        return [house for call in calls for house in _SAVED.findall(str(call.params["text"]))]
