"""The desk at which a visit is written down: what every step of that conversation needs, and how it ends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import doubles, drafts, placing, questions
from handlers.drafts import Draft
from handlers.words import card_choice, fresh_card, message_key, need
from rules.clock import VIETNAM
from rules.near_names import written_otherwise
from rules.plan import Plan
from rules.reply import Choice, Reply, rows
from storage import doors, unread, visits
from storage.tables import Chat, House, Person, Unit, Visit
from texts import doubles as double_texts
from texts import placing as place_texts
from texts import visiting as texts

MOST_DOORS = 6
ASK_AGAIN = timedelta(minutes=15)  # what nobody answered is not put again behind every house that is logged
_NOON = 12


class Visiting(StatesGroup):
    house = State()
    outcome = State()
    sure = State()
    installs = State()
    come_back = State()
    reason = State()
    which = State()
    place = State()


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
            await self._keep(draft.to_data())
            return replace(questions.question(missing, draft, self.plan, self.chat, self.today), in_place=in_place)
        return replace(await self.save(draft), in_place=in_place)

    async def save(self, draft: Draft) -> Reply:
        """Write it down; where several houses may be meant, ask. Then what waits behind it is asked about."""
        need(self.me, "ghi")
        drafts.check_day(draft.day, self.plan, self.today)
        placed = await placing.placed(self.session, self.me, draft)
        if placed is None:
            return await self.ask_place(draft)
        (draft, unit), near = placed, None
        if not draft.anew:
            door = await doors.meant(self.session, self.me, unit, draft.house, said_unit=draft.unit)
            if door.several:
                return await self.ask_which(draft, door.several)
            draft, near = replace(draft, house=door.label), door.near
        return await self.then_the_next(await self._written(draft, unit, near), answered=bool(draft.kept_as))

    async def waiting(self) -> list[dict[str, Any]]:
        """The visits of which it is still to be asked which house they mean."""
        return list((await self.state.get_data()).get("waiting", []))

    async def ask_which(self, draft: Draft, several: Sequence[House]) -> Reply:
        told = texts.outcome_words(self.plan, draft.said(), self.today)
        if not draft.kept_as:
            draft = self.kept(draft, texts.left_open(draft.house, told))
        await self.state.set_state(Visiting.which)
        await self._keep(self._asked_now(draft))
        card = fresh_card(self.chat)
        choices = [card_choice(house.label, "gw", str(house.id), card) for house in several[:MOST_DOORS]]
        choices += [card_choice(texts.ANOTHER_DOOR, "gw", "-", card)]
        said = texts.ask_which(draft.house, [house.label for house in several], told, draft.day, self.today)
        return Reply(said, (*rows(choices), (Choice("Huỷ", "w|huỷ"),)))

    async def ask_place(self, draft: Draft) -> Reply:
        """Which unit the place is in that this visit names."""
        told = texts.outcome_words(self.plan, draft.said(), self.today)
        draft = self.left_open(draft)
        await self.state.set_state(Visiting.place)
        await self._keep(self._asked_now(draft))
        more = sum(placing.is_same(each.get("unit", ""), draft.unit) for each in await self.waiting())
        offered = (await placing.offered(self.session, self.me))[:MOST_DOORS]
        own, card = offered[0], fresh_card(self.chat)
        first = place_texts.within_own(own) if own.id == self.me.unit_id else place_texts.within(own)
        choices = [card_choice(first, "gp", str(own.id), card)]
        choices += [card_choice(place_texts.within(unit), "gp", str(unit.id), card) for unit in offered[1:]]
        choices += [card_choice(place_texts.other_name(own), "gp", f"={own.id}", card)] if len(offered) == 1 else []
        choices += [card_choice(place_texts.NO_PLACE, "gp", "-", card)]
        said = place_texts.ask(draft.unit, draft.house, told, more)
        return Reply(said, (*rows(choices), (Choice("Huỷ", "w|huỷ"),)))

    def _asked_now(self, draft: Draft) -> dict[str, Any]:
        return replace(draft, asked_at=self.now.isoformat(), aside=False).to_data()

    def left_open(self, draft: Draft) -> Draft:
        """Kept among what is not written down, until it is known where its place is."""
        told = texts.outcome_words(self.plan, draft.said(), self.today)
        return self.kept(draft, place_texts.left_open(draft.house, draft.unit, told))

    def kept(self, draft: Draft, words: str) -> Draft:
        """Kept in these words where the head sees it, for as long as it is not written down."""
        if draft.kept_as:
            return draft
        unread.keep(self.session, self.chat, words, "which", self.now)
        return replace(draft, kept_as=words, said_in=draft.said_in or self.said_in)

    async def with_same_place(self, draft: Draft) -> list[Draft]:
        """This visit and those waiting that name the same place; these no longer wait."""
        waiting = await self.waiting()
        same = [each for each in waiting if placing.is_same(each.get("unit", ""), draft.unit)]
        others = [each for each in waiting if each not in same]
        await self.state.set_data(draft.to_data() | ({"waiting": others} if others else {}))
        return [draft, *(Draft.from_data(each, self.today) for each in same)]

    async def ask_each(self, drafts: Sequence[Draft], said: Reply) -> Reply:
        """Of these visits it is asked which house they mean, one after the other; what was `said` stands before."""
        await self.set_aside()
        waiting = [draft.to_data() for draft in drafts]
        await self.state.set_data({"ready": True, "waiting": [*waiting, *await self.waiting()]})
        asked = await self.then_the_next(said)
        return replace(asked, choices=(*asked.choices, *said.choices))

    async def set_aside(self) -> None:
        """Another house comes before an answer to "which of them?" or "where is that?": this waits."""
        if self.chat.state in (Visiting.which.state, Visiting.place.state):
            data = await self.state.get_data()
            first = {key: value for key, value in data.items() if key != "waiting"}
            await self.state.set_data({"ready": True, "waiting": [first, *await self.waiting()]})

    async def _keep(self, data: dict[str, Any]) -> None:
        waiting = await self.waiting()
        await self.state.set_data(data | ({"waiting": waiting} if waiting else {}))

    async def then_the_next(self, saved: Reply, *, answered: bool = False) -> Reply:
        """What was saved, and behind it the next of the visits that wait for an answer.

        The one that was asked about lately is not put again unless another such question was `answered` just now.
        """
        waiting = await self.waiting()
        if not waiting:
            return saved
        first = Draft.from_data(waiting[0], self.today)
        asked_lately = first.asked_at and self.now - datetime.fromisoformat(first.asked_at) < ASK_AGAIN
        if asked_lately and not answered:
            return await self._with_open_question(first, waiting[1:], saved)
        await self.state.set_data({"ready": True, "waiting": waiting[1:]})
        self.source = f"{self.source}.w{len(waiting)}"
        then = await self.go_on(first)
        return replace(then, text=f"{saved.text}\n\n{then.text}".strip())

    async def _with_open_question(self, first: Draft, others: list[dict[str, Any]], saved: Reply) -> Reply:
        """The question stands as it was asked, its buttons too; that it does is said once."""
        is_place = bool(first.unit) and await placing.placed(self.session, self.me, first) is None
        await self.state.set_state(Visiting.place if is_place else Visiting.which)
        data = replace(first, aside=True).to_data() | {"ready": True}
        await self.state.set_data(data | ({"waiting": others} if others else {}))
        if first.aside:
            return saved
        return replace(saved, text=f"{saved.text}\n{texts.still_waits(first.house)}", may_wait=False)

    async def _written(self, draft: Draft, unit: Unit, near: House | None) -> Reply:
        said = draft.said()
        logged = await visits.log(
            self.session,
            self.plan,
            self.me,
            unit,
            said,
            now=self.now,
            source=self.source,
            said_in=draft.said_in or self.said_in,
        )
        await self.state.set_state(Visiting.house)
        await self._keep({"ready": True})
        if draft.kept_as:
            await unread.settled(self.session, self.chat, draft.kept_as, "which")
        visit, house = logged.visit, logged.house
        if logged.again:
            again = texts.saved_before(self.plan, visit, house, self.today)
            return Reply(again, questions.after_saving(visit.id or 0), takes_numbers=True)
        offered = texts.offered(name=bool(said.name), phone=bool(said.phone))
        echo = texts.saved(self.plan, visit, house, unit, self.today, offered=offered, unfinished=draft.unfinished)
        more, taps = await doubles.beside(
            self.session, self.plan, self.me, [logged], [logged] if said.phone else [], now=self.now,
            today=self.today, source=self.source, near=[(house, near)] if near and logged.is_new else [],
        )  # fmt: skip
        if not taps and written_otherwise(draft.house, house.label):
            more, taps = f"{more}\n{double_texts.taken_for(house.label)}", [doubles.another_house(visit)]
        more += self._hour_gone(visit, house)
        more += f"\n{texts.no_such_day(house.label, draft.no_such_day)}" if draft.no_such_day else ""
        confirms = not (draft.unfinished or more)  # what was left unfinished is news, and news does not wait
        choices = (*((tap,) for tap in taps), *questions.after_saving(visit.id or 0))
        return Reply(echo + more, choices, takes_numbers=True, may_wait=confirms)

    def _hour_gone(self, visit: Visit, house: House) -> str:
        """A line on an appointment for an hour of today that is over."""
        hour, _, minute = (visit.come_back_time or "").partition(":")
        if visit.come_back_on != self.today or not minute or int(hour) >= _NOON:
            return ""
        local = self.now.astimezone(VIETNAM)
        is_over = (int(hour), int(minute)) < (local.hour, local.minute)
        return f"\n{texts.hour_gone(house.label, visit.come_back_time)}" if is_over else ""


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
