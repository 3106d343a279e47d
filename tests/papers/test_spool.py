"""Where the rows of a long sheet wait until it is whole: in memory, and gone when it is."""

import tempfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest

from papers import spool
from papers.order import Order
from papers.workbook import Book
from storage.tables import Unit

MADE = datetime(2026, 6, 12, 9, tzinfo=UTC)
ORDER = Order("register", "xlsx", Unit(campaign="x", name="Tổ 1", name_key="to 1"), date(2026, 6, 12), MADE, "Hoa")


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


@pytest.mark.parametrize("roomy", [True, False])
def test_names_wait_in_memory_where_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, roomy: bool) -> None:
    memory, system = tmp_path / "memory", tmp_path / "system"
    memory.mkdir(), system.mkdir()
    monkeypatch.setattr(spool, "IN_MEMORY", memory)
    monkeypatch.setattr(spool, "ROOM", 0 if roomy else 2**62)
    monkeypatch.setattr(tempfile, "tempdir", str(system))
    with Book(BytesIO(), ORDER, sheet="Sổ", landscape=True, long=True) as book:
        book.header(("Chủ hộ",))
        book.line("Nguyễn Thị Tám")
        assert (bool(files(memory)), bool(files(system))) == (roomy, not roomy)
    assert files(memory) + files(system) == []
