"""`/healthz` and `/metrics`: red, and what is red, when anything that a bot lives by stands still."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy.exc import OperationalError

from bot import watch as watches
from bot.channels.standing import Standing
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.zalo.channel import ZaloChannel
from bot.watch import Limits, Watch
from bot.web import build_web
from rules.plan import Plan
from simulator.telegram import TelegramSimulator
from simulator.world import TOKEN
from simulator.zalo import TOKEN as ZALO_TOKEN
from simulator.zalo import ZaloSimulator
from storage import inbox, outbox
from storage.database import Database
from storage.inbox import Arrival
from tests.conversations.office import StandingClock
from tests.zalo.conftest import until

BOT = "zalo:1459232241454765289"
Asks = Callable[[Watch], Awaitable[tuple[int, list[str], dict[str, float]]]]


@pytest.fixture
async def asks() -> AsyncIterator[Asks]:
    """The status of /healthz, why it is red, and the gauges of /metrics."""
    clients: list[TestClient] = []

    async def ask(watch: Watch) -> tuple[int, list[str], dict[str, float]]:
        client = TestClient(TestServer(build_web(watch)))
        clients.append(client)
        await client.start_server()
        async with client.get("/healthz") as answer:
            status, said = answer.status, await answer.json()
        assert said["ok"] == (status == 200) == (not said["why"])
        async with client.get("/metrics") as answer:
            assert answer.status == 200
            pairs = [line.rsplit(" ", 1) for line in (await answer.text()).splitlines()]
        return status, said["why"], {name: float(value) for name, value in pairs}

    yield ask
    for client in clients:
        await client.close()


@pytest.fixture
def watch(database: Database, clock: StandingClock) -> Watch:
    return Watch(database, clock, {BOT: Standing()}, Limits(probe=0.0))


async def _arrives(database: Database, clock: StandingClock, bot_key: str = BOT) -> None:
    update = Arrival(bot_key, "1", f"{bot_key}:lan", 0, b"{}")
    await database.write(lambda session: inbox.store(session, [update], clock.now()))


def _row(clock: StandingClock, **more: object) -> dict[str, object]:
    return {"dedupe_key": "k", "bot_key": BOT, "chat_key": f"{BOT}:lan", "kind": "push", "priority": 3, "body": {},
            "status": "pending", "attempts": 0, "not_before": clock.now(), "expires_at": None, "error": "",
            "created_at": clock.now()} | more  # fmt: skip


async def _queued(database: Database, row: dict[str, object]) -> None:
    await database.write(lambda session: outbox.add(session, [row]))


async def test_all_is_well(watch: Watch, asks: Asks):
    status, why, gauges = await asks(watch)
    assert (status, why) == (200, [])
    for name in ("tick_age_seconds", "inbox_oldest_seconds", "outbox_overdue_seconds", "database_refuses"):
        assert 0 <= gauges[f"gotungnha_{name}"] < 5
    assert gauges[f'gotungnha_token_refused{{bot="{BOT}"}}'] == 0
    assert f'gotungnha_polling_silent_seconds{{bot="{BOT}"}}' not in gauges  # it does not poll


async def test_an_update_that_nobody_handles(watch: Watch, asks: Asks, database: Database, clock: StandingClock):
    await _arrives(database, clock)
    clock.passes(seconds=59)
    assert (await asks(watch))[0] == 200
    clock.passes(seconds=2)
    status, why, gauges = await asks(watch)
    assert (status, why) == (503, ["inbox: an update waits for 61 s"])
    assert gauges["gotungnha_inbox_oldest_seconds"] == 61
    assert gauges['gotungnha_inbox{status="new"}'] == 1


async def test_the_updates_of_a_bot_that_is_no_more_are_nobodys_delay(
    watch: Watch, asks: Asks, database: Database, clock: StandingClock
):
    await _arrives(database, clock, "zalo:999")
    clock.passes(days=1)
    assert (await asks(watch))[0] == 200


@pytest.mark.parametrize("kind", ["push", "answer"])
async def test_a_message_that_does_not_go_out(
    watch: Watch, asks: Asks, database: Database, clock: StandingClock, kind: str
):
    await _queued(database, _row(clock, kind=kind, not_before=None if kind == "answer" else clock.now()))
    clock.passes(minutes=2)
    assert (await asks(watch))[0] == 200
    clock.passes(minutes=2)
    status, why, gauges = await asks(watch)
    assert (status, why) == (503, ["outbox: a message is overdue by 240 s"])
    assert gauges["gotungnha_outbox_overdue_seconds"] == 240


async def test_what_waits_for_its_hour_is_not_overdue_and_what_is_over_neither(
    watch: Watch, asks: Asks, database: Database, clock: StandingClock
):
    await _queued(database, _row(clock, not_before=clock.now() + timedelta(hours=8)))
    await _queued(database, _row(clock, dedupe_key="late", expires_at=clock.now() + timedelta(minutes=1)))
    await _queued(database, _row(clock, dedupe_key="elsewhere", bot_key="zalo:999"))
    clock.passes(hours=7)
    assert (await asks(watch))[0] == 200
    clock.passes(hours=2)
    assert (await asks(watch))[1] == ["outbox: a message is overdue by 3600 s"]


async def test_what_is_tried_in_vain_is_overdue_though_its_next_try_is_ahead(
    watch: Watch, asks: Asks, database: Database, clock: StandingClock
):
    await _queued(database, _row(clock))
    for tries in range(1, outbox.MANY_TRIES + 1):
        clock.passes(minutes=1)
        later = clock.now() + timedelta(minutes=10)
        await database.write(lambda session, later=later: outbox.put_off(session, 1, until=later, error="500"))
        assert (await asks(watch))[0] == (503 if tries == outbox.MANY_TRIES else 200)
    assert (await asks(watch))[1] == ["outbox: a message is overdue by 360 s"]


async def test_a_timetable_that_stands_still(
    watch: Watch, asks: Asks, monkeypatch: pytest.MonkeyPatch, database: Database
):
    started = watches.monotonic()
    monkeypatch.setattr(watches, "monotonic", lambda: started + 181)
    assert (await asks(watch))[1] == ["tick: not for 181 s"]
    watch.ticked()
    assert (await asks(watch))[0] == 200


async def test_a_token_that_is_refused(asks: Asks, database: Database, clock: StandingClock):
    standing = Standing(token_refused=True)
    status, why, gauges = await asks(Watch(database, clock, {BOT: standing}))
    assert (status, why) == (503, [f"token: {BOT} is refused (401)"])
    assert gauges[f'gotungnha_token_refused{{bot="{BOT}"}}'] == 1
    standing.poll_answered()
    assert (await asks(Watch(database, clock, {BOT: standing})))[0] == 200


async def test_a_disk_that_takes_nothing_more(
    watch: Watch, asks: Asks, database: Database, monkeypatch: pytest.MonkeyPatch
):
    async def refuses(_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    monkeypatch.setattr(database, "write", refuses)
    status, why, gauges = await asks(watch)
    assert (status, why) == (503, ["database: OperationalError"])
    assert gauges["gotungnha_database_refuses"] == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_disk_that_is_nearly_full_is_told_before(asks: Asks, database: Database, clock: StandingClock):
    status, why, gauges = await asks(Watch(database, clock, {}, Limits(disk=2**62)))
    assert status == 503
    assert why[0].startswith("disk: ")
    assert why[0].endswith(" MiB free")
    assert gauges["gotungnha_disk_free_bytes"] > 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_database_that_is_gone_is_said_and_counted(asks: Asks, database: Database, clock: StandingClock):
    await database.close()
    assert database.file
    for file in database.file.parent.glob(f"{database.file.name}*"):
        file.unlink()
    status, why, gauges = await asks(Watch(database, clock, {}))
    assert (status, why) == (503, ["database: OperationalError"])
    assert gauges["gotungnha_database_refuses"] == 1


@asynccontextmanager
async def polling(messenger: str, plan: Plan, database: Database):
    """A messenger's simulator, and how the bot stands that polls it."""
    async with TelegramSimulator() as telegram, ZaloSimulator() as zalo:
        simulator = telegram if messenger == "telegram" else zalo
        channel = (
            TelegramChannel(TOKEN, telegram.url, plan, database)
            if messenger == "telegram"
            else ZaloChannel(ZALO_TOKEN, zalo.url, plan, database)
        )
        task = asyncio.create_task(channel.poller(_nothing).run())
        try:
            yield simulator, channel.standing
        finally:
            simulator.faults.lift()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await channel.close()


async def _nothing(_: object) -> None:
    return None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("what", ["hang", "cut_before"])
@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_polling_that_nobody_answers(messenger: str, what: str, plan: Plan, asks: Asks, database, clock):
    """The limit stands at half a second here."""
    async with polling(messenger, plan, database) as (simulator, standing):
        simulator.misbehave("getUpdates", what, seconds=30)
        watch = Watch(database, clock, {BOT: standing}, Limits(polling=0.5))
        await until(lambda: (standing.silent or 0) > 0.6)
        status, why, gauges = await asks(watch)
        assert (status, [line.rsplit(" for ")[0] for line in why]) == (503, [f"polling: {BOT} silent"])
        assert gauges[f'gotungnha_polling_silent_seconds{{bot="{BOT}"}}'] > 0.5
    assert standing.silent is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_polling_that_is_answered_again_is_well_again(messenger: str, plan: Plan, database: Database):
    async with polling(messenger, plan, database) as (simulator, standing):
        simulator.misbehave("getUpdates", "cut_before", times=1)
        person = simulator.person(1001 if messenger == "telegram" else "lan", "Lan")
        await until(lambda: (standing.silent or 0) > 0.3)
        before = standing.silent or 0
        await person.says("chào")
        await until(lambda: (standing.silent or 9) < before)
