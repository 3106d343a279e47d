"""qr: whose phone → the picture to hold up at the gate, with the links as text."""

from datetime import date, datetime
from typing import get_args

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from guides.card import Phone, links
from handlers.words import Tapped, Word, need
from rules.guide_codes import page_link
from rules.plan import Plan
from rules.refusals import NotFound
from rules.reply import Choice, Picture, Reply
from rules.spelling import fold
from storage import bots, guide_codes, guides_sent, settings
from storage.tables import Chat, Person
from texts import guiding as texts
from texts.paper_guides import ON_PAPER

_ON_PAPER = Choice(ON_PAPER, "qg|")
PHONES: tuple[Phone, ...] = get_args(Phone)
_CALLED: dict[str, Phone] = {
    fold(name): phone for phone, names in texts.PHONES_TYPED.items() for name in (*names, texts.PHONES[phone])
}


async def asked(
    _: Message | CallbackQuery,
    rest: str,
    session: AsyncSession,
    chat: Chat,
    me: Person,
    plan: Plan,
    today: date,
    now: datetime,
    source: str,
) -> Reply:
    need(me, "qr")
    phone = _CALLED.get(fold(rest))
    if phone is None:
        return Reply(texts.WHICH_PHONE, ((*map(_choice, PHONES),), (_ON_PAPER, Choice("Huỷ", "w|huỷ"))))
    return await _guide(session, chat, me, plan, phone, today, now, source)


async def phone_chosen(
    _: CallbackQuery,
    value: str,
    session: AsyncSession,
    chat: Chat,
    me: Person,
    plan: Plan,
    today: date,
    now: datetime,
    source: str,
) -> Reply:
    """These buttons have no question to go stale: an old one gives the same guide, drawn as the plan is now."""
    need(me, "qr")
    phone = next((phone for phone in PHONES if phone == value), None)
    if phone is None:
        raise NotFound("guide")
    return await _guide(session, chat, me, plan, phone, today, now, source)


async def _guide(
    session: AsyncSession, chat: Chat, me: Person, plan: Plan, phone: Phone, today: date, now: datetime, source: str
) -> Reply:
    await guides_sent.record(session, me, phone, day=today, source=source)
    others = [_choice(other) for other in PHONES if other != phone]
    code, said = await _code(session, me, plan, now), texts.caption(plan, phone, links(plan, phone))
    if code:
        said = await _with_page(session, chat, plan, phone, code)
    picture = Picture("guide", f"{plan.slug}|{me.unit_id or 0}|{phone}{code and f'|{code}'}", texts.steps(plan))
    return Reply(said, (tuple(others),), picture)


async def _code(session: AsyncSession, me: Person, plan: Plan, now: datetime) -> str:
    """The code of this person's own page for residents, where there is an address for it."""
    if not await settings.get(session, settings.PUBLIC_URL):
        return ""
    return (await guide_codes.code_for(session, plan.slug, me.unit_id, me.id or 0, now=now)).code


async def _with_page(session: AsyncSession, chat: Chat, plan: Plan, phone: Phone, code: str) -> str:
    here = await settings.get(session, settings.PUBLIC_URL) or ""
    ways = await bots.ways(session, plan.slug, chat.bot_key)
    ask = texts.ask_bot(code, ways.username, ways.zalo)
    return texts.caption(plan, phone, [(texts.PAGE, page_link(here, code))], [ask])


def _choice(phone: Phone) -> Choice:
    return Choice(texts.PHONES[phone], f"q|{phone}")


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(asked, Word("qr", rest=True))
    router.callback_query.register(asked, Word("qr"))
    router.callback_query.register(phone_chosen, Tapped("q", card=False))
    return router
