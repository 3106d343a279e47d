"""A unit's own total said by its head: "thôn 3: 41/60". Kept apart from the logged houses, and taken back as easily."""

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import named_units
from handlers.drafts import check_day
from handlers.sifting import Sifted
from handlers.words import Spoken, Tapped, card_choice, fresh_card
from rules.plan import Plan
from rules.refusals import NotAllowed, NotFound, UnknownUnit
from rules.reply import Choice, Reply
from rules.roles import Role
from rules.slips import slip_in
from rules.spelling import plain
from rules.unit_total import UnitTotal, read_unit_total
from storage import figures, place_aliases, redo, reported, unread
from storage.tables import Chat, Person, Unit
from storage.units import Scope, scope_of
from texts import totals as texts

TELL = (Role.HEAD, Role.OFFICER)
_ADDS, _IS = "a", "s"
_MORE = re.compile(
    r"(?:(?P<when>(?:hom|toi|sang|chieu) nay|(?:hom|toi) qua),? )?(?:(?:da|cai|duoc|lam) )*(?P<more>them )"
    r"(?:(?:duoc|cai) )*(?P<count>\d{1,4}) ho(?: (?:nua|roi|a|nhe|moi))*[ .!]*"
)


class SaysTotal(Sifted):
    """One line that gives a unit's figure, said anew after a slip or not."""

    async def __call__(
        self, message: Message, heard: Spoken, me: Person | None, chat: Chat, today: date
    ) -> bool | dict[str, Any]:
        text = (message.text or "").strip()
        if me is None or heard.word not in (None, "sửa") or message.forward_origin or "\n" in text:
            return False
        if not any(map(str.isdecimal, text)):
            return False
        if chat.state and not chat.state.startswith(("Visiting:house", "Choosing:")):
            return False
        slip = slip_in(text)
        total = read_unit_total(slip or text, today) or _of_own_unit(slip or text, me, today)
        return {"total": total, "mends": bool(slip)} if total else False


def _of_own_unit(text: str, me: Person, today: date) -> UnitTotal | None:
    """ "hôm nay thêm 5 hộ" of a head is said of the own unit."""
    found = _MORE.fullmatch(plain(text))
    if not found or Role(me.role) is not Role.HEAD or me.unit is None:
        return None
    when = f"{text[slice(*found.span('when'))]} " if found["when"] else ""
    return read_unit_total(f"{me.unit.name} {when}thêm {found['count']} hộ", today)


async def total_said(
    message: Message, total: UnitTotal, mends: bool, session: AsyncSession, chat: Chat, me: Person, plan: Plan,
    now: datetime, today: date, source: str,
) -> Reply:  # fmt: skip
    if Role(me.role) not in TELL:
        unread.keep(session, chat, message.text or "", "total", now)
        return Reply(texts.heads_say_totals())
    try:
        unit = await _unit(session, me, total)
    except UnknownUnit as refusal:
        unread.keep(session, chat, message.text or "", "unit", now)
        raise replace(refusal, kept=True) from None
    if not total.is_possible:
        return Reply(texts.impossible(unit, total.done, total.total or 0))
    if total.day:
        check_day(total.day, plan, today)
    if total.sure and mends:
        return await mended(session, me, plan, unit, total, today=today, now=now, source=source)
    if total.sure:
        return await _kept(session, me, plan, unit, total, today=today, now=now, source=source)
    return _asked(chat, unit, total)


async def _unit(session: AsyncSession, me: Person, total: UnitTotal) -> Unit:
    """The unit spoken of, within one's scope; an officer must name it. Raises NotFound."""
    if total.unit is None and Role(me.role) == Role.OFFICER:
        raise NotFound("unit")
    try:
        return await named_units.unit_called(session, me, total.unit or "")
    except NotFound:
        row = await place_aliases.meant(session, me, await scope_of(session, me), total.unit or "")
        if row is None or not row.whole:
            raise
        return await session.get_one(Unit, row.unit_id)


async def _kept(
    session: AsyncSession, me: Person, plan: Plan, unit: Unit, total: UnitTotal, *, today: date, now: datetime,
    source: str, alone: bool = True,
) -> Reply:  # fmt: skip
    row = await reported.add(
        session, me, unit, what=plan.indicator.slug, day=total.day or today, done=total.done, total=total.total,
        adds=total.adds, now=now, source=source,
    )  # fmt: skip
    if row is None:
        return Reply(texts.kept_before(unit))
    scope = Scope(plan.slug, frozenset([unit.id or 0]))
    logged = next(iter(await figures.of_units(session, plan, scope, today)), None)
    standing = (await reported.standing(session, plan.slug, row.what, scope.unit_ids, row.day)).get(unit.id or 0)
    told = texts.kept if alone else texts.kept_in_list
    said = told(plan, unit, row, standing, logged.done if logged else 0, today)
    known = (logged.total if logged else None, unit.households, unit.smartphone_households)
    if row.total and logged and logged.total and row.total not in known:
        said += f" {texts.other_total(row.total, logged.total)}"
    return Reply(said, ((Choice("Hoàn tác", f"hb|{row.id}"),),), takes_numbers=True)


async def mended(
    session: AsyncSession, me: Person, plan: Plan, unit: Unit, total: UnitTotal, *, today: date, now: datetime,
    source: str,
) -> Reply:  # fmt: skip
    """One's own figure said anew, old → new; undone, the old one stands again. Without an old one it is a new one."""
    day, what = total.day or today, plan.indicator.slug
    before = await reported.said_last(session, me, unit, what=what, day=day, adds=total.adds, now=now)
    if before is None:
        return await _kept(session, me, plan, unit, total, today=today, now=now, source=source)
    out_of = total.total or before[1]
    if before == (total.done, out_of):
        return Reply(texts.as_it_stands(unit, total.done, out_of), takes_numbers=True)
    row = await reported.add(
        session, me, unit, what=what, day=day, done=total.done - (before[0] if total.adds else 0), total=total.total,
        adds=total.adds, note=reported.MENDS if total.adds else None, now=now, source=source,
    )  # fmt: skip
    if row is None:
        return Reply(texts.kept_before(unit))
    said = texts.mended(plan, unit, before, (total.done, out_of), adds=total.adds)
    return Reply(said, ((Choice("Hoàn tác", f"hb|{row.id}"),),), takes_numbers=True)


async def edited(session: AsyncSession, me: Person, plan: Plan, line: str, *, today: date, now: datetime,
                 source: str) -> Reply | None:  # fmt: skip
    """A figure in a message that was edited; None for anything else, and from whoever tells no figures.

    Raises NotFound, OutsideTime.
    """
    total = read_unit_total(slip_in(line) or line, today) if any(map(str.isdecimal, line)) else None
    if Role(me.role) not in TELL or not total or not total.sure:
        return None
    unit = await _unit(session, me, total)
    if not total.is_possible:
        return Reply(texts.impossible(unit, total.done, total.total or 0))
    if total.day:
        check_day(total.day, plan, today)
    return await mended(session, me, plan, unit, total, today=today, now=now, source=source)


async def kept_of_list(
    session: AsyncSession, me: Person, plan: Plan, line: str, *, today: date, now: datetime, source: str,
    alone: bool = True, day: date | None = None,
) -> str | None:  # fmt: skip
    """A unit's figure among the houses of a list, kept and told; None when it is not sure or not possible.

    `alone` tells it in a sentence, else in one line among others; `day` is that of the lines above it.

    Raises NotAllowed, NotFound, OutsideTime.
    """
    total = read_unit_total(line, today)
    if not total or not total.sure or not total.is_possible:
        return None
    if Role(me.role) not in TELL:
        raise NotAllowed("tiến độ")
    unit = await _unit(session, me, total)
    total = replace(total, day=total.day or day)
    if total.day:
        check_day(total.day, plan, today)
    return (await _kept(session, me, plan, unit, total, today=today, now=now, source=source, alone=alone)).text


def _asked(chat: Chat, unit: Unit, total: UnitTotal) -> Reply:
    """The state or what a day added, or no total at all: one tap. All it needs is in the button."""
    card = fresh_card(chat)

    def data(kind: str) -> str:
        day = total.day.isoformat() if total.day else ""
        return f"{kind}.{unit.id}.{total.done}.{total.total or ''}.{day}"

    choices = [card_choice(texts.IS_STATE, "bt", data(_IS), card)]
    if total.total is None:
        choices.append(card_choice(texts.IS_ADDED, "bt", data(_ADDS), card))
    return Reply(texts.ask(unit, total), tuple((choice,) for choice in [*choices, Choice("Không phải", "w|huỷ")]))


async def confirmed(
    _: CallbackQuery, value: str, session: AsyncSession, me: Person, plan: Plan, now: datetime, today: date, source: str
) -> Reply:
    if Role(me.role) not in TELL:
        raise NotAllowed("tiến độ")
    kind, unit_id, done, out_of, day = value.split(".")
    scope = await scope_of(session, me)
    unit = await session.get(Unit, int(unit_id)) if int(unit_id) in scope else None
    if unit is None:
        raise NotFound("unit")
    said = UnitTotal(
        None, int(done), int(out_of) if out_of else None, kind == _ADDS, date.fromisoformat(day) if day else None
    )
    reply = await _kept(session, me, plan, unit, said, today=today, now=now, source=source)
    return replace(reply, in_place=True)


async def taken_back(
    _: CallbackQuery, value: str, session: AsyncSession, me: Person, now: datetime, source: str
) -> Reply:
    row = await reported.own(session, me, int(value) if value.isdecimal() and len(value) < 19 else 0, now)
    reported.take_back(session, row, me, now=now, source=source)
    await redo.note(session, me, row.source.partition(".")[0], now=now, source=source, figures=[row])
    return Reply(texts.taken_back(await session.get_one(Unit, row.unit_id), row), in_place=True)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(total_said, SaysTotal())
    router.callback_query.register(confirmed, Tapped("bt"))
    router.callback_query.register(taken_back, Tapped("hb", card=False))
    return router
