"""What is said of a house that was written down a moment ago: its phone, or the day of an appointment left open."""

from datetime import timedelta

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.types import Message

from handlers import changes, drafts
from handlers.amending import mended
from handlers.desk import AtDesk, Desk, Visiting
from handlers.drafts import Draft
from handlers.wishes import Wish
from handlers.words import Text
from rules.days import WHOLE_WEEK, read_time, says_whole_week
from rules.entry import Entry
from rules.reply import Reply
from storage import houses, recent, visits

_JUST_NOW = timedelta(minutes=15)
_LONGEST_DAY = 40


async def phone_of_known(desk: Desk, draft: Draft, text: str) -> Reply | None:
    """ "sđt nhà 12 là 0912…" of a house one has written down today: put beside it, and nothing is asked."""
    if draft.unit:
        return None
    house = await houses.called(desk.session, desk.me.unit_id, draft.house)
    own = await recent.own_at(desk.session, desk.me, draft.house, desk.now, house, anywhere=False)
    entry = changes.read_change(text, desk.plan, desk.today)
    if not own or own[0].visit.day != desk.today or entry is None:
        return None
    return await mended(desk, own[0], Wish(entry), text)


async def day_alone(_: Message, desk: Desk, text: str) -> Reply:
    """ "tuần sau" right after "nhà 16 hẹn": the day of that appointment, which was not said yet."""
    day = drafts.coming_day(text, desk.today) if len(text) <= _LONGEST_DAY else None
    last = next(iter(await visits.latest(desk.session, desk.me, desk.now, 1)), None) if day else None
    if not last or last.visit.come_back_on or last.visit.created_at < desk.now - _JUST_NOW:
        raise SkipHandler
    if desk.plan.outcome(last.visit.outcome).asks != "day":
        raise SkipHandler
    at = WHOLE_WEEK if says_whole_week(text) else read_time(text)
    told = Entry(outcome=last.visit.outcome, come_back_on=day, come_back_at=at, sure=True)
    return await mended(desk, last, Wish(told), text)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.filter(AtDesk())
    router.message.register(day_alone, ~StateFilter(Visiting), Text())
    router.message.register(day_alone, StateFilter(Visiting.house), Text())
    return router
