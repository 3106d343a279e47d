"""kiểm tra: a head answers for houses drawn by lot, one after the other: đúng, chưa, không liên lạc được."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.words import Tapped, Word, need, word_choice
from rules.refusals import NotFound
from rules.reply import Choice, Reply, rows
from storage import rechecks
from storage.tables import Person
from texts import rechecking as texts


async def asked(_: Message | CallbackQuery, session: AsyncSession, me: Person) -> Reply:
    need(me, "kiểm tra")
    return await _next(session, me) or Reply(texts.NOTHING, ((word_choice("menu"),),))


async def answered(
    _: CallbackQuery, value: str, session: AsyncSession, me: Person, now: datetime, source: str
) -> Reply:
    need(me, "kiểm tra")
    number, _dot, said = value.partition(".")
    if not number.isdecimal() or len(number) > 18:
        raise NotFound("recheck")
    _row, house = await rechecks.answer(session, me, int(number), said, now=now, source=source)
    then = await _next(session, me) or Reply(texts.ALL_DONE)
    return Reply(f"{texts.noted(house, said)}\n{then.text}", then.choices, in_place=True)


async def _next(session: AsyncSession, me: Person) -> Reply | None:
    found = await rechecks.next_open(session, me)
    if found is None:
        return None
    row, house = found
    choices = [Choice(label, f"rk|{row.id}.{code}") for code, label in texts.ANSWERS.items()]
    return Reply(texts.ask(house, await rechecks.how_many_open(session, me)), rows(choices))


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(asked, Word("kiểm tra"))
    router.callback_query.register(asked, Word("kiểm tra"))
    router.callback_query.register(answered, Tapped("rk", card=False))
    return router
