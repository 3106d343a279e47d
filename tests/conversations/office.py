"""The whole bot on one desk: dispatcher, intake, database and a clock that stands still; only HTTP is missing."""

import json
import logging
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any

from aiogram import Dispatcher
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.answers import Answers
from bot.channels import Letter, SendFailure, chat_key, external_id
from bot.channels.zalo.choosing import explain
from bot.dialogue import DialogueStorage
from bot.documents import Documents
from bot.intake import Intake
from bot.receiving import Receiving
from handlers import build_dispatcher
from rules.clock import VIETNAM, Clock
from rules.plan import Plan
from rules.reply import from_json
from rules.roles import Role
from rules.spelling import fold
from scheduler import tick
from storage import inbox, invitations, outbox, people, roots, units
from storage.database import Database
from storage.tables import Unit
from tests.conversations.line import BOT_ID, TelegramLine, ZaloLine
from tests.conversations.phone import Phone
from tests.conversations.zalo_phone import ZaloPhone

MORNING = datetime(2026, 6, 10, 9, tzinfo=VIETNAM).astimezone(UTC)  # a Wednesday inside Việt Hoà's campaign


class StandingClock(Clock):
    """A clock that moves only when it is told to; tells and takes Vietnamese wall-clock time."""

    def __init__(self) -> None:
        super().__init__(real=lambda: MORNING)

    def at(self, words: str) -> None:
        """ "2026-06-24 17:00:00", in Vietnam."""
        self.move(datetime.fromisoformat(words).replace(tzinfo=VIETNAM).astimezone(UTC))

    def passes(self, **time: float) -> None:
        """`minutes=5`, `days=1`."""
        self.move(self.now() + timedelta(**time))


class Stumbles(logging.Handler):
    """Keeps what the intake and the answers log with a traceback, so that a bug in a handler fails its test."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.causes: list[BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1]:
            self.causes.append(record.exc_info[1])


@cache
def _dispatcher() -> Dispatcher:
    """One for all tests of a worker: it keeps nothing of its own, and building it costs half a short conversation."""
    dispatcher = build_dispatcher(DialogueStorage())
    dispatcher.callback_query.outer_middleware(explain)
    return dispatcher


class Office:
    """The bot, on both messengers, and everybody who has it on their phone: on `messenger`, unless a test says else.

    `forgives` lets a test provoke failures on purpose.
    """

    def __init__(self, database: Database, clock: StandingClock, plan: Plan, messenger: str = "telegram") -> None:
        self.database, self.clock, self.plan = database, clock, plan
        self.documents = Documents(database, {plan.slug: plan}, clock)
        self.lines = {
            "telegram": TelegramLine(plan, self.documents),
            "zalo": ZaloLine(plan, database, clock, self.documents),
        }
        self.line = self.lines[messenger]
        channels = {line.bot_key: line for line in self.lines.values()}
        self.answers = Answers(database, channels, clock)
        self.plans = {plan.slug: plan}
        self.intake = Intake(database, _dispatcher(), channels, self.plans, self.answers, clock)
        self.receiving = Receiving(database, channels, clock, self.intake.wake)
        self.people = People(self)
        self.forgives = self._had_file = False
        self._stumbles = Stumbles()

    def adopts(self, plan: Plan) -> None:
        """The plan's file was changed, and the bot started anew with it."""
        self.plan = self.plans[plan.slug] = plan

    def opens(self) -> None:
        for name in ("bot.intake", "bot.answers"):
            logging.getLogger(name).addHandler(self._stumbles)

    async def closes(self) -> None:
        await self.answers.close(5)
        await self.documents.close()
        for name in ("bot.intake", "bot.answers"):
            logging.getLogger(name).removeHandler(self._stumbles)

    async def receives(self, *updates: dict[str, Any], messenger: str = "") -> None:
        """Updates that arrive together; on return they are handled and the answers are on the phones."""
        line = self.lines[messenger] if messenger else self.line
        raws = [json.dumps(update).encode() for update in updates]
        await self.intake.store([line.arrival(raw) for raw in raws])
        self._had_file |= any(b'"file_id"' in raw or b'"photo"' in raw for raw in raws)
        if self._had_file or self.forgives:
            await self.settles()
        else:
            await self._handles(len(updates))
            await self._answers()

    async def settles(self) -> None:
        """Handle what waits. Raises what a handler raised, and AssertionError for what a messenger would refuse."""
        while await self.intake.work() or await self.receiving.work():
            pass
        await self._answers()

    async def _handles(self, number: int) -> None:
        """Handle what is known to wait: to look whether there is more costs a third of a message."""
        while (number > 0 or self.intake._alone) and (handled := await self.intake.work()):
            number -= handled

    async def _answers(self) -> None:
        await self.answers.close(10)
        causes, self._stumbles.causes = self._stumbles.causes, []
        refusals = self._refusals()
        if self.forgives:
            return
        if causes:
            raise causes[0]
        assert not refusals, f"the messenger refuses: {refusals}"

    def _refusals(self) -> list[str]:
        """What a person would have felt, since last time."""
        refusals = [why for line in self.lines.values() for why in line.refused]
        for line in self.lines.values():
            line.refused = []
        return refusals

    async def tick(self) -> dict[str, int]:
        """A minute's work of the scheduler, then what is due goes out to the phones. What it queued, by job."""
        counts = await tick.wake(self.database, [self.plan], self.clock.now())
        await self.delivers()
        return counts

    async def delivers(self) -> int:
        """Pushes whose time has come go out to the phones; how many."""
        sent = 0
        while rows := await self._due():
            for row in rows:
                await self._push(row)
            sent += len(rows)
        refusals = self._refusals()
        assert self.forgives or not refusals, f"the messenger refuses: {refusals}"
        return sent

    async def _due(self) -> list[outbox.Outbox]:
        async with self.database.reading() as session:
            return await outbox.due(session, self.clock.now())

    async def _push(self, row: outbox.Outbox) -> None:
        letter = Letter(row.chat_key, external_id(row.chat_key), from_json((row.body or {})["reply"]))
        line = next(line for line in self.lines.values() if line.bot_key == row.bot_key)
        try:
            await line.push(letter)
        except SendFailure as failure:
            now, why, gone = self.clock.now(), failure.why, failure.gone
            await self.database.write(
                lambda session: (
                    outbox.gone(session, row, now=now, error=why) if gone else outbox.give_up(session, row.id or 0, why)
                )
            )
            return
        self.intake.offered.pushed(letter.chat_key, letter.reply)
        await self.database.write(lambda session: outbox.sent(session, [row.id or 0], self.clock.now()))

    async def waiting(self) -> dict[str, int]:
        """Updates by status, to see that none is left behind."""
        async with self.database.reading() as session:
            counts: dict[str, int] = (await inbox.health(session))["counts"]
        return counts


class People:
    """Whoever the test tells of, each with a phone, and the units they belong to."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.all: list[Phone | ZaloPhone] = []

    def stranger(self, name: str = "Khách", *, on: str = "") -> Phone | ZaloPhone:
        """Someone who has only just found the bot; `on` another messenger than the others."""
        office, account = self._office, 1001 + len(self.all)
        messenger = on or office.line.platform
        post = partial(office.receives, messenger=messenger)
        phone = (
            Phone(post, office.clock, BOT_ID, name, account)
            if messenger == "telegram"
            else ZaloPhone(post, office.clock, name, f"{account:020x}")
        )
        office.lines[messenger].phones[str(phone.account)] = phone
        self.all.append(phone)
        return phone

    async def joined(
        self, name: str, role: Role = Role.VOLUNTEER, unit: str = "Tổ dân phố 3", *, quota: str = ""
    ) -> Phone | ZaloPhone:
        """Someone who joined a minute ago by an invitation; the unit is made when it is not there yet."""
        phone = self.stranger(name)

        async def job(session: AsyncSession) -> int | None:
            return await self._join(session, phone, role, await self._unit(session, unit), quota)

        phone.person_id = await self._office.database.write(job)
        return phone

    async def unit(
        self, name: str, *, households: int | None = None, kind: str = "village", parent: str = "", **totals: Any
    ) -> Unit:
        """A unit with `households` that have a smartphone (None: not known); below the commune unless `parent`."""

        async def job(session: AsyncSession) -> Unit:
            above = await self._unit(session, parent) if parent else None
            return await self._unit(session, name, above, kind=kind, smartphone_households=households, **totals)

        return await self._office.database.write(job)

    async def _unit(self, session: AsyncSession, name: str, above: Unit | None = None, **more: Any) -> Unit:
        """The unit called so, changed as told; made when missing. The plan's own place is the root."""
        plan = self._office.plan
        root = await roots.ensure_root(session, plan)
        if fold(name) == root.name_key:
            return root
        known = {unit.name_key: unit for unit in await units.all_of(session, plan.slug)}
        unit = known.get(fold(name)) or Unit(campaign=plan.slug, name=name, name_key=fold(name), parent_id=root.id)
        for field, value in (more | ({"parent_id": above.id} if above else {})).items():
            setattr(unit, field, value)
        session.add(unit)
        await session.flush()
        return unit

    async def _join(self, session: AsyncSession, phone: Phone, role: Role, unit: Unit, quota: str) -> int | None:
        plan, line = self._office.plan, self._office.lines[phone.messenger]
        then = self._office.clock.now() - timedelta(minutes=1)
        code = await invitations.make(session, campaign=plan.slug, role=role, unit=unit, quota=quota, by=None, now=then)
        invitation = await invitations.opened_by(session, code, then)
        key = chat_key(line.bot_key, str(phone.account))
        chats = await people.chats_for(session, [(key, line.platform, line.bot_key, str(phone.account))])
        person = await people.join(
            session,
            chats[key],
            invitation,
            name=phone.name,
            notice_version=plan.notice.version,
            now=then,
            source=f"test:{phone.account}",
        )
        chats[key].seen_at = then
        await invitations.use(session, invitation, person, then)
        return person.id
