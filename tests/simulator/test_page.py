"""The chat page in a real browser: people type, tap and look, and a small aiogram bot answers."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiogram
import pytest
from aiogram import Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)
from playwright.async_api import Page, async_playwright, expect

from simulator import ClockHooks, TelegramSimulator
from simulator.attachments import plain_picture

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, POCKET = {"width": 1500, "height": 950}, {"width": 390, "height": 844}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}"),
]


@pytest.fixture
def clock() -> list[datetime]:
    return [datetime(2026, 3, 10, 2, 41, tzinfo=UTC)]


@pytest.fixture
async def sim(clock: list[datetime]) -> AsyncIterator[TelegramSimulator]:
    preset = {"label": "16:59:55 hôm nay", "to": "2026-03-10T16:59:55+07:00"}
    hooks = ClockHooks(lambda: clock[0], lambda moment: clock.__setitem__(0, moment), lambda: [preset])
    simulator = TelegramSimulator(now=lambda: clock[0], clock=hooks, notice="Muốn chạy thật: ghi TELEGRAM_TOKEN.")
    roles = {"Lan": "Tình nguyện viên", "Minh": "Tình nguyện viên", "Hạnh": "Tổ trưởng", "Dũng": "Cán bộ"}
    for number, (name, role) in enumerate(roles.items(), start=1001):
        simulator.person(number, name, role_label=f"{role} (ví dụ)")
    simulator.person(5000, "Người trong bài đo tải")
    await simulator.start()
    yield simulator
    await simulator.stop()


@pytest.fixture
async def bot(sim: TelegramSimulator) -> AsyncIterator[aiogram.Bot]:
    bot = aiogram.Bot(sim.bot.token, session=AiohttpSession(api=TelegramAPIServer.from_base(sim.url)))
    await bot.set_my_commands([BotCommand(command="ghi", description="Ghi một hộ")])
    dispatcher = small_dispatcher()
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5))
    yield bot
    await dispatcher.stop_polling()
    await polling


def small_dispatcher() -> Dispatcher:
    dispatcher = Dispatcher()
    undo = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Hoàn tác", callback_data="undo:1")]])

    @dispatcher.message(F.text == "qr")
    async def picture_wanted(message: Message) -> None:
        await message.answer_photo(BufferedInputFile(plain_picture(300, 400), "qr.png"), caption="Quét mã này")
        await message.answer_document(BufferedInputFile(b"1,2", "Phụ lục 01.xlsx"))

    @dispatcher.message(F.text)
    async def noted(message: Message) -> None:
        await message.answer(f"Đã ghi <b>{message.text}</b>", parse_mode="HTML", reply_markup=undo)

    @dispatcher.message()
    async def not_words(message: Message) -> None:
        await message.answer(f"Nhận {message.content_type.value}")

    @dispatcher.edited_message()
    async def mended(message: Message) -> None:
        await message.answer(f"Sửa thành {message.text}")

    @dispatcher.callback_query()
    async def undone(query: CallbackQuery) -> None:
        await query.answer("Xong rồi nhé")
        await query.message.edit_text("Đã hoàn tác")

    return dispatcher


@pytest.fixture
async def page(sim: TelegramSimulator, bot: aiogram.Bot, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(viewport=getattr(request, "param", DESKTOP))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
        page.set_default_timeout(8000)
        await page.goto(sim.url)
        await page.locator("#phone-telegram-1004").wait_for(state="attached")
        yield page
        await browser.close()
    assert complaints == []


async def test_type_tap_and_toast(page: Page, tmp_path: Path) -> None:
    phone = page.locator("#phone-telegram-1001")
    await phone.get_by_role("button", name="BẮT ĐẦU").click()
    await expect(phone.locator(".theirs b")).to_have_text("/start")
    await phone.get_by_label("Tin nhắn của Lan").fill("nhà 12 đã cài")
    await page.keyboard.press("Enter")
    await expect(phone.locator(".theirs").last).to_contain_text("Đã ghi nhà 12 đã cài")
    await phone.get_by_role("button", name="Hoàn tác").last.click()
    await expect(phone.locator(".toast")).to_have_text("Xong rồi nhé")
    await expect(phone.locator(".theirs").last).to_contain_text("Đã hoàn tác")
    await expect(page.locator("#phone-telegram-1002 .message")).to_have_count(0)
    await page.screenshot(path=tmp_path / "desktop.png")


async def test_pictures_open_large_and_files_download(sim: TelegramSimulator, page: Page, tmp_path: Path) -> None:
    await sim.people[1002].says("qr")
    phone = page.locator("#phone-telegram-1002")
    picture = phone.locator(".photo img")
    await expect(picture).to_have_js_property("naturalWidth", 300)
    await phone.get_by_role("button", name="Mở ảnh lớn").click()
    await expect(page.locator("#viewer")).to_be_visible()
    await expect(page.locator("#viewer p")).to_have_text("Quét mã này")
    await page.keyboard.press("Escape")
    await expect(page.locator("#viewer")).to_be_hidden()
    async with page.expect_download() as waiting:
        await phone.get_by_text("Phụ lục 01.xlsx").click()
    download = await waiting.value
    assert download.suggested_filename == "Phụ lục 01.xlsx"
    path = tmp_path / "tải về.xlsx"
    await download.save_as(path)
    assert path.read_bytes() == b"1,2"


async def test_editing_attaching_and_commands(sim: TelegramSimulator, page: Page, tmp_path: Path) -> None:
    await sim.people[1003].says("nhà 12")
    phone = page.locator("#phone-telegram-1003")
    box = phone.get_by_label("Tin nhắn của Hạnh")
    await phone.locator(".mine .bubble").dblclick()
    await expect(box).to_have_value("nhà 12")
    await box.fill("nhà 13")
    await box.press("Enter")
    await expect(phone.locator(".theirs").last).to_contain_text("Sửa thành nhà 13")
    await expect(phone.locator(".mine .meta")).to_contain_text("đã sửa")
    for label, kind in {"Nhãn dán": "sticker", "Vị trí": "location", "Danh thiếp": "contact"}.items():
        await phone.get_by_role("button", name="Đính kèm").click()
        await phone.get_by_role("button", name=label).click()
        await expect(phone.locator(".theirs").last).to_contain_text(f"Nhận {kind}")
    photo = tmp_path / "cổng.png"
    photo.write_bytes(plain_picture(50, 40))
    async with page.expect_file_chooser() as choosing:
        await phone.get_by_role("button", name="Đính kèm").click()
        await phone.get_by_role("button", name="Ảnh từ máy…").click()
    await (await choosing.value).set_files(photo)
    await expect(phone.locator(".theirs").last).to_contain_text("Nhận photo")
    assert sim.people[1003].screen[-2].photo == photo.read_bytes()
    await phone.get_by_role("button", name="Các lệnh").click()
    await expect(phone.get_by_role("button", name="Ghi một hộ")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(box).to_be_focused()
    await box.fill("/g")
    await phone.get_by_role("button", name="Ghi một hộ").click()
    await expect(phone.locator(".theirs").last).to_contain_text("Đã ghi /ghi")


async def test_the_clock_is_shown_and_moved(page: Page, clock: list[datetime]) -> None:
    shown = page.locator("#now")
    await expect(shown).to_contain_text("10/03/2026 · 09:41")
    await page.get_by_role("button", name="16:59:55 hôm nay").click()
    await expect(shown).to_contain_text(re.compile("16:59:5|17:00:"))  # it goes on
    assert clock[0] == datetime(2026, 3, 10, 9, 59, 55, tzinfo=UTC)
    await page.get_by_role("button", name="+1 giờ").click()
    await expect(shown).to_contain_text("17:59:5")


async def test_the_banner_says_that_it_is_an_example(page: Page) -> None:
    await expect(page.locator("header.strip")).to_contain_text(
        "Đây là bản chạy thử trên máy của bạn; người, tổ dân phố và số liệu đều là ví dụ."
    )
    await expect(page.locator("#notice")).to_have_text("Muốn chạy thật: ghi TELEGRAM_TOKEN.")
    await expect(page.locator(".phone")).to_have_count(4)


@pytest.mark.parametrize("page", [POCKET], indirect=True)
async def test_on_a_small_screen_one_phone_with_tabs(
    sim: TelegramSimulator, bot: aiogram.Bot, page: Page, tmp_path: Path
) -> None:
    await expect(page.locator(".phone:visible")).to_have_count(1)
    sim.people[1003].chat_with(sim.bot)
    await bot.send_message(1003, "Còn 3 hộ")
    tab = page.get_by_role("tab", name="Hạnh")
    await expect(tab).to_have_text("Hạnh1")
    await tab.click()
    await expect(page.locator("#phone-telegram-1003")).to_be_visible()
    await expect(page.locator("#phone-telegram-1003 .theirs")).to_contain_text("Còn 3 hộ")
    await expect(tab).to_have_text("Hạnh")
    overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0
    await page.screenshot(path=tmp_path / "pocket.png")


async def test_what_people_write_stays_text(sim: TelegramSimulator, page: Page) -> None:
    await sim.people[1001].says("<img src=x onerror=alert(1)> & <b>x</b>")
    phone = page.locator("#phone-telegram-1001")
    await expect(phone.locator(".mine .text")).to_have_text("<img src=x onerror=alert(1)> & <b>x</b>")
    await expect(phone.locator(".mine img")).to_have_count(0)
