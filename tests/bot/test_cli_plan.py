"""`plan FILE --diff` and `--apply`: what a changed file decides otherwise, and who took it when."""

from datetime import UTC, datetime

from sqlmodel import select

from campaigns import EXAMPLE
from rules.plan import load
from storage import resettle
from storage.tables import PlanChange
from tests.bot.terminal import Terminal, terminal  # noqa: F401


def changed(terminal: Terminal) -> str:  # noqa: F811
    text = EXAMPLE.read_text(encoding="utf-8").replace('digest_at = "17:00"', 'digest_at = "16:30"')
    (terminal.folder / "moi.toml").write_text(text, encoding="utf-8")
    return "moi.toml"


def test_a_file_that_is_not_there(terminal: Terminal):  # noqa: F811
    said = terminal.types("plan", "quen.toml")
    assert (said.code, said.reason) == (1, "Không có tệp quen.toml.")


def test_a_changed_file_is_compared_agreed_to_and_kept_with_its_author(terminal: Terminal):  # noqa: F811
    terminal.types("invite", "--role", "head", "--unit", "phường Việt Hoà")
    file = changed(terminal)
    assert terminal.types("plan", file, "--diff").out.strip() == (
        "Kế hoạch này chưa dùng lần nào; cứ chạy bot là dùng."
    )
    now = datetime(2026, 6, 1, tzinfo=UTC)
    terminal.remembers(lambda session: resettle.follow(session, load(EXAMPLE), now))
    told = "So với kế hoạch đang dùng:\n• giờ giấc: giờ bản tin “17:00” → “16:30”"
    assert terminal.types("plan", file, "--diff").out.strip() == told
    assert "--yes" in terminal.types_for_real("plan", file, "--apply").reason
    said = terminal.types("plan", file, "--apply", "--by", "Chị Hoa", "--yes")
    assert said.out.startswith(f"{told}\nĐã áp dụng, người đổi: Chị Hoa; 0 nhà đếm lại khác trước.")
    assert terminal.types("plan", file, "--diff").out.strip() == "Tệp này không khác kế hoạch đang dùng."

    async def kept(session):
        return [(act.author, len(act.changes)) for act in await session.exec(select(PlanChange))]

    assert terminal.remembers(kept) == [("Chị Hoa", 1)]
