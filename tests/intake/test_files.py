"""Files over HTTP, out and in: by both libraries, with a word for who waits long, and never longer than we take."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot import documents as on_their_way
from bot import paper_desk
from bot.channels import Letter, SendFailure
from bot.channels.telegram.channel import TelegramChannel
from bot.documents import Documents
from bot.paper_desk import Closing, Made, PaperDesk, Task
from rules.plan import Plan
from rules.reply import Document, Reply
from rules.roles import Role
from simulator import Person as Owner
from simulator import TelegramSimulator
from simulator.world import TOKEN
from storage import handouts, roots
from storage.tables import Person
from tests.conversations.office import StandingClock
from texts import exporting as texts

RECIPE = {"kind": "paper", "form": "danh-sach", "as": "docx", "day": "2026-06-10"}


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    simulator = TelegramSimulator()
    await simulator.start()
    yield simulator
    await simulator.stop()


@pytest.fixture
def hoa(sim: TelegramSimulator) -> Owner:
    return sim.person(1001, "Hoa", started=True)


@pytest.fixture
async def documents(sqlite_database, plan: Plan, clock: StandingClock) -> AsyncIterator[Documents]:
    documents = Documents(sqlite_database, {plan.slug: plan}, clock)
    yield documents
    await documents.close()


@pytest.fixture
async def channel(sqlite_database, plan: Plan, sim: TelegramSimulator, documents) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(TOKEN, sim.url, plan, sqlite_database, documents=documents)
    yield channel
    await channel.close()


async def ordered(database, plan: Plan, clock: StandingClock) -> Reply:
    """An officer's order, as a handler answers it."""
    now = clock.now()

    async def job(session) -> str:
        root = await roots.ensure_root(session, plan)
        hoa = Person(campaign=plan.slug, name="Hoa", role=Role.OFFICER, unit_id=root.id, joined_at=now)
        session.add(hoa)
        await session.flush()
        about = {"name": "danh-sach", "content_type": "x/y", "now": now, "source": "u1"}
        token, _ = await handouts.order(session, hoa, RECIPE | {"unit_id": root.id}, **about)
        return token

    return Reply("Danh sách của bạn.", document=Document(await database.write(job)))


def letter(reply: Reply) -> Letter:
    return Letter("telegram:1:1001", "1001", reply)


@pytest.mark.parametrize("way", ["answer", "push"])
async def test_a_file_goes_out_under_its_name_with_its_words(
    sqlite_database, plan: Plan, clock: StandingClock, channel: TelegramChannel, hoa: Owner, way: str
):
    await getattr(channel, way)(letter(await ordered(sqlite_database, plan, clock)))
    (shown,) = await hoa.hears()
    assert (shown.kind, shown.text) == ("document", "Danh sách của bạn.")
    name, content = shown.document
    assert (name, content[:4]) == ("danh-sach.docx", b"PK\x03\x04")


@pytest.mark.parametrize("way", ["answer", "push"])
async def test_an_order_that_is_over_is_said_so(
    sqlite_database, plan: Plan, clock: StandingClock, channel: TelegramChannel, hoa: Owner, way: str
):
    late = await ordered(sqlite_database, plan, clock)
    clock.passes(hours=25)
    await getattr(channel, way)(letter(late))
    assert [shown.text for shown in await hoa.hears()] == [texts.GONE]


async def test_who_waits_long_is_told_once(
    sqlite_database, plan: Plan, clock: StandingClock, channel: TelegramChannel, hoa: Owner, monkeypatch
):
    async def slow(session, task: Task, step) -> Made:
        await asyncio.sleep(0.3)
        return Made("cham.xlsx", "x/y", b"PK", 1)

    monkeypatch.setitem(paper_desk.MAKERS, "paper", slow)
    monkeypatch.setattr(on_their_way, "SOON", 0.05)
    await channel.answer(letter(await ordered(sqlite_database, plan, clock)))
    assert [shown.text for shown in await hoa.hears(count=2)] == [texts.MAKING, "Danh sách của bạn."]


async def test_a_stop_leaves_a_long_paper_and_its_order_stands(
    sqlite_database, plan: Plan, clock: StandingClock, channel, documents: Documents, hoa: Owner, monkeypatch
):
    began = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def endless(session, task: Task, step) -> Made:
        loop.call_soon_threadsafe(began.set)
        while True:
            step()
            await asyncio.sleep(0.01)

    with monkeypatch.context() as changed:
        changed.setitem(paper_desk.MAKERS, "paper", endless)
        reply = await ordered(sqlite_database, plan, clock)
        saying = asyncio.create_task(channel.answer(letter(reply)))
        await began.wait()
        await asyncio.wait_for(documents.close(), 20)
        await asyncio.gather(saying, return_exceptions=True)
    next_life = Documents(sqlite_database, {plan.slug: plan}, clock)
    assert (await next_life.made(reply.document.token)).name == "danh-sach.docx"
    await next_life.close()


async def test_the_desk_says_that_it_closes(sqlite_database, plan: Plan, clock: StandingClock):
    desk = PaperDesk(sqlite_database.url)
    desk._closing.set()
    with pytest.raises(Closing):
        desk._step()
    desk.close()


async def test_a_file_is_fetched_and_never_more_than_we_take(channel: TelegramChannel, hoa: Owner, sim):
    await hoa.sends_document("ds.xlsx", b"x" * 1000)
    file_id = hoa.screen[-1].payload["document"]["file_id"]
    assert await channel.download(file_id, 1000) == b"x" * 1000
    for refused, most in ((file_id, 999), ("no-such-file", 1000)):
        with pytest.raises(SendFailure) as failure:
            await channel.download(refused, most)
        assert not failure.value.retryable
    await sim.stop()
    with pytest.raises(SendFailure) as failure:
        await channel.download(file_id, 1000)
    assert failure.value.retryable
