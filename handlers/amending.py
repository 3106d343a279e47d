"""A record changed in words: old → new at once, with a way back; one tap first where it is not certain."""

from handlers import changes, questions
from handlers.desk import Desk
from handlers.mending import Choosing
from handlers.wishes import Wish
from handlers.words import card_choice, fresh_card
from rules.reply import Choice, Reply, rows
from storage import doors, people, visits
from storage.tables import Unit
from storage.visits import Logged
from texts import slips as texts
from texts import visiting as visiting_texts

_MOST_CHOICES = 5


async def mended(desk: Desk, logged: Logged, wish: Wish, said: str, *, sure: bool = False) -> Reply:
    """Old → new, with a way back; one question first when the words were not clear."""
    own = logged.visit.person_id == desk.me.id
    if not wish.says_something:
        by_field = Choice("Sửa", f"s|{logged.visit.id}")
        await desk.state.set_state(Choosing.what)
        await desk.state.set_data({"visit": logged.visit.id})
        return Reply(texts.say_what(logged.house.label), ((by_field,),))
    if not (sure or wish.house or wish.is_clear):
        after = changes.changed(logged, wish.entry, desk.plan, desk.today)
        told = visiting_texts.outcome_words(desk.plan, after, desk.today)
        return await ask_which(desk, [logged], said, texts.is_it(logged.house.label, told), yes=True)
    unit = await desk.session.get_one(Unit, logged.visit.unit_id)
    label = ""
    if wish.house:
        door = await doors.meant(desk.session, desk.me, wish.unit or unit, wish.house)
        if door.several:
            return Reply(texts.name_the_alley(wish.house, [house.label for house in door.several]), takes_numbers=True)
        label = door.label
    after = changes.changed(logged, wish.entry, desk.plan, desk.today, house=label, without=wish.without)
    differences = changes.differences(logged, after, desk.plan, desk.today)
    if wish.unit and wish.unit.id != unit.id:
        differences.append(("unit", unit.name, wish.unit.name))
    if not differences and wish.entry.installs and not wish.entry.outcome and not logged.visit.installs:
        return Reply(texts.say_what(logged.house.label), takes_numbers=True)  # people counted where nobody installed
    if not differences:
        return Reply(texts.nothing_to_mend(desk.plan, logged, desk.today), takes_numbers=True)
    now = await visits.correct(
        desk.session, desk.plan, desk.me, logged, after, now=desk.now, source=desk.source, unit=wish.unit
    )
    label = logged.house.label if wish.house else now.house.label
    back, more = questions.after_saving(logged.visit.id or 0)[0]
    answer = texts.mended(label, unit, differences, own=own)
    return Reply(answer, ((back, more),), takes_numbers=True)


async def ask_which(
    desk: Desk, found: list[Logged], said: str, question: str, *, yes: bool = False, new: bool = False
) -> Reply:
    """One tap; what was said waits with it, and so does the dialogue that was open."""
    if not said or not (found or new):
        return Reply(question, takes_numbers=True)
    open_now = await desk.state.get_data()
    kept = {"state": desk.chat.state, "data": open_now}
    kept = open_now.get("kept", kept) if desk.chat.state == Choosing.which.state else kept
    await desk.state.set_state(Choosing.which)
    await desk.state.set_data({"said": said, "kept": kept})
    card = fresh_card(desk.chat)
    by_unit = len({one.visit.unit_id for one in found}) > 1
    names = {one.visit.id: await (_unit_name if by_unit else _name)(desk, one) for one in found}
    choices = [
        card_choice(_label(desk, one, names, yes=yes), "sw", str(one.visit.id), card) for one in found[:_MOST_CHOICES]
    ]
    choices += [card_choice(texts.LOG_IT, "sn", "-", card)] if new else []
    return Reply(question, rows([*choices, Choice("Huỷ", "w|huỷ")], wide=1))


async def _name(desk: Desk, logged: Logged) -> str:
    if logged.visit.person_id == desk.me.id:
        return ""
    person = await people.by_id(desk.session, logged.visit.person_id)
    return person.name or "" if person else ""


async def _unit_name(desk: Desk, logged: Logged) -> str:
    return (await desk.session.get_one(Unit, logged.visit.unit_id)).name


def _label(desk: Desk, logged: Logged, names: dict[int | None, str], *, yes: bool) -> str:
    if yes:
        return texts.YES
    label = visiting_texts.one_of_latest(desk.plan, logged.visit, logged.house, desk.today)
    name = names[logged.visit.id]
    return f"{name} · {label}" if name else label
