"""A terminal in an empty folder: types a command as a person would, and keeps what was said."""

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.__main__ import answer
from bot.settings import Settings
from storage.database import Database
from storage.sealing import unlock
from storage.tables import UnreadLine
from tests.nursery import Nursery

KEY = "a key for one test 0123456789"


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def reason(self) -> str:
        """The one line on stderr: fails when there is none, or more, or a traceback."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


@dataclass
class Terminal:
    folder: Path
    capsys: pytest.CaptureFixture[str]
    nursery: Callable[[], Nursery]

    @property
    def database_file(self) -> Path:
        return self.folder / "var" / "gotungnha.db"

    def types(self, *arguments: str) -> Said:
        """Run a verb in this process."""
        self.capsys.readouterr()
        code = answer(list(arguments))
        out, err = self.capsys.readouterr()
        return Said(code, out, err)

    def types_for_real(self, *arguments: str, typed: str = "", **environment: str) -> Said:
        """Run a verb in a process of its own, with what is typed into its stdin, which is no terminal and then ends."""
        with tempfile.TemporaryDirectory() as place:
            out, err, typing = (Path(place, name) for name in ("out", "err", "typed"))
            typing.write_text(typed, encoding="utf-8")
            pid = self.nursery().gives_birth(
                *arguments, folder=self.folder, environment={**os.environ, **environment}, out=out, err=err,
                typed=str(typing),
            )  # fmt: skip
            code = _ended(Path(f"{out}.{pid}"), pid)
            return Said(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))

    @contextmanager
    def bot_running(self) -> Iterator[None]:
        """A bot holds the database's lock."""
        database = Database(f"sqlite:///{self.database_file}")
        database.take_lock()
        try:
            yield
        finally:
            asyncio.run(database.close())

    def remembers(self, job: Callable[[AsyncSession], Awaitable[Any]]) -> Any:
        """Ask or tell the database itself."""

        async def ask() -> Any:
            database = Database(f"sqlite:///{self.database_file}")
            try:
                return await database.write(job)
            finally:
                await database.close()

        unlock(KEY)
        return asyncio.run(ask())

    def hears(self, words: str) -> None:
        """The bot keeps a line that someone wrote, sealed; the database is made when it is not there yet."""

        async def job(session: AsyncSession) -> None:
            session.add(UnreadLine(chat_key="telegram:1", said=words, why="", at=datetime(2026, 6, 24, tzinfo=UTC)))

        if not self.database_file.exists():
            assert self.types("invite", "--role", "head", "--unit", "phường Việt Hoà").code == 0
        self.remembers(job)

    def sheet(self, *rows: Iterable[object], name: str = "don-vi.xlsx") -> str:
        """An Excel file with these rows; its name."""
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        book.save(self.folder / name)
        return name


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _ended(told: Path, pid: int) -> int:
    """The exit code of a process that lasts a minute at most."""
    until = time.monotonic() + 60
    while _is_there(pid):
        assert time.monotonic() < until, "it does not end"
        time.sleep(0.005)
    return int(told.read_text())


@pytest.fixture
def terminal(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> Terminal:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECRET_KEY", KEY)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/var/gotungnha.db")
    return Terminal(tmp_path, capsys, lambda: request.getfixturevalue("nursery"))
