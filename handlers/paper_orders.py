"""A paper ordered in chat: which forms and units one may have, what is wanted so far, and the order itself."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import paper_line
from handlers.words import need
from papers.order import CONTENT_TYPES, FORMS, NAMES, POLICE, Form, Kind, kinds
from rules.plan import Plan
from rules.refusals import NotFound
from rules.reply import Choice, Document, Reply
from rules.roles import Role
from storage import handouts, listed, units
from storage.tables import Chat, Person, Unit
from storage.units import scope_of
from texts import exporting as texts


@dataclass(frozen=True, slots=True)
class Desk:
    """What every step here needs at hand."""

    session: AsyncSession
    state: FSMContext
    chat: Chat
    me: Person
    plan: Plan
    now: datetime
    today: date
    source: str


class AtDesk(Filter):
    """Hands over `desk` to everyone who has joined."""

    async def __call__(
        self, _: Message | CallbackQuery, session: AsyncSession, state: FSMContext, chat: Chat, me: Person | None,
        plan: Plan, now: datetime, today: date, source: str,
    ) -> bool | dict[str, Any]:  # fmt: skip
        return {"desk": Desk(session, state, chat, me, plan, now, today, source)} if me else False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known so far of the paper: None is still to be asked."""

    form: Form
    kind: Kind
    unit: Unit | None = None
    reason: str = ""


def offered(plan: Plan, role: Role, own: Unit | None) -> list[Form]:
    """The forms of the plan, to a head those of the own unit; the police get their own list and nothing else."""
    if role is Role.POLICE:
        return [POLICE]
    is_none = role is Role.HEAD and own is not None and not has(plan, "bao-cao", own)
    return [form for form in FORMS if form in plan.forms and not (is_none and form == "bao-cao")]


def has(plan: Plan, form: Form, unit: Unit) -> bool:
    """Whether there is such a paper of the unit: a báo cáo only where the plan orders one."""
    return form != "bao-cao" or plan.report_of(unit.kind) is not None


def wanted_of(desk: Desk, value: str) -> Wanted:
    """ "danh-sach.docx" as what it stands for, if this person may. Raises NotAllowed, NotFound."""
    named, _, kind = value.partition(".")
    form = next((form for form in offered(desk.plan, need(desk.me, "xuất"), desk.me.unit) if form == named), None)
    made_in = next((known for known in kinds(form) if known == kind), None) if form else None
    if form is None or made_in is None:
        raise NotFound("form")
    return Wanted(form, made_in)


async def reach_of(desk: Desk) -> list[Unit]:
    """The units whose papers this person may have, the whole first: a head the own one only."""
    if Role(desk.me.role) is Role.HEAD:
        return [await desk.session.get_one(Unit, desk.me.unit_id)]
    found = await units.within(desk.session, await scope_of(desk.session, desk.me))
    ids = {unit.id for unit in found}
    return sorted(found, key=lambda unit: unit.parent_id in ids)


async def own_unit(desk: Desk) -> Unit:
    """What is meant where no unit is named: a head's own, for the others the whole they serve."""
    return (await reach_of(desk))[0]


def number_of(text: str) -> int:
    """An id from a button; 0, which nothing has, for what is none."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0


async def hand_out(desk: Desk, wanted: Wanted, unit: Unit) -> Reply:
    """Note the order; the file is made and sent once this is committed."""
    recipe = {
        "kind": "paper", "form": wanted.form, "as": wanted.kind, "unit_id": unit.id, "day": desk.today.isoformat(),
        "reason": wanted.reason,
    }  # fmt: skip
    token, number = await handouts.order(
        desk.session, desk.me, recipe, name=paper_line.stem(wanted.form, unit, desk.today),
        content_type=CONTENT_TYPES[wanted.kind], now=desk.now, source=desk.source,
    )  # fmt: skip
    said = texts.caption(wanted.form, unit.name, desk.today, names=wanted.form in NAMES)
    if wanted.form == "danh-sach":
        scope = await units.below(desk.session, unit)
        left_off = await listed.unnamed(desk.session, desk.plan.slug, scope.unit_ids, desk.plan.done_codes)
        said += texts.left_off(left_off)
    return Reply(said, _other_kinds(wanted, number), document=Document(token))


def _other_kinds(wanted: Wanted, number: int) -> tuple[tuple[Choice, ...], ...]:
    others = [kind for kind in kinds(wanted.form) if kind != wanted.kind]
    return ((tuple(Choice(texts.other_kind(kind), f"ea|{number}.{kind}") for kind in others)),) if others else ()
