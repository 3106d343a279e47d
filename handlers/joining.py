"""Joining: a code → where and as what, the notice, agreement → welcome. And what a stranger hears."""

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.menu import menu_choices
from handlers.words import Says, Spoken, Tapped, Word, card_choice, fresh_card
from rules.codes import read_code
from rules.plan import Plan
from rules.refusals import BadCode
from rules.reply import Reply, rows
from rules.roles import Role
from rules.spelling import clean
from storage import invitations, outbox, people, unread
from storage.tables import Chat, Invitation, Person, Unit
from texts import joining as texts
from texts import refusals

_YES = ("đồng ý", "ok", "oke", "có", "vâng", "dạ", "ừ", "yes", "đồng ý ạ", "dạ đồng ý", "tôi đồng ý", "mình đồng ý")
_NO = ("không đồng ý", "không", "ko", "thôi", "no", "huỷ")
_LONGEST_NAME = 80


class Joining(StatesGroup):
    agreement = State()


class Code(Filter):
    """A code after /start, or typed or pasted alone."""

    async def __call__(self, message: Message, heard: Spoken) -> bool | dict[str, Any]:
        after_start = heard.rest if heard.word == "start" else ""
        code = read_code(after_start or message.text or "")
        if code is None and after_start:
            return {"code": ""}
        return {"code": code} if code else False


class Stranger(Filter):
    async def __call__(self, _: Message | CallbackQuery, me: Person | None) -> bool:
        return me is None


async def code_said(
    _: Message,
    code: str,
    state: FSMContext,
    session: AsyncSession,
    chat: Chat,
    me: Person | None,
    plan: Plan,
    now: datetime,
) -> Reply | None:
    mine, everyone = await invitations.wrong_tries(session, chat.key, now)
    if mine >= invitations.MOST_WRONG_EACH or everyone >= invitations.MOST_WRONG_ALL:
        await _alarm(session, plan, now)
        return None
    try:
        invitation = await invitations.opened_by(session, code, now)
    except BadCode:
        invitations.remember_wrong(session, chat.key, now)
        return Reply(refusals.BAD_CODE if mine + 1 < invitations.MOST_WRONG_EACH else texts.TOO_MANY_CODES)
    await state.set_state(Joining.agreement)
    await state.set_data({"invitation": invitation.id})
    return await _ask(session, plan, invitation, chat, me)


async def _alarm(session: AsyncSession, plan: Plan, now: datetime) -> None:
    for operator in await people.with_roles(session, plan.slug, [Role.OPERATOR]):
        key = f"guessing:{operator.id}:{now:%Y%m%d%H}"
        await outbox.push(session, operator, Reply(texts.GUESSING_ALARM), key=key, now=now, priority=outbox.URGENT)


async def _ask(session: AsyncSession, plan: Plan, invitation: Invitation, chat: Chat, me: Person | None) -> Reply:
    unit = await session.get_one(Unit, invitation.unit_id)
    quota = plan.quota(invitation.quota)
    card = fresh_card(chat)
    choices = [card_choice("Đồng ý", "j", "yes", card), card_choice("Không đồng ý", "j", "no", card)]
    return Reply(texts.ask_agreement(plan, unit, Role(invitation.role), quota, leaves=me is not None), rows(choices))


async def agreed(
    event: Message | CallbackQuery,
    state: FSMContext,
    session: AsyncSession,
    chat: Chat,
    plan: Plan,
    now: datetime,
    source: str,
) -> Reply:
    invitation = await session.get_one(Invitation, (await state.get_data())["invitation"])
    await state.clear()
    if invitation.used_at or invitation.expires_at <= now:
        raise BadCode
    name = clean(event.from_user.full_name if event.from_user else "", most=4096)[:_LONGEST_NAME]
    version = plan.notice.version
    me = await people.join(session, chat, invitation, name=name, notice_version=version, now=now, source=source)
    await invitations.use(session, invitation, me, now)
    kept = await unread.count(session, chat.key)
    return Reply(texts.welcome(me.name or "", Role(me.role), me.unit, kept), menu_choices(Role(me.role)))


async def declined(_: Message | CallbackQuery, state: FSMContext) -> Reply:
    await state.clear()
    return Reply(texts.DECLINED)


async def unclear(
    _: Message, state: FSMContext, session: AsyncSession, chat: Chat, plan: Plan, me: Person | None
) -> Reply:
    invitation = await session.get_one(Invitation, (await state.get_data())["invitation"])
    asked = await _ask(session, plan, invitation, chat, me)
    return Reply(texts.AGREE_OR_NOT, asked.choices)


async def stranger_said(
    message: Message, heard: Spoken, session: AsyncSession, chat: Chat, plan: Plan, now: datetime
) -> Reply:
    kept = bool(message.text) and not heard.word
    if kept:
        unread.keep(session, chat, message.text or "", "stranger", now)
    return Reply(texts.stranger(plan, kept=kept))


async def stranger_tapped(_: CallbackQuery, plan: Plan) -> Reply:
    return Reply(texts.stranger(plan, kept=False))


def build_router() -> Router:
    router = Router(name=__name__)
    asking = StateFilter(Joining.agreement)
    router.message.register(code_said, Code())
    router.callback_query.register(agreed, asking, Tapped("j", "yes"))
    router.callback_query.register(declined, asking, Tapped("j", "no"))
    router.message.register(agreed, asking, Says(*_YES))
    router.message.register(declined, asking, Says(*_NO))
    router.message.register(unclear, asking, Stranger())
    router.message.register(stranger_said, Stranger(), ~Word("dữ liệu"))
    router.callback_query.register(stranger_tapped, Stranger(), ~Word("dữ liệu"))
    return router
