"""The answer to "“Xóm Đình” là ở đơn vị nào?": learnt once, and all that waited for it written down; or unlearnt."""

from dataclasses import replace
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import answers, drafts, named_units, placing, visiting
from handlers.desk import AtDesk, Desk, Visiting
from handlers.drafts import Draft
from handlers.sifting import Sifted
from handlers.words import Tapped, Text, need
from rules.refusals import NotFound, NotUnderstood
from rules.reply import Choice, Reply
from rules.roles import Role, may
from rules.spelling import clean, fold
from storage import doors, place_aliases, units, unread, visits
from storage.tables import Person, PlaceAlias, Unit, Visit
from storage.units import scope_of
from texts import lists as list_texts
from texts import placing as texts

_LONGEST = 80
_LONGEST_ANSWER = 6  # words: a unit's name, and "tên khác của" before it
_NOWHERE = frozenset(["khong phai noi chon", "khong phai ten noi", "khong phai", "khong", "ko phai", "ko", "khong co"])
_OWN = frozenset(["cua minh", "thuoc cua minh", "to minh", "thon minh", "don vi minh", "o day", "cho minh"])
_LEADS = frozenset(["thuoc", "o", "tai", "la", "ben", "trong", "cua", "dung", "a"])
_OTHER_NAME = "ten khac"
_COURTESIES = frozenset(["di", "nhe", "giup", "voi", "a", "minh"])


async def tapped(_: CallbackQuery, desk: Desk, value: str) -> Reply:
    draft = await desk.draft()
    if value == "-":
        return await _nowhere(desk, draft)
    number = value.removeprefix("=")
    scope = await scope_of(desk.session, desk.me)
    unit = await units.by_id(desk.session, scope, int(number) if number.isdecimal() and len(number) < 19 else 0)
    return await _learnt(desk, draft, unit, whole=value.startswith("="))


async def said(_: Message, desk: Desk, text: str) -> Reply:
    """A unit's name, "của mình", "tên khác của thôn 3", "không phải nơi chốn"; a line on another house comes first."""
    draft = await desk.draft()
    folded = fold(text)
    if folded in _NOWHERE and not (draft.aside and len(folded.split()) == 1):
        return await _nowhere(desk, draft)
    if (unit := await _unit_said(desk, text)) and not (draft.aside and answers.says_yes(text)):
        return await _learnt(desk, draft, unit, whole=_OTHER_NAME in folded)
    if drafts.from_line(text, desk.plan, desk.today, expected=False):
        return await visiting.line_said(_, desk, text)
    if draft.aside or len(text.split()) > _LONGEST_ANSWER:
        raise SkipHandler  # something else that somebody says: the question stands
    raise NotUnderstood("place", text)


async def _unit_said(desk: Desk, text: str) -> Unit | None:
    """The unit that the answer names; yes is the only one there is to choose."""
    offered = await placing.offered(desk.session, desk.me)
    own = [unit for unit in offered if unit.id == desk.me.unit_id]
    folded = fold(text)
    if (answers.says_yes(text) or folded == _OTHER_NAME) and len(offered) == 1:
        return offered[0]
    if folded in _OWN and own:
        return own[0]
    words = clean(text).split()
    if _OTHER_NAME in folded:
        words = words[next((at + 1 for at, word in enumerate(words) if fold(word) == "khac"), 0) :]
    while words and fold(words[0]) in _LEADS:
        words = words[1:]
    try:
        return await named_units.unit_called(desk.session, desk.me, " ".join(words)) if words else None
    except NotFound:
        return None


async def _learnt(desk: Desk, draft: Draft, unit: Unit, *, whole: bool) -> Reply:
    need(desk.me, "ghi")
    row = await place_aliases.learn(
        desk.session, desk.me, draft.unit, unit, whole=whole, now=desk.now, source=desk.source
    )
    saved = await _saved(desk, await desk.with_same_place(draft))
    told = texts.learnt(row, unit, only_own=not row.by_head)
    return replace(saved, text=f"{told}\n{saved.text}", may_wait=False)


async def _nowhere(desk: Desk, draft: Draft) -> Reply:
    """The words belong to the house's name then, in the own unit; nothing is learnt."""
    same = await desk.with_same_place(draft)
    return await _saved(
        desk, [replace(each, house=placing.with_place(each.house, each.unit), unit="") for each in same]
    )


async def _saved(desk: Desk, same: list[Draft]) -> Reply:
    if len(same) == 1:
        return await desk.go_on(same[0])
    waiting = await desk.waiting()
    await desk.state.set_state(Visiting.house)
    await desk.state.set_data({"ready": True, "waiting": waiting} if waiting else {"ready": True})
    logged: list[tuple[Visit, str, Unit]] = []
    again: list[str] = []
    asked: list[Draft] = []
    for nth, draft in enumerate(same):
        await _one(desk, draft, nth, logged, again, asked)
    choices = ((Choice("Hoàn tác cả danh sách", f"htl|{desk.source}"),),) if logged else ()
    told = Reply(list_texts.list_saved(desk.plan, logged, (), again, today=desk.today), choices, takes_numbers=True)
    return await desk.ask_each(asked, told) if asked else await desk.then_the_next(told, answered=True)


async def _one(
    desk: Desk, draft: Draft, nth: int, logged: list[tuple[Visit, str, Unit]], again: list[str], asked: list[Draft]
) -> None:
    """One of several houses that waited: written down, or still to be asked about."""
    placed = await placing.placed(desk.session, desk.me, draft)
    if placed is None:
        asked.append(draft)
        return
    there, unit = placed
    door = await doors.meant(desk.session, desk.me, unit, there.house)
    if door.several:
        asked.append(there)
        return
    one = await visits.log(
        desk.session, desk.plan, desk.me, unit, replace(there, house=door.label).said(), now=desk.now,
        source=f"{desk.source}.p{nth}", said_in=draft.said_in or desk.said_in,
    )  # fmt: skip
    if draft.kept_as:
        await unread.settled(desk.session, desk.chat, draft.kept_as, "which")
    if one.again:
        again.append(one.house.label)
    else:
        logged.append((one.visit, one.house.label, unit))


class Forgets(Sifted):
    """ "quên xóm Đình": a place that this person may unlearn, handed over as `rows`."""

    async def __call__(self, message: Message, session: AsyncSession, me: Person | None) -> bool | dict[str, Any]:
        words = clean(message.text or "").split() if len(message.text or "") <= _LONGEST else []
        if me is None or message.forward_origin or not may(Role(me.role), "sửa"):
            return False
        while len(words) > 1 and fold(words[-1]) in _COURTESIES:
            words.pop()
        if len(words) < 2 or fold(words[0]) != "quen":
            return False
        rows = await place_aliases.changeable(session, me, await scope_of(session, me), " ".join(words[1:]))
        return {"rows": rows} if rows else False


async def forgotten(_: Message, desk: Desk, rows: list[PlaceAlias]) -> Reply:
    place_aliases.unlearn(desk.session, rows, desk.me, now=desk.now, source=desk.source)
    return Reply(texts.unlearnt(rows), takes_numbers=True)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.filter(AtDesk())
    router.callback_query.filter(AtDesk())
    router.message.register(forgotten, Forgets())
    router.callback_query.register(tapped, StateFilter(Visiting.place), Tapped("gp"))
    router.message.register(said, StateFilter(Visiting.place), Text())
    return router
