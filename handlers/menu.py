"""menu, trợ giúp and huỷ: always there, for everyone."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.duties import duties_of
from handlers.words import Word, word_choice
from rules.plan import Plan
from rules.reply import Choice, Reply, rows
from rules.roles import WORDS, Role
from storage.tables import Chat, Person
from texts import menu as texts
from texts.duties import examples


def menu_choices(role: Role) -> tuple[tuple[Choice, ...], ...]:
    return rows([word_choice(word) for word in (*WORDS[role], "trợ giúp")], wide=3)


async def menu(_: Message | CallbackQuery, state: FSMContext, me: Person, plan: Plan) -> Reply:
    await state.clear()
    duties = examples(duties_of(me, plan))
    return Reply(texts.menu(plan, Role(me.role), me.unit, duties), menu_choices(Role(me.role)))


async def asked_help(_: Message | CallbackQuery, me: Person, plan: Plan) -> Reply:
    said = texts.help_for(plan, Role(me.role))
    return Reply("\n".join(filter(None, (said, examples(duties_of(me, plan))))), menu_choices(Role(me.role)))


async def left(_: Message | CallbackQuery, state: FSMContext, chat: Chat, me: Person) -> Reply:
    data = await state.get_data()
    was_busy = chat.state is not None and (not data.get("ready") or bool(data.get("aside") or data.get("waiting")))
    await state.clear()
    return Reply(texts.CANCELLED if was_busy else texts.NOTHING_TO_CANCEL, menu_choices(Role(me.role)))


def build_router() -> Router:
    router = Router(name=__name__)
    for answer, word in ((menu, "menu"), (menu, "start"), (asked_help, "trợ giúp"), (left, "huỷ")):
        router.message.register(answer, Word(word))
        router.callback_query.register(answer, Word(word))
    return router
