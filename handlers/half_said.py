"""What comes after half a correction: the record tapped, the house or the change said in the next message."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Filter, StateFilter
from aiogram.types import CallbackQuery, Message

from handlers import drafts, named_units, placing
from handlers.amending import mended
from handlers.desk import AtDesk, Desk, Visiting
from handlers.mending import Choosing, led_by
from handlers.slips import JUST_NOW, one_of
from handlers.wishes import Wish, read_wish
from handlers.words import Spoken, Tapped, need
from rules.reply import Reply
from storage import houses, recent, visits
from texts import slips as texts


async def which_tapped(_: CallbackQuery, value: str, desk: Desk) -> Reply:
    need(desk.me, "sửa")
    said = await _resumed(desk)
    visit_id = int(value) if value.isdecimal() and len(value) < 19 else 0
    logged = await recent.mendable(desk.session, desk.me, visit_id, desk.now, await led_by(desk.session, desk.me))
    wish = read_wish(said, desk)
    if wish and wish.house and await recent.is_at(desk.session, logged, wish.house):
        wish = wish.turned()
    reply = await mended(desk, logged, wish, said, sure=True) if wish else Reply(texts.say_what(logged.house.label))
    return replace(reply, in_place=True)


class SaysOne(Filter):
    """The message after "sửa", when it names the house or there is but one record: it mends, and is no new visit."""

    async def __call__(self, message: Message, heard: Spoken, desk: Desk) -> bool | dict[str, Any]:
        data, text = await desk.state.get_data(), message.text or ""
        if "at" not in data or message.forward_origin or not text:
            return False
        waits = {key: value for key, value in data.items() if key != "at"}
        await desk.state.set_state(Visiting.house if waits else None)
        await desk.state.set_data(waits)
        if heard.word or "\n" in text or datetime.fromisoformat(data["at"]) < desk.now - JUST_NOW:
            return False
        wish = read_wish(text, desk)
        return {"wish": wish} if wish and wish.says_something else False


async def one_said(message: Message, wish: Wish, desk: Desk) -> Reply:
    """Raises SkipHandler where no record of that house is this person's to mend: then it is a line like any other."""
    need(desk.me, "sửa")
    said = message.text or ""
    if wish.entry.house:
        there = await placing.entry_placed(desk.session, desk.me, wish.entry)
        unit = await named_units.unit_called(desk.session, desk.me, there.unit or "")
        house = await houses.called(desk.session, unit.id or 0, there.house or "")
        own = await recent.own_at(desk.session, desk.me, there.house or "", desk.now, house, anywhere=not there.unit)
        if own:
            return await one_of(desk, own, wish, said)
        raise SkipHandler
    latest = await visits.latest(desk.session, desk.me, desk.now)
    if len(latest) != 1:
        raise SkipHandler
    return await mended(desk, latest[0], wish, said)


class SaysWhat(Filter):
    """What is to change, said after "sửa nhà 8": an answer about that house, and no line about another."""

    async def __call__(self, message: Message, heard: Spoken, desk: Desk) -> bool | dict[str, Any]:
        text = message.text or ""
        if heard.word or message.forward_origin or not text or drafts.whole_line(text, desk.plan, desk.today):
            return False
        wish = read_wish(text, desk)
        return {"wish": wish} if wish and not wish.entry.house and wish.says_something else False


async def what_said(message: Message, wish: Wish, desk: Desk) -> Reply:
    need(desk.me, "sửa")
    data = await desk.state.get_data()
    logged = await recent.mendable(desk.session, desk.me, data["visit"], desk.now, await led_by(desk.session, desk.me))
    await desk.state.clear()
    return await mended(desk, logged, wish, message.text or "")


async def new_tapped(_: CallbackQuery, desk: Desk) -> Reply:
    need(desk.me, "ghi")
    draft = drafts.from_line(await _resumed(desk), desk.plan, desk.today, expected=False)
    if draft is None:
        return Reply(texts.UNREAD, in_place=True)
    return await desk.go_on(draft, in_place=True)


async def _resumed(desk: Desk) -> str:
    """What was said, and back to the dialogue that was open before."""
    data = await desk.state.get_data()
    await desk.state.set_state(data["kept"]["state"])
    await desk.state.set_data(data["kept"]["data"])
    return str(data["said"])


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.filter(AtDesk())
    router.callback_query.filter(AtDesk())
    router.message.register(one_said, StateFilter(Choosing.one), SaysOne())
    router.message.register(what_said, StateFilter(Choosing.what), SaysWhat())
    router.callback_query.register(which_tapped, StateFilter(Choosing.which), Tapped("sw"))
    router.callback_query.register(new_tapped, StateFilter(Choosing.which), Tapped("sn"))
    return router
