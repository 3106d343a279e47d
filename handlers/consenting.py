"""Agreeing with a notice that changed, and taking the agreement back: the sentence of what follows comes first."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.sifting import Sifted
from handlers.words import Says, Tapped, card_choice, fresh_card, word_choice
from rules.plan import Plan
from rules.reply import Choice, Reply
from storage import consents
from storage.tables import Chat, Person
from texts import consenting as texts

_YES = ("đồng ý", "tôi đồng ý", "mình đồng ý", "em đồng ý", "đồng ý ạ", "dạ đồng ý", "vâng đồng ý")
_NO = ("không đồng ý", "tôi không đồng ý", "mình không đồng ý", "em không đồng ý")
_TAKE_BACK = ("rút lại", "rút lại đồng ý", "rút đồng ý", "thu hồi đồng ý", "rút lại sự đồng ý")


def offer() -> tuple[tuple[Choice, ...], ...]:
    """Below the notice that changed, and in `dữ liệu` while it is not agreed to."""
    return ((Choice(texts.AGREE, "cn|yes"), Choice(texts.DECLINE, "cn|no")),)


class Member(Filter):
    async def __call__(self, _: Message | CallbackQuery, me: Person | None) -> bool:
        return me is not None


class Exactly(Sifted):
    """A button with this data, however old: what it asks for is asked again before anything is done."""

    deaf_to = frozenset()

    def __init__(self, data: str) -> None:
        self.data, self.kind = data, data.partition("|")[0]

    async def __call__(self, query: CallbackQuery) -> bool:
        return query.data == self.data


class Owes(Filter):
    """Somebody who has not agreed with the notice as it reads now."""

    async def __call__(self, _: Message | CallbackQuery, session: AsyncSession, me: Person | None, plan: Plan) -> bool:
        return me is not None and await consents.owes(session, me, plan)


async def agreed(
    _: Message | CallbackQuery,
    session: AsyncSession,
    me: Person,
    plan: Plan,
    chat: Chat,
    now: datetime,
    source: str,
) -> Reply:
    if await consents.owes(session, me, plan):
        consents.agree(session, me, plan, platform=chat.platform, now=now, source=source)
    return Reply(texts.agreed(plan), ((word_choice("menu"),),))


async def asked_to_revoke(_: Message | CallbackQuery, chat: Chat, plan: Plan) -> Reply:
    """What follows from it, and whether it is meant. A yes comes third: on Zalo a number may be sent twice."""
    card = fresh_card(chat)
    stay, leave = card_choice(texts.REVOKE_NO, "cr", "no", card), card_choice(texts.REVOKE_YES, "cr", "yes", card)
    choices = (stay, word_choice("trợ giúp"), leave)
    return Reply(texts.ask_revoke(plan), tuple((choice,) for choice in choices))


async def revoked(
    _: CallbackQuery, session: AsyncSession, me: Person, plan: Plan, state: FSMContext, now: datetime, source: str
) -> Reply:
    await state.clear()
    await consents.revoke(session, me, now=now, source=source)
    return Reply(texts.revoked(plan))


async def stays(_: CallbackQuery) -> Reply:
    return Reply(texts.STAYS, ((word_choice("menu"),),))


def build_router() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(agreed, Exactly("cn|yes"), Member())
    router.callback_query.register(asked_to_revoke, Exactly("cn|no"), Member())
    router.callback_query.register(asked_to_revoke, Exactly("cn|back"), Member())
    router.callback_query.register(revoked, Tapped("cr", "yes"), Member())
    router.callback_query.register(stays, Tapped("cr", "no"), Member())
    router.message.register(agreed, Says(*_YES), Owes())
    router.message.register(asked_to_revoke, Says(*_NO), Owes())
    router.message.register(asked_to_revoke, Says(*_TAKE_BACK), Member())
    return router
