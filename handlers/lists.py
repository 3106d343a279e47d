"""A pasted list, or several houses in one line: as many visits as it names, and only what was not read said back."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import continued, doubles, drafts, elsewhere, placing, totals
from handlers.desk import AtDesk, Desk
from handlers.sifting import Sifted
from handlers.words import Spoken, message_key, need
from rules.entry import Batch, read_line, read_list
from rules.plan import Plan
from rules.refusals import NotAllowed, Refusal
from rules.reply import Choice, Reply
from rules.roles import Role, may
from storage import doors, houses, recent, unread, visits
from storage.tables import Chat, Person, Unit, Visit
from texts import lists as texts
from texts import visiting

_OPENINGS = ("ghi", "tôi", "còn")
_GHI = re.compile(r"\s*[/／]?\w+(?:@\w+)?[\s:,.\-–]*")


class ManyHouses(Sifted):
    """A text that speaks of more than one house: lines of them, or "vắng 12, 14, 15-19"."""

    async def __call__(
        self, message: Message, heard: Spoken, chat: Chat, me: Person | None, plan: Plan, today: date
    ) -> bool | dict[str, Any]:
        text, cut_at = _without_word(message.text or "", heard), 0
        if me is None or message.forward_origin or not text or not may(Role(me.role), "ghi"):
            return False
        cut = continued.part_before(chat, message)
        if cut:
            text, cut_at = continued.whole(cut, text, plan, today)
        if not _may_be_many(text):
            return False
        line = read_line(text, plan, today) if "\n" not in text.strip() else None
        if line and line.sure:
            return False
        batch = read_list(text, plan, today)
        is_many = len(batch.records) + len(batch.unread) > (0 if cut else 1) or bool(batch.totals)
        return {"batch": batch, "typed": text, "cut": cut, "cut_at": cut_at} if is_many else False


def _without_word(text: str, heard: Spoken) -> str:
    """ "Tối qua:" begins with the word "tôi", "Còn nhà 12…" with "còn": a list all the same, and "ghi" only opens it.

    "" where the text is a word of the menu, or begins with another one.
    """
    if heard.word is None:
        return text
    if not heard.rest or heard.word not in _OPENINGS:
        return ""
    return _GHI.sub("", text, count=1) if heard.word == "ghi" else text


def _may_be_many(text: str) -> bool:
    return "\n" in text.strip() or (sum(map(str.isdecimal, text)) > 1 and any(sign in text for sign in ",;:/-–+"))


async def list_said(
    message: Message, batch: Batch, typed: str, cut: dict[str, Any] | None, cut_at: int, desk: Desk,
    session: AsyncSession, chat: Chat, me: Person, plan: Plan, now: datetime, today: date, source: str,
) -> Reply:  # fmt: skip
    need(me, "ghi")
    logged: list[tuple[Visit, str, Unit]] = []
    new: list[visits.Logged] = []
    asked: list[drafts.Draft] = []
    again: list[str] = []
    days_off: list[str] = []
    with_phone: list[visits.Logged] = []
    refused: list[tuple[int, str, str]] = [(line.line_no, line.text, line.why) for line in batch.unread]
    lines = typed.splitlines()
    several = Counter(line_no for line_no, _ in batch.records)
    reported, not_told = await _totals(session, me, plan, batch, lines, today=today, now=now, source=source)
    refused += not_told
    said_in = message_key(chat, message)
    for nth, (line_no, entry) in enumerate(batch.records):
        draft = drafts.of_entry(entry, plan, today)
        try:
            if not (draft.sure and draft.house and draft.outcome):
                raise Unclear
            drafts.check_day(draft.day, plan, today)
            placed = await placing.placed(session, me, draft)
            if placed is None:
                asked.append(desk.left_open(draft))
                continue
            draft, unit = placed
            door = await doors.meant(session, me, unit, draft.house, said_unit=draft.unit)
            if door.several:
                asked.append(draft)
                continue
            draft = replace(draft, house=door.label)
            before = await _cut_through(session, me, cut, door.label, now) if cut and line_no == cut_at else None
            one = (
                await visits.correct(session, plan, me, before, draft.said(), now=now, source=f"{source}.{nth}")
                if before
                else await visits.log(
                    session, plan, me, unit, draft.said(), now=now, source=f"{source}.{nth}", said_in=said_in
                )
            )
            days_off += [visiting.no_such_day(one.house.label, draft.no_such_day)] if draft.no_such_day else []
            if one.again:
                again.append(one.house.label)
                continue
            new.append(one)
            with_phone += [one] if draft.phone else []
            logged.append((one.visit, one.house.label, unit))
        except Refusal as refusal:
            part = texts.part(plan, draft.said(), today) if several[line_no] > 1 and draft.outcome else ""
            refused.append((line_no, part, type(refusal).__name__))
    said_back = [(no, said or _line(lines, no), why) for no, said, why in sorted(refused)]
    talk = [said for _, said in batch.talk if not elsewhere.is_courtesy(said)]
    for said, why in [*((said, why) for _, said, why in said_back), *((said, "talk") for said in talk)]:
        unread.keep(session, chat, said, why, now)
    choices = ((Choice("Hoàn tác cả danh sách", f"htl|{source}"),),) if logged else ()
    more, _taps = await doubles.beside(session, plan, me, new, with_phone, now=now, today=today, source=source)
    said_now = [*reported, *filter(None, [texts.list_saved(plan, logged, said_back, again, talk, today=today)])]
    saved = Reply("\n".join([*said_now, *days_off[: texts.MOST_SAID_BACK]]) + more, choices, takes_numbers=True)
    if asked:
        saved = await desk.ask_each(asked, saved)
    rest = continued.rest_to_come(chat, message, typed, plan, today, source)
    data = {key: value for key, value in (await desk.state.get_data()).items() if key != continued.KEY}
    await desk.state.set_data(data | ({continued.KEY: rest} if rest else {}))
    return saved


async def _cut_through(
    session: AsyncSession, me: Person, cut: dict[str, Any], label: str, now: datetime
) -> visits.Logged | None:
    """What the part before logged of the line that the messenger cut through, to be said whole."""
    found = await recent.listed_by(session, me, cut["source"], now)
    return next((one for one in found if houses.is_called(one.house, label)), None)


async def _totals(
    session: AsyncSession, me: Person, plan: Plan, batch: Batch, lines: list[str], *, today: date, now: datetime,
    source: str,
) -> tuple[list[str], list[tuple[int, str, str]]]:  # fmt: skip
    """Units' own figures among the houses: what is told of those kept, and the lines that were not, with why."""
    told: list[str] = []
    refused: list[tuple[int, str, str]] = []
    for number in (total.line_no for total in batch.totals):
        line, apart = _line(lines, number), f"{source}.t{number}"
        try:
            kept = await totals.kept_of_list(session, me, plan, line, today=today, now=now, source=apart)
        except Refusal as refusal:
            refused.append((number, "", "total" if isinstance(refusal, NotAllowed) else type(refusal).__name__))
        else:
            told += [kept] if kept else []
            refused += [] if kept else [(number, "", "Unclear")]
    return told, refused


class Unclear(Refusal):
    """A record that wants a question first."""


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(list_said, ManyHouses(), AtDesk())
    return router
