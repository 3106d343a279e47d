"""`dead list` and `dead replay`: what was set aside is told without its text, and can be tried anew."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from storage.tables import Audit, Inbox, Outbox
from tests.bot.terminal import Terminal, terminal  # noqa: F401

NOW = datetime(2026, 6, 24, 10, 2, tzinfo=UTC)
SECRET = "nhà ông Tám 0977144678"


@pytest.fixture
def office(terminal: Terminal) -> Terminal:  # noqa: F811
    assert terminal.types("invite", "--role", "head", "--unit", "phường Việt Hoà").code == 0

    aside = {"bot_key": "b", "chat_key": "c", "attempts": 5, "error": f"KeyError: {SECRET}"}

    async def job(session):
        for number, status in enumerate(["dead", "done", "dead"], start=1):
            session.add(
                Inbox(**aside, update_key=f"{number}", order_key=number, status=status, raw=b"1", received_at=NOW)
            )
        session.add(
            Outbox(**aside, dedupe_key="1", kind="push", body={"text": SECRET}, status="failed", created_at=NOW)
        )

    terminal.remembers(job)
    return terminal


async def _states(session):
    inbox = [(row.status, row.attempts) for row in await session.exec(select(Inbox).order_by(Inbox.seq))]
    return inbox, [(row.status, row.attempts) for row in await session.exec(select(Outbox))]


def test_the_list_tells_when_and_why_but_not_what(office: Terminal):
    said = office.types("dead", "list")
    assert said.code == 0
    assert [line.split() for line in said.out.splitlines()[1:]] == [
        ["1", "24/06/2026", "17:02", "5", "KeyError"],
        ["3", "24/06/2026", "17:02", "5", "KeyError"],
        ["g1", "24/06/2026", "17:02", "5", "KeyError"],
    ]
    assert "0977" not in said.out


def test_replay_of_one_leaves_the_rest(office: Terminal):
    assert office.types("dead", "replay", "3").out.strip() == "Đã cho xử lý lại 1 tin."
    assert office.remembers(_states) == ([("dead", 5), ("done", 5), ("new", 0)], [("failed", 5)])
    assert office.types("dead", "replay", "g1").code == 0
    assert office.remembers(_states)[1] == [("pending", 0)]


def test_replay_of_all_is_audited(office: Terminal):
    assert office.types("dead", "replay", "--all").out.strip() == "Đã cho xử lý lại 3 tin."
    assert office.remembers(_states) == ([("new", 0), ("done", 5), ("new", 0)], [("pending", 0)])
    assert office.types("dead", "list").out.strip() == "Không có tin nào bị để riêng."

    async def audited(session):
        return (await session.exec(select(Audit.detail).where(Audit.act == "dead.replayed"))).one()

    assert office.remembers(audited) == {"in": [1, 3], "out": [1]}


@pytest.mark.parametrize(
    ("typed", "word"), [([], "--all"), (["1", "--all"], "--all"), (["hai"], "“hai”"), (["1", "2"], "1 trong 2")]
)
def test_what_cannot_be_replayed_is_told(office: Terminal, typed, word):
    said = office.types("dead", "replay", *typed)
    assert said.code == 1
    assert word in said.reason
