"""A pasted list edited: a line added is logged, one gone is taken off, one changed is corrected; undone as one act."""

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count

from handlers import changes, doubles, drafts, elsewhere, named_units, placing
from handlers.amending import mended
from handlers.desk import Desk
from handlers.drafts import Draft
from handlers.wishes import Wish
from rules.entry import Batch, Entry, house_key
from rules.refusals import NotFound, Refusal
from rules.reply import Choice, Reply
from storage import doors, houses, unread, visits
from storage.tables import Unit
from storage.visits import Logged
from texts import slips as texts


@dataclass(slots=True)
class Told:
    """What became of the lines: corrections in words, new visits, houses taken off or kept, asked about, not read."""

    corrected: list[str] = field(default_factory=list)
    new: list[Logged] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    asked: list[Draft] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


async def edited(said: str, batch: Batch, meant: list[Logged], desk: Desk, then: date) -> Reply:
    """Brings what the message logged to what it says now; `then` is the day it was sent.

    A house that is not in it any more is taken off only when every line could be read: a slip of the thumb in a line
    must not cost its record.
    """
    talk = [line for _, line in batch.talk if not elsewhere.is_courtesy(line)]
    told = Told(unread=[*(line.text for line in batch.unread), *talk])
    left, same, added = await _paired(batch, meant, desk, told)
    source, number = desk.source, count(1)
    for one, wish in same:
        desk.source = f"{source}.{next(number)}"
        await _correct(said, one, wish, desk, told)
    for entry in added:
        desk.source = f"{source}.{next(number)}"
        await _log(entry, desk, told, then)
    if told.unread or not (same or added):
        told.kept = [one.house.label for one in left]
    else:
        for one in left:
            act = f"{source}.{next(number)}"
            await visits.remove(desk.session, desk.plan, desk.me, one, now=desk.now, source=act)
            told.gone.append(one.house.label)
    desk.source = source
    return await _answer(told, desk)


async def _paired(
    batch: Batch, meant: list[Logged], desk: Desk, told: Told
) -> tuple[list[Logged], list[tuple[Logged, Wish]], list[Entry]]:
    """What has no line any more, what still has one, and the lines of houses that are new."""
    left, same, added = list(meant), list[tuple[Logged, Wish]](), list[Entry]()
    for _, read in batch.records:
        entry = await placing.entry_placed(desk.session, desk.me, read)
        if not (entry.sure and entry.house and entry.outcome):
            told.unread.append(entry.house or "?")
            continue
        unit = await _unit(desk, entry)
        one = next((one for one in left if _is_at(one, entry, unit)), None)
        if one is None:
            added.append(entry)
            continue
        left.remove(one)
        same.append((one, Wish(entry)))
    if len(left) == len(added) == 1:  # one house of the list was called wrongly
        entry = added.pop()
        same.append((left.pop(), Wish(entry, entry.house or "", await _unit(desk, entry))))
    return left, same, added


async def _unit(desk: Desk, entry: Entry) -> Unit | None:
    """The unit that a line names; None for none, and for one outside (which is refused where it is logged)."""
    try:
        return await named_units.unit_called(desk.session, desk.me, entry.unit) if entry.unit else None
    except NotFound:
        return None


def _is_at(one: Logged, entry: Entry, unit: Unit | None) -> bool:
    """Whether the line is about this visit's house, also where its number was asked about ("12" for "12 ngõ 3")."""
    label = entry.house or ""
    if bool(unit or entry.unit) and (unit is None or unit.id != one.visit.unit_id):
        return False
    number = doors.is_bare_number(label) and house_key(one.house.label).startswith(f"{house_key(label)} ")
    return number or houses.is_called(one.house, label)


async def _correct(said: str, one: Logged, wish: Wish, desk: Desk, told: Told) -> None:
    try:
        after = changes.changed(one, wish.entry, desk.plan, desk.today)
        if wish.house or changes.differences(one, after, desk.plan, desk.today):
            told.corrected.append((await mended(desk, one, wish, said)).text)
    except Refusal:
        told.unread.append(one.house.label)


async def _log(entry: Entry, desk: Desk, told: Told, then: date) -> None:
    draft = drafts.of_entry(entry, desk.plan, then)
    try:
        drafts.check_day(draft.day, desk.plan, desk.today)
        placed = await placing.placed(desk.session, desk.me, draft)
        if placed is None:
            told.asked.append(desk.left_open(draft))
            return
        draft, unit = placed
    except Refusal:
        told.unread.append(" ".join(word for word in (draft.house, draft.unit) if word))
        return
    door = await doors.meant(desk.session, desk.me, unit, draft.house)
    if door.several:
        told.asked.append(draft)
        return
    one = await visits.log(
        desk.session, desk.plan, desk.me, unit, replace(draft, house=door.label).said(), now=desk.now,
        source=desk.source, said_in=desk.said_in,
    )  # fmt: skip
    told.new += [] if one.again else [one]


async def _answer(told: Told, desk: Desk) -> Reply:
    for line in told.unread:
        unread.keep(desk.session, desk.chat, line, "edited", desk.now)
    more, _taps = await doubles.beside(
        desk.session, desk.plan, desk.me, told.new, told.new, now=desk.now, today=desk.today, source=desk.source
    )
    new = [one.house.label for one in told.new]
    said = texts.list_edited(told.corrected, new, told.gone, told.kept, told.unread) + more
    back = ((Choice(texts.UNDO_EDIT, f"htl|{desk.source}"),),) if told.corrected or new or told.gone else ()
    reply = Reply(said, back, takes_numbers=True)
    return await desk.ask_each(told.asked, reply) if told.asked else reply
