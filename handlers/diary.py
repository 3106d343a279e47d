"""nhật ký: all I wrote down today, or on a day, ten a page."""

from datetime import date

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.words import Tapped, Word
from rules.days import read_day
from rules.plan import Plan
from rules.refusals import NotAllowed, NotUnderstood
from rules.reply import Choice, Reply
from rules.roles import Role
from storage import diary
from storage.tables import Person
from texts import diary as texts

PAGE = 10
LONGEST_PAGE = 6  # digits


async def asked(
    _: Message | CallbackQuery, rest: str, session: AsyncSession, me: Person, plan: Plan, today: date
) -> Reply:
    day = read_day(rest, today) if rest else today
    if day is None:
        raise NotUnderstood("day", rest)
    return await _page(session, me, plan, today, day, 0)


async def turned(_: CallbackQuery, value: str, session: AsyncSession, me: Person, plan: Plan, today: date) -> Reply:
    said, _sign, first = value.partition(".")
    day = read_day(said, today) or today
    page = int(first) if first.isdecimal() and len(first) < LONGEST_PAGE else 0
    reply = await _page(session, me, plan, today, day, page)
    return Reply(reply.text, reply.choices, in_place=True)


async def _page(session: AsyncSession, me: Person, plan: Plan, today: date, day: date, first: int) -> Reply:
    if me.role not in (Role.VOLUNTEER, Role.HEAD):
        raise NotAllowed("nhật ký")
    found = await diary.of_day(session, me, day)
    first = first if first < len(found) else 0
    turns = []
    if first:
        turns.append(Choice("‹ Trang trước", f"nk|{day}.{max(first - PAGE, 0)}"))
    if first + PAGE < len(found):
        turns.append(Choice("Xem tiếp ›", f"nk|{day}.{first + PAGE}"))
    said = texts.page(plan, found[first : first + PAGE], first=first, of=len(found), day=day, today=today)
    return Reply(said, (tuple(turns),) if turns else ())


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(asked, Word("nhật ký", rest=True))
    router.callback_query.register(asked, Word("nhật ký"))
    router.callback_query.register(turned, Tapped("nk", card=False))
    return router
