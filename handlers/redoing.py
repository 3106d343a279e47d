"""làm lại: what one took back last, brought back as it was; or why it stays as it is."""

from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.sifting import Sifted
from handlers.undoing import is_double
from handlers.words import Tapped, need
from rules.plan import Plan
from rules.reply import Choice, Reply
from rules.roles import Role
from rules.spelling import clean, fold
from storage import hand_overs, outbox, people, redo, shares, undo
from storage.redo import Redone
from storage.tables import Chat, HandOver, Person, Reported, Unit
from texts import redoing as texts
from texts import shares as share_texts
from texts.elsewhere import TAPPED_ALREADY
from texts.figure_words import number

_LONGEST = 60
_WORDS = frozenset(["lam lai", "khoi phuc", "khoi phuc lai", "phuc hoi", "lay lai", "redo"])
_COURTESIES = frozenset(
    ["di", "nhe", "nha", "a", "giup", "ho", "dum", "voi", "minh", "toi", "em", "chau", "bac", "cho"]
)
_OPEN = ("Visiting:house", "Choosing:")  # a house may be said next, but nothing is being asked


class SaysAgain(Sifted):
    """ "làm lại", "khôi phục giúp mình", where no question is open that it might answer."""

    async def __call__(self, message: Message, me: Person | None, chat: Chat) -> bool | dict[str, Any]:
        text = message.text or ""
        if me is None or message.forward_origin or not 0 < len(text) <= _LONGEST:
            return False
        words = fold(clean(text).strip(" .!/")).split()
        while len(words) > 2 and words[-1] in _COURTESIES:
            words.pop()
        return " ".join(words) in _WORDS and (not chat.state or chat.state.startswith(_OPEN))


async def brought_back(
    event: Message | CallbackQuery, session: AsyncSession, chat: Chat, me: Person, plan: Plan, now: datetime,
    today: date, source: str, value: str = "",
) -> Reply:  # fmt: skip
    """Typed: what was taken back last; tapped under a `hoàn tác`: what that one took back."""
    need(me, "hoàn tác")
    if isinstance(event, CallbackQuery) and is_double(event, chat):
        return Reply(toast=TAPPED_ALREADY)
    chat.last_tap = chat.last_tap if isinstance(event, CallbackQuery) else ""
    if not value and await undo.removed_last(session, me, now):
        return await _put_back(session, me, plan, now, today, source)
    taken_id = int(value) if value.isdecimal() and len(value) < 19 else 0
    done = await redo.bring_back(session, plan, me, now=now, source=source, taken_id=taken_id)
    said = "\n".join([line for line in await _told(session, plan, done, today) if line])
    for row in done.given:
        await _tell(session, plan, me, row, now, source)
    return Reply(said, _back(done), in_place=isinstance(event, CallbackQuery), takes_numbers=True)


async def _put_back(session: AsyncSession, me: Person, plan: Plan, now: datetime, today: date, source: str) -> Reply:
    """After "xoá nhà 15", which is an act of its own: the record stands again."""
    undone = await undo.last(session, plan, me, now=now, source=source)
    row = await redo.latest(session, me, now)
    said = "\n".join(texts.visit(plan, "log", one.visit, one.house, today) for _act, one in undone.visits)
    return Reply(said, ((Choice("Hoàn tác", f"rd|{row.id}"),),) if row else (), takes_numbers=True)


def _back(done: Redone) -> tuple[tuple[Choice, ...], ...]:
    """One tap takes it back again."""
    about = f"ht|{done.about[1:]}" if done.about.startswith("v") else f"htl|{done.about}"
    return ((Choice("Hoàn tác", about),),)


async def _told(session: AsyncSession, plan: Plan, done: Redone, today: date) -> list[str]:
    """What was brought back, a line for each sort of thing."""
    last = {one.visit.id: (act, one) for act, one in done.visits}
    lines = [texts.visit(plan, act, one.visit, one.house, today) for act, one in last.values()]
    if len(lines) > 1:
        lines = [texts.of_list([one.house.label for _, one in last.values()])]
    lines += [texts.figure(await _figure(session, plan, row)) for row in done.figures]
    lines += [texts.people(done.people)] if done.people else []
    lines += [texts.given(row.act, len(row.before or {})) for row in done.given]
    lines += [texts.edited(len({house.id for house in done.edited}))] if done.edited else []
    return [*lines, texts.places(done.places) if done.places else ""]


async def _figure(session: AsyncSession, plan: Plan, row: Reported) -> str:
    duty = plan.duty(row.what)
    name = duty.word if duty else f"của {(await session.get_one(Unit, row.unit_id)).name}:"
    return f"{name} {number(row.done)}" + (f"/{number(row.total)}" if row.total is not None else "")


async def _tell(session: AsyncSession, plan: Plan, me: Person, row: HandOver, now: datetime, source: str) -> None:
    """Who was told that it was not so hears that it is."""
    count = len(row.before or {})
    if row.act == "back":
        said = [
            (one, Reply(texts.back(me.name or "", count))) for one in await shares.heads_of(session, plan, row.unit_id)
        ]
    else:
        to = await people.by_id(session, row.to_id or 0)
        said = [(to, Reply(texts.yours(me.name or "", count)))] if to else []
        for person_id, lost in hand_overs.had(row).items():
            former = await people.by_id(session, person_id)
            if former and person_id != row.to_id:
                told = share_texts.given_on(me.name or "", lost, (to and to.name) or "người khác")
                said.append((former, Reply(told)))
    not_before = outbox.after_quiet(now, plan.time.quiet_from, plan.time.quiet_to)
    for person, told_now in said:
        if person.id != me.id and not person.left_at and person.role in (Role.VOLUNTEER, Role.HEAD):
            key = f"given again:{row.id}:{person.id}:{source}"
            await outbox.push(session, person, told_now, key=key, now=now, not_before=not_before)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(brought_back, SaysAgain())
    router.callback_query.register(brought_back, Tapped("rd", card=False))
    return router
