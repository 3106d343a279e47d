"""What `make run` gives a newcomer: a chat page, people to play, a clock to move, and an end by Ctrl-C."""

import os
import re
import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from tests.e2e.copies import Copy, Running
from tests.ports import free_port

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LAN, HANH, NHUNG, THAO = "Chị Lan", "Bác Hạnh", "Chị Nhung", "Em Thảo"
SOON, WITHIN_A_MINUTE = 20_000, 60_000  # milliseconds

pytestmark = pytest.mark.browser


@pytest.fixture
def browser_file() -> str:
    """Skipped where there is no browser; on CI that is a failure."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return found
    missing = f"no browser: none of {', '.join(BROWSERS)} is installed"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture
async def trial(tmp_path: Path) -> AsyncIterator[Running]:
    async with Copy(tmp_path, {"PORT": str(free_port())}).runs() as running:
        yield running


@pytest.fixture
async def page(browser_file: str, trial: Running) -> AsyncIterator[Page]:
    address = re.search(r"http://127\.0\.0\.1:\d+", trial.printed)
    assert address, trial.printed
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_file, args=FLAGS)
        page = await browser.new_page(viewport={"width": 1900, "height": 950})
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
        await page.goto(address[0])
        yield page
        await browser.close()
    assert complaints == []


def phone(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=f"Điện thoại của {name}", exact=True)


def newest(page: Page, name: str) -> Locator:
    return phone(page, name).locator(".theirs").last


async def types(page: Page, name: str, words: str) -> None:
    box = phone(page, name).get_by_label(f"Tin nhắn của {name}")
    await box.fill(words)
    await box.press("Enter")


async def _looks_at_another_commune(page: Page) -> None:
    """Its own phones, app and dates; back again, the first commune's are as they were."""
    choice = page.get_by_label("Đang xem")
    await expect(choice.locator("option")).to_have_count(5)
    await choice.select_option(label="Huyện Thủy Nguyên")
    await expect(newest(page, LAN)).to_contain_text("Xã 1 (ví dụ) · huyện Thủy Nguyên", timeout=WITHIN_A_MINUTE)
    await expect(newest(page, THAO)).to_contain_text("Cách cài Thủy Nguyên Smart")
    await expect(page.locator("#season")).to_contain_text("đợt ở đây từ 15/04/2024 đến 30/06/2024")
    await types(page, LAN, "nhà 500 đã cài")
    await expect(newest(page, LAN)).to_contain_text("Đã ghi nhà 500, Xã 1 (ví dụ)", timeout=SOON)
    await choice.select_option(label="Phường Việt Hoà")
    await expect(newest(page, LAN)).to_contain_text("Tổ dân phố 1 (ví dụ) · phường Việt Hoà", timeout=SOON)


async def test_the_first_quarter_of_an_hour(page: Page, trial: Running) -> None:
    """One story, because each part stands on the one before: the clock only goes forward."""
    await _looks_at_another_commune(page)
    await types(page, LAN, "nhà 112 đã cài")
    await expect(newest(page, LAN)).to_contain_text("Đã ghi nhà 112", timeout=SOON)

    invitation = re.search(r"mã ([0-9A-HJKMNP-TV-Z]{10})\b", await page.locator("#notice").inner_text())
    assert invitation
    await types(page, THAO, invitation[1])
    await phone(page, THAO).get_by_role("button", name="Đồng ý", exact=True).click(timeout=SOON)
    await expect(newest(page, THAO)).to_contain_text("Bạn đã là tình nguyện viên", timeout=SOON)
    await types(page, THAO, "nha 114 vang nha")
    await expect(newest(page, THAO)).to_contain_text("Đã ghi nhà 114", timeout=SOON)

    await page.get_by_role("button", name="16:59:55 hôm nay").click()
    await expect(newest(page, NHUNG)).to_contain_text("Bản tin 17:00 ngày 24/06", timeout=WITHIN_A_MINUTE)
    await expect(newest(page, NHUNG)).to_contain_text("Hôm nay: +1 hộ xong, đã ghi 2 nhà.")

    await page.get_by_role("button", name="07:59:55 29/06").click()
    await expect(newest(page, HANH)).to_contain_text("Mình nhắc bạn", timeout=WITHIN_A_MINUTE)
    await expect(newest(page, HANH)).to_contain_text("để kịp 30/06")

    assert await trial.ends(signal.SIGINT) == 0
    assert "Traceback" not in trial.printed
    assert "ERROR" not in trial.printed
