"""`forget` at the terminal: a resident's name and number are gone from every row, the figures are not."""

from datetime import UTC, date, datetime

from sqlmodel import select

from campaigns import EXAMPLE
from rules.plan import load
from storage import listed, units, visits
from storage.listed import Entry
from storage.tables import Difficulty, House, Inbox, ListedPerson, Person, UnreadLine, Visit
from storage.visits import Said
from tests.bot.terminal import Terminal, terminal  # noqa: F401

NOW = datetime(2026, 6, 20, 3, tzinfo=UTC)
PLAN = load(EXAMPLE)
BA_TU = "0912345678"


async def _a_village(session) -> None:
    unit = await units.by_name(session, PLAN.slug, "phường Việt Hoà")
    lan = Person(campaign=PLAN.slug, name="Lan", role="volunteer", unit_id=unit.id, joined_at=NOW)
    session.add(lan)
    await session.flush()
    about = {"day": date(2026, 6, 20), "outcome": "installed", "installs": 1}
    said = Said(house="12", name="Bà Tư", phone=BA_TU, note="bà Tư ở với cháu", **about)
    await visits.log(session, PLAN, lan, unit, said, now=NOW, source="u1")
    await visits.log(session, PLAN, lan, unit, Said(house="14", name="Ông Năm", **about), now=NOW, source="u2")
    await listed.add(session, lan, unit, Entry("Bà Tư", BA_TU), day=date(2026, 6, 20), now=NOW, source="u3")
    raw = '{"text": "nhà 12 bà Tư 0912.345 678 đã cài"}'.encode()
    session.add(
        Inbox(bot_key="t:1", update_key="1", chat_key="t:1:1", order_key=1, raw=raw, received_at=NOW, status="done")
    )
    session.add(UnreadLine(chat_key="t:1:1", said="gọi +84 912 345 678 nhé", why="", at=NOW))
    said = "bà Tư 0912345678 không vào được"
    session.add(Difficulty(campaign=PLAN.slug, unit_id=unit.id, person_id=lan.id, said=said, raised_at=NOW))


async def _everything(session) -> tuple[str, list[str | None]]:
    houses = list(await session.exec(select(House).order_by(House.id)))
    rows = [*houses, *await session.exec(select(Visit)), *await session.exec(select(ListedPerson))]
    rows += [*await session.exec(select(Inbox)), *await session.exec(select(UnreadLine))]
    rows += [*await session.exec(select(Difficulty))]
    return "\n".join(repr(row.model_dump()) for row in rows), [house.outcome for house in houses]


def _lived_in(terminal: Terminal) -> None:  # noqa: F811
    assert terminal.types("invite", "--role", "head", "--unit", "phường Việt Hoà").code == 0
    terminal.remembers(_a_village)


def test_a_phone_is_forgotten_everywhere_and_the_figures_stay(terminal: Terminal):  # noqa: F811
    _lived_in(terminal)
    said = terminal.types("forget", "phone", "+84 912 345 678", "--yes")
    assert said.code == 0, said.err
    assert "1 nhà, 1 dòng danh sách, 3 tin nhắn" in said.out
    everything, outcomes = terminal.remembers(_everything)
    assert "Bà Tư" not in everything
    assert "bà Tư" not in everything
    assert BA_TU not in everything
    assert "Ông Năm" in everything
    assert outcomes == ["installed", "installed"]


def test_a_house_is_forgotten_by_its_number(terminal: Terminal):  # noqa: F811
    _lived_in(terminal)
    assert "1 nhà" in terminal.types("forget", "house", "số 14", "--unit", "Phường Việt Hoà", "--yes").out
    everything, outcomes = terminal.remembers(_everything)
    assert "Ông Năm" not in everything
    assert "Bà Tư" in everything
    assert outcomes == ["installed", "installed"]


def test_a_backup_from_before_forgets_again(terminal: Terminal):  # noqa: F811
    _lived_in(terminal)
    assert terminal.types("backup", "sao-luu.db").code == 0
    assert terminal.types("forget", "phone", BA_TU, "--yes").code == 0
    said = terminal.types("restore", "sao-luu.db")
    assert said.code == 0, said.err
    assert "Đã xoá lại 1 yêu cầu" in said.out
    everything, _ = terminal.remembers(_everything)
    assert BA_TU not in everything


def test_nobody_asked_and_nothing_is_deleted(terminal: Terminal):  # noqa: F811
    _lived_in(terminal)
    said = terminal.types_for_real("forget", "phone", BA_TU)
    assert said.code == 1
    assert "--yes" in said.reason
    assert "không đọc được" in terminal.types("forget", "phone", "12", "--yes").reason.lower()
    assert "Chưa có nhà" in terminal.types("forget", "house", "99", "--unit", "phường Việt Hoà", "--yes").reason
    everything, _ = terminal.remembers(_everything)
    assert BA_TU in everything
