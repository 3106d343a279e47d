"""`backup` and `restore` at the terminal."""

from sqlmodel import select

from storage.tables import UnreadLine
from tests.bot.terminal import Terminal, terminal  # noqa: F401


async def _heard(session) -> list[str]:
    return list(await session.exec(select(UnreadLine.said).order_by(UnreadLine.id)))


def test_there_and_back(terminal: Terminal):  # noqa: F811
    terminal.hears("nhà 12 đã cài")
    said = terminal.types_for_real("backup", "sao-luu.db")
    assert said.code == 0
    assert "unread_line            1" in said.out
    assert "SECRET_KEY mở được" in said.out
    terminal.hears("nhà 13 vắng")
    said = terminal.types_for_real("restore", "sao-luu.db")
    assert said.code == 0, said.err
    assert "before-restore-" in said.out
    assert terminal.remembers(_heard) == ["nhà 12 đã cài"]


def test_backup_works_beside_a_running_bot_and_restore_does_not(terminal: Terminal):  # noqa: F811
    terminal.hears("nhà 12")
    with terminal.bot_running():
        assert terminal.types("backup", "sao-luu.db").code == 0
        said = terminal.types("restore", "sao-luu.db")
        assert said.code == 1
        assert "đang chạy" in said.reason
    assert not list(terminal.database_file.parent.glob("*before*"))


def test_a_file_is_not_overwritten_unless_told(terminal: Terminal):  # noqa: F811
    terminal.hears("nhà 12")
    (terminal.folder / "sao-luu.db").write_text("của mình")
    assert "--force" in terminal.types("backup", "sao-luu.db").reason
    assert (terminal.folder / "sao-luu.db").read_text() == "của mình"
    assert terminal.types("backup", "sao-luu.db", "--force").code == 0


def test_the_database_itself_is_no_place_for_its_copy(terminal: Terminal):  # noqa: F811
    terminal.hears("nhà 12")
    for verb in (["backup", "--force"], ["restore"]):
        assert "chính là cơ sở dữ liệu" in terminal.types(*verb, str(terminal.database_file)).reason
    assert terminal.remembers(_heard) == ["nhà 12"]


def test_a_bad_copy_changes_nothing(terminal: Terminal):  # noqa: F811
    terminal.hears("nhà 12")
    (terminal.folder / "hong.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    assert "không bị đụng tới" in terminal.types("restore", "hong.db").reason
    assert "Không có tệp" in terminal.types("restore", "không-có.db").reason
    assert terminal.remembers(_heard) == ["nhà 12"]
    assert not list(terminal.database_file.parent.glob("*restor*"))


def test_another_key_neither_backs_up_nor_restores(terminal: Terminal, monkeypatch):  # noqa: F811
    terminal.hears("nhà 12")
    terminal.types("backup", "sao-luu.db")
    monkeypatch.setenv("SECRET_KEY", "another key of decent length")
    for verb in (["backup", "hai.db"], ["restore", "sao-luu.db"]):
        said = terminal.types(*verb)
        assert said.code == 1
        assert "SECRET_KEY không mở được" in said.reason
    assert not (terminal.folder / "hai.db").exists()


def test_postgresql_has_its_own_tools(terminal: Terminal, monkeypatch):  # noqa: F811
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:bi-mat@db.phuong.example:5433/gotungnha")
    said = terminal.types("backup", "x.dump")
    assert said.code == 1
    assert "pg_dump -h db.phuong.example -p 5433 -U bot -Fc -f sao-luu.dump gotungnha" in said.reason
    assert "bi-mat" not in said.reason
    assert "pg_restore" in terminal.types("restore", "x.dump").reason
