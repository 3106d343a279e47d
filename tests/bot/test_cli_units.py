"""`units import` and `units list` at the terminal: what would change is said before it changes."""

import os
import pty
import re
import subprocess
import sys

import pytest

from tests.bot.terminal import Terminal, terminal  # noqa: F401

HEADER = ["STT", "Tổ dân phố", "Tổng số hộ", "Số hộ có smartphone", "Họ tên tổ trưởng"]
GOOD = [HEADER, [1, "Tổ dân phố 1", 60, 41, "Trần Văn Bình"], [2, "Tổ dân phố 2", 48, None, None]]
BAD = [*GOOD, [3, "Tổ dân phố 3", -1, None, None], [4, "Tổ dân phố 4", 10, 20, None], [5, "Tổ dân phố 5", 7, 7, None]]


@pytest.fixture
def office(terminal: Terminal) -> Terminal:  # noqa: F811
    """A terminal with a good sheet already imported."""
    said = terminal.types("units", "import", terminal.sheet(*GOOD), "--yes")
    assert said.code == 0, said.err
    return terminal


def _lines(terminal: Terminal) -> list[str]:  # noqa: F811
    return [line.strip() for line in terminal.types("units", "list").out.splitlines()]


def test_the_first_import_makes_the_database_and_the_list_shows_it(office: Terminal):
    table = [re.split(r"  +", line) for line in _lines(office)]
    assert ["Tổ dân phố 1", "thôn, tổ dân phố", "phường Việt Hoà", "60", "41", "—", "—"] in table
    assert table[-1] == ["Tổng", "108", "41 (thiếu 1)", "—", "—"]


def test_what_would_change_is_said_old_and_new(office: Terminal):
    changed = office.sheet(HEADER, [1, "to dan pho 1", 62, 41, "Lê Thị Lan"], [2, "Tổ dân phố 2", 48, None, None],
                           [3, "Tổ dân phố 3", None, None, None])  # fmt: skip
    said = office.types("units", "import", changed, "--dry-run")
    assert said.code == 0
    assert "Thêm mới 1, sửa 1, giữ nguyên 1." in said.out
    assert "+ Tổ dân phố 3 (thôn, tổ dân phố)" in said.out
    assert "số hộ 60 → 62" in said.out
    assert "họ tên trưởng thay đổi" in said.out
    assert "Lê Thị Lan" not in said.out
    assert "Tổ dân phố 3" not in " ".join(_lines(office))


def test_the_same_sheet_again_changes_nothing(office: Terminal):
    said = office.types("units", "import", "don-vi.xlsx")
    assert said.code == 0
    assert "Thêm mới 0, sửa 0, giữ nguyên 2." in said.out
    assert "Không có gì phải đổi." in said.out


def test_a_script_is_told_what_changes_and_means_it(terminal: Terminal):  # noqa: F811
    sheet = terminal.sheet(*GOOD)
    said = terminal.types_for_real("units", "import", sheet)
    assert said.code == 0, said.err
    assert said.out.index("Thêm mới 2") < said.out.index("Đã ghi: thêm 2")
    assert "Tổ dân phố 2" in " ".join(_lines(terminal))


@pytest.mark.parametrize(("typed", "code", "written"), [("y\n", 0, True), ("n\n", 1, False), ("\n", 1, False)])
def test_on_a_terminal_it_asks(terminal: Terminal, typed, code, written):  # noqa: F811
    sheet = terminal.sheet(*GOOD)
    ours, theirs = pty.openpty()
    asked = subprocess.Popen(
        [sys.executable, "-m", "bot", "units", "import", sheet], cwd=terminal.folder, stdin=theirs, stdout=theirs,
        stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, typed.encode())
    shown = _all_of(ours)
    assert asked.wait(timeout=60) == code
    assert "Ghi các thay đổi này?" in shown
    if written:
        assert "100%" in shown
        assert "Đã ghi: thêm 2, sửa 0." in shown
    assert ("Tổ dân phố 2" in " ".join(_lines(terminal))) is written


def _all_of(handle: int) -> str:
    shown = b""
    while True:
        try:
            more = os.read(handle, 4096)
        except OSError:  # the other side is gone
            break
        if not more:
            break
        shown += more
    os.close(handle)
    return shown.decode()


def test_any_bad_line_stops_everything_and_each_is_named(terminal: Terminal):  # noqa: F811
    said = terminal.types("units", "import", terminal.sheet(*BAD), "--yes")
    assert said.code == 1
    assert "Có 2 dòng sai" in said.reason
    assert "dòng 4: ô số hộ là số âm (-1)" in said.out
    assert "dòng 5: số hộ có smartphone nhiều hơn tổng số hộ (20 > 10)" in said.out
    assert "Tổ dân phố 1" not in " ".join(_lines(terminal))


def test_skip_bad_takes_the_good_ones(terminal: Terminal):  # noqa: F811
    said = terminal.types("units", "import", terminal.sheet(*BAD), "--yes", "--skip-bad")
    assert said.code == 0
    assert "Đã ghi: thêm 3, sửa 0, bỏ 2 dòng sai." in said.out
    listed = " ".join(_lines(terminal))
    assert "Tổ dân phố 5" in listed
    assert "Tổ dân phố 4" not in listed


def test_a_failure_in_the_middle_leaves_nothing(terminal: Terminal, monkeypatch):  # noqa: F811

    monkeypatch.setattr("storage.unit_import._parent_id", lambda line, *_: 1 / (line.number - 3))
    assert terminal.types("units", "import", terminal.sheet(*GOOD), "--yes").code == 1
    monkeypatch.undo()
    said = terminal.types_for_real("units", "list", DATABASE_URL=f"sqlite:///{terminal.database_file}",
                                   SECRET_KEY="a key for one test 0123456789")  # fmt: skip
    assert "Tổ dân phố 1" not in said.out


@pytest.mark.parametrize(
    ("rows", "word"),
    [([["Bìa"]], "dòng tiêu đề"), ([["Thôn", "Số hộ", "Tổng số hộ"]], "“Số hộ”, “Tổng số hộ”")],
)
def test_a_sheet_that_is_no_list_of_units(terminal: Terminal, rows, word):  # noqa: F811
    said = terminal.types("units", "import", terminal.sheet(*rows))
    assert said.code == 1
    assert word in said.reason


def test_a_file_that_is_no_sheet(terminal: Terminal):  # noqa: F811
    (terminal.folder / "x.xlsx").write_text("tên,số hộ\n")
    assert "không phải tệp Excel" in terminal.types("units", "import", "x.xlsx").reason
    assert "Không có tệp" in terminal.types("units", "import", "y.xlsx").reason


def test_units_may_be_imported_while_the_bot_runs(office: Terminal):
    sheet = office.sheet(HEADER, [1, "Tổ dân phố 9", 5, None, None])
    with office.bot_running():
        assert office.types_for_real("units", "import", sheet, "--yes").code == 0
    assert "Tổ dân phố 9" in " ".join(_lines(office))


def test_two_units_are_made_one_when_somebody_agrees(office: Terminal):
    told = "• 0 nhà và 0 người chuyển sang Tổ dân phố 2; Tổ dân phố 1 đóng lại."
    unasked = office.types_for_real("units", "merge", "tổ dân phố 1", "--into", "Tổ dân phố 2")
    assert "--yes" in unasked.reason
    assert told in unasked.out
    assert "của Tổ dân phố 2: 48 → 108." in unasked.out
    said = office.types("units", "merge", "to dan pho 1", "--into", "Tổ dân phố 2", "--by", "Chị Hoa", "--yes")
    assert "Đã nhập Tổ dân phố 1 vào Tổ dân phố 2" in said.out
    assert ["Tổ dân phố 2", "thôn, tổ dân phố", "phường Việt Hoà", "108", "—", "—", "—"] in [
        re.split(r"  +", line) for line in _lines(office)
    ]
    same = office.types("units", "merge", "Tổ dân phố 2", "--into", "Tổ dân phố 2")
    assert same.reason == "Hai tên này là một đơn vị."
