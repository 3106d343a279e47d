"""lưu ý: what a head may want to look at again, dealt with by "đã xem"; officers see how many there are, no more."""

from collections import Counter
from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.words import Says, Tapped, Word
from rules.plan import Plan
from rules.refusals import NotAllowed
from rules.reply import Choice, Reply
from rules.roles import Role, may
from storage import notable, people, units
from storage.notable import Note
from storage.tables import Chat, House, Person
from storage.units import Scope, scope_of
from texts import noting as texts

MOST = 8  # at a time: so many marks fit into a button
_SHOWN = "notes:"


async def asked(
    _: Message | CallbackQuery, session: AsyncSession, chat: Chat, me: Person, plan: Plan, now: datetime, today: date
) -> Reply:
    scope = await _scope(session, me)
    notes = await notable.of_units(session, plan, scope.unit_ids, now)
    if Role(me.role) is Role.OFFICER:
        return Reply(texts.counts(await _by_name(session, scope, notes)))
    return await _list(session, chat, plan, notes, today)


async def _scope(session: AsyncSession, me: Person) -> Scope:
    if not may(Role(me.role), "lưu ý"):
        raise NotAllowed("lưu ý")
    return await scope_of(session, me)


async def _by_name(session: AsyncSession, scope: Scope, notes: list[Note]) -> list[tuple[str, int]]:
    """How many there are in each unit that has any, in the order people know the units."""
    count = Counter(note.unit_id for note in notes)
    return [(unit.name, count[unit.id or 0]) for unit in await units.within(session, scope) if count[unit.id or 0]]


async def _list(session: AsyncSession, chat: Chat, plan: Plan, notes: list[Note], today: date) -> Reply:
    if not notes:
        return Reply(texts.NOTHING)
    shown = notes[:MOST]
    lines = [await _line(session, plan, note, today) for note in shown]
    marks = "".join(note.mark for note in shown)
    chat.last_tap = f"{_SHOWN}{marks}"
    return Reply(texts.notes(lines, len(notes) - len(shown)), ((Choice(texts.SEEN, f"ly|{marks}"),),))


async def _line(session: AsyncSession, plan: Plan, note: Note, today: date) -> str:
    found = [await session.get_one(House, house_id) for house_id in note.house_ids]
    labels = [house.label for house in found]
    whom = [await people.by_id(session, word.person_id) for word in note.words]
    names = [(one.name if one else "") or texts.SOMEBODY for one in whom]
    return texts.note(plan, note, names, labels, today)


async def seen(
    _: CallbackQuery, value: str, session: AsyncSession, chat: Chat, me: Person, plan: Plan, now: datetime,
    today: date, source: str,
) -> Reply:  # fmt: skip
    """Those that were shown with this button, and no newer ones."""
    scope = await _scope(session, me)
    if Role(me.role) is Role.OFFICER:
        raise NotAllowed("lưu ý")
    marks = {value[at : at + notable.MARK] for at in range(0, len(value), notable.MARK)}
    notes = await notable.of_units(session, plan, scope.unit_ids, now)
    count = notable.see(session, me, [note for note in notes if note.mark in marks], now=now, source=source)
    chat.last_tap = ""
    left = [note for note in notes if note.mark not in marks]
    if not left:
        return Reply(texts.seen(count), in_place=True)
    then = await _list(session, chat, plan, left, today)
    return Reply(f"{texts.seen(count)}\n{then.text}", then.choices, in_place=True)


class Shown(Filter):
    """The notes were the last thing that was shown with a button here."""

    async def __call__(self, _: Message, chat: Chat) -> bool | dict[str, str]:
        return {"marks": chat.last_tap.removeprefix(_SHOWN)} if chat.last_tap.startswith(_SHOWN) else False


async def seen_in_words(
    _: Message, marks: str, session: AsyncSession, chat: Chat, me: Person, plan: Plan, now: datetime, today: date,
    source: str,
) -> Reply:  # fmt: skip
    reply = await seen(_, marks, session, chat, me, plan, now, today, source)  # type: ignore[arg-type]
    return Reply(reply.text, reply.choices)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(asked, Word("lưu ý"))
    router.callback_query.register(asked, Word("lưu ý"))
    router.callback_query.register(seen, Tapped("ly", card=False))
    router.message.register(seen_in_words, Says("đã xem", "xem rồi", "da xem roi"), Shown())
    return router
