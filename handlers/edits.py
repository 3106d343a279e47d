"""A message edited: the line is read again, and what it had logged is corrected, old → new."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Filter
from aiogram.types import Message

from handlers import changes, drafts, edited_lists, named_units, placing, questions, totals
from handlers.amending import mended
from handlers.desk import AtDesk, Desk
from handlers.slips import slip_said
from handlers.wishes import Wish, read_wish
from handlers.words import need
from rules.clock import day_in_vietnam
from rules.entry import Batch, Entry, read_list
from rules.refusals import NotFound
from rules.reply import Reply
from rules.roles import Role, may
from rules.slips import slip_in
from storage import recent, unread
from storage.tables import Person
from storage.visits import Logged
from texts import slips as texts


class Edited(Filter):
    """One's own edited words, of whoever writes down or mends; hands over what that message had logged."""

    async def __call__(self, message: Message, me: Person | None, desk: Desk) -> bool | dict[str, Any]:
        if me is None or not message.text or message.forward_origin or not may(Role(me.role), "sửa"):
            return False
        return {"meant": await recent.said_in(desk.session, me, desk.said_in, desk.now)}


async def edited(message: Message, meant: list[Logged], desk: Desk) -> Reply:
    need(desk.me, "sửa")
    text = message.text or ""
    slip = slip_in(text)
    said = slip or text
    then = _day_of(message, desk)
    if not meant and "\n" not in said.strip() and (figure := await _figure(desk, said, then)):
        return figure
    if not meant and slip:
        return await slip_said(message, slip, desk)
    if not meant:
        return await _read_anew(said, desk, then)
    batch = read_list(said, desk.plan, then)
    if len(meant) > 1 or "\n" in said.strip() or len(batch.records) > 1:
        return await _list(said, batch, meant, desk, then)
    desk.today, today = then, desk.today
    wish = read_wish(said, desk)
    desk.today = today
    if wish is None or not changes.is_clear(wish.entry):
        unread.keep(desk.session, desk.chat, text, "edited", desk.now)
        one = meant[0]
        answer = texts.edit_unread(desk.plan, one, desk.today)
        return Reply(answer, questions.after_saving(one.visit.id or 0), takes_numbers=True)
    wish = replace(wish, entry=await placing.entry_placed(desk.session, desk.me, wish.entry))
    if wish.entry.unit and await _elsewhere(desk, wish.entry.unit):
        return Reply(texts.edit_elsewhere(desk.plan, meant[0], wish.entry.unit, desk.today), takes_numbers=True)
    return await mended(desk, meant[0], await _as_edited(desk, meant[0], wish.entry), said)


async def _figure(desk: Desk, line: str, then: date, apart: str = "") -> Reply | None:
    return await totals.edited(
        desk.session, desk.me, desk.plan, line, today=then, now=desk.now, source=desk.source + apart
    )


async def _list(said: str, batch: Batch, meant: list[Logged], desk: Desk, then: date) -> Reply:
    """A list edited, with the figures of units in it that changed."""
    lines, told = said.splitlines(), list[str]()
    for number in (total.line_no for total in batch.totals if total.line_no <= len(lines)):
        figure = await _figure(desk, lines[number - 1], then, f".t{number}")
        told += [figure.text] if figure and figure.choices else []
    edited = await edited_lists.edited(said, batch, meant, desk, then)
    return replace(edited, text="\n".join([*told, edited.text])) if told else edited


async def _elsewhere(desk: Desk, unit: str) -> bool:
    """Whether the edited words name a unit outside one's scope; or none at all, which is told alike."""
    try:
        await named_units.unit_called(desk.session, desk.me, unit)
    except NotFound:
        return True
    return False


def _day_of(message: Message, desk: Desk) -> date:
    """The day the message was first sent: "hôm qua" in it is the day before that one."""
    sent = message.date if isinstance(message.date, datetime) else desk.now
    return min(day_in_vietnam(sent.astimezone(UTC)), desk.today) if sent.year > 2000 else desk.today


async def _as_edited(desk: Desk, logged: Logged, entry: Entry) -> Wish:
    label = entry.house or ""
    unit = await named_units.unit_called(desk.session, desk.me, entry.unit) if entry.unit else None
    if unit and unit.id != logged.visit.unit_id:
        return Wish(entry, label or logged.house.label, unit)
    return Wish(entry, "" if not label or await recent.is_at(desk.session, logged, label) else label)


async def _read_anew(said: str, desk: Desk, then: date) -> Reply:
    """A message that had logged nothing, or whose record was taken back: a clear line now is a record now."""
    if not may(Role(desk.me.role), "ghi"):
        raise SkipHandler
    draft = drafts.from_line(said, desk.plan, then, expected=False) if "\n" not in said.strip() else None
    if draft is None or not draft.outcome or draft.missing(desk.plan) or not drafts.whole_line(said, desk.plan, then):
        raise SkipHandler
    return await desk.go_on(draft)


def build_router() -> Router:
    router = Router(name=__name__)
    router.edited_message.filter(AtDesk())
    router.edited_message.register(edited, Edited())
    return router
