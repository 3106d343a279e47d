"""Mending by saying so: "nhầm, nhà 12 là vắng", or a reply under the echo; old → new at once, one tap when unsure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Filter, StateFilter
from aiogram.types import CallbackQuery, Message

from handlers import changes, drafts, placing, proposing
from handlers.desk import AtDesk, Desk, Visiting
from handlers.mending import Choosing, asked_which, led_by
from handlers.sifting import Sifted
from handlers.words import Spoken, Tapped, card_choice, fresh_card, need
from rules.entry import Entry, read_list
from rules.refusals import NotFound
from rules.reply import Choice, Reply, rows
from rules.roles import Role
from rules.slips import renamed, slip_in
from storage import doors, houses, people, recent, unread, visits
from storage.tables import Chat, Unit
from storage.visits import Logged
from texts import placing as place_texts
from texts import proposing as proposing_texts
from texts import slips as texts
from texts import visiting as visiting_texts

JUST_NOW = timedelta(minutes=15)  # within which "nhầm, vắng" can only mean the last record
_OPEN = ("Visiting:", "Mending:", "Choosing:")
_ANSWERED_FREELY = ("Visiting:reason", "Mending:value")
_MOST_CHOICES = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to change, what the house is to be called ("" to leave it), and to which unit it goes (None: stays)."""

    entry: Entry
    house: str = ""
    unit: Unit | None = None


def read_wish(said: str, desk: Desk) -> Wish | None:
    if names := renamed(said):
        old, new = (drafts.from_line(name, desk.plan, desk.today, expected=True) for name in names)
        if old and new and old.house and new.house:
            told = changes.read_change(names[1], desk.plan, desk.today) or Entry()
            return Wish(replace(told, house=old.house), new.house)
    entry = changes.read_change(said, desk.plan, desk.today)
    return Wish(entry) if entry else None


class Slip(Sifted):
    """Words that begin with a slip ("nhầm", "sửa:"); in the middle of a free answer only with a whole line behind."""

    async def __call__(self, message: Message, heard: Spoken, chat: Chat, desk: Desk) -> bool | dict[str, Any]:
        text = message.text or ""
        if message.forward_origin or (heard.word and not heard.rest):
            return False  # "thôi nhầm rồi, …" and "tôi ghi nhầm…" begin with words of the menu, and are none
        said = slip_in(text)
        state = chat.state or "Visiting:"
        if said is None or not state.startswith(_OPEN):
            return False
        if state in _ANSWERED_FREELY and not _is_whole(said, desk):
            return False
        return {"said": said}


def _is_whole(said: str, desk: Desk) -> bool:
    wish = read_wish(said, desk)
    return bool(wish and wish.entry.house and (wish.house or changes.is_clear(wish.entry)))


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
    if wish is None:
        unread.keep(desk.session, desk.chat, message.text or "", "slip", desk.now)
        asked = await asked_which(
            message, desk.session, desk.state, desk.chat, desk.me, desk.plan, desk.now, desk.today
        )
        return replace(asked, text=f"{texts.UNREAD}\n{asked.text}") if asked.choices else asked
    if not wish.entry.house:
        return await _latest(desk, wish, said)
    return await _at_house(desk, wish, said)


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
        unit = await drafts.unit_called(desk.session, desk.me, wish.entry.unit or "")
    except NotFound:
        if not await placing.may_be_taught(desk.session, desk.me, wish.entry.unit or ""):
            raise
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
        return await _one_of(desk, own, wish, said)
    if there:
        return await _not_yours(desk, there[0], unit, wish, said)
    near = await recent.own_near(desk.session, desk.me, label, desk.now)
    if near and said:
        return await ask_which(desk, near, said, texts.did_you_mean(label))
    return await _offer_to_log(desk, label, unit, wish, said)


async def _one_of(desk: Desk, found: list[Logged], wish: Wish, said: str) -> Reply:
    """None asked when it is certain: one house, one person's; of several visits the latest, or that day's."""
    whose = {(one.house.id, one.visit.person_id) for one in found}
    if len(whose) > 1 and said:
        newest = list({(one.house.id, one.visit.person_id): one for one in reversed(found)}.values())[::-1]
        return await ask_which(desk, newest, said, texts.SEVERAL)
    that_day = [one for one in found if one.visit.day == wish.entry.day]
    return await mended(desk, (that_day or found)[0], wish, said)


async def mended(desk: Desk, logged: Logged, wish: Wish, said: str, *, sure: bool = False) -> Reply:
    """Old → new, with a way back; one question first when the words were not clear."""
    own = logged.visit.person_id == desk.me.id
    if not wish.house and not changes.says_something(wish.entry):
        by_field = Choice("Sửa", f"s|{logged.visit.id}")
        await desk.state.set_state(Choosing.what)
        await desk.state.set_data({"visit": logged.visit.id})
        return Reply(texts.say_what(logged.house.label), ((by_field,),))
    if not (sure or wish.house or changes.is_clear(wish.entry)):
        after = changes.changed(logged, wish.entry, desk.plan, desk.today)
        told = visiting_texts.outcome_words(desk.plan, after, desk.today)
        return await ask_which(desk, [logged], said, texts.is_it(logged.house.label, told), yes=True)
    unit = await desk.session.get_one(Unit, logged.visit.unit_id)
    label = ""
    if wish.house:
        door = await doors.meant(desk.session, desk.me, wish.unit or unit, wish.house)
        if door.several:
            return Reply(texts.name_the_alley(wish.house, [house.label for house in door.several]), takes_numbers=True)
        label = door.label
    after = changes.changed(logged, wish.entry, desk.plan, desk.today, house=label)
    differences = changes.differences(logged, after, desk.plan, desk.today)
    if wish.unit and wish.unit.id != unit.id:
        differences.append(("unit", unit.name, wish.unit.name))
    if not differences and wish.entry.installs and not wish.entry.outcome and not logged.visit.installs:
        return Reply(texts.say_what(logged.house.label), takes_numbers=True)  # people counted where nobody installed
    if not differences:
        return Reply(texts.nothing_to_mend(desk.plan, logged, desk.today), takes_numbers=True)
    now = await visits.correct(
        desk.session, desk.plan, desk.me, logged, after, now=desk.now, source=desk.source, unit=wish.unit
    )
    label = logged.house.label if wish.house else now.house.label
    back, more = drafts.after_saving(logged.visit.id or 0)[0]
    answer = texts.mended(label, unit, differences, own=own)
    return Reply(answer, ((back, more),), takes_numbers=True)


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


async def ask_which(
    desk: Desk, found: list[Logged], said: str, question: str, *, yes: bool = False, new: bool = False
) -> Reply:
    """One tap; what was said waits with it, and so does the dialogue that was open."""
    if not said or not (found or new):
        return Reply(question, takes_numbers=True)
    open_now = await desk.state.get_data()
    kept = {"state": desk.chat.state, "data": open_now}
    kept = open_now.get("kept", kept) if desk.chat.state == Choosing.which.state else kept
    await desk.state.set_state(Choosing.which)
    await desk.state.set_data({"said": said, "kept": kept})
    card = fresh_card(desk.chat)
    by_unit = len({one.visit.unit_id for one in found}) > 1
    names = {one.visit.id: await (_unit_name if by_unit else _name)(desk, one) for one in found}
    choices = [
        card_choice(_label(desk, one, names, yes=yes), "sw", str(one.visit.id), card) for one in found[:_MOST_CHOICES]
    ]
    choices += [card_choice(texts.LOG_IT, "sn", "-", card)] if new else []
    return Reply(question, rows([*choices, Choice("Huỷ", "w|huỷ")], wide=1))


async def _name(desk: Desk, logged: Logged) -> str:
    if logged.visit.person_id == desk.me.id:
        return ""
    person = await people.by_id(desk.session, logged.visit.person_id)
    return person.name or "" if person else ""


async def _unit_name(desk: Desk, logged: Logged) -> str:
    return (await desk.session.get_one(Unit, logged.visit.unit_id)).name


def _label(desk: Desk, logged: Logged, names: dict[int | None, str], *, yes: bool) -> str:
    if yes:
        return texts.YES
    label = visiting_texts.one_of_latest(desk.plan, logged.visit, logged.house, desk.today)
    name = names[logged.visit.id]
    return f"{name} · {label}" if name else label


async def which_tapped(_: CallbackQuery, value: str, desk: Desk) -> Reply:
    need(desk.me, "sửa")
    said = await _resumed(desk)
    visit_id = int(value) if value.isdecimal() and len(value) < 19 else 0
    logged = await recent.mendable(desk.session, desk.me, visit_id, desk.now, await led_by(desk.session, desk.me))
    wish = read_wish(said, desk)
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
        return {"wish": wish} if wish and changes.says_something(wish.entry) else False


async def one_said(message: Message, wish: Wish, desk: Desk) -> Reply:
    """Raises SkipHandler where no record of that house is this person's to mend: then it is a line like any other."""
    need(desk.me, "sửa")
    said = message.text or ""
    if wish.entry.house:
        there = await placing.entry_placed(desk.session, desk.me, wish.entry)
        unit = await drafts.unit_called(desk.session, desk.me, there.unit or "")
        house = await houses.called(desk.session, unit.id or 0, there.house or "")
        own = await recent.own_at(desk.session, desk.me, there.house or "", desk.now, house, anywhere=not there.unit)
        if own:
            return await _one_of(desk, own, wish, said)
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
        return {"wish": wish} if wish and not wish.entry.house and changes.says_something(wish.entry) else False


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
    router.message.register(slip_said, Slip())
    router.message.register(one_said, StateFilter(Choosing.one), SaysOne())
    router.message.register(what_said, StateFilter(Choosing.what), SaysWhat())
    router.callback_query.register(which_tapped, StateFilter(Choosing.which), Tapped("sw"))
    router.callback_query.register(new_tapped, StateFilter(Choosing.which), Tapped("sn"))
    return router
