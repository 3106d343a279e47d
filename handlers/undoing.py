"""hoàn tác: one's last message taken back as if it had never been said, whatever it did; or why it cannot be."""

import re
from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import drafts
from handlers.mending import Mending, label_of, led_by
from handlers.sifting import Sifted
from handlers.taken_back import told
from handlers.words import Tapped, Word, need
from rules.plan import Plan
from rules.refusals import ChangedSince, NothingToUndo, NotUnderstood
from rules.reply import Choice, Reply, rows
from rules.spelling import clean, fold, plain
from storage import houses, place_aliases, recent, redo, undo, visits
from storage.tables import Chat, Person
from storage.visits import Logged
from texts import placing, refusals
from texts import redoing as redo_texts
from texts import visiting as texts
from texts.elsewhere import TAPPED_ALREADY

_LONGEST = 200
_MOST_SHOWN = 5
_COURTESIES = frozenset(
    ["lai", "giup", "ho", "dum", "bac", "co", "chu", "chau", "em", "minh", "toi", "nhe", "di", "voi", "a", "cho"]
)
_ERASES = re.compile(
    r"(?:xoa|go)(?: bo)? (?:luot (?:ghi )?(?:o )?)?"
    r"(?P<rest>(?:nha|ho) .+|(?:cai |dong |tin )?vua (?:ghi|roi|gui|go|nhan).*|(?:cai |dong )?cuoi.*)"
    r"|(?:bo|huy)(?: luot(?: ghi)?(?: o)?)? (?P<house>(?:nha|ho) (?:so )?\d.*)"
)
_THE_LAST = frozenset(
    ["ca danh sach", "danh sach", "ca luot", "het", "luot vua ghi", "vua ghi", "luot vua roi", "vua roi", "cai vua roi",
     "cai vua ghi", "dong vua roi", "dong vua ghi", "tin vua roi", "tin vua gui", "cai cuoi", "dong cuoi", "vua gui",
     "luot cuoi", "cuoi", "cuoi cung", "hoan tac"]
)  # fmt: skip


async def taken_back(
    event: Message | CallbackQuery,
    session: AsyncSession,
    chat: Chat,
    me: Person,
    plan: Plan,
    now: datetime,
    today: date,
    source: str,
    state: FSMContext,
    value: str = "",
) -> Reply:
    """hoàn tác: what one's last message did; under an echo, the last act on that visit, once however often tapped."""
    need(me, "hoàn tác")
    if isinstance(event, CallbackQuery) and _number(value) and is_double(event, chat):
        return Reply(toast=TAPPED_ALREADY)
    if await state.get_state() == Mending.value.state:
        await state.clear()
    if not value:
        try:
            undone = await undo.last(session, plan, me, now=now, source=source)
        except ChangedSince as refusal:
            return await _or_the_one_before(session, me, refusal, now, 0)
        said = await told(session, plan, me, undone, today, now, source)
        return await _with_a_way_back(session, me, said, now, in_place=False)
    try:
        act, logged = await undo.visit(session, plan, me, _number(value), now=now, source=source)
    except NothingToUndo:
        if not await undo.was_there(session, me, visit_id=_number(value)):
            raise
        return Reply(texts.GONE_ALREADY)
    except ChangedSince as refusal:
        return await _or_the_one_before(session, me, refusal, now, _number(value))
    said = texts.taken_back(plan, act, logged.visit, logged.house, today)
    learnt = await place_aliases.learnt_by(session, me, logged.visit.source) if act == "log" else []
    if learnt:
        said += "\n" + placing.undone(place_aliases.unlearn(session, learnt, me, now=now, source=source))
        await redo.also_places(session, me, f"v{value}", learnt)
    return await _with_a_way_back(session, me, said, now, in_place=isinstance(event, CallbackQuery))


async def _with_a_way_back(session: AsyncSession, me: Person, said: str, now: datetime, *, in_place: bool) -> Reply:
    """What was taken back can be brought back with one tap."""
    row = await redo.latest(session, me, now)
    again = ((Choice(redo_texts.REDO, f"rd|{row.id}"),),) if row else ()
    return Reply(said, again, in_place=in_place, takes_numbers=True)


async def _or_the_one_before(
    session: AsyncSession, me: Person, refusal: ChangedSince, now: datetime, visit_id: int
) -> Reply:
    """Why the last act stays, and the one before it within one tap: to say "hoàn tác" again would meet the same act."""
    said_in, labels = await undo.before_last(session, me, now, visit_id=visit_id)
    why = refusals.changed_since(refusal.houses)
    if not said_in:
        return Reply(why)
    return Reply(f"{why}\n{texts.or_the_one_before(labels)}", ((Choice(texts.UNDO_BEFORE, f"htl|{said_in}"),),))


async def house_taken_back(
    event: Message, rest: str, session: AsyncSession, chat: Chat, me: Person, plan: Plan, now: datetime, today: date,
    source: str, state: FSMContext, erases: bool = False,
) -> Reply:  # fmt: skip
    """ "hoàn tác nhà 12": one's latest visit there; "hoàn tác cả danh sách" is the last message, as without more."""
    need(me, "hoàn tác")
    value = ""
    rest = _without_courtesy(rest)
    if rest and fold(rest) not in _THE_LAST:
        draft = drafts.from_line(rest, plan, today, expected=True)
        if draft is None or not draft.house:
            raise NotUnderstood("house", rest)
        house = await houses.called(session, me.unit_id, draft.house)
        found = await recent.own_at(session, me, draft.house, now, house, anywhere=True)
        if not found:
            return await _of_another(session, me, plan, draft.house, now, today)
        if erases and await _was_corrected(session, found[0]):
            return await _erased(session, plan, me, found[0], now, today, source)
        value = str(found[0].visit.id)
    return await taken_back(event, session, chat, me, plan, now, today, source, state, value)


async def _was_corrected(session: AsyncSession, logged: Logged) -> bool:
    acts = [act for act in await visits.history(session, logged.visit) if act.undone_at is None]
    return bool(acts) and acts[-1].act != "log"


async def _erased(
    session: AsyncSession, plan: Plan, me: Person, logged: Logged, now: datetime, today: date, source: str
) -> Reply:
    """ "xoá nhà 15" of a record that was corrected: all of it goes, and not only the correction."""
    await visits.remove(session, plan, me, logged, now=now, source=source)
    back = Choice("Hoàn tác", f"ht|{logged.visit.id}")
    return Reply(texts.taken_back(plan, "log", logged.visit, logged.house, today), ((back,),))


async def _of_another(session: AsyncSession, me: Person, plan: Plan, label: str, now: datetime, today: date) -> Reply:
    """A head or officer takes off another's record with one tap, after seeing which it is."""
    led = await led_by(session, me)
    found = await recent.within(session, led, label, now) if led else []
    if not found:
        return Reply(texts.nothing_of_yours(label))
    taps = [
        Choice(await label_of(session, me, plan, logged, today), f"hr|{logged.visit.id}")
        for logged in found[:_MOST_SHOWN]
    ]
    return Reply(texts.ask_take_off(label), rows([*taps, Choice("Huỷ", "w|huỷ")], wide=1))


async def anothers_taken_off(
    _: CallbackQuery, value: str, session: AsyncSession, me: Person, plan: Plan, now: datetime, today: date, source: str
) -> Reply:
    """Another's record taken off by whoever leads the unit; it stays in the history and can be put back."""
    need(me, "hoàn tác")
    logged = await recent.mendable(session, me, _number(value), now, await led_by(session, me))
    await visits.remove(session, plan, me, logged, now=now, source=source)
    said = texts.taken_back(plan, "log", logged.visit, logged.house, today)
    back = Choice("Hoàn tác", f"ht|{logged.visit.id}")
    return Reply(f"{said}\n{texts.TAKEN_OFF_BY_HEAD}", ((back,),), in_place=True)


def _without_courtesy(rest: str) -> str:
    """ "giúp bác", "lại đi", "nhà 12 nhé": the courtesies at its end say nothing."""
    words = rest.split()
    while words and fold(words[-1]) in _COURTESIES:
        words.pop()
    return " ".join(words)


class Erases(Sifted):
    """ "xoá nhà 12 đi", "gỡ lượt vừa rồi": hoàn tác in other words, handed over as `rest`."""

    async def __call__(self, message: Message, chat: Chat) -> bool | dict[str, Any]:
        typed = message.text or ""
        text = clean(typed) if len(typed) <= _LONGEST else ""
        found = _ERASES.fullmatch(plain(text))
        if not found or message.forward_origin or chat.state == Mending.value.state:
            return False
        return {"rest": text[slice(*found.span("rest" if found["rest"] else "house"))], "erases": True}


async def list_taken_back(
    event: Message | CallbackQuery,
    value: str,
    session: AsyncSession,
    me: Person,
    plan: Plan,
    now: datetime,
    today: date,
    source: str,
) -> Reply:
    """The button under a list's echo, or a reply to it: that list, whatever came after it."""
    need(me, "hoàn tác")
    try:
        undone = await undo.message(session, plan, me, value, now=now, source=source)
    except NothingToUndo:
        if not await undo.was_there(session, me, said_in=value):
            raise
        return Reply(texts.GONE_ALREADY)
    said = await told(session, plan, me, undone, today, now, source)
    return await _with_a_way_back(session, me, said, now, in_place=isinstance(event, CallbackQuery))


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 19 else 0


def is_double(query: CallbackQuery, chat: Chat) -> bool:
    tap = f"{query.message.message_id if query.message else ''}:{query.data}"
    before, chat.last_tap = chat.last_tap, tap
    return before == tap


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(taken_back, Word("hoàn tác"))
    router.message.register(house_taken_back, Word("hoàn tác", rest=True))
    router.message.register(house_taken_back, Erases())
    router.callback_query.register(taken_back, Word("hoàn tác"))
    router.callback_query.register(taken_back, Tapped("ht", card=False))
    router.callback_query.register(anothers_taken_off, Tapped("hr", card=False))
    router.callback_query.register(list_taken_back, Tapped("htl", card=False))
    return router
