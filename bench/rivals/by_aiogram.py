"""The dialogue in plain aiogram 3: decorators, magic filters, FSM in memory, start_polling. Arguments: URL TOKEN."""

import sys

import uvloop
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bench.rivals import words

router = Router()


class Visiting(StatesGroup):
    house = State()
    outcome = State()
    installs = State()


def keyboard(labels: list[str], kind: str, wide: int) -> InlineKeyboardMarkup:
    buttons = [InlineKeyboardButton(text=label, callback_data=f"{kind}|{n}") for n, label in enumerate(labels)]
    return InlineKeyboardMarkup(inline_keyboard=[buttons[at : at + wide] for at in range(0, len(buttons), wide)])


OUTCOMES = keyboard([*words.OUTCOMES, "Huỷ"], "go", 2)
COUNTS = keyboard([*map(str, range(7)), "Huỷ"], "gi", 6)
SAVED = keyboard(["Hoàn tác", "Sửa"], "mend", 2)


@router.message(F.text.casefold() == "ghi")
async def started(message: Message, state: FSMContext) -> None:
    await state.set_state(Visiting.house)
    await message.answer(words.ASK_HOUSE, reply_markup=keyboard(["Huỷ"], "out", 1))


@router.message(F.text.casefold() == "tôi")
async def mine(message: Message, state: FSMContext) -> None:
    count = (await state.get_data()).get("count", 0)
    await message.answer(words.mine(count), reply_markup=keyboard(["Ghi", "Còn"], "menu", 2))


@router.message(StateFilter(Visiting.house), F.text.as_("house"))
async def house_said(message: Message, state: FSMContext, house: str) -> None:
    await state.update_data(house=house)
    await state.set_state(Visiting.outcome)
    await message.answer(words.ask_outcome(house), reply_markup=OUTCOMES)


@router.callback_query(StateFilter(Visiting.outcome), F.data.startswith("go|"))
async def outcome_tapped(query: CallbackQuery, state: FSMContext) -> None:
    house = (await state.get_data())["house"]
    outcome = words.OUTCOMES[int((query.data or "").split("|")[1])]
    await query.answer()
    if outcome == words.INSTALLED:
        await state.set_state(Visiting.installs)
        await query.message.edit_text(words.ask_installs(house), reply_markup=COUNTS)  # type: ignore[union-attr]
        return
    await save(query, state, house, outcome)


@router.callback_query(StateFilter(Visiting.installs), F.data.startswith("gi|"))
async def installs_tapped(query: CallbackQuery, state: FSMContext) -> None:
    count = (query.data or "").split("|")[1]
    await query.answer()
    await save(query, state, (await state.get_data())["house"], f"đã cài, {count} người")


async def save(query: CallbackQuery, state: FSMContext, house: str, said: str) -> None:
    count = (await state.get_data()).get("count", 0)
    await state.set_data({"count": count + 1})
    await state.set_state(Visiting.house)
    await query.message.edit_text(words.saved(house, said), reply_markup=SAVED)  # type: ignore[union-attr]


async def main(url: str, token: str) -> None:
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    await dispatcher.start_polling(Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url))))


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], sys.argv[2]))
