"""`check` says what a start would stumble on, and changes nothing."""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from campaigns import EXAMPLE
from storage.migrate import newest
from tests.bot.terminal import Terminal, terminal  # noqa: F401

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@contextmanager
def telegram(status: int, body: str) -> Iterator[str]:
    """A Bot API server that answers getMe in one way; its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path == f"/bot{TOKEN}/getMe"
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _marks(out: str, mark: str) -> list[str]:
    return [line.removeprefix(mark).strip() for line in out.splitlines() if line.startswith(mark)]


@pytest.fixture
def office(terminal: Terminal) -> Terminal:  # noqa: F811
    assert terminal.types("invite", "--role", "head", "--unit", "phường Việt Hoà").code == 0
    return terminal


def test_a_trial_run_needs_nothing(terminal: Terminal, monkeypatch):  # noqa: F811
    monkeypatch.delenv("SECRET_KEY")
    said = terminal.types_for_real("check")
    assert said.code == 0, said.out
    assert any("SECRET_KEY chưa đặt" in line for line in _marks(said.out, "chú ý"))
    assert any("máy mô phỏng" in line for line in _marks(said.out, "chú ý"))
    assert list(terminal.folder.iterdir()) == []


def test_what_the_plan_leaves_open_is_said(terminal: Terminal):  # noqa: F811
    noted = _marks(terminal.types("check").out, "chú ý")
    assert any("App Store" in line and "ô tìm kiếm" in line for line in noted)


def test_all_is_well_on_the_real_thing(office: Terminal, monkeypatch):
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    with telegram(200, '{"ok": true, "result": {"id": 1, "is_bot": true, "username": "GoTungNhaBot"}}') as url:
        monkeypatch.setenv("TELEGRAM_API_URL", url)
        said = office.types("check")
    assert said.code == 0, said.out
    good = "\n".join(_marks(said.out, "ok"))
    for word in ("SECRET_KEY", "@GoTungNhaBot", "polling", "quick_check", newest(), "Be Vietnam Pro"):
        assert word in good
    assert TOKEN not in said.out + said.err


@pytest.mark.parametrize(
    ("status", "body", "word"),
    [
        (401, '{"ok":false,"error_code":401,"description":"Unauthorized"}', "401"),
        (404, '{"ok":false}', "401"),
        (502, "<html>", "HTTP 502"),
        (200, "<html>", "không kết nối được"),
        (200, "[]", "không kết nối được"),
    ],
)
def test_a_token_or_server_that_does_not_answer_right(terminal: Terminal, monkeypatch, status, body, word):  # noqa: F811
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    with telegram(status, body) as url:
        monkeypatch.setenv("TELEGRAM_API_URL", url)
        said = terminal.types("check")
    assert said.code == 1
    assert any(word in line for line in _marks(said.out, "SAI"))
    assert TOKEN not in said.out + said.err


def test_nobody_listens(terminal: Terminal, monkeypatch):  # noqa: F811
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    said = terminal.types("check")
    assert said.code == 1
    assert TOKEN not in said.out + said.err


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("PORT", "x", "PORT"),
        ("DATABASE_URL", "mysql://u:mat-khau@h/x", "DATABASE_URL"),
        ("CAMPAIGN", "khong-co.toml", "khong-co.toml"),
        ("CAMPAIGN", ",", "CAMPAIGN"),
        ("CAMPAIGN", f"{EXAMPLE},{EXAMPLE}", "viet-hoa-2026"),
    ],
)
def test_what_stops_a_start_is_wrong(terminal: Terminal, monkeypatch, name, value, word):  # noqa: F811
    monkeypatch.setenv(name, value)
    said = terminal.types("check")
    assert said.code == 1
    assert any(word in line for line in _marks(said.out, "SAI"))
    assert "mat-khau" not in said.out + said.err


def test_a_real_run_wants_a_real_key(terminal: Terminal, monkeypatch):  # noqa: F811
    monkeypatch.setenv("SECRET_KEY", "<thay-khoa-nay>")
    assert "SECRET_KEY" in "".join(_marks(terminal.types("check").out, "chú ý"))
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    assert "token_urlsafe" in "".join(_marks(terminal.types("check").out, "SAI"))


def test_webhook_wants_https_and_a_secret(terminal: Terminal, monkeypatch):  # noqa: F811
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_MODE", "webhook")
    with telegram(200, '{"ok": true, "result": {"username": "B"}}') as url:
        monkeypatch.setenv("TELEGRAM_API_URL", url)
        assert "PUBLIC_URL" in "".join(_marks(terminal.types("check").out, "SAI"))
        monkeypatch.setenv("PUBLIC_URL", "http://bot.example")
        monkeypatch.setenv("WEBHOOK_SECRET", "s" * 40)
        assert "https" in "".join(_marks(terminal.types("check").out, "SAI"))
        monkeypatch.setenv("PUBLIC_URL", "https://bot.example")
        assert terminal.types("check").code == 0


def test_an_env_file_that_others_can_read(terminal: Terminal):  # noqa: F811
    env = terminal.folder / ".env"
    env.write_text("PORT=8081\n")
    env.chmod(0o644)
    assert "chmod 600 .env" in "".join(_marks(terminal.types("check").out, "chú ý"))
    env.chmod(0o600)
    assert "chmod 600 .env" not in terminal.types("check").out


def test_a_running_bot_is_seen_and_not_disturbed(office: Terminal):
    with office.bot_running():
        said = office.types("check")
        assert said.code == 0
        assert any("Bot đang chạy" in line for line in _marks(said.out, "ok"))
    with office.bot_running():
        assert "Bot đang chạy" in office.types("check").out


def test_the_database_is_as_it_was(office: Terminal):
    before = office.database_file.read_bytes()
    office.types("check")
    assert office.database_file.read_bytes() == before


def test_damage_another_key_and_a_newer_shape(office: Terminal, monkeypatch):
    office.hears("nhà 12")
    monkeypatch.setenv("SECRET_KEY", "another key of decent length")
    assert "SECRET_KEY không mở được" in "".join(_marks(office.types("check").out, "SAI"))
    monkeypatch.undo()
    newer = sqlite3.connect(office.database_file)
    newer.execute("UPDATE alembic_version SET version_num = '20991231_later'")
    newer.commit()
    newer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    newer.close()
    url = {"DATABASE_URL": f"sqlite:///{office.database_file}", "SECRET_KEY": "a key for one test 0123456789"}
    assert "mới hơn" in "".join(_marks(office.types_for_real("check", **url).out, "SAI"))
    with office.database_file.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(os.urandom(4096 * 20))
    said = office.types_for_real("check", **url)
    assert said.code == 1
    assert "gotungnha restore" in "".join(_marks(said.out, "SAI"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(terminal: Terminal):  # noqa: F811
    closed = terminal.folder / "var"
    closed.mkdir()
    closed.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert "quyền ghi" in "".join(_marks(terminal.types("check").out, "SAI"))


def test_it_says_what_the_qr_of_a_guide_opens(terminal: Terminal, monkeypatch):  # noqa: F811
    assert any("mở thẳng kho ứng dụng" in line for line in _marks(terminal.types("check").out, "ok"))
    monkeypatch.setenv("PUBLIC_URL", "https://bot.example/")
    assert any("mở trang https://bot.example/g/…" in line for line in _marks(terminal.types("check").out, "ok"))
    monkeypatch.setenv("PUBLIC_URL", "http://bot.example")
    assert any("không qua https" in line for line in _marks(terminal.types("check").out, "chú ý"))
