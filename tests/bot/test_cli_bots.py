"""Several bots from the command line: who gets which link, how full each is, and what `check` says is missing."""

import asyncio
from datetime import UTC, datetime

import pytest

from campaigns import EXAMPLE, HERE
from simulator.zalo import ZaloSimulator
from storage.tables import Chat, Person
from tests.bot.terminal import Terminal, terminal  # noqa: F401
from tests.zalo.several import plan_files, token

FIRST, SECOND = (f"https://bot.zaloplatforms.com/bots/{token(number).split(':')[0]}" for number in (0, 1))
INVITE = ("invite", "--role", "volunteer", "--unit", "phường Việt Hoà")


@pytest.fixture
def office(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:  # noqa: F811
    """Two Zalo bots of two people each, and no Telegram."""
    monkeypatch.setenv("ZALO_TOKEN", f"{token(0)}, {token(1)}")
    monkeypatch.setenv("ZALO_PEOPLE", "2")
    return terminal


def test_invitations_are_shared_out_among_the_bots(office: Terminal):
    said = office.types(*INVITE, "--count", "4")
    assert [line.split("  ")[1] for line in said.out.splitlines()] == [FIRST, SECOND, FIRST, SECOND]
    assert said.err == ""
    more = office.types(*INVITE)
    assert "đủ 2 chỗ Zalo cho phép" in more.reason
    assert more.code == 0


def test_quota_tells_how_full_each_bot_is(office: Terminal):
    assert office.types(*INVITE, "--count", "2").code == 0

    async def job(session):
        lan = Person(campaign="viet-hoa-2026", name="Lan", role="volunteer", unit_id=1, joined_at=datetime.now(UTC))
        session.add(lan)
        await session.flush()
        bot_key = f"zalo:{token(1).split(':')[0]}"
        session.add(Chat(key=f"{bot_key}:x", platform="zalo", bot_key=bot_key, external_id="x", person_id=lan.id))

    office.remembers(job)
    lines = office.types("quota").out.splitlines()
    first, second = (lines.index(f"Bot {token(n).split(':')[0]}: {n}/2 người") for n in (0, 1))
    assert lines[first + 1] == "  giữ chỗ cho 1 mã mời chưa dùng; còn 1 chỗ"
    assert lines[second + 1] == "  giữ chỗ cho 1 mã mời chưa dùng; hết chỗ"
    assert lines[second + 2].startswith("  Nên thêm một bot Zalo")
    assert office.types(*INVITE).out.split()[1] == FIRST


async def test_check_has_a_line_for_each_bot_and_for_what_a_plan_lacks(
    terminal: Terminal,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
):
    files = [(EXAMPLE, ""), (HERE / "tu-ky-2026.toml", '[bots]\nzalo = "TU_KY_ZALO_TOKEN"\n')]
    files.append((HERE / "an-khanh-2026.toml", '[bots]\ntelegram = "AN_KHANH_TOKEN"\nzalo = "AN_KHANH_ZALO"\n'))
    async with ZaloSimulator(token(0), "Bot Một") as zalo:
        zalo.add_bot(token(1), "Bot Hai")
        given = {
            "CAMPAIGN": plan_files(terminal.folder, files), "ZALO_API_URL": zalo.url, "AN_KHANH_ZALO": token(1),
            "ZALO_TOKEN": f"{token(0)},{token(5)}",
        }  # fmt: skip
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        said = await asyncio.to_thread(terminal.types, "check")
    lines = said.out.splitlines()
    for line in (
        "ok     ZALO_TOKEN (viet-hoa-2026): bot Bot Một trả lời (mã bot 1459232241454760000)",
        "SAI    ZALO_TOKEN (viet-hoa-2026) không đúng → lấy lại token ở Zalo Bot Creator rồi sửa .env",
        "ok     AN_KHANH_ZALO (an-khanh-2026): bot Bot Hai trả lời (mã bot 1459232241454760001)",
        "SAI    Kế hoạch tu-ky-2026: chưa có bot nào → điền TU_KY_ZALO_TOKEN trong .env",
        "chú ý  Kế hoạch an-khanh-2026: AN_KHANH_TOKEN chưa đặt → điền trong .env, hoặc bỏ dòng ấy trong [bots]",
    ):
        assert line in lines, said.out
    assert said.code == 1
    assert "simulator-token" not in said.out


def test_demo_fills_every_plan_that_runs(terminal: Terminal, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    monkeypatch.setenv("CAMPAIGN", f"{EXAMPLE},{HERE / 'tu-ky-2026.toml'}")
    assert terminal.types("demo").code == 0
    listed = terminal.types("units", "list", "--campaign", "tu-ky-2026").out
    assert "Thôn 1 (ví dụ)" in listed
