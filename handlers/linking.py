"""liên kết: one person, two messengers. A code from the side already trusted → who is that → yes, that is me."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.joining import Code, Stranger
from handlers.menu import menu_choices
from handlers.sifting import Sifted
from handlers.words import Says, Spoken, Tapped, Word, card_choice, fresh_card
from rules.plan import Plan
from rules.refusals import BadCode
from rules.reply import Choice, Reply, rows
from rules.roles import Role
from storage import bots, invitations, links, outbox
from storage.tables import AccountLink, Chat, Person
from texts import linking as texts

_YES = (texts.YES, "đúng", "đúng rồi", "đúng ạ", "phải", "có", "vâng", "dạ", "ok", "ừ", "là mình", "đồng ý")
_NO = (texts.NO, "không", "không phải ạ", "không đúng", "sai", "ko", "thôi", "huỷ")


class Linking(StatesGroup):
    sure = State()


class LinkCode(Sifted):
    """A code that opens a link. Who guessed too often is not even looked up (see `joining.code_said`)."""

    def __init__(self) -> None:
        self._code = Code()

    async def __call__(
        self, message: Message, heard: Spoken, session: AsyncSession, chat: Chat, now: datetime
    ) -> bool | dict[str, Any]:
        said = await self._code(message, heard)
        if not isinstance(said, dict) or not said["code"]:
            return False
        mine, everyone = await invitations.wrong_tries(session, chat.key, now)
        if mine >= invitations.MOST_WRONG_EACH or everyone >= invitations.MOST_WRONG_ALL:
            return False
        found = await links.opened_by(session, said["code"], now)
        return {"link": found[0], "person": found[1]} if found else False


async def asked(
    _: Message | CallbackQuery, session: AsyncSession, chat: Chat, me: Person, now: datetime, source: str
) -> Reply:
    code = await links.make(session, me, now=now, source=source)
    return Reply(texts.code(code, chat.platform, await _other_side(session, chat, me, now)))


async def _other_side(session: AsyncSession, chat: Chat, me: Person, now: datetime) -> str:
    """What opens the bot on the other messenger: on Zalo the one with the most places."""
    if chat.platform != bots.COUNTED:
        found = await bots.least_full(session, me.campaign, now)
        return found[0].link if found else ""
    name = (await bots.ways(session, me.campaign)).username
    return f"https://t.me/{name}" if name else ""


async def code_said(
    _: Message,
    link: AccountLink,
    person: Person,
    state: FSMContext,
    session: AsyncSession,
    chat: Chat,
    me: Person | None,
    plan: Plan,
    plans: Mapping[str, Plan],
    now: datetime,
) -> Reply:
    if me and me.id == person.id:
        return Reply(texts.OWN_CODE)
    there = await bots.elsewhere(session, person.campaign, chat, now, is_new=me is None)
    if there:
        return Reply(texts.not_here(plans.get(person.campaign, plan), there.username, there.zalo))
    await state.set_state(Linking.sure)
    await state.set_data({"link": link.id})
    return Reply(texts.ask(person, chat.platform, leaves=me is not None), _choices(chat))


def _choices(chat: Chat) -> tuple[tuple[Choice, ...], ...]:
    card = fresh_card(chat)
    return rows([card_choice(texts.YES, "lk", "yes", card), card_choice(texts.NO, "lk", "no", card)])


async def confirmed(
    _: Message | CallbackQuery, state: FSMContext, session: AsyncSession, chat: Chat, now: datetime, source: str
) -> Reply:
    number = (await state.get_data())["link"]
    await state.clear()
    link, person = await links.still_open(session, number, now)
    told = Reply(texts.linked_elsewhere(chat.platform))
    await outbox.push(session, person, told, key=f"linked:{link.id}", now=now, priority=outbox.URGENT)
    await links.bind(session, chat, link, person, now=now, source=source)
    return Reply(texts.linked(person), menu_choices(Role(person.role)))


async def declined(_: Message | CallbackQuery, state: FSMContext) -> Reply:
    await state.clear()
    return Reply(texts.NOT_LINKED)


async def unclear(_: Message, state: FSMContext, session: AsyncSession, chat: Chat, now: datetime) -> Reply:
    """A stranger is asked again; a member's words are heard as ever."""
    try:
        await links.still_open(session, (await state.get_data())["link"], now)
    except BadCode:
        await state.clear()
        raise
    return Reply(texts.YES_OR_NO, _choices(chat))


def build_router() -> Router:
    router = Router(name=__name__)
    sure = StateFilter(Linking.sure)
    router.message.register(asked, Word("liên kết"), ~Stranger())
    router.callback_query.register(asked, Word("liên kết"), ~Stranger())
    router.message.register(code_said, LinkCode())
    router.callback_query.register(confirmed, sure, Tapped("lk", "yes"))
    router.callback_query.register(declined, sure, Tapped("lk", "no"))
    router.message.register(confirmed, sure, Says(*_YES))
    router.message.register(declined, sure, Says(*_NO))
    router.message.register(unclear, sure, Stranger(), ~Code(), ~Word("dữ liệu"))
    return router
