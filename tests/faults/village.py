"""A village under load: people on a simulated Telegram who log house after house, and the books to compare."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from campaigns import EXAMPLE
from rules import plan as plans
from rules.clock import VIETNAM
from rules.plan import Plan
from rules.roles import Role
from rules.spelling import fold
from simulator import Bubble, Person, TelegramSimulator
from storage import roots
from storage.database import Database
from storage.tables import Audit, Chat, House, Inbox, Outbox, Unit, Visit
from storage.tables import Person as Member
from tests.faults.lives import Life

MORNING = datetime(2026, 6, 10, 9, tzinfo=VIETNAM)
FIRST_ACCOUNT = 5001
PATIENCE = 150.0  # seconds somebody looks at a phone on which nothing comes; ten lives may end meanwhile
BREATH = 15  # houses somebody goes on sending without an answer to any
INSTALLED = "Đã cài & đăng ký"


@dataclass
class Books:
    """What the database says after a run, for each account: houses visited in order; and what is left over."""

    visited: dict[int, list[str]]
    inbox: dict[str, int]
    outbox: dict[str, int]
    logged_twice: int


@dataclass
class Village:
    """The first `talkers` people send lines, the rest go through the dialogue with buttons."""

    simulator: TelegramSimulator
    dice: random.Random
    talkers: int = 6
    tappers: int = 2
    sent: dict[int, list[str]] = field(default_factory=dict)
    evening: bool = False
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def people(self) -> list[Person]:
        accounts = range(FIRST_ACCOUNT, FIRST_ACCOUNT + self.talkers + self.tappers)
        return [self.simulator.person(account, f"Người {account}", started=True) for account in accounts]

    async def joins(self, database: Database) -> None:
        """Everybody has joined as a volunteer, each in a unit of their own."""
        plan = plans.load(EXAMPLE)
        await database.write(lambda session: self._join(session, plan))

    async def _join(self, session: AsyncSession, plan: Plan) -> None:
        root = await roots.ensure_root(session, plan)
        then, bot_key = MORNING.astimezone(UTC), f"telegram:{self.simulator.bot.id}"
        for person in self.people:
            name = f"Tổ dân phố {person.id}"
            unit = Unit(campaign=plan.slug, parent_id=root.id, name=name, name_key=fold(name))
            session.add(unit)
            await session.flush()
            member = Member(
                campaign=plan.slug, name=person.first_name, role=Role.VOLUNTEER, unit_id=unit.id or 0,
                notice_version=plan.notice.version, agreed_at=then, joined_at=then,
            )  # fmt: skip
            session.add(member)
            await session.flush()
            chat = {"key": f"{bot_key}:{person.id}", "bot_key": bot_key, "external_id": str(person.id)}
            session.add(Chat(**chat, platform="telegram", person_id=member.id))

    # What people do

    def begins(self, most: int = 10_000, pause: float = 0.1) -> None:
        """Everybody starts; they go on until `rests`, or until each has sent `most`."""
        for number, person in enumerate(self.people):
            self.sent[person.id] = []
            habit = self._talks if number < self.talkers else self._taps
            self._tasks.append(asyncio.create_task(habit(person, most, pause)))

    async def rests(self) -> None:
        """Whoever is in the middle of a dialogue finishes it. Raises what went wrong for somebody."""
        self.evening = True
        await self.finishes()

    async def ends(self, life: Life) -> None:
        """The evening of a run: everybody finishes, everything is answered, and the bot stops when it is told to."""
        await self.rests()
        await self.told()
        await self.simulator.settled()
        await life.stopped()

    async def finishes(self) -> None:
        """Until each has sent what they had to send."""
        await asyncio.gather(*self._tasks)

    async def _talks(self, person: Person, most: int, pause: float) -> None:
        dice = random.Random(self.dice.random())
        while not self.evening and len(self.sent[person.id]) < most:
            house = str(len(self.sent[person.id]) + 1)
            self.sent[person.id].append(house)
            await person.says(f"nhà {house} đã cài")
            await asyncio.sleep(dice.uniform(0, 2 * pause))
            while len(self.sent[person.id]) - self._heard(person.id) > BREATH:  # noqa: ASYNC110
                await asyncio.sleep(0.2)

    async def _taps(self, person: Person, most: int, pause: float) -> None:
        while not self.evening and len(self.sent[person.id]) < most:
            house = str(len(self.sent[person.id]) + 1)
            self.sent[person.id].append(house)
            await person.says(f"ghi {house}")
            await person.taps(INSTALLED, (await self._sees(person, f"Nhà {house}:", INSTALLED)).message_id)
            await person.taps("2", (await self._sees(person, f"Nhà {house}:", "2")).message_id)
            await self._sees(person, f"Đã ghi nhà {house},")
            await asyncio.sleep(pause)

    async def _sees(self, person: Person, words: str, label: str = "") -> Bubble:
        """The newest message with these words and, if asked for, a button so labelled."""
        until = monotonic() + PATIENCE
        while monotonic() < until:
            for bubble in reversed(person.screen):
                if bubble.from_bot and words in bubble.text and (not label or label in bubble.labels):
                    return bubble
            await asyncio.sleep(0.02)
        raise AssertionError(f"{words!r} {label!r} not seen among {[bubble.text for bubble in person.screen][-6:]}")

    # The books

    async def told(self, seconds: float = PATIENCE) -> None:
        """Waits until everybody has been answered about every house. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while any(self.unanswered().values()):  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    def _heard(self, account: int) -> int:
        return len(set(self.answers(account)))

    def unanswered(self) -> dict[int, list[str]]:
        heard = {person.id: set(self.answers(person.id)) for person in self.people}
        return {
            account: [house for house in sent if house not in heard[account]] for account, sent in self.sent.items()
        }

    def answers(self, account: int) -> list[str]:
        """The houses that "Đã ghi nhà …" named to this person, in the order delivered, repeats and all."""
        calls = [*self.simulator.calls.of("sendMessage", chat_id=account, ok=True)]
        calls += self.simulator.calls.of("editMessageText", chat_id=account, ok=True)
        texts = [str(call.params["text"]) for call in sorted(calls, key=lambda call: call.number)]
        return [text.split("Đã ghi nhà ", 1)[1].split(",", 1)[0] for text in texts if "Đã ghi nhà " in text]

    def repeats(self) -> int:
        return sum(count - 1 for person in self.people for count in Counter(self.answers(person.id)).values())

    async def reads(self, database: Database) -> Books:
        async with database.reading() as session:
            inbox = dict((await session.exec(select(Inbox.status, func.count()).group_by(Inbox.status))).all())
            outbox = dict((await session.exec(select(Outbox.status, func.count()).group_by(Outbox.status))).all())
            twice = select(Audit.source).where(Audit.act == "visit.logged").group_by(Audit.source)
            twice = twice.having(func.count() > 1)
            visits = select(Chat.external_id, House).join(Visit, col(Visit.person_id) == col(Chat.person_id))
            visits = visits.join(House, col(House.id) == col(Visit.house_id)).order_by(col(Visit.id))
            visited: dict[int, list[str]] = {person.id: [] for person in self.people}
            for account, house in await session.exec(visits):
                visited[int(account)].append(house.label)
            return Books(visited, inbox, outbox, len((await session.exec(twice)).all()))

    async def balances(self, database: Database, *, kills: int, said_again: int = 0) -> Books:
        """Nothing lost, nothing twice, in order, everybody answered in order, repeats only for what was in the air.

        `said_again`: messages that were delivered and reported as failed.
        """
        books = await self.reads(database)
        received = sum(books.inbox.values())
        assert self.simulator.pending() == []
        assert books.inbox == {"done": received}, "something was not handled"
        assert received == self.simulator.confirmed, "acknowledged and kept are not the same"
        assert books.visited == self.sent, "houses in the database differ from what was sent"
        assert books.logged_twice == 0
        assert not any("giữ một lượt thôi" in str(call.params.get("text")) for call in self.simulator.calls)
        for person in self.people:
            assert list(dict.fromkeys(self.answers(person.id))) == self.sent[person.id], "answers out of order"
        assert self.repeats() <= kills * len(self.people) + said_again, "more repeats than one a chat and kill"
        return books
