"""`invite --poster`: a page a code, which a phone reads and which says the code that works."""

import re

from guides.joining import Joining, poster
from guides.palette import palette
from tests.bot.terminal import Terminal, terminal  # noqa: F401
from tests.guides.reading import opened, rasterised, scanned

CODE = re.compile(r"^[0-9A-HJKMNP-TV-Z]{10}$", re.MULTILINE)


def test_a_poster_holds_a_page_a_code_and_its_way_in(terminal: Terminal, monkeypatch):  # noqa: F811
    monkeypatch.setenv("ZALO_BOT_LINK", "https://zalo.me/1234567890")
    said = terminal.types(
        "invite", "--role", "volunteer", "--unit", "phường Việt Hoà", "--count", "2", "--poster", "moi.pdf"
    )
    assert said.code == 0, said.err
    assert len(CODE.findall(said.out)) == 2
    assert "Đã vẽ 2 tờ mời" in said.err
    pages = rasterised((terminal.folder / "moi.pdf").read_bytes())
    assert [scanned(page) for page in pages] == [["https://zalo.me/1234567890"]] * 2
    assert pages[0].tobytes() != pages[1].tobytes()


def test_both_messengers_stand_on_one_poster():
    scans = (("Telegram", "https://t.me/example_bot?start=7K2M9QX4TB"), ("Zalo", "https://zalo.me/1234567890"))
    page = poster(
        Joining(
            "7K2M9QX4TB",
            "tình nguyện viên",
            "Tổ dân phố 1",
            "đến 17:00",
            "UBND phường",
            palette(("#B5121B", "#1F4E79")),
            scans,
        )
    )
    assert scanned(opened(page)) == sorted(link for _, link in scans)
    edge = opened(page).crop((0, 1754, 4, 3508))
    assert len(edge.getcolors()) == 2  # until when it is good stands on a band, and all of it is on the page
    assert edge.getpixel((0, edge.height - 1)) == (255, 255, 255)


def test_no_code_is_made_for_a_poster_that_cannot_be_written(terminal: Terminal):  # noqa: F811
    said = terminal.types("invite", "--role", "volunteer", "--unit", "phường Việt Hoà", "--poster", "nowhere/x.pdf")
    assert said.code == 1
    assert "nowhere" in said.reason
    assert said.out == ""
