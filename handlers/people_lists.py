"""Event mode: names and phones pasted at the nhà văn hoá become lines of the unit's DANH SÁCH."""

from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.sifting import Sifted
from handlers.words import Spoken, Tapped
from rules.entry import read_list
from rules.people_list import ListedLine, PeopleList, names_somebody, read_people
from rules.plan import Plan
from rules.reply import Choice, Reply
from rules.roles import Role
from rules.spelling import fold
from storage import listed, redo, unread
from storage.tables import Chat, ListedPerson, Person, Unit
from texts import people_lists as texts

_LISTS = (Role.VOLUNTEER, Role.HEAD, Role.OFFICER)
_FEWEST = 2
_FEWEST_DIGITS = 9
_MISTYPED = 2  # digits that one of two phones may lack


class People(Sifted):
    """Several people named with their phones, or below a heading that calls it a list; no houses with outcomes."""

    async def __call__(
        self, message: Message, heard: Spoken, me: Person | None, chat: Chat, plan: Plan, today: date
    ) -> bool | dict[str, Any]:
        text = message.text or ""
        if me is None or heard.word or message.forward_origin or Role(me.role) not in _LISTS or not _may_be(text):
            return False
        if chat.state and not chat.state.startswith(("Visiting:", "Choosing:")):
            return False
        people = read_people(text)
        return {"found": people} if _is_list(people) and not _has_visits(text, people, plan, today) else False


def _may_be(text: str) -> bool:
    is_called_list = fold(text[:200]).startswith(("danh sach", "ds "))
    return is_called_list or sum(map(str.isdecimal, text)) >= _FEWEST * _FEWEST_DIGITS - _MISTYPED


def _is_list(people: PeopleList) -> bool:
    with_phone = sum(1 for one in people.people if one.phone)
    called = any("danh sach" in fold(said) or fold(said).startswith("ds") for _, said in people.headings)
    misdialled = [line for line in people.unread if names_somebody(line)]
    named, unread = len(people.people) + len(misdialled), len(people.unread) - len(misdialled)
    phones = with_phone + len(misdialled)
    return named >= _FEWEST and len(people.people) > unread and with_phone > 0 and (phones > 1 or called)


def _has_visits(text: str, people: PeopleList, plan: Plan, today: date) -> bool:
    """Whether a line says what happened at a house; "An, không có điện thoại" among others with theirs is a person."""
    batch = read_list(text, plan, today)
    persons = {one.line_no for one in people.people if one.no_phone}
    return any(entry.outcome and number not in persons for number, entry in batch.records) or bool(batch.totals)


async def list_said(
    _: Message, found: PeopleList, session: AsyncSession, chat: Chat, me: Person, plan: Plan, now: datetime,
    today: date, source: str,
) -> Reply:  # fmt: skip
    unit = await session.get_one(Unit, me.unit_id)
    added, again, elsewhere, same_phone = [], [], [], []
    for nth, one in enumerate(found.people):
        entry = listed.Entry(name=one.name, phone=one.phone, workplace=one.workplace, address=one.address)
        before = await listed.same_as(session, plan.slug, entry)
        here = [row for row in before if row.unit_id == unit.id]
        if any(_is_same(row, one) for row in here):
            again.append(one.name)
            continue
        if await listed.add(session, me, unit, entry, day=today, now=now, source=f"{source}.{nth}"):
            added.append(one.name)
            same_phone += [one.name] if here else []
            elsewhere += [one.name] if before and not here else []
    for line in found.unread:
        unread.keep(session, chat, line.text, line.why, now)
    said = texts.listed(unit, len(added), again, elsewhere, same_phone, [(one.text, one.why) for one in found.unread])
    back = ((Choice(texts.TAKE_OFF, f"hl|{source}"),),) if added else ()
    return Reply(said, back, takes_numbers=True)


def _is_same(row: ListedPerson, one: ListedLine) -> bool:
    return row.name_hash == listed.name_hash(one.name)


async def taken_off(
    _: CallbackQuery, value: str, session: AsyncSession, me: Person, now: datetime, source: str
) -> Reply:
    taken = await listed.take_off_list(session, me, value, now=now, source=source)
    await redo.note(session, me, value, now=now, source=source, people=taken)
    return Reply(texts.taken_off(len(taken)), in_place=True)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(list_said, People())
    router.callback_query.register(taken_off, Tapped("hl", card=False))
    return router
