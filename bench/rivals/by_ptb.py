"""The dialogue in plain python-telegram-bot: a ConversationHandler in memory, run_polling.

Arguments: URL TOKEN [--without-sniffio]. httpcore tries to import sniffio at every request. None of the library's own
dependencies installs it (httpx and anyio no longer do), and an import that fails is slow; where it is there, it is
fast.
"""

# mypy: disable-error-code="union-attr,index,arg-type,list-item,type-arg"
import asyncio
import re
import sys
from typing import Any

import uvloop
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from bench.rivals import words
from bench.rivals.absent import pretend_absent

HOUSE, OUTCOME, INSTALLS = range(3)
Context = ContextTypes.DEFAULT_TYPE


def keyboard(labels: list[str], kind: str, wide: int) -> InlineKeyboardMarkup:
    buttons = [InlineKeyboardButton(label, callback_data=f"{kind}|{n}") for n, label in enumerate(labels)]
    return InlineKeyboardMarkup([buttons[at : at + wide] for at in range(0, len(buttons), wide)])


OUTCOMES = keyboard([*words.OUTCOMES, "Huỷ"], "go", 2)
COUNTS = keyboard([*map(str, range(7)), "Huỷ"], "gi", 6)
SAVED = keyboard(["Hoàn tác", "Sửa"], "mend", 2)


async def started(update: Update, _: Context) -> int:
    await update.message.reply_text(words.ASK_HOUSE, reply_markup=keyboard(["Huỷ"], "out", 1))
    return HOUSE


async def mine(update: Update, context: Context) -> None:
    said = words.mine(context.user_data.get("count", 0))
    await update.message.reply_text(said, reply_markup=keyboard(["Ghi", "Còn"], "menu", 2))


async def house_said(update: Update, context: Context) -> int:
    context.user_data["house"] = update.message.text
    await update.message.reply_text(words.ask_outcome(update.message.text), reply_markup=OUTCOMES)
    return OUTCOME


async def outcome_tapped(update: Update, context: Context) -> int:
    query, house = update.callback_query, context.user_data["house"]
    outcome = words.OUTCOMES[int(query.data.split("|")[1])]
    await query.answer()
    if outcome == words.INSTALLED:
        await query.edit_message_text(words.ask_installs(house), reply_markup=COUNTS)
        return INSTALLS
    return await save(update, context, outcome)


async def installs_tapped(update: Update, context: Context) -> int:
    count = update.callback_query.data.split("|")[1]
    await update.callback_query.answer()
    return await save(update, context, f"đã cài, {count} người")


async def save(update: Update, context: Context, said: str) -> int:
    context.user_data["count"] = context.user_data.get("count", 0) + 1
    await update.callback_query.edit_message_text(words.saved(context.user_data["house"], said), reply_markup=SAVED)
    return HOUSE


def conversation() -> ConversationHandler[Any]:
    word_mine = MessageHandler(filters.Regex(re.compile("^tôi$", re.IGNORECASE)), mine)
    word_start = MessageHandler(filters.Regex(re.compile("^ghi$", re.IGNORECASE)), started)
    return ConversationHandler(
        entry_points=[word_start, word_mine],
        states={
            HOUSE: [word_start, word_mine, MessageHandler(filters.TEXT, house_said)],
            OUTCOME: [CallbackQueryHandler(outcome_tapped, r"^go\|")],
            INSTALLS: [CallbackQueryHandler(installs_tapped, r"^gi\|")],
        },
        fallbacks=[word_start],
    )


def main(url: str, token: str) -> None:
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    application = Application.builder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").build()
    application.add_handler(conversation())
    application.run_polling()


if __name__ == "__main__":
    if "--without-sniffio" in sys.argv:
        pretend_absent("sniffio")
    main(sys.argv[1], sys.argv[2])
