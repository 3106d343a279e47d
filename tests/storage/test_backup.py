"""Backups: consistent while the bot writes, checked, private; put back whole, and nothing lost on the way."""

import asyncio
import os
import shutil
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import func, select

from storage import backup, migrate
from storage.database import Database
from storage.sealing import WrongKey, unlock
from storage.tables import Audit, UnreadLine
from tests.conftest import KEY

NOW = datetime(2026, 6, 24, 10, tzinfo=UTC)


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    return sqlite_database


async def said(database: Database, words: str) -> None:
    async def job(session):
        session.add(UnreadLine(chat_key="telegram:1", said=words, why="", at=NOW))
        session.add(Audit(at=NOW, act="line.kept", thing=words))

    await database.write(job)


async def lines(database: Database) -> list[str]:
    async with database.reading() as session:
        return list(await session.exec(select(UnreadLine.said).order_by(UnreadLine.id)))


async def test_a_copy_holds_what_was_there_and_only_its_owner_reads_it(database, tmp_path):
    await said(database, "nhà 12 đã cài")
    contents = backup.make(database.file, tmp_path / "copy.db")
    assert contents.rows["unread_line"] == contents.rows["audit"] == 1
    assert contents.cells == 1
    assert contents.size == (tmp_path / "copy.db").stat().st_size
    assert contents.revision == migrate.newest()
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    assert backup.examine(tmp_path / "copy.db") == contents


async def test_copies_made_while_the_bot_writes_are_whole(database, tmp_path):
    async def write_on() -> None:
        for number in range(150):
            await said(database, f"nhà {number}")

    writing = asyncio.create_task(write_on())
    counts = []
    for number in range(5):
        contents = await asyncio.to_thread(backup.make, database.file, tmp_path / f"copy{number}.db")
        counts.append(contents.rows["unread_line"])
        assert contents.rows["audit"] == contents.rows["unread_line"]
    await writing
    assert counts == sorted(counts)
    async with database.reading() as session:
        assert (await session.exec(select(func.count()).select_from(UnreadLine))).one() == 150


async def test_an_existing_file_stays_unless_it_may_be_replaced(database, tmp_path):
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(FileExistsError):
        backup.make(database.file, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"
    backup.make(database.file, tmp_path / "copy.db", replace=True)
    assert backup.examine(tmp_path / "copy.db").rows["inbox"] == 0


async def test_a_copy_that_fails_its_check_leaves_nothing_behind(database, tmp_path):
    await said(database, "nhà 12")
    unlock("another key of decent length")
    with pytest.raises(WrongKey):
        backup.make(database.file, tmp_path / "copy.db")
    unlock(KEY)
    assert not list(tmp_path.glob("copy*"))


async def test_what_is_no_copy_of_ours_is_told_apart(database, tmp_path):
    await said(database, "nhà 12")
    copy = tmp_path / "copy.db"
    backup.make(database.file, copy)
    text = tmp_path / "text.db"
    text.write_text("không phải cơ sở dữ liệu " * 100)
    with pytest.raises(backup.BadCopy):
        backup.examine(text)
    (tmp_path / "empty.db").touch()
    with pytest.raises(backup.BadCopy):
        backup.examine(tmp_path / "empty.db")
    with pytest.raises(FileNotFoundError):
        backup.examine(tmp_path / "none.db")
    torn = tmp_path / "torn.db"
    content = bytearray(copy.read_bytes())
    content[4096 * 4 : 4096 * 30] = os.urandom(4096 * 26)
    torn.write_bytes(content)
    with pytest.raises(backup.BadCopy):
        backup.examine(torn)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("UPDATE alembic_version SET version_num = '20991231_later'", backup.UnknownRevision),
        ("DELETE FROM alembic_version", backup.BadCopy),
        (
            "INSERT INTO unread_line (chat_key, person_id, said, why, at) VALUES ('c', 99, x'01', '', '')",
            backup.BadCopy,
        ),
        ("UPDATE unread_line SET said = CAST(x'01' || randomblob(60) AS BLOB)", WrongKey),
    ],
)
async def test_a_copy_that_was_tampered_with_is_refused(database, tmp_path, change, refusal):
    await said(database, "nhà 12")
    backup.make(database.file, tmp_path / "copy.db")
    copy = sqlite3.connect(tmp_path / "copy.db")
    copy.execute(change)
    copy.commit()
    copy.close()
    with pytest.raises(refusal):
        backup.examine(tmp_path / "copy.db")


async def test_put_back_takes_the_place_and_keeps_what_was_there(database, tmp_path):
    await said(database, "trước khi sao lưu")
    backup.make(database.file, tmp_path / "copy.db")
    await said(database, "sau khi sao lưu")
    await database.close()
    kept = backup.put_in_place(tmp_path / "copy.db", database.file, NOW)
    assert kept == database.file.with_name("gotungnha.db.before-restore-20260624-170000")
    assert stat.S_IMODE(database.file.stat().st_mode) == 0o600
    assert await _lines_of(database.file) == ["trước khi sao lưu"]
    assert await _lines_of(kept) == ["trước khi sao lưu", "sau khi sao lưu"]


async def test_what_still_sat_in_the_wal_is_kept_and_never_replayed_into_the_copy(database, tmp_path):
    """As after kill -9: the main file lacks the last commits, which are in the -wal alone."""
    backup.make(database.file, tmp_path / "copy.db")
    await said(database, "chỉ nằm trong wal")
    for suffix in ("", "-wal"):
        shutil.copy(f"{database.file}{suffix}", tmp_path / f"killed.db{suffix}")
    assert (tmp_path / "killed.db-wal").stat().st_size > 0
    kept = backup.put_in_place(tmp_path / "copy.db", tmp_path / "killed.db", NOW)
    assert await _lines_of(tmp_path / "killed.db") == []
    assert await _lines_of(kept) == ["chỉ nằm trong wal"]


async def test_a_damaged_database_can_be_replaced_too(database, tmp_path):
    await said(database, "nhà 12")
    backup.make(database.file, tmp_path / "copy.db")
    broken = tmp_path / "broken.db"
    broken.write_bytes(os.urandom(8192))
    kept = backup.put_in_place(tmp_path / "copy.db", broken, NOW)
    assert kept.stat().st_size == 8192
    assert await _lines_of(broken) == ["nhà 12"]


async def test_put_back_where_there_was_nothing(database, tmp_path):
    backup.make(database.file, tmp_path / "copy.db")
    assert backup.put_in_place(tmp_path / "copy.db", tmp_path / "new" / "gotungnha.db", NOW) is None
    assert await _lines_of(tmp_path / "new" / "gotungnha.db") == []


async def _lines_of(file: Path) -> list[str]:
    opened = Database(f"sqlite:///{file}")
    try:
        return await lines(opened)
    finally:
        await opened.close()
