"""A commune's first day as its IT person lives it: the real program with a token, and every verb beside it."""

import re
import secrets
import signal
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest
from openpyxl import Workbook

from rules.clock import Clock
from simulator.people import Person
from simulator.telegram import TelegramSimulator
from simulator.world import TOKEN
from tests.e2e.copies import Copy
from tests.ports import free_port

EVENING = "2026-06-24T21:05:00+07:00"  # over four hours late: the bot leaves today's digest to whoever sends it by hand
UNITS = [
    ("DANH SÁCH TỔ DÂN PHỐ PHƯỜNG VIỆT HOÀ",),
    ("STT", "Tổ dân phố", "Tổng số hộ", "Số hộ có smartphone", "Tổ trưởng"),
    (1, "Tổ dân phố 1", 60, 52, "Nguyễn Thị Hạnh"),
    (2, "Tổ dân phố 2", 48, 40, "Trần Văn Sáu"),
]


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator(now=Clock(datetime.fromisoformat(EVENING)).now) as simulator:
        yield simulator


@pytest.fixture
def office(tmp_path: Path, sim: TelegramSimulator) -> Copy:
    settings = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": sim.url,
        "SECRET_KEY": secrets.token_urlsafe(48),
        "PORT": str(free_port()),
        "CLOCK": EVENING,
    }
    return Copy(tmp_path, settings)


def write_units(file: Path) -> str:
    book = Workbook()
    for row in UNITS:
        book.active.append(list(row))
    book.save(file)
    return file.name


async def invited(office: Copy, role: str, unit: str) -> str:
    """The code of the link that `gotungnha invite` prints."""
    said = await office.types("invite", "--role", role, "--unit", unit)
    assert said.code == 0, said.err
    code, link = said.out.split()
    assert link == f"https://t.me/GoTungNhaBot?start={code}"
    return code


async def hears(who: Person, words: str) -> str:
    """The one message that reached this phone since it was last listened to."""
    heard = await who.hears(timeout=60)
    assert len(heard) == 1, [bubble.text for bubble in heard]
    assert words in heard[0].text
    return str(heard[0].text)


async def joins(who: Person, code: str, as_what: str) -> None:
    await who.says(f"/start {code}")
    await hears(who, "Bạn đồng ý chứ?")
    await who.taps("Đồng ý")
    await hears(who, f"Bạn đã là {as_what}")


async def test_the_first_day(office: Copy, sim: TelegramSimulator) -> None:
    lan, hoa = sim.person(1001, "Lan"), sim.person(1002, "Hoà")
    async with office.runs() as running:
        said = await office.types("units", "import", write_units(office.folder / "don-vi.xlsx"), "--yes")
        assert (said.code, said.out.splitlines()[-1]) == (0, "Đã ghi: thêm 2, sửa 0.")

        await joins(hoa, await invited(office, "cán bộ", "phường Việt Hoà"), "cán bộ phụ trách")
        await joins(lan, await invited(office, "tình nguyện viên", "tổ dân phố 1"), "tình nguyện viên")
        await lan.says("nhà 112 đã cài")
        await hears(lan, "Đã ghi nhà 112, Tổ dân phố 1: đã cài")

        said = await office.types("digest", "--at", "17:00", "--send")
        assert (said.code, said.out.splitlines()[-1]) == (0, "Đã xếp 1 bản tin vào hàng gửi; bot đang chạy sẽ gửi.")
        assert "1/92 hộ" in await hears(hoa, "Bản tin 17:00 ngày 24/06")
        assert await health(office) == 200

        assert (await office.types("backup", "sao-luu.db")).code == 0
        said = await office.types("restore", "sao-luu.db")
        assert said.code == 1
        assert said.reason == "Một bản bot khác đang chạy trên cùng cơ sở dữ liệu; hãy dừng bản đó trước."
        await lan.says("nhà 113 đã cài")
        await hears(lan, "Đã ghi nhà 113")
        assert await running.ends(signal.SIGTERM) == 0
        assert TOKEN not in running.printed
        assert "Traceback" not in running.printed
    await back_to_the_backup(office, lan)


async def back_to_the_backup(office: Copy, lan: Person) -> None:
    """Restored and started again: what was backed up is there, what came later is not, and nobody joins anew."""
    said = await office.types("restore", "sao-luu.db")
    assert said.code == 0, said.err
    assert re.search(r"Bản trước đó còn ở \S+", said.out)
    async with office.runs() as running:
        await lan.says("tôi")
        await hears(lan, "Hôm nay 24/06 bạn đã ghi 1 nhà.")
        assert await running.ends(signal.SIGTERM) == 0


async def health(office: Copy) -> int:
    address = f"http://127.0.0.1:{office.settings['PORT']}/healthz"
    async with aiohttp.ClientSession() as client, client.get(address) as answer:
        return answer.status
