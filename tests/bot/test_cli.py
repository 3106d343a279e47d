"""The command line: quick help, one-line reasons, codes for people."""

import asyncio
import re
import subprocess
import sys

import pytest
from sqlmodel import select, text, update
from typer.testing import CliRunner

from bot.__main__ import app
from campaigns import EXAMPLE
from simulator.telegram import TelegramSimulator
from simulator.world import TOKEN
from storage import bots
from storage.tables import Audit, Invitation, Person, ServingBot
from tests.bot.terminal import Terminal, terminal  # noqa: F401

VERBS = ["run", "check", "plan", "units", "units import", "units list", "invite", "guide", "digest", "dead",
         "dead list", "dead replay", "backup", "restore", "demo"]  # fmt: skip
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{10}")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb):
    shown = CliRunner().invoke(app, [*verb.split(), "--help"])
    assert shown.exit_code == 0
    assert "--help" in shown.output
    assert re.search(r"[ạảãàáậầấẩẫăắằẵẳđôơư]", shown.output)


def test_help_loads_no_messenger_and_no_database():
    heavy = "{'aiogram', 'telegram', 'sqlalchemy', 'pydantic', 'openpyxl', 'PIL', 'aiohttp'}"
    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys, bot.__main__; print(sorted({heavy} & sys.modules.keys()))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert loaded.stdout.strip() == "[]"


def test_a_line_typed_wrongly_gets_one_line_and_code_2(terminal: Terminal):  # noqa: F811
    for typed, word in [
        ("foo", "foo"),
        ("invite", "--role"),
        ("units import", "FILE.xlsx"),
        ("backup --frce x", "--force"),
        ("invite --role head --unit x --count 0", "--count phải từ 1 trở lên"),
        ("invite --role head --unit x --count ba", "--count phải là một số"),
    ]:
        said = terminal.types(*typed.split())
        assert said.code == 2
        assert word in said.reason


def test_a_bare_group_shows_its_help(terminal: Terminal):  # noqa: F811
    assert "import" in terminal.types("units").err


def test_an_unexpected_error_is_one_line_and_with_debug_the_whole_story(terminal: Terminal, monkeypatch):  # noqa: F811
    monkeypatch.setattr("rules.plan.load", lambda _: 1 / 0)
    said = terminal.types("plan", str(EXAMPLE))
    assert said.code == 1
    assert "ZeroDivisionError" in said.reason
    assert "gotungnha --debug" in said.reason
    with pytest.raises(ZeroDivisionError):
        terminal.types("--debug", "plan", str(EXAMPLE))


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("SECRET_KEY", "<thay-khoa-nay>", "SECRET_KEY"),
        ("DATABASE_URL", "mysql://root:bi-mat-lam@localhost/x", "DATABASE_URL"),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL"),
        ("PORT", "tám nghìn", "PORT"),
        ("CAMPAIGN", "khong-co.toml", "khong-co.toml"),
    ],
)
def test_a_bad_setting_stops_with_a_sentence(terminal: Terminal, monkeypatch, name, value, word):  # noqa: F811
    monkeypatch.setenv(name, value)
    said = terminal.types("invite", "--role", "head", "--unit", "x")
    assert said.code == 1
    assert word in said.reason
    assert "bi-mat-lam" not in said.err


def test_nothing_is_written_with_another_key(terminal: Terminal, monkeypatch):  # noqa: F811
    terminal.hears("nhà ông Tám")
    monkeypatch.setenv("SECRET_KEY", "another key of decent length")
    said = terminal.types("invite", "--role", "head", "--unit", "phường Việt Hoà")
    assert (said.code, said.out) == (1, "")
    assert "khoá cũ" in said.reason


def test_a_database_where_no_file_can_be(terminal: Terminal, monkeypatch):  # noqa: F811
    (terminal.folder / "tep").write_text("a file is no folder")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{terminal.folder}/tep/sub/x.db")
    for verb in (["invite", "--role", "head", "--unit", "x"], ["check"]):
        said = terminal.types(*verb)
        assert said.code == 1
        assert "tep" in said.err + said.out
        assert "ngoài dự kiến" not in said.err


def test_a_second_process_may_invite_while_the_bot_holds_the_lock(terminal: Terminal):  # noqa: F811
    terminal.types("invite", "--role", "head", "--unit", "phường Việt Hoà")
    with terminal.bot_running():
        said = terminal.types_for_real("invite", "--role", "cán bộ", "--unit", "PHUONG VIET HOA", "--count", "3")
    assert said.code == 0
    codes = said.out.split()
    assert len(set(codes)) == 3
    assert all(map(CODE.fullmatch, codes))
    assert said.reason == "Chỉ có mã, chưa có đường dẫn: chưa đặt TELEGRAM_TOKEN."


def test_an_invitation_carries_its_link_role_and_audit(terminal: Terminal):  # noqa: F811
    terminal.types("invite", "--role", "head", "--unit", "phường Việt Hoà")
    here = ServingBot(key="telegram:1", platform="telegram", campaigns="viet-hoa-2026", name="GoTungNhaBot")
    terminal.remembers(lambda session: bots.keep(session, [here]))
    said = terminal.types("invite", "--role", "Đoàn viên", "--unit", "phường việt hoà", "--quota", "doan-vien")
    code, link = said.out.strip().split("  ")
    assert link == f"https://t.me/GoTungNhaBot?start={code}"
    assert said.err == ""

    async def kept(session):
        invitations = list(await session.exec(select(Invitation).order_by(Invitation.id)))
        return invitations, list(await session.exec(select(Audit.act)))

    invitations, acts = terminal.remembers(kept)
    assert [(row.role, row.quota) for row in invitations] == [("head", ""), ("volunteer", "doan-vien")]
    assert acts == ["invitation.made", "invitation.made"]
    assert code not in str(invitations)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        (["--role", "head", "--unit", "phường Việt Hòa Bình"], "phường Việt Hoà"),
        (["--role", "vua", "--unit", "phường Việt Hoà"], "tổ trưởng"),
        (["--role", "head", "--unit", "phường Việt Hoà", "--quota", "x"], "doan-vien"),
        (["--role", "head", "--unit", "phường Việt Hoà", "--campaign", "x"], "viet-hoa-2026"),
    ],
)
def test_an_unknown_word_gets_the_known_ones(terminal: Terminal, typed, word):  # noqa: F811
    said = terminal.types("invite", *typed)
    assert said.code == 1
    assert word in said.reason


def test_looking_needs_a_database_that_is_there(terminal: Terminal):  # noqa: F811
    for verb in ["units list", "dead list", "digest --at 17:00"]:
        assert "Chưa có cơ sở dữ liệu" in terminal.types(*verb.split()).reason
    assert not terminal.database_file.exists()


def test_plan_tells_the_plan_and_every_fault(terminal: Terminal):  # noqa: F811
    assert "Smart Hải Phòng" in terminal.types("plan", str(EXAMPLE)).out
    broken = EXAMPLE.read_text(encoding="utf-8").replace('binds = "village"', 'bindz = "village"')
    (terminal.folder / "sai.toml").write_text(broken, encoding="utf-8")
    said = terminal.types("plan", "sai.toml")
    assert said.code == 1
    assert "sai.toml" in said.err
    assert "bindz" in said.err


def test_examples_fill_an_empty_database_once_and_never_a_real_one(terminal: Terminal):  # noqa: F811
    assert terminal.types("demo").code == 0
    assert "(ví dụ)" in terminal.types("units", "list").out
    assert "rồi" in terminal.types("demo").reason

    async def joins(session):
        await session.exec(update(Person).values(example=False))

    terminal.remembers(joins)
    assert "người thật" in terminal.types("demo").reason


def test_a_database_of_newer_software_is_left_alone(terminal: Terminal):  # noqa: F811
    terminal.hears("nhà 12")
    terminal.remembers(lambda session: session.exec(text("UPDATE alembic_version SET version_num = '20991231_later'")))
    said = terminal.types("invite", "--role", "head", "--unit", "phường Việt Hoà")
    assert said.code == 1
    assert "mới hơn phần mềm" in said.reason


def test_a_start_that_cannot_be_says_why(terminal: Terminal, monkeypatch):  # noqa: F811
    monkeypatch.setenv("TELEGRAM_TOKEN", "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    terminal.hears("nhà 12")
    with terminal.bot_running():
        assert "Một bản bot khác đang chạy" in terminal.types_for_real("run").reason
    said = terminal.types_for_real("run", SECRET_KEY="<thay-khoa-nay>")
    assert said.code == 1
    assert "SECRET_KEY" in said.reason


async def test_a_wrong_token_stops_the_start(terminal: Terminal):  # noqa: F811
    async with TelegramSimulator() as simulator:
        wrong = {"TELEGRAM_TOKEN": TOKEN[:-1] + "x", "TELEGRAM_API_URL": simulator.url, "PORT": "0"}
        said = await asyncio.to_thread(terminal.types_for_real, "run", **wrong)
    assert said.code == 1
    assert "TELEGRAM_TOKEN không đúng" in said.reason
