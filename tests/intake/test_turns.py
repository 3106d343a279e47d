"""Several processes on one PostgreSQL: one of them polls and pushes for a bot, and another goes on when it is gone."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count

import pytest
from sqlalchemy import text
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import app as application
from bot.app import App
from bot.settings import Settings
from campaigns import EXAMPLE
from rules.clock import Clock
from rules.plan import Plan
from rules.reply import Reply
from rules.roles import Role
from simulator.telegram import TelegramSimulator
from simulator.world import TOKEN
from simulator.zalo import TOKEN as ZALO_TOKEN
from simulator.zalo import ZaloSimulator
from storage import outbox, roots
from storage.database import Database
from storage.tables import Chat, Inbox, Outbox, Person
from storage.turns import Turn
from tests.conftest import KEY
from tests.conversations.office import MORNING
from tests.zalo.conftest import until

on_postgres = pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
PEOPLE = 6
EVERY = 0.1  # seconds between two looks of a turn, for a test


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_alone_on_sqlite_it_is_always_our_turn(database: Database):
    turn = Turn(database, "zalo:1")
    assert turn.is_mine
    assert await turn.confirmed()
    await turn.run()
    await turn.close()


@asynccontextmanager
async def taking(database: Database, name: str) -> AsyncIterator[Turn]:
    turn = Turn(database, name, every=EVERY)
    running = asyncio.create_task(turn.run())
    try:
        yield turn
    finally:
        await turn.close()
        await running


@on_postgres
async def test_one_has_it_until_it_lets_go(database: Database):
    async with AsyncExitStack() as others, taking(database, "zalo:2") as elsewhere:
        async with taking(database, "zalo:1") as first:
            await first.until_mine()
            second = await others.enter_async_context(taking(database, "zalo:1"))
            await elsewhere.until_mine()
            await asyncio.sleep(4 * EVERY)
            assert (first.is_mine, second.is_mine) == (True, False)
        async with asyncio.timeout(30):
            await second.until_mine()


@on_postgres
async def test_who_loses_the_connection_knows_it_before_it_does_anything_more(database: Database):
    async with taking(database, "zalo:1") as first, taking(database, "zalo:1") as second:
        await first.until_mine() if first.is_mine else await asyncio.sleep(3 * EVERY)
        holder, other = (first, second) if first.is_mine else (second, first)
        await _cut(database)
        assert not await holder.confirmed()
        async with asyncio.timeout(30):
            await holder.until_lost()
            while not (first.is_mine or second.is_mine):  # noqa: ASYNC110
                await asyncio.sleep(EVERY)
        await asyncio.sleep(4 * EVERY)
        assert (await holder.confirmed(), await other.confirmed()).count(True) == 1


async def _cut(database: Database) -> None:
    """The server ends every connection that holds a turn, as when a machine in between fails."""

    query = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
    async with database.engine.connect() as connection:
        await connection.execute(text(query))


class Town:
    """Both messengers simulated, people on each, and as many copies of the bot as a test wants.

    Zalo replays here: where it does not, the poll of a copy that ends takes one message with it, whatever we do.
    """

    def __init__(self, database: Database, telegram: TelegramSimulator, zalo: ZaloSimulator) -> None:
        self.database, self.telegram, self.zalo = database, telegram, zalo
        self._numbers = count(1)

    async def opens(self, plan: Plan) -> None:
        async def job(session: AsyncSession) -> None:
            root = await roots.ensure_root(session, plan)
            for number in range(PEOPLE):
                person = Person(campaign=plan.slug, name=f"Người {number}", role=Role.VOLUNTEER, unit_id=root.id or 0,
                                notice_version=plan.notice.version, agreed_at=MORNING, joined_at=MORNING)  # fmt: skip
                session.add(person)
                await session.flush()
                platform = ("telegram", "zalo")[number % 2]
                bot_key, external = f"{platform}:{self._bot_id(platform)}", self._account(number)
                chat = {"key": f"{bot_key}:{external}", "bot_key": bot_key, "external_id": external}
                session.add(Chat(**chat, platform=platform, person_id=person.id, seen_at=MORNING))

        await self.database.write(job)

    def _bot_id(self, platform: str) -> str:
        return (TOKEN if platform == "telegram" else ZALO_TOKEN).split(":")[0]

    def _account(self, number: int) -> str:
        person = self.person(number)
        return str(1001 + number) if number % 2 == 0 else self.zalo.bot.chat_id_of(person.id)

    def person(self, number: int):
        if number % 2:
            return self.zalo.person(f"p{number}", f"Người {number}", started=True)
        return self.telegram.person(1001 + number, f"Người {number}", started=True)

    @asynccontextmanager
    async def copy(self) -> AsyncIterator[App]:
        settings = Settings(
            _env_file=None, telegram_token=TOKEN, telegram_api_url=self.telegram.url, zalo_token=ZALO_TOKEN,
            zalo_api_url=self.zalo.url, port=0, database_url=self.database.url.replace("+asyncpg", ""),
            campaign=str(EXAMPLE), secret_key=KEY,
        )  # type: ignore[call-arg]  # fmt: skip
        app = application.build(settings, Clock(MORNING))
        for turn in app.shifts.turns.values():
            turn._every = EVERY
        await app.start()
        try:
            yield app
        finally:
            await app.stop()

    async def queues(self, rounds: int) -> list[str]:
        """So many notices to everybody, at once; their texts."""
        texts = [f"Thông báo {next(self._numbers)}." for _ in range(rounds * PEOPLE)]

        async def job(session: AsyncSession) -> None:
            people = (await session.exec(select(Person).order_by(Person.id))).all()
            for number, said in enumerate(texts):
                person = people[number % PEOPLE]
                assert await outbox.push(session, person, Reply(said), key=f"test:{said}", now=MORNING)

        await self.database.write(job)
        return texts

    async def until_sent(self) -> None:
        async with asyncio.timeout(30):
            while await self._count(Outbox, "pending") or await self._count(Inbox, "new"):  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    async def _count(self, table: type[Outbox] | type[Inbox], status: str) -> int:
        async with self.database.reading() as session:
            return len((await session.exec(select(table.status).where(table.status == status))).all())

    def heard(self) -> Counter[str]:
        return Counter(bubble.text for number in range(PEOPLE) for bubble in self.person(number).screen if bubble.text)


@pytest.fixture
async def town(database: Database, plan: Plan) -> AsyncIterator[Town]:
    async with TelegramSimulator() as telegram, ZaloSimulator(habit="replay") as zalo:
        town = Town(database, telegram, zalo)
        await town.opens(plan)
        yield town


def _holders(*copies: App) -> list[list[bool]]:
    return [[turn.is_mine for turn in copy.shifts.turns.values()] for copy in copies]


async def _once_each(town: Town, texts: list[str]) -> None:
    await town.until_sent()
    heard = town.heard()
    assert {text: heard[text] for text in texts} == dict.fromkeys(texts, 1)


@on_postgres
async def test_two_copies_poll_once_push_once_and_hand_over(town: Town):
    conflicts: Callable[[], int] = lambda: sum(  # noqa: E731
        "409" in call.outcome for call in town.telegram.calls.of("getUpdates")
    )
    async with AsyncExitStack() as stack, AsyncExitStack() as first_life:
        first = await first_life.enter_async_context(town.copy())
        second = await stack.enter_async_context(town.copy())
        assert _holders(first, second) == [[True, True], [False, False]]
        await _once_each(town, await town.queues(3))
        await _talk(town, "1")
        assert conflicts() == 0
        more = await town.queues(3)
        first.delivery.wake()
        await first_life.aclose()  # in the middle of it: what is in hand is finished, the rest is the other's
        await until(lambda: _holders(second) == [[True, True]])
        await _once_each(town, more)
        await _talk(town, "2")
        assert conflicts() <= 1, "only the poll that the first left hanging at the server"


@on_postgres
async def test_who_was_cut_off_from_the_database_stops_and_another_goes_on(town: Town):
    async with town.copy() as first, town.copy() as second:
        await _once_each(town, await town.queues(1))
        await _cut(town.database)
        await until(lambda: sorted(map(sum, _holders(first, second))) in ([0, 2], [1, 1]))
        texts = await town.queues(3)
        await _once_each(town, texts)
        await _talk(town, "3")


async def _talk(town: Town, house: str) -> None:
    """Everybody logs a house, and hears so exactly once."""
    before = Counter(_said(town, house))
    for number in range(PEOPLE):
        await town.person(number).says(f"nhà {house}{number} đã cài")
    async with asyncio.timeout(30):
        while len(_said(town, house)) < PEOPLE:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    await town.until_sent()
    told = Counter(_said(town, house)) - before
    assert told == Counter([f"{house}{number}" for number in range(PEOPLE)])


def _said(town: Town, house: str) -> list[str]:
    """The houses of this round that anybody was told of, each as often as it was told."""
    texts = [said for said, times in town.heard().items() for _ in range(times)]
    known = [f"{house}{number}" for number in range(PEOPLE)]
    return [one for one in known for said in texts if f"Đã ghi nhà {one}," in said]
