"""A resident who came by the code on a guide: the guide, and "đã cài xong" passed on as said. Nothing is asked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import product
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.joining import Stranger, greeting, plans_here
from handlers.sifting import Sifted
from handlers.words import Says, Spoken, Tapped
from rules.guide_codes import START, page_link, read_guide_code
from rules.plan import Plan
from rules.reply import Choice, Reply
from rules.roles import Role
from storage import guide_codes, outbox, people, settings, unread
from storage.tables import Chat, GuideCode, Person, Unit
from texts import residents as texts

_WHO = ("", "tôi ", "tui ", "mình ", "bác ", "cô ", "chú ", "em ", "cháu ", "con ", "nhà tôi ", "nhà mình ")
_DONE = ("đã cài xong", "cài xong", "đã cài", "đã đăng ký xong", "đã cài và đăng ký xong", "cài được", "đã xong")
_POLITE = ("", " rồi", " ạ", " rồi ạ", " rồi nhé")
SAYS_INSTALLED = tuple(map("".join, product(_WHO, _DONE, _POLITE)))


class Asking(StatesGroup):
    guided = State()


class ByCode(Sifted):
    """Started from a guide's link ("/start g_7K2M9QX4", whatever is behind g_), or a stranger typed a code that is one.

    Eight letters that are no code stay talk, and ten are an invitation's.
    """

    async def __call__(
        self,
        message: Message,
        heard: Spoken,
        session: AsyncSession,
        chat: Chat,
        plan: Plan,
        plans: Mapping[str, Plan],
        me: Person | None,
    ) -> bool | dict[str, Any]:
        started = heard.word == "start" and heard.rest.lower().startswith(START)
        code = read_guide_code(heard.rest[len(START) :] if started else message.text or "")
        if not started and (me or code is None or message.forward_origin):
            return False
        guide = await guide_codes.opened_by(session, code) if code else None
        served = [plan] if me else await plans_here(session, chat, plan, plans)
        whose = next((one for one in served if guide and one.slug == guide.campaign), None)
        return {"guide": guide if whose else None, "of": whose, "served": served} if started or whose else False


async def came(
    _: Message,
    guide: GuideCode | None,
    of: Plan | None,
    served: Sequence[Plan],
    state: FSMContext,
    session: AsyncSession,
    me: Person | None,
) -> Reply:
    """`of`: the plan whose guide it is, which is one of those that the bot serves."""
    if guide is None or of is None:
        return Reply(texts.guide(served[0])) if me else greeting(served, kept=False)
    unit = await session.get_one(Unit, guide.unit_id)
    public_url = await settings.get(session, settings.PUBLIC_URL)
    page = page_link(public_url, guide.code) if public_url else ""
    if me:
        return Reply(texts.guide(of, unit=unit.name, page=page))
    await state.set_state(Asking.guided)
    await state.set_data({"guide": guide.code})
    return Reply(texts.came_by_code(of, unit.name, page), ((Choice(texts.INSTALLED, f"gd|{guide.code}"),),))


async def tapped(
    _: CallbackQuery,
    value: str,
    session: AsyncSession,
    chat: Chat,
    plan: Plan,
    plans: Mapping[str, Plan],
    today: date,
    now: datetime,
) -> Reply:
    return await _pass_on(session, chat, await plans_here(session, chat, plan, plans), value, today, now)


async def said(
    _: Message,
    state: FSMContext,
    session: AsyncSession,
    chat: Chat,
    plan: Plan,
    plans: Mapping[str, Plan],
    today: date,
    now: datetime,
) -> Reply:
    code = str((await state.get_data()).get("guide", ""))
    return await _pass_on(session, chat, await plans_here(session, chat, plan, plans), code, today, now)


async def said_by_nobody_knows(message: Message, session: AsyncSession, chat: Chat, now: datetime) -> Reply:
    """Where they live is not asked, so nobody can be told."""
    unread.keep(session, chat, message.text or "", "stranger", now)
    return Reply(texts.THANKS)


async def _pass_on(
    session: AsyncSession, chat: Chat, served: Sequence[Plan], typed: str, today: date, now: datetime
) -> Reply:
    code = read_guide_code(typed)
    guide = await guide_codes.opened_by(session, code) if code else None
    plan = next((one for one in served if guide and one.slug == guide.campaign), None)
    if guide is None or plan is None:
        return Reply(texts.THANKS)
    number = await guide_codes.said_installed(session, guide, chat.key, day=today)
    if number is None:
        return Reply(texts.THANKED_BEFORE)
    unit = await session.get_one(Unit, guide.unit_id)
    notice = Reply(texts.notice(plan, unit.name))
    quiet_over = outbox.after_quiet(now, plan.time.quiet_from, plan.time.quiet_to)
    for person in await _told(session, guide):
        key = f"said:{number}:{person.id}"
        await outbox.push(session, person, notice, key=key, now=now, not_before=quiet_over)
    return Reply(texts.passed_on(plan, unit.name))


async def _told(session: AsyncSession, guide: GuideCode) -> list[Person]:
    """Whose guide it was, while they are here; else the unit's volunteers and its head."""
    there = await people.with_roles(session, guide.campaign, [Role.VOLUNTEER, Role.HEAD])
    near = [person for person in there if person.unit_id == guide.unit_id]
    return [person for person in near if person.id == guide.person_id] or near


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(came, ByCode())
    router.callback_query.register(tapped, Stranger(), Tapped("gd", card=False))
    installed = Says(*SAYS_INSTALLED)
    router.message.register(said, StateFilter(Asking.guided), Stranger(), installed)
    router.message.register(said_by_nobody_knows, StateFilter(None), Stranger(), installed)
    return router
