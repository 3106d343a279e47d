"""Mending by saying so: "nhầm, nhà 12 là vắng", or a reply under the echo; old → new at once, one tap when unsure."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import Message

from handlers import changes, drafts, named_units, placing, proposing
from handlers.amending import ask_which, mended
from handlers.desk import AtDesk, Desk
from handlers.mending import asked_which, led_by
from handlers.sifting import Sifted
from handlers.wishes import Wish, read_wish
from handlers.words import Spoken, need
from rules.entry import Entry, read_list
from rules.refusals import UnknownUnit
from rules.reply import Reply
from rules.roles import Role
from rules.slips import denies, may_be_turned, slip_in, without
from storage import houses, people, recent, unread, visits
from storage.tables import Chat, Unit
from storage.visits import Logged
from texts import placing as place_texts
from texts import proposing as proposing_texts
from texts import slips as texts
from texts import visiting as visiting_texts

JUST_NOW = timedelta(minutes=15)  # within which "nhầm, vắng" can only mean the last record
_LONGEST = 80
_OPEN = ("Visiting:", "Mending:", "Choosing:")
_ANSWERED_FREELY = ("Visiting:reason", "Mending:value")
_MOST_CHOICES = 5


class Slip(Sifted):
    """Words that begin with a slip ("nhầm", "sửa:"); in the middle of a free answer only with a whole line behind."""

    async def __call__(self, message: Message, heard: Spoken, chat: Chat, desk: Desk) -> bool | dict[str, Any]:
        text = message.text or ""
        if message.forward_origin or (heard.word and not heard.rest):
            return False  # "thôi nhầm rồi, …" and "tôi ghi nhầm…" begin with words of the menu, and are none
        said = slip_in(text)
        said = text if said is None and await _said_bare(text, desk) else said
        state = chat.state or "Visiting:"
        if said is None or not state.startswith(_OPEN):
            return False
        if state in _ANSWERED_FREELY and not _is_whole(said, desk):
            return False
        return {"said": said}


async def _said_bare(text: str, desk: Desk) -> bool:
    """Without any word of a slip: "35 chứ không phải 33", "nhà 12 không có sđt", of what one has just written down."""
    if len(text) > _LONGEST or "\n" in text or not any(map(str.isdecimal, text)):
        return False
    named = denies(text)
    where, what = (named[0], "") if named else (without(text) or ("", ""))
    draft = drafts.from_line(where, desk.plan, desk.today, expected=True) if where else None
    own = await _own_called(desk, draft.house) if draft and draft.house and not draft.outcome else []
    return bool(own) and own[0].visit.day == desk.today and (what != "phone" or bool(own[0].house.phone))


def _is_whole(said: str, desk: Desk) -> bool:
    wish = read_wish(said, desk)
    return bool(wish and wish.entry.house and (wish.house or wish.is_clear))


async def slip_said(message: Message, said: str, desk: Desk) -> Reply:
    need(desk.me, "sửa")
    if not said:
        return await _asked(message, desk)
    batch = read_list(said, desk.plan, desk.today)
    if batch.totals:
        raise SkipHandler  # a unit's own total, said anew
    if len(batch.records) > 1 and all(entry.sure for _, entry in batch.records):
        return await _each(desk, [entry for _, entry in batch.records])
    wish = read_wish(said, desk)
    if wish is None and drafts.is_number(said) and await _own_called(desk, said):
        wish = Wish(Entry(house=said))  # "sửa 12": which house, and what of it is asked
    if wish is None:
        unread.keep(desk.session, desk.chat, message.text or "", "slip", desk.now)
        asked = await asked_which(
            message, desk.session, desk.state, desk.chat, desk.me, desk.plan, desk.now, desk.today
        )
        return replace(asked, text=f"{texts.UNREAD}\n{asked.text}") if asked.choices else asked
    if not wish.entry.house:
        return await _latest(desk, wish, said)
    if wish.house and (reply := await _of_draft(desk, wish)):
        return reply
    if wish.house and may_be_turned(message.text or ""):
        return await _either_way(desk, wish, said)
    return await _at_house(desk, wish, said)


async def _of_draft(desk: Desk, wish: Wish) -> Reply | None:
    """The house that is being asked about was called wrong: the question goes on with the right one."""
    data = await desk.state.get_data()
    if not (desk.chat.state or "").startswith("Visiting:") or data.get("ready") or not data.get("house"):
        return None
    draft = await desk.draft()
    is_that = houses.label_hash(draft.house) == houses.label_hash(wish.entry.house or "")
    return await desk.go_on(replace(draft, house=wish.house)) if is_that else None


async def _either_way(desk: Desk, wish: Wish, said: str) -> Reply:
    """ "nhầm 15 thành 16": which of the two was written down tells what is meant; asked where both were."""
    now_called = await _own_called(desk, wish.house)
    if not now_called:
        return await _at_house(desk, wish, said)
    if both := await _own_called(desk, wish.entry.house or ""):
        return await ask_which(desk, [both[0], now_called[0]], said, texts.WHICH_IS_WRONG)
    return await one_of(desk, now_called, wish.turned(), said)


async def _own_called(desk: Desk, label: str) -> list[Logged]:
    house = await houses.called(desk.session, desk.me.unit_id, label)
    return await recent.own_at(desk.session, desk.me, label, desk.now, house, anywhere=True)


async def _asked(message: Message, desk: Desk) -> Reply:
    return await asked_which(message, desk.session, desk.state, desk.chat, desk.me, desk.plan, desk.now, desk.today)


async def _each(desk: Desk, entries: list[Entry]) -> Reply:
    """Several houses mended in one message, each answered on a line of its own."""
    answers = [await _at_house(desk, Wish(entry), "") for entry in entries]
    return Reply("\n".join(answer.text for answer in answers), takes_numbers=True)


async def _latest(desk: Desk, wish: Wish, said: str) -> Reply:
    latest = await visits.latest(desk.session, desk.me, desk.now)
    if not latest:
        return Reply(visiting_texts.SAY_WHICH if await led_by(desk.session, desk.me) else visiting_texts.NOTHING_LOGGED)
    if latest[0].visit.created_at >= desk.now - JUST_NOW:
        return await mended(desk, latest[0], wish, said)
    return await ask_which(desk, latest, said, texts.WHICH)


async def _at_house(desk: Desk, wish: Wish, said: str) -> Reply:
    """The record of that house that this person may change, in the order in which they are likely to mean it."""
    wish = replace(wish, entry=await placing.entry_placed(desk.session, desk.me, wish.entry))
    label = wish.entry.house or ""
    try:
        unit = await named_units.unit_called(desk.session, desk.me, wish.entry.unit or "")
    except UnknownUnit as refusal:
        if not await placing.may_be_taught(desk.session, desk.me, wish.entry.unit or ""):
            unread.keep(desk.session, desk.chat, said, "unit", desk.now)
            raise replace(refusal, kept=True) from None
        return Reply(place_texts.teach_me(wish.entry.unit or ""), takes_numbers=True)
    led = await led_by(desk.session, desk.me)
    house = await houses.called(desk.session, unit.id or 0, label)
    own = await recent.own_at(desk.session, desk.me, label, desk.now, house, anywhere=not wish.entry.unit)
    own = [one for one in own if one.visit.unit_id == unit.id] or own
    there = await recent.anyones_at(desk.session, house, desk.now)
    if led and not there and not wish.entry.unit:
        there = await recent.within(desk.session, led, label, desk.now)
    if led and there and there[0].visit.unit_id in led:
        own = there
    if not own and not there:
        own = await recent.own_numbered(desk.session, desk.me, label, desk.now)
    if own:
        return await one_of(desk, own, wish, said)
    if there:
        return await _not_yours(desk, there[0], unit, wish, said)
    near = await recent.own_near(desk.session, desk.me, label, desk.now)
    if near and said:
        return await ask_which(desk, near, said, texts.did_you_mean(label))
    return await _offer_to_log(desk, label, unit, wish, said)


async def one_of(desk: Desk, found: list[Logged], wish: Wish, said: str) -> Reply:
    """None asked when it is certain: one house, one person's; of several visits the latest, or that day's."""
    whose = {(one.house.id, one.visit.person_id) for one in found}
    if len(whose) > 1 and said:
        newest = list({(one.house.id, one.visit.person_id): one for one in reversed(found)}.values())[::-1]
        return await ask_which(desk, newest, said, texts.SEVERAL)
    that_day = [one for one in found if one.visit.day == wish.entry.day]
    return await mended(desk, (that_day or found)[0], wish, said)


async def _not_yours(desk: Desk, logged: Logged, unit: Unit, wish: Wish, said: str) -> Reply:
    """The head is asked with a tap, where the words are clear; who was there too logs a visit of their own."""
    heads = await people.with_roles(desk.session, desk.plan.slug, [Role.HEAD])
    names = [head.name or "" for head in heads if head.unit_id == unit.id]
    if said and not wish.house and changes.is_clear(wish.entry):
        after = changes.changed(logged, wish.entry, desk.plan, desk.today)
        if await proposing.sent(desk, logged, after, said):
            return await ask_which(desk, [], said, proposing_texts.passed_on(logged.house.label, names), new=True)
    return await ask_which(desk, [], said, texts.not_yours(logged.house.label, names), new=True)


async def _offer_to_log(desk: Desk, label: str, unit: Unit, wish: Wish, said: str) -> Reply:
    is_new = bool(wish.entry.outcome and not wish.house)
    return await ask_which(desk, [], said, texts.no_such_record(label, unit, can_log=is_new), new=is_new)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.filter(AtDesk())
    router.message.register(slip_said, Slip())
    return router
