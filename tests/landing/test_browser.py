"""The resident's page in a real browser: small phones, both systems, large letters, no pictures, dark, and axe."""

import asyncio
import json
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

from tests.landing.conftest import ANDROID, IPHONE, Gate

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SIZES = {"small": (320, 568), "phone": (360, 740), "large": (412, 915)}
STRICT = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}"),
]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        await opened.close()


async def on(browser: Browser, agent: str, size: str = "phone", scheme: str = "light") -> Page:
    wide, high = SIZES[size]
    screen = {"width": wide, "height": high}
    context = await browser.new_context(user_agent=agent, viewport=screen, color_scheme=scheme)  # type: ignore[arg-type]
    return await context.new_page()


async def is_wider_than_the_screen(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


async def test_nothing_is_refused_by_axe_and_nothing_scrolls_sideways(browser: Browser, gate: Gate, code: str) -> None:
    for agent, size in product((ANDROID, IPHONE), SIZES):
        scheme = "dark" if agent == IPHONE else "light"
        page = await on(browser, agent, size, scheme)
        await page.goto(f"{gate.address}/g/{code}?buoc=2")
        assert not await is_wider_than_the_screen(page)
        first = page.locator("a.get").first
        assert ("App Store" if agent == IPHONE else "Google Play") in await first.inner_text()
        box = await first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < SIZES[size][1], "the right button is below the first screen"
        assert box["height"] >= 48
        if size == "phone":
            found = await _axe(page)
            assert found == [], (agent, scheme, json.dumps(found, ensure_ascii=False, indent=1))
        await page.context.close()


async def _axe(page: Page) -> list[str]:
    """The rules that axe sees broken. The page's own policy lets no script in: it is looked at as a copy."""
    html = await page.content()
    await page.goto("about:blank")
    await page.set_content(html)
    results = await Axe().run(page, options=STRICT)
    return [violation["id"] for violation in results.response["violations"]]


async def test_letters_twice_as_large_still_fit(browser: Browser, gate: Gate, code: str) -> None:
    for size in ("small", "phone"):
        page = await on(browser, ANDROID, size)
        await page.goto(f"{gate.address}/g/{code}?buoc=2")
        before = await page.evaluate("parseFloat(getComputedStyle(document.querySelector('li p')).fontSize)")
        assert before >= 18
        await page.evaluate("document.documentElement.style.fontSize = '200%'")
        after = await page.evaluate("parseFloat(getComputedStyle(document.querySelector('li p')).fontSize)")
        assert after == 2 * before
        assert not await is_wider_than_the_screen(page)


async def test_one_request_without_script_or_picture_and_the_steps_by_tapping(
    browser: Browser, gate: Gate, code: str
) -> None:
    context = await browser.new_context(
        user_agent=ANDROID, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page = await context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    await page.route(
        "**/*", lambda route: route.abort() if route.request.resource_type == "image" else route.continue_()
    )
    await page.goto(f"{gate.address}/g/{code}")
    assert [url for url in asked if not url.endswith("/favicon.ico")] == [f"{gate.address}/g/{code}"]
    assert complaints == []
    assert await context.cookies() == []
    await page.get_by_role("link", name="Xong bước 1, sang bước 2").click()
    await page.get_by_role("link", name="Xong bước 2, sang bước 3").click()
    await page.get_by_role("link", name="Về bước 2").click()
    assert await page.locator("[aria-current=step]").count() == 1
    assert await page.get_by_text("Bác đang ở bước 2 trên 3.").is_visible()
    assert [await link.get_attribute("href") for link in await page.locator("a.call").all()] == ["tel:1022"]
    assert await gate.scans(code) == {"person": 1}
    await context.close()


async def test_first_paint_on_a_slow_net(browser: Browser, gate: Gate, code: str) -> None:
    """2G as browsers simulate it: 250 kbit/s, 300 ms away, and a processor four times slower."""
    page = await on(browser, ANDROID)
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    slow = {"offline": False, "latency": 300, "downloadThroughput": 31_250, "uploadThroughput": 6_250}
    await session.send("Network.emulateNetworkConditions", slow)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    answer = await page.goto(f"{gate.address}/g/{code}")
    assert answer is not None
    assert len(await answer.body()) < 30_000
    painted = None
    for _ in range(50):
        painted = await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
        if painted:
            break
        await asyncio.sleep(0.05)
    assert painted is not None
    assert painted < 3_000
    print(f"\n{len(await answer.body())} bytes, first paint {painted:.0f} ms")
