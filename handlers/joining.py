"""Joining: a code → where and as what, the notice, agreement → welcome. And what a stranger hears."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.menu import menu_choices
from handlers.sifting import Sifted
from handlers.words import Says, Spoken, Tapped, Word, card_choice, fresh_card, is_of_album
from rules.codes import read_code
from rules.phones import BadPhone
from rules.phones import read as read_phone
from rules.plan import Plan
from rules.refusals import BadCode
from rules.reply import Choice, Reply, rows
from rules.roles import Role
from rules.spelling import clean
from storage import bots, consents, invitations, outbox, people, unread
from storage.tables import Chat, Invitation, Person, Unit
from texts import bots as bot_texts
from texts import joining as texts
from texts import refusals

_YES = ("đồng ý", "ok", "oke", "có", "vâng", "dạ", "ừ", "yes", "đồng ý ạ", "dạ đồng ý", "tôi đồng ý", "mình đồng ý")
_NO = ("không đồng ý", "không", "ko", "thôi", "no", "huỷ")
_LONGEST_NAME = 80
_LONGEST_TYPED = 40  # a code with all its spaces and hyphens is far shorter
_LEAST_GROUP = 4


class Joining(StatesGroup):
    agreement = State()


class Code(Sifted):
    """A code after /start, or typed or pasted alone."""

    async def __call__(self, message: Message, heard: Spoken) -> bool | dict[str, Any]:
        if heard.word == "start" and heard.rest:
            return {"code": _typed_code(heard.rest) or ""}
        code = _typed_code(message.text or "")
        return {"code": code} if code and not _is_talk(message.text or "") else False


def _typed_code(text: str) -> str | None:
    return read_code(text) if len(text) <= _LONGEST_TYPED else None


def _is_talk(text: str) -> bool:
    """Whether ten letters and digits are no code: a phone number, or words ("nha 12 da cai", "nha ong Tam 3").

    A code is copied whole or in groups of one length ("7K2M9 QX4TB", "7K2M 9QX4 TB").
    """
    first, *rest = [len(group) for group in clean(text).split()]
    is_grouped = first >= _LEAST_GROUP and all(size == first for size in rest[:-1]) and (not rest or rest[-1] <= first)
    digits = "".join(filter(str.isalnum, text))
    return not is_grouped or (digits.isdecimal() and _is_phone(digits))


def _is_phone(digits: str) -> bool:
    try:
        return bool(read_phone(digits))
    except BadPhone:
        return False


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
    plans: Mapping[str, Plan],
    now: datetime,
) -> Reply | None:
    mine, everyone = await invitations.wrong_tries(session, chat.key, now)
    if mine >= invitations.MOST_WRONG_EACH or everyone >= invitations.MOST_WRONG_ALL:
        await _alarm(session, await plans_here(session, chat, plan, plans), now)
        return None
    try:
        invitation = await invitations.opened_by(session, code, now)
    except BadCode:
        invitations.remember_wrong(session, chat.key, now)
        return Reply(refusals.BAD_CODE if mine + 1 < invitations.MOST_WRONG_EACH else texts.TOO_MANY_CODES)
    if sent_on := await _sent_on(session, chat, invitation, code, plans, now, is_new=me is None):
        return sent_on
    await state.set_state(Joining.agreement)
    await state.set_data({"invitation": invitation.id, "code": code})
    return await _ask(session, _plan_of(invitation, plans), invitation, chat, me)


def _plan_of(invitation: Invitation, plans: Mapping[str, Plan]) -> Plan:
    """The plan an invitation is of, whoever's bot it was shown to. Raises BadCode when it does not run here."""
    if invitation.campaign not in plans:
        raise BadCode
    return plans[invitation.campaign]


async def _sent_on(
    session: AsyncSession,
    chat: Chat,
    invitation: Invitation,
    code: str,
    plans: Mapping[str, Plan],
    now: datetime,
    *,
    is_new: bool,
) -> Reply | None:
    """Where to go instead, with the code unused: the bot serves another plan, or has no place left; None: stay."""
    plan = _plan_of(invitation, plans)
    there = await bots.elsewhere(session, plan.slug, chat, now, invited_to=invitation.bot_key, is_new=is_new)
    if there is None:
        return None
    here = await bots.by_key(session, chat.bot_key)
    is_of_here = here is not None and bots.serves(here, plan.slug)
    said = bot_texts.full_here if is_of_here else partial(bot_texts.of_another, plan)
    return Reply(said(code, there.username, there.zalo))


async def plans_here(session: AsyncSession, chat: Chat, plan: Plan, plans: Mapping[str, Plan]) -> list[Plan]:
    """The plans that the bot of this chat serves; `plan` alone where the settings do not list the bot."""
    here = await bots.by_key(session, chat.bot_key)
    return [plans[slug] for slug in here.campaigns.split() if slug in plans] if here else [plan]


async def _alarm(session: AsyncSession, served: Sequence[Plan], now: datetime) -> None:
    for plan in served:
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
    me: Person | None,
    plans: Mapping[str, Plan],
    now: datetime,
    source: str,
) -> Reply:
    asked = await state.get_data()
    number = asked["invitation"]
    invitation = await session.get_one(Invitation, number, populate_existing=True, with_for_update=True)
    await state.clear()
    if invitation.used_at or invitation.expires_at <= now:
        raise BadCode
    code = asked.get("code", "")
    if sent_on := await _sent_on(session, chat, invitation, code, plans, now, is_new=me is None):
        return sent_on  # the last place went meanwhile
    plan = _plan_of(invitation, plans)
    name = clean(event.from_user.full_name if event.from_user else "", most=4096)[:_LONGEST_NAME]
    version = plan.notice.version
    newcomer = await people.join(session, chat, invitation, name=name, notice_version=version, now=now, source=source)
    consents.agree(session, newcomer, plan, platform=chat.platform, now=now, source=source)
    await invitations.use(session, invitation, newcomer, now)
    kept = 0 if me else await unread.before_joining(session, chat.key)
    role = Role(newcomer.role)
    return Reply(texts.welcome(name, role, newcomer.unit, kept), menu_choices(role))


async def declined(_: Message | CallbackQuery, state: FSMContext) -> Reply:
    await state.clear()
    return Reply(texts.DECLINED)


async def unclear(
    _: Message, state: FSMContext, session: AsyncSession, chat: Chat, plans: Mapping[str, Plan], me: Person | None
) -> Reply:
    invitation = await session.get_one(Invitation, (await state.get_data())["invitation"])
    asked = await _ask(session, _plan_of(invitation, plans), invitation, chat, me)
    return Reply(texts.AGREE_OR_NOT, asked.choices)


async def stranger_said(
    message: Message,
    heard: Spoken,
    session: AsyncSession,
    chat: Chat,
    plan: Plan,
    plans: Mapping[str, Plan],
    now: datetime,
) -> Reply | None:
    if is_of_album(message, chat):
        return None
    said = message.text or message.caption or ""
    kept = bool(said) and not heard.word
    if kept:
        unread.keep(session, chat, said, "stranger", now)
    return greeting(await plans_here(session, chat, plan, plans), kept=kept)


def greeting(served: Sequence[Plan], *, kept: bool) -> Reply:
    """What a stranger hears: how to install and how to get in; where the bot serves several places, which is meant."""
    if len(served) == 1:
        return Reply(texts.stranger(served[0], kept=kept))
    places = [Choice(plan.place.name, f"sp|{plan.slug}") for plan in served]
    return Reply(texts.stranger_of_several(kept=kept), rows(places))


async def place_named(
    _: CallbackQuery, value: str, session: AsyncSession, chat: Chat, plan: Plan, plans: Mapping[str, Plan]
) -> Reply:
    served = await plans_here(session, chat, plan, plans)
    return greeting([one for one in served if one.slug == value] or served, kept=False)


async def stranger_tapped(
    _: CallbackQuery | Message, session: AsyncSession, chat: Chat, plan: Plan, plans: Mapping[str, Plan]
) -> Reply:
    return greeting(await plans_here(session, chat, plan, plans), kept=False)


def build_router() -> Router:
    router = Router(name=__name__)
    asking = StateFilter(Joining.agreement)
    router.message.register(code_said, Code())
    router.callback_query.register(agreed, asking, Tapped("j", "yes"))
    router.callback_query.register(declined, asking, Tapped("j", "no"))
    router.message.register(agreed, asking, Says(*_YES))
    router.message.register(declined, asking, Says(*_NO))
    router.message.register(unclear, asking, Stranger(), ~Word("dữ liệu"))
    router.message.register(stranger_said, Stranger(), ~Word("dữ liệu"))
    router.callback_query.register(place_named, Stranger(), Tapped("sp", card=False))
    router.callback_query.register(stranger_tapped, Stranger(), ~Word("dữ liệu"))
    router.edited_message.register(stranger_tapped, Stranger())
    return router
