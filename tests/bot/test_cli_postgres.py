"""The verbs on PostgreSQL, which is reached over the network and may not be there."""

import asyncio

import pytest

from tests.bot.terminal import Terminal, terminal  # noqa: F401


@pytest.mark.postgres
async def test_the_verbs_on_postgresql(terminal: Terminal, postgres_server):  # noqa: F811
    sheet = terminal.sheet(["Thôn", "Số hộ"], ["Thôn Đông", 41])
    typed = [
        ("units", "import", sheet, "--yes"),
        ("invite", "--role", "head", "--unit", "thon dong"),
        ("units", "list"),
        ("dead", "list"),
        ("check",),
    ]
    async with postgres_server.fresh() as url:
        for arguments in typed:
            said = await asyncio.to_thread(terminal.types_for_real, *arguments, DATABASE_URL=url)
            assert said.code == 0, said
    assert "ok     SECRET_KEY" in said.out
    assert "ok     Phiên bản cơ sở dữ liệu" in said.out


def test_a_server_that_is_away(terminal: Terminal, monkeypatch):  # noqa: F811
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:bi-mat@127.0.0.1:9/gotungnha")
    said = terminal.types("units", "list")
    assert said.code == 1
    assert "không kết nối được" in said.reason
    looked = terminal.types("check")
    assert looked.code == 1
    assert "SAI    Cơ sở dữ liệu: không mở được" in looked.out
    assert "bi-mat" not in said.err + looked.out + looked.err
