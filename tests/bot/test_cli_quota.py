"""`quota`: how far the month's Zalo messages go, by both counts, and what to change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from bot.commands.quota import table
from rules.quota import Allowance
from storage import message_counts, outbox
from storage.tables import Chat, Outbox, Person
from tests.bot.terminal import Terminal, terminal  # noqa: F401

BOT = "zalo:1459232241454765289"
NOW = datetime(2026, 6, 10, 13, tzinfo=UTC)  # 20:00 in Vietnam


@pytest.fixture
def office(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:  # noqa: F811
    """Ten June days of 60 messages in and 80 out; one volunteer who joined, one stranger."""
    monkeypatch.setenv("CLOCK", "2026-06-10T20:00:00+07:00")
    assert terminal.types("invite", "--role", "head", "--unit", "phường Việt Hoà").code == 0

    async def job(session):
        for day in range(1, 11):
            await message_counts.add(session, BOT, date(2026, 6, day), incoming=60, outgoing=80)
        lan = Person(campaign="viet-hoa-2026", name="Lan", role="volunteer", unit_id=1, joined_at=datetime.now(UTC))
        session.add(lan)
        await session.flush()
        for name, person_id in (("lan", lan.id), ("minh", None)):
            chat = {"key": f"{BOT}:{name}", "external_id": name, "person_id": person_id}
            session.add(Chat(platform="zalo", bot_key=BOT, **chat))

    terminal.remembers(job)
    return terminal


def test_what_is_used_what_is_left_and_when_it_ends(office: Terminal):
    said = office.types("quota")
    assert said.code == 0
    assert said.out.splitlines()[:6] == [
        "Bot 1459232241454765289: 1/50 người",
        "  chỉ tính tin gửi đi:   đã dùng 800, còn 2.200 trong 3.000",
        "  tính cả tin nhận vào:  đã dùng 1.400, còn 1.600 trong 3.000",
        "  Dự kiến với đà 140 tin/ngày của 7 ngày qua: hết tin vào ngày 22/06/2026 (cả tháng cần 4.200).",
        "  Nên đổi:",
        "   - thêm bot Zalo cho một phần số người, hoặc chuyển bớt người sang Telegram",
    ]
    assert "Lan" not in said.out


def test_where_only_what_is_sent_counts_the_month_lasts(office: Terminal, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ZALO_COUNTS", "out")
    said = office.types("quota").out
    assert "Dự kiến với đà 80 tin/ngày của 7 ngày qua: đủ đến hết tháng (cần khoảng 2.400)." in said
    assert "Nên đổi" not in said


def test_before_there_is_any_zalo_bot(terminal: Terminal):  # noqa: F811
    assert terminal.types("invite", "--role", "head", "--unit", "phường Việt Hoà").code == 0
    assert terminal.types("quota").out.startswith("Chưa có bot Zalo nào gửi hay nhận tin.\n\nMột bot (3.000 tin/tháng")


def test_a_plan_that_makes_no_sense_is_refused(terminal: Terminal, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    monkeypatch.setenv("ZALO_COUNTS", "in")
    assert terminal.types("quota").err.startswith("ZALO_COUNTS chỉ nhận out")


def test_how_many_volunteers_one_bot_serves():
    rows = [line.split()[-2:] for line in table(Allowance())[2:]]
    assert rows == [["2", "1"], ["6", "3"], ["31", "5"], ["45", "45"]]


def _held(key: str, error: str) -> dict[str, object]:
    later = NOW + timedelta(hours=1)
    return {"dedupe_key": key, "bot_key": BOT, "chat_key": f"{BOT}:lan", "kind": "push", "priority": 5, "body": {},
            "status": "pending", "attempts": 0, "not_before": later, "error": error, "created_at": NOW}  # fmt: skip


def test_the_operator_lets_a_stopped_bot_send_again(office: Terminal, monkeypatch: pytest.MonkeyPatch):
    async def stopped(session):
        await message_counts.stop(session, BOT, NOW)
        await outbox.add(session, [_held("quota", "429 the month's messages are used up"), _held("later", "")])

    async def waiting(session):
        return {row.dedupe_key: row.not_before for row in await session.exec(select(Outbox))}

    assert office.types("quota", "--resume").out == "Không có bot nào đang dừng gửi.\n"
    office.remembers(stopped)
    assert "Đang chỉ trả lời: Zalo báo hết tin (429)." in office.types("quota").out
    said = office.types("quota", "--resume")
    assert (said.code, said.out) == (
        0,
        "Bot 1459232241454765289 gửi tiếp: 1 tin đang chờ sẽ được gửi, trừ giờ nghỉ đêm.\n",
    )
    freed = office.remembers(waiting)
    assert abs(freed["quota"] - NOW) < timedelta(minutes=1)
    assert freed["later"] == NOW + timedelta(hours=1)
    assert "429" not in office.types("quota").out
    monkeypatch.setenv("CLOCK", "2026-06-10T23:00:00+07:00")
    office.remembers(lambda session: message_counts.stop(session, BOT, NOW))
    assert office.types("quota", "--resume").out.startswith("Bot 1459232241454765289 gửi tiếp: 0 tin")


def test_when_the_month_turns_nothing_is_stopped(office: Terminal, monkeypatch: pytest.MonkeyPatch):
    office.remembers(lambda session: message_counts.stop(session, BOT, NOW))
    monkeypatch.setenv("CLOCK", "2026-07-01T00:00:05+07:00")
    assert "429" not in office.types("quota").out
