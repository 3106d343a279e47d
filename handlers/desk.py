"""The desk at which a visit is written down: what every step of that conversation needs, and how it ends."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import doubles, drafts
from handlers.drafts import Draft
from handlers.words import message_key, need
from rules.plan import Plan
from rules.reply import Reply
from storage import visits
from storage.tables import Chat, Person
from texts import visiting as texts


class Visiting(StatesGroup):
    house = State()
    outcome = State()
    sure = State()
    installs = State()
    come_back = State()
    reason = State()


_STATES = {
    "house": Visiting.house,
    "outcome": Visiting.outcome,
    "sure": Visiting.sure,
    "installs": Visiting.installs,
    "come_back": Visiting.come_back,
    "reason": Visiting.reason,
}


class Desk:
    """What every step of this conversation needs, gathered once by aiogram's injection."""

    def __init__(
        self,
        state: FSMContext,
        session: AsyncSession,
        chat: Chat,
        me: Person,
        plan: Plan,
        now: datetime,
        today: date,
        source: str,
        said_in: str = "",
    ) -> None:
        self.state, self.session, self.chat, self.me, self.plan = state, session, chat, me, plan
        self.now, self.today, self.source, self.said_in = now, today, source, said_in

    async def draft(self) -> Draft:
        return Draft.from_data(await self.state.get_data(), self.today)

    async def go_on(self, draft: Draft, *, in_place: bool = False) -> Reply:
        """Ask for what is still missing, or save."""
        missing = draft.missing(self.plan)
        if missing:
            await self.state.set_state(_STATES[missing])
            await self.state.set_data(draft.to_data())
            return replace(drafts.question(missing, draft, self.plan, self.chat, self.today), in_place=in_place)
        return replace(await self.save(draft), in_place=in_place)

    async def save(self, draft: Draft) -> Reply:
        need(self.me, "ghi")
        drafts.check_day(draft.day, self.plan, self.today)
        unit = await drafts.unit_called(self.session, self.me, draft.unit)
        said = draft.said()
        logged = await visits.log(
            self.session, self.plan, self.me, unit, said, now=self.now, source=self.source, said_in=self.said_in
        )
        await self.state.set_state(Visiting.house)
        await self.state.set_data({"ready": True})
        visit, house = logged.visit, logged.house
        if logged.again:
            again = texts.saved_before(self.plan, visit, house, self.today)
            return Reply(again, drafts.after_saving(visit.id or 0), takes_numbers=True)
        offered = texts.offered(name=bool(said.name), phone=bool(said.phone))
        echo = texts.saved(self.plan, visit, house, unit, self.today, offered=offered, unfinished=draft.unfinished)
        more, taps = await doubles.beside(
            self.session, self.plan, self.me, [logged], [logged] if said.phone else [], now=self.now,
            today=self.today, source=self.source,
        )  # fmt: skip
        confirms = not (draft.unfinished or more)  # what was left unfinished is news, and news does not wait
        choices = (*((tap,) for tap in taps), *drafts.after_saving(visit.id or 0))
        return Reply(echo + more, choices, takes_numbers=True, may_wait=confirms)


class AtDesk(Filter):
    """Gathers the desk for every step."""

    async def __call__(
        self,
        event: Message | CallbackQuery,
        state: FSMContext,
        session: AsyncSession,
        chat: Chat,
        me: Person,
        plan: Plan,
        now: datetime,
        today: date,
        source: str,
    ) -> dict[str, Any]:
        said_in = message_key(chat, event) if isinstance(event, Message) else ""
        return {"desk": Desk(state, session, chat, me, plan, now, today, source, said_in)}
