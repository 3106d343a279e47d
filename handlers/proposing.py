"""A volunteer's correction of somebody else's record: the head sees old → new and decides with one tap."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers import changes
from handlers.desk import AtDesk, Desk
from handlers.words import Tapped, need
from rules.refusals import NotFound
from rules.reply import Choice, Reply
from rules.roles import Role
from storage import outbox, people, proposals, visits
from storage.tables import Person, Unit
from storage.units import scope_of
from storage.visits import Logged, Said
from texts import proposing as texts

_DECIDE = (Role.HEAD, Role.OFFICER)


async def sent(desk: Desk, logged: Logged, after: Said, said: str) -> bool:
    """Put the change before the unit's heads, or where it has none before the officers; False when nobody is there."""
    differences = changes.differences(logged, after, desk.plan, desk.today)
    deciders = await _deciders(desk, logged.visit.unit_id)
    if not (differences and deciders):
        return False
    if await _asked_already(desk, logged, after):
        return True
    row = await proposals.make(desk.session, desk.me, logged, said, day=desk.today, now=desk.now, source=desk.source)
    unit = await desk.session.get_one(Unit, logged.visit.unit_id)
    owner = await people.by_id(desk.session, logged.visit.person_id)
    text = texts.asked(desk.me.name or "", owner.name or "" if owner else "", logged.house.label, unit, differences)
    choices = (Choice(texts.ACCEPT, f"dn|{row.id}.y"), Choice(texts.DECLINE, f"dn|{row.id}.n"))
    for decider in deciders:
        await _push(desk, decider, Reply(text, (choices,)), f"proposal:{row.id}:{decider.id}")
    return True


async def _asked_already(desk: Desk, logged: Logged, after: Said) -> bool:
    """Whether the same person asks for the same again, in whatever words: the heads have it before them."""
    for row in await proposals.open_of(desk.session, desk.me, logged):
        entry = changes.read_change(row.said, desk.plan, row.day)
        if entry and changes.changed(logged, entry, desk.plan, desk.today) == after:
            return await proposals.still_stands(desk.session, row) is not None
    return False


async def _deciders(desk: Desk, unit_id: int) -> list[Person]:
    heads = await people.with_roles(desk.session, desk.plan.slug, [Role.HEAD])
    return [head for head in heads if head.unit_id == unit_id and head.id != desk.me.id] or await people.with_roles(
        desk.session, desk.plan.slug, [Role.OFFICER]
    )


async def _push(desk: Desk, person: Person, reply: Reply, key: str) -> None:
    not_before = outbox.after_quiet(desk.now, desk.plan.time.quiet_from, desk.plan.time.quiet_to)
    await outbox.push(desk.session, person, reply, key=key, now=desk.now, not_before=not_before)


async def decided(_: CallbackQuery, value: str, desk: Desk) -> Reply:
    need(desk.me, "sửa")
    number, _dot, word = value.partition(".")
    if Role(desk.me.role) not in _DECIDE or not number.isdecimal() or len(number) > 18:
        raise NotFound("proposal")
    try:
        row = await proposals.waiting(desk.session, await scope_of(desk.session, desk.me), int(number))
    except NotFound:
        return Reply(texts.ANSWERED_ALREADY, in_place=True)
    said, day = row.said, row.day
    logged = await proposals.still_stands(desk.session, row)
    accepted = word == "y" and logged is not None
    proposals.answer(desk.session, row, desk.me, accepted=accepted, now=desk.now, source=desk.source)
    asker = await people.by_id(desk.session, row.person_id)
    if logged is None:
        return Reply(texts.CHANGED_MEANWHILE, in_place=True)
    entry = changes.read_change(said, desk.plan, day)
    after = changes.changed(logged, entry, desk.plan, desk.today) if entry else visits.as_said(logged)
    told = changes.differences(logged, after, desk.plan, desk.today)
    if accepted:
        await visits.correct(desk.session, desk.plan, desk.me, logged, after, now=desk.now, source=desk.source)
    if asker:
        news = Reply(texts.decided(desk.me.name or "", logged.house.label, told, accepted=accepted))
        await _push(desk, asker, news, f"proposal answered:{row.id}")
    back = ((Choice("Hoàn tác", f"ht|{logged.visit.id}"),),) if accepted else ()
    return Reply(texts.noted(logged.house.label, told, accepted=accepted), back, in_place=True)


def build_router() -> Router:
    router = Router(name=__name__)
    router.callback_query.filter(AtDesk())
    router.callback_query.register(decided, Tapped("dn", card=False))
    return router
