"""vướng: a volunteer says what stands in the way → the officers hear of it → the answer comes back."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.free_text import FreeText
from handlers.words import Tapped, Word, need
from rules.plan import Plan
from rules.refusals import NotAllowed, NotUnderstood
from rules.reply import Choice, Reply, rows
from rules.roles import Role
from rules.spelling import clean, fold
from storage import difficulties, outbox, people
from storage.tables import Chat, Difficulty, Person
from storage.units import scope_of
from texts import difficulties as texts

LONGEST = 1000
MOST_LISTED = 10
_OUT = ((Choice("Huỷ", "w|huỷ"),),)


class Raising(StatesGroup):
    text = State()


class Answering(StatesGroup):
    text = State()


@dataclass(frozen=True, slots=True)
class Counter:
    """What every step here needs at hand."""

    session: AsyncSession
    state: FSMContext
    me: Person
    plan: Plan
    now: datetime
    source: str

    @property
    def after_quiet(self) -> datetime:
        """When a message to someone else may go out."""
        return outbox.after_quiet(self.now, self.plan.time.quiet_from, self.plan.time.quiet_to)

    async def difficulty(self, number: Any) -> Difficulty:
        """Raises NotAllowed to all but officers, NotFound outside the officer's scope."""
        if need(self.me, "vướng") != Role.OFFICER:
            raise NotAllowed("vướng")
        scope = await scope_of(self.session, self.me)
        known = int(number) if str(number).isdecimal() and len(str(number)) < 19 else 0
        return await difficulties.by_id(self.session, scope, known)


class AtCounter(Filter):
    """Hands over `counter` to everyone who has joined."""

    async def __call__(
        self,
        _: Message | CallbackQuery,
        session: AsyncSession,
        state: FSMContext,
        me: Person | None,
        plan: Plan,
        now: datetime,
        source: str,
    ) -> bool | dict[str, Any]:
        return {"counter": Counter(session, state, me, plan, now, source)} if me else False


async def called(_: Message | CallbackQuery, rest: str, counter: Counter, chat: Chat) -> Reply:
    """An officer sees what waits; whoever goes to the doors says what is in the way, here or in the next message."""
    if need(counter.me, "vướng") == Role.OFFICER:
        return await _waiting(counter)
    if rest:
        return await _raise(counter, rest)
    return Reply(texts.ask_what(something_open=await _interrupt(counter, chat, Raising.text)), _OUT)


async def said(_: Message, text: str, counter: Counter) -> Reply:
    need(counter.me, "vướng")
    reply = await _raise(counter, text)
    something_open = await _resume(counter)
    return replace(reply, text=texts.going_on(reply.text, something_open=something_open))


async def _interrupt(counter: Counter, chat: Chat, step: State, **data: Any) -> bool:
    """Ask this first. A dialogue that is open is kept, its buttons stay good; whether there was one."""
    kept: dict[str, Any] = {"state": chat.state, "data": await counter.state.get_data()}
    if chat.state in (Raising.text.state, Answering.text.state):
        kept = kept["data"].get("kept", kept)
    await counter.state.set_state(step)
    await counter.state.set_data(data | {"kept": kept})
    return _is_open(kept)


async def _resume(counter: Counter) -> bool:
    """Back to the dialogue that was open before; whether there was one."""
    kept = (await counter.state.get_data())["kept"]
    await counter.state.set_state(kept["state"])
    await counter.state.set_data(kept["data"])
    return _is_open(kept)


def _is_open(kept: dict[str, Any]) -> bool:
    """Whether something waits for the person; a house just saved does not, though the next is listened for."""
    return kept["state"] is not None and not kept["data"].get("ready")


async def _raise(counter: Counter, text: str) -> Reply:
    """Keep it and tell the officers. A dialogue that is open stays open."""
    session, me, now = counter.session, counter.me, counter.now
    difficulty = await difficulties.raise_one(session, me, _words(text), now=now, source=counter.source)
    told = [officer for officer in await _officers(counter) if await _tell(counter, officer, difficulty)]
    waits_until = counter.after_quiet if counter.after_quiet > now else None
    return Reply(texts.raised(counter.plan, waits_until) if told else texts.raised_without_officer(counter.plan))


def _words(text: str) -> str:
    """Raises TooLong, and NotUnderstood where nothing is said."""
    words = clean(text, most=LONGEST)
    if not fold(words):
        raise NotUnderstood("text")
    return words


async def _officers(counter: Counter) -> list[Person]:
    """The officers whose part of the campaign this is."""
    officers = await people.with_roles(counter.session, counter.plan.slug, [Role.OFFICER])
    unit = counter.me.unit_id
    return [officer for officer in officers if unit in await scope_of(counter.session, officer)]


async def _tell(counter: Counter, officer: Person, difficulty: Difficulty) -> bool:
    news = Reply(texts.news(difficulty, counter.me), ((Choice(texts.REPLY, f"vt|{difficulty.id}"),),))
    key = f"difficulty:{difficulty.id}:{officer.id}"
    session, now = counter.session, counter.now
    return await outbox.push(session, officer, news, key=key, now=now, not_before=counter.after_quiet)


async def _waiting(counter: Counter) -> Reply:
    scope = await scope_of(counter.session, counter.me)
    found = await difficulties.unanswered(counter.session, scope, MOST_LISTED)
    if not found:
        return Reply(texts.NONE_WAITING)
    raised = [(one, await people.by_id(counter.session, one.person_id)) for one in found]
    choices = [Choice(texts.reply_to(number), f"vt|{one.id}") for number, one in enumerate(found, 1)]
    return Reply(texts.waiting(raised), rows(choices))


async def reply_tapped(_: CallbackQuery, value: str, counter: Counter, chat: Chat) -> Reply:
    """Pressed under a message of any age, perhaps amid another dialogue: that one is kept and goes on afterwards."""
    difficulty = await counter.difficulty(value)
    if difficulty.answered_at:
        return await _answered_before(counter, difficulty)
    something_open = await _interrupt(counter, chat, Answering.text, difficulty=difficulty.id)
    asker = await people.by_id(counter.session, difficulty.person_id)
    return Reply(texts.ask_answer(difficulty, asker, something_open=something_open), _OUT)


async def answer_said(_: Message, text: str, counter: Counter) -> Reply:
    difficulty = await counter.difficulty((await counter.state.get_data())["difficulty"])
    words = _words(text)
    something_open = await _resume(counter)
    if difficulty.answered_at:
        return await _answered_before(counter, difficulty)
    await difficulties.answer(counter.session, difficulty, counter.me, words, now=counter.now, source=counter.source)
    return Reply(texts.going_on(await _carried_back(counter, difficulty), something_open=something_open))


async def _carried_back(counter: Counter, difficulty: Difficulty) -> str:
    """Tell the one who asked; what to say to the officer about it."""
    asker = await people.by_id(counter.session, difficulty.person_id)
    if asker is None or asker.left_at or not await _push_answer(counter, asker, difficulty):
        return texts.answer_kept(asker)
    return texts.answer_goes(asker, counter.after_quiet if counter.after_quiet > counter.now else None)


async def _push_answer(counter: Counter, asker: Person, difficulty: Difficulty) -> bool:
    back, key = Reply(texts.answer(difficulty, counter.me)), f"difficulty:{difficulty.id}:answer"
    session, now = counter.session, counter.now
    return await outbox.push(session, asker, back, key=key, now=now, not_before=counter.after_quiet)


async def _answered_before(counter: Counter, difficulty: Difficulty) -> Reply:
    who = await people.by_id(counter.session, difficulty.answered_by or 0)
    return Reply(texts.answered_before(difficulty, who))


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.filter(AtCounter())
    router.callback_query.filter(AtCounter())
    router.message.register(called, Word("vướng", rest=True))
    router.callback_query.register(called, Word("vướng"))
    router.callback_query.register(reply_tapped, Tapped("vt", card=False))
    router.message.register(said, StateFilter(Raising.text), FreeText())
    router.message.register(answer_said, StateFilter(Answering.text), FreeText())
    return router
