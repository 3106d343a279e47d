"""tôi, tiến độ, dữ liệu: one's own figures, the unit's figures, and what we hold about the person who asks."""

from datetime import date, datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import consenting, duties
from handlers.unit_behind import UnitBehind
from handlers.words import Tapped, Word, need, word_choice
from rules.figures import add_up
from rules.plan import Plan
from rules.reply import Choice, Reply
from rules.roles import Role
from storage import consents, figures, guide_codes, held, notable, reported, settings
from storage.tables import Person, Unit
from storage.units import below, scope_of
from texts import consenting as consent_texts
from texts import digest_beside
from texts import duties as duty_texts
from texts import figures as figure_texts
from texts import guide_figures as guide_texts
from texts import noting as note_texts
from texts import personal as texts


async def mine(_: Message | CallbackQuery, session: AsyncSession, me: Person, plan: Plan, today: date) -> Reply:
    need(me, "tôi")
    own = await figures.of_person(session, plan, me, today)
    return Reply(figure_texts.mine(plan, own, today), ((word_choice("ghi"), word_choice("còn")),))


async def progress(
    _: Message | CallbackQuery, session: AsyncSession, me: Person, plan: Plan, today: date, now: datetime
) -> Reply:
    return await _progress(session, me, plan, today, now=now, page=1)


async def of_unit(
    _: Message, unit: Unit, session: AsyncSession, me: Person, plan: Plan, today: date, now: datetime
) -> Reply:
    return await _progress(session, me, plan, today, now=now, page=1, unit=unit)


async def page_turned(
    _: CallbackQuery, value: str, session: AsyncSession, me: Person, plan: Plan, today: date, now: datetime
) -> Reply:
    page = int(value) if value.isdecimal() and len(value) < 6 else 1
    return await _progress(session, me, plan, today, now=now, page=page, in_place=True)


async def _progress(
    session: AsyncSession, me: Person, plan: Plan, today: date, *, now: datetime, page: int, in_place: bool = False,
    unit: Unit | None = None,
) -> Reply:  # fmt: skip
    """Of one's own part, or of one `unit` in it."""
    need(me, "tiến độ")
    scope = await below(session, unit) if unit else await scope_of(session, me)
    units = await figures.of_units(session, plan, scope, today)
    unit = unit or me.unit
    name = unit.name if unit else ""
    last = figure_texts.pages(units)
    page = min(max(page, 1), last)
    told = await reported.standing(session, plan.slug, plan.indicator.slug, scope.unit_ids, today)
    counts = bool(await settings.get(session, settings.PUBLIC_URL))
    sent = await guide_codes.funnel(session, plan, scope)
    beside = {each.unit_id: guide_texts.short(each, counts=counts) for each in sent}
    said = figure_texts.progress(plan, units, today, name=name, page=page, told=told, beside=beside)
    guides = guide_texts.funnel(plan, sent, counts=counts)
    own = await duties.standing(session, plan, unit, today) if unit else []
    if own and not units:  # a school, an agency: houses are none of theirs
        said, guides = duty_texts.heading(name, today), []
    elif len(scope.unit_ids) > 1:
        guides = [*digest_beside.bodies(plan, add_up(await figures.of_bodies(session, plan, scope, today))), *guides]
    own += await _notes(session, plan, me, now)
    return Reply("\n".join([said, *guides, *own]), _pages(page, last), in_place=in_place)


async def _notes(session: AsyncSession, plan: Plan, me: Person, now: datetime) -> list[str]:
    """For a head: that there is something to look at again."""
    if Role(me.role) is not Role.HEAD:
        return []
    count = len(await notable.of_units(session, plan, [me.unit_id], now))
    return [note_texts.waiting(count)] if count else []


def _pages(page: int, last: int) -> tuple[tuple[Choice, ...], ...]:
    """Pages are counted anew at each turn, so these buttons stay good however old they are."""
    back = [Choice(texts.PREVIOUS_PAGE, f"tp|{page - 1}")] if page > 1 else []
    on = [Choice(texts.NEXT_PAGE, f"tp|{page + 1}")] if page < last else []
    return ((*back, *on),) if back or on else ()


async def personal_data(_: Message | CallbackQuery, session: AsyncSession, me: Person | None, plan: Plan) -> Reply:
    if me is None:
        return Reply(texts.held_of_stranger(plan))
    kept = await consents.of(session, me)
    owes = await consents.owes(session, me, plan)
    said = texts.held_of(plan, me, await held.about(session, me), kept, owes=owes)
    choices = (Choice(consent_texts.REVOKE, "cn|back"), word_choice("menu"))
    return Reply(said, (*(consenting.offer() if owes else ()), choices))


def build_named_router() -> Router:
    """Asked before any question at hand, as the word alone is: a unit's name behind it answers none."""
    router = Router(name=f"{__name__}.named")
    router.message.register(of_unit, UnitBehind("tiến độ"))
    return router


def build_router() -> Router:
    router = Router(name=__name__)
    for answer, word in ((mine, "tôi"), (progress, "tiến độ"), (personal_data, "dữ liệu")):
        router.message.register(answer, Word(word))
        router.callback_query.register(answer, Word(word))
    router.callback_query.register(page_turned, Tapped("tp", card=False))
    return router
