"""qr giấy: the resident's guide to print, a PDF for one's unit; a volunteer's own has the code that counts for them."""

from datetime import date, datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from guides.printed import SIZES, Form
from handlers import paper_line
from handlers.sifting import Sifted
from handlers.words import Spoken, Tapped, need
from rules.plan import Plan
from rules.refusals import NotFound
from rules.reply import Choice, Document, Reply, rows
from rules.roles import Role
from rules.spelling import fold
from storage import guide_codes, handouts, settings, units
from storage.roots import ROOT_KIND
from storage.tables import Chat, Person, Unit
from storage.units import scope_of
from texts import exporting
from texts import paper_guides as texts

_OUT = (Choice("Huỷ", "w|huỷ"),)
_CALLED = sorted(
    ((fold(name), form) for form, names in texts.TYPED.items() for name in names), key=lambda pair: -len(pair[0])
)


class OnPaper(Sifted):
    """ "qr giấy", "qr a5", "qr áp phích tổ 3": hands over the form ("" while open) and the folded unit named behind."""

    async def __call__(self, _: Message, heard: Spoken) -> bool | dict[str, str]:
        if heard.word != "qr" or not heard.rest:
            return False
        said = fold(heard.rest)
        for name, form in _CALLED:
            if f"{said} ".startswith(f"{name} "):
                return {"form": form, "named": said[len(name) :].strip()}
        return False


async def said(
    _: Message, form: str, named: str, session: AsyncSession, chat: Chat, me: Person, plan: Plan, now: datetime,
    today: date, source: str,
) -> Reply:  # fmt: skip
    need(me, "qr")
    if not form:
        return await _ask(session, chat)
    known = next(one for one in SIZES if one == form)
    return await _hand_out(session, me, plan, known, await _unit(session, me, named), now, today, source)


async def asked(_: CallbackQuery, session: AsyncSession, chat: Chat, me: Person) -> Reply:
    need(me, "qr")
    return await _ask(session, chat)


async def _ask(session: AsyncSession, chat: Chat) -> Reply:
    if chat.platform == "zalo" and not await settings.get(session, settings.PUBLIC_URL):
        return Reply(exporting.NO_LINKS)
    return Reply(texts.WHICH, (*rows([Choice(texts.LABELS[form], f"qf|{form}") for form in SIZES]), _OUT))


async def form_chosen(
    _: CallbackQuery, value: str, session: AsyncSession, me: Person, plan: Plan, now: datetime, today: date, source: str
) -> Reply:
    """These buttons have no question to go stale: an old one gives the same guide, drawn as the plan is now."""
    need(me, "qr")
    form = next((form for form in SIZES if form == value), None)
    if form is None:
        raise NotFound("guide")
    return await _hand_out(session, me, plan, form, await _unit(session, me, ""), now, today, source)


async def _unit(session: AsyncSession, me: Person, named: str) -> Unit:
    """The own unit, or one of the scope by its name. Raises NotFound."""
    if not named:
        return await session.get_one(Unit, me.unit_id)
    found = paper_line.called(await units.within(session, await scope_of(session, me)), named)
    if len(found) != 1:
        raise NotFound("unit")
    return found[0]


async def _hand_out(
    session: AsyncSession, me: Person, plan: Plan, form: Form, unit: Unit, now: datetime, today: date, source: str
) -> Reply:
    own = Role(me.role) is Role.VOLUNTEER
    code = ""
    if await settings.get(session, settings.PUBLIC_URL):
        whose = me.id or 0 if own else 0
        code = (await guide_codes.code_for(session, plan.slug, unit.id or 0, whose, now=now)).code
    place = unit.name if unit.kind != ROOT_KIND else ""
    recipe = {"kind": "guide", "form": form, "unit_id": unit.id, "place": place, "code": code}
    token, _ = await handouts.order(
        session, me, recipe, name=paper_line.stem(form, unit, today), content_type="application/pdf", now=now,
        source=source,
    )  # fmt: skip
    return Reply(texts.caption(form, unit.name, own=own and bool(code)), document=Document(token))


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(said, OnPaper())
    router.callback_query.register(asked, Tapped("qg", card=False))
    router.callback_query.register(form_chosen, Tapped("qf", card=False))
    return router
