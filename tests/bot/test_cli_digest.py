"""`digest` at the terminal: the text that would go out, to whom, and queued only when told to."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlmodel import select

from bot.commands.digest import read_time
from bot.commands.ground import Stop
from rules import plan as plans
from rules.plan_changes import Change
from storage import plan_changes, visits
from storage.roots import ensure_root
from storage.tables import Chat, Outbox, Person, Unit
from storage.visits import Said
from tests.bot.terminal import Terminal, terminal  # noqa: F401

NOW = datetime(2026, 6, 23, 20, tzinfo=UTC)  # 03:00 on the 24th in Vietnam


@pytest.fixture
def office(terminal: Terminal, monkeypatch) -> Terminal:  # noqa: F811
    """An officer and a leader who joined on 24 June, on which the clock stands."""
    monkeypatch.setenv("CLOCK", "2026-06-24T09:00:00+07:00")
    terminal.types("units", "import", terminal.sheet(["Thôn", "Số hộ có smartphone"], ["Thôn Đông", 41]), "--yes")

    async def job(session):
        root = await ensure_root(session, _plan())
        for role in ("officer", "leader", "volunteer"):
            person = Person(campaign=_plan().slug, role=role, unit_id=root.id, joined_at=NOW)
            session.add(person)
            await session.flush()
            session.add(Chat(key=role, platform="telegram", bot_key="b", external_id=role, person_id=person.id))

    terminal.remembers(job)
    return terminal


def _plan():
    from campaigns import EXAMPLE

    return plans.load(EXAMPLE)


async def _queued(session) -> list[str]:
    return list(await session.exec(select(Outbox.chat_key).order_by(Outbox.id)))


def test_the_text_is_shown_and_nothing_queued(office: Terminal):
    said = office.types("digest", "--at", "17:00")
    assert said.code == 0, said.err
    assert "Gửi tới: 1 lãnh đạo, 1 cán bộ" in said.out
    assert "24/06" in said.out
    assert "41" in said.out
    assert office.remembers(_queued) == []


def test_send_queues_it_once(office: Terminal):
    assert "Đã xếp 2 bản tin" in office.types("digest", "--at", "2026-06-24T17:00", "--send").out
    assert sorted(office.remembers(_queued)) == ["leader", "officer"]
    again = office.types("digest", "--at", "17:00", "--send")
    assert "Không còn ai chờ" in again.out
    assert len(office.remembers(_queued)) == 2


async def _logs(session, house: str, *, hours: int) -> None:
    """The volunteer logs a house of 24 June, so many hours after its night."""
    [unit] = await session.exec(select(Unit).where(Unit.name == "Thôn Đông"))
    [lan] = await session.exec(select(Person).where(Person.role == "volunteer"))
    said = Said(house=house, outcome="installed", day=date(2026, 6, 24), installs=1)
    await visits.log(session, _plan(), lan, unit, said, now=NOW + timedelta(hours=hours), source=house)


def test_the_text_says_how_the_plan_changed_and_what_is_set_right(office: Terminal, monkeypatch):
    office.remembers(partial(_logs, house="11", hours=6))
    assert "Đã xếp 2 bản tin" in office.types("digest", "--at", "17:00", "--send").out

    async def job(session):
        change = Change("deadlines", "ho-dan", "Hạn", "says", "đến 30/6", "đến 15/7")
        plan_changes.add(session, _plan().slug, [change], author="Nhung", now=NOW + timedelta(days=1))
        await _logs(session, "12", hours=29)  # the next morning, of the day before

    office.remembers(job)
    monkeypatch.setenv("CLOCK", "2026-06-25T09:00:00+07:00")
    said = office.types("digest", "--at", "17:00").out
    assert "“đến 30/6” → “đến 15/7”" in said
    assert "Đính chính: 24/6, Thôn Đông: 1 → 2" in said


def test_what_was_sent_is_shown_as_it_was_sent(office: Terminal):
    """A house logged afterwards for that day is set right in the next one, never inside the old."""
    office.remembers(partial(_logs, house="11", hours=6))
    before = office.types("digest", "--at", "17:00", "--send").out
    office.remembers(partial(_logs, house="12", hours=7))
    after = office.types("digest", "--at", "17:00").out
    assert "Đã gửi, nguyên văn, tới: 1 lãnh đạo, 1 cán bộ" in after
    assert "1/41" in after
    assert "2/41" not in after
    assert after.split("\n\n", 1)[1].strip() in before


def test_at_another_hour_there_is_none(office: Terminal):
    assert "không có bản tin nào (bản tin ra lúc 17:00" in office.types("digest", "--at", "9:00", "--send").out
    assert office.remembers(_queued) == []


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("17:00", datetime(2026, 6, 24, 10, tzinfo=UTC)),
        ("7:05", datetime(2026, 6, 24, 0, 5, tzinfo=UTC)),
        ("2026-06-25T17:00", datetime(2026, 6, 25, 10, tzinfo=UTC)),
        ("2026-06-25 17:00:30", datetime(2026, 6, 25, 10, 0, 30, tzinfo=UTC)),
        ("2026-06-25T10:00+00:00", datetime(2026, 6, 25, 10, tzinfo=UTC)),
    ],
)
def test_times_as_people_type_them(said, moment):
    assert read_time(said, NOW) == moment


@pytest.mark.parametrize("said", ["", "5", "25:00", "chiều", "17h", "2026-13-01T17:00"])
def test_what_is_no_time(said):
    with pytest.raises(Stop):
        read_time(said, NOW)
