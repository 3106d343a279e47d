"""A plain aiogram bot and a plain python-telegram-bot bot live here as they would on Telegram."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiogram
import pytest
from aiogram import Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram import InlineKeyboardButton as PtbButton
from telegram import InlineKeyboardMarkup as PtbMarkup
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, CommandHandler, ContextTypes
from telegram.ext import MessageHandler as PtbMessageHandler
from telegram.ext import filters as ptb_filters

from simulator import Person, TelegramSimulator
from simulator.attachments import plain_picture

DONE = InlineKeyboardButton(text="Đã cài", callback_data="done:12")


def aiogram_bot(sim: TelegramSimulator) -> aiogram.Bot:
    return aiogram.Bot(sim.bot.token, session=AiohttpSession(api=TelegramAPIServer.from_base(sim.url)))


def aiogram_dispatcher() -> Dispatcher:
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart())
    async def started(message: Message) -> None:
        await message.answer("<b>Chào</b> bạn", parse_mode="HTML")

    @dispatcher.message(F.photo)
    async def photo_sent(message: Message, bot: aiogram.Bot) -> None:
        picture = await bot.download(message.photo[-1].file_id)
        await message.answer_photo(BufferedInputFile(picture.read(), "lai.png"), caption="Ảnh của bạn")
        await message.answer_photo(message.photo[-1].file_id)

    @dispatcher.message(F.document)
    async def document_sent(message: Message) -> None:
        await message.answer_document(BufferedInputFile("sổ tay".encode(), "Danh sách.txt"), caption="Của bạn đây")

    @dispatcher.message(F.text)
    async def echoed(message: Message) -> None:
        await message.reply(message.text, reply_markup=InlineKeyboardMarkup(inline_keyboard=[[DONE]]))

    @dispatcher.edited_message()
    async def edited(message: Message) -> None:
        await message.answer(f"sửa thành {message.text}")

    @dispatcher.message()
    async def something_else(message: Message) -> None:
        await message.answer(message.content_type)

    @dispatcher.callback_query()
    async def tapped(query: CallbackQuery) -> None:
        await query.answer("Đã ghi")
        await query.message.edit_text(f"{query.data} xong")

    return dispatcher


@asynccontextmanager
async def aiogram_echo(sim: TelegramSimulator) -> AsyncIterator[None]:
    bot, dispatcher = aiogram_bot(sim), aiogram_dispatcher()
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5))
    yield
    await dispatcher.stop_polling()
    await polling


@asynccontextmanager
async def ptb_echo(sim: TelegramSimulator) -> AsyncIterator[None]:
    application = ptb_application(sim)
    async with application:
        await application.start()
        await application.updater.start_polling(poll_interval=0, timeout=5)
        yield
        await application.updater.stop()
        await application.stop()


def ptb_application(sim: TelegramSimulator) -> Application:
    base = f"{sim.url}/bot", f"{sim.url}/file/bot"
    application = ApplicationBuilder().token(sim.bot.token).base_url(base[0]).base_file_url(base[1]).build()

    async def started(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await update.effective_message.reply_text("<b>Chào</b> bạn", parse_mode="HTML")

    async def photo_sent(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        file_id = update.message.photo[-1].file_id
        picture = await (await context.bot.get_file(file_id)).download_as_bytearray()
        await update.message.reply_photo(bytes(picture), caption="Ảnh của bạn")
        await update.message.reply_photo(file_id)

    async def document_sent(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await update.message.reply_document("sổ tay".encode(), caption="Của bạn đây", filename="Danh sách.txt")

    async def echoed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.edited_message:
            await update.edited_message.reply_text(f"sửa thành {update.edited_message.text}")
            return
        markup = PtbMarkup([[PtbButton("Đã cài", callback_data="done:12")]])
        await update.message.reply_text(update.message.text, reply_markup=markup, do_quote=True)

    async def something_else(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        kinds = ("sticker", "voice", "video_note", "location", "contact", "poll", "dice")
        kind = next(kind for kind in kinds if getattr(update.message, kind))
        await update.message.reply_text(kind)

    async def tapped(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await update.callback_query.answer("Đã ghi")
        await update.callback_query.edit_message_text(f"{update.callback_query.data} xong")

    application.add_handler(CommandHandler("start", started))
    application.add_handler(PtbMessageHandler(ptb_filters.PHOTO, photo_sent))
    application.add_handler(PtbMessageHandler(ptb_filters.Document.ALL, document_sent))
    application.add_handler(PtbMessageHandler(ptb_filters.TEXT, echoed))
    application.add_handler(PtbMessageHandler(ptb_filters.ALL, something_else))
    application.add_handler(CallbackQueryHandler(tapped))
    return application


@pytest.fixture(params=[aiogram_echo, ptb_echo], ids=["aiogram", "python-telegram-bot"])
async def echo_bot(request: pytest.FixtureRequest, sim: TelegramSimulator) -> AsyncIterator[None]:
    async with request.param(sim):
        yield


pytestmark = pytest.mark.usefixtures("echo_bot")


async def test_a_command_gets_bold_words(lan: Person) -> None:
    await lan.says("/start")
    (heard,) = await lan.hears()
    assert heard.text == "Chào bạn"
    assert heard.payload["entities"] == [{"type": "bold", "offset": 0, "length": 4}]


async def test_a_text_comes_back_with_a_button_that_works(lan: Person) -> None:
    asked = await lan.says("nhà 12 ngõ Đình")
    (heard,) = await lan.hears()
    assert (heard.text, heard.labels) == ("nhà 12 ngõ Đình", ["Đã cài"])
    assert heard.payload["reply_to_message"]["message_id"] == asked
    await lan.taps("Đã cài")
    (changed,) = await lan.hears()
    assert (changed.message_id, changed.text, changed.labels) == (heard.message_id, "done:12 xong", [])
    assert changed.edited
    assert [toast.text for toast in lan.toasts] == ["Đã ghi"]


async def test_a_photo_comes_back_as_bytes_and_by_file_id(lan: Person) -> None:
    picture = plain_picture(1200, 900, "cổng làng")
    await lan.sends_photo(picture)
    first, second = await lan.hears(count=2)
    assert first.photo == second.photo == picture
    assert first.text == "Ảnh của bạn"


async def test_a_document_keeps_its_vietnamese_name(lan: Person) -> None:
    await lan.sends_document("sổ tay.txt", b"12 da cai")
    (heard,) = await lan.hears()
    assert heard.document == ("Danh sách.txt", "sổ tay".encode())
    assert heard.text == "Của bạn đây"


async def test_an_edited_message_arrives_as_an_edit(lan: Person) -> None:
    said = await lan.says("nhà 12")
    await lan.hears()
    await lan.edits(said, "nhà 13")
    (heard,) = await lan.hears()
    assert heard.text == "sửa thành nhà 13"


@pytest.mark.parametrize("kind", ["sticker", "voice", "video_note", "location", "contact", "poll", "dice"])
async def test_everything_else_is_understood_as_what_it_is(lan: Person, kind: str) -> None:
    await lan.sends(kind)
    (heard,) = await lan.hears()
    assert heard.text == kind
