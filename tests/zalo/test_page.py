"""Zalo phones on the chat page, in a real browser: numbers typed or tapped, never a button."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright, expect

from simulator.attachments import plain_picture
from simulator.zalo import TwoMessengers, ZaloSimulator
from tests.simulator.test_page import CHROMIUM, DESKTOP, FLAGS
from tests.zalo.conftest import until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}"),
]


@pytest.fixture
async def both() -> AsyncIterator[TwoMessengers]:
    async with ZaloSimulator() as zalo, TwoMessengers(zalo=zalo) as both:
        both.person(1001, "Lan", role_label="Tình nguyện viên")
        zalo.person("minh", "Minh", started=True, role_label="Tổ trưởng")
        yield both


@pytest.fixture
async def page(both: TwoMessengers) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(viewport=DESKTOP)  # type: ignore[arg-type]
        troubles: list[str] = []
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        await page.goto(both.url)
        yield page
        await browser.close()
        assert troubles == []


async def test_both_messengers_stand_side_by_side(page: Page):
    await expect(page.locator(".phone.telegram")).to_have_count(1)
    minh = page.locator("#phone-zalo-minh")
    await expect(minh).to_contain_text("Zalo · Tổ trưởng")
    await expect(minh.locator(".composer")).to_be_visible()
    for gone in (".start", ".slash"):
        await expect(minh.locator(gone)).to_be_hidden()


async def test_numbers_are_tapped_or_typed_and_pictures_shown(both: TwoMessengers, page: Page):
    zalo, phone = both.zalo, page.locator("#phone-zalo-minh")
    chat = zalo.bot.chat_id_of("minh")
    await expect(phone).to_be_visible()
    zalo.says(zalo.bot, chat, "text", "Chọn một việc:\n\n1. Ghi\n2. Còn")
    await phone.locator(".tap", has_text="2").click()
    await until(lambda: zalo.people["minh"].screen[-1].text == "2")
    await phone.locator("textarea").fill("nhà 12 đã cài")
    await phone.locator("textarea").press("Enter")
    await expect(phone.locator(".mine .text").last).to_have_text("nhà 12 đã cài")
    stored = zalo.files.keep(plain_picture(), "photo")
    zalo.says(zalo.bot, chat, "photo", "Quét nhé", photo=stored.content, file_id=stored.file_id)
    await expect(phone.locator(".photo img")).to_have_js_property("complete", True)
    assert await phone.locator(".photo img").evaluate("image => image.naturalWidth") == 640
    await expect(phone.locator(".keys")).to_have_count(0)
