"""The whole bot on Zalo: real dispatcher, intake, answers and channel, and the simulator over HTTP."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.answers import Answers
from bot.channels.zalo import media
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.choosing import explain
from bot.dialogue import DialogueStorage
from bot.intake import Intake
from handlers import build_dispatcher
from rules.plan import Plan
from rules.roles import Role
from rules.spelling import fold
from simulator.attachments import plain_picture
from simulator.zalo import ZaloPerson, ZaloSimulator
from storage import inbox, invitations, roots, units
from storage.database import Database
from storage.tables import Chat, Unit
from tests.conversations.office import StandingClock

SECRET = "a-secret-of-no-use-elsewhere"


async def draw(key: str) -> bytes:
    return plain_picture(shade=key)


class ZaloOffice:
    """One Zalo bot with everything behind it; `floor` makes polling quick. `public`: it has an address of its own."""

    gathers = 0.0  # seconds; nobody wants to wait for an answer in a test about something else

    def __init__(self, database: Database, clock: StandingClock, plan: Plan, simulator: ZaloSimulator) -> None:
        self.database, self.clock, self.plan, self.simulator = database, clock, plan, simulator
        self._tasks: list[asyncio.Task[None]] = []
        self._runner: web.AppRunner | None = None

    async def opens(self, *, by: str = "polling", public: bool = False) -> None:
        url = await self._serves()
        token = self.simulator.bot.token
        public_url = url if public else ""
        self.channel = ZaloChannel(
            token, self.simulator.url, self.plan, self.database, public_url=public_url, clock=self.clock
        )
        self.channel.gathers = self.gathers
        channels = {self.channel.bot_key: self.channel}
        self.answers = Answers(self.database, channels, self.clock)
        dispatcher = build_dispatcher(DialogueStorage())
        dispatcher.callback_query.outer_middleware(explain)
        self.intake = Intake(self.database, dispatcher, channels, {self.plan.slug: self.plan}, self.answers, self.clock)
        if by == "polling":
            await self.channel.stop_webhook()
            self._tasks.append(asyncio.create_task(self.channel.poller(self.intake.store, floor=0.01).run()))
        else:
            self._hook = self.channel.webhook(SECRET, self.intake.store)
            await self.channel.start_webhook(f"{url}/zalo/webhook", SECRET)
        self._tasks.append(asyncio.create_task(self.intake.run()))

    async def _serves(self) -> str:
        async def hooked(request: web.Request) -> web.Response:
            return await self._hook(request)

        app = web.Application(client_max_size=1024 * 1024)
        app.router.add_route("*", "/zalo/webhook", hooked)
        app.router.add_get(media.PATH, media.serve({"guide": draw}, self.clock))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def closes(self) -> None:
        self.intake.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.answers.close(5)
        await self.channel.close()
        if self._runner:
            await self._runner.cleanup()

    async def code(self, unit: str = "Tổ dân phố 3", role: Role = Role.VOLUNTEER) -> str:
        """An invitation into this unit, which is made when missing."""

        async def job(session: AsyncSession) -> str:
            root = await roots.ensure_root(session, self.plan)
            known = {one.name_key: one for one in await units.all_of(session, self.plan.slug)}
            place = known.get(fold(unit)) or Unit(
                campaign=self.plan.slug, name=unit, name_key=fold(unit), parent_id=root.id
            )
            session.add(place)
            await session.flush()
            then = self.clock.now() - timedelta(minutes=1)
            return await invitations.make(
                session, campaign=self.plan.slug, role=role, unit=place, quota="", by=None, now=then
            )

        return await self.database.write(job)

    async def joined(self, name: str = "Lan", role: Role = Role.VOLUNTEER) -> "Talker":
        """Someone who typed a code and agreed by a number."""
        talker = Talker(self.simulator.person(name.lower(), name), self)
        await talker.asks(await self.code(role=role))
        assert "Bạn đã là" in await talker.asks("1")
        return talker

    async def chat_of(self, person: ZaloPerson) -> Chat:
        from storage import people

        key = f"{self.channel.bot_key}:{self.simulator.bot.chat_id_of(person.id)}"
        names = (key, "zalo", self.channel.bot_key, key.split(":", 2)[2])

        async def job(session: AsyncSession) -> Chat:
            return (await people.chats_for(session, [names]))[key]

        return await self.database.write(job)

    async def handled(self) -> dict[str, int]:
        """Updates by status."""
        async with self.database.reading() as session:
            counts: dict[str, int] = (await inbox.health(session))["counts"]
        return counts


class Talker:
    """A person who says one thing at a time and waits for the whole answer."""

    def __init__(self, person: ZaloPerson, office: ZaloOffice) -> None:
        self.person, self._office = person, office

    async def asks(self, text: str) -> str:
        """Says this; the one message that comes back."""
        await self.person.says(text)
        return await self.hears()

    async def window_ends(self, answers: int) -> None:
        """The time is up in which answers gather, now that so many of theirs have; nobody hears anything before."""
        queues, key = self._office.answers._queues, self.chat_key
        async with asyncio.timeout(30):
            while len(queues.get(key, ())) < answers:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert not await self.person.hears(timeout=0.05)
        self._office.answers._pressed[key].set()
        async with asyncio.timeout(30):
            while key in queues:  # noqa: ASYNC110  # until it is noted as sent: what is said next is a window of its own
                await asyncio.sleep(0.01)

    @property
    def chat_key(self) -> str:
        return f"{self._office.channel.bot_key}:{self._office.simulator.bot.chat_id_of(self.person.id)}"

    async def hears(self) -> str:
        heard = await self.person.hears(timeout=30)
        heard += await self.person.hears(timeout=0.05)
        assert len(heard) == 1, [bubble.text for bubble in heard]
        return heard[0].text


@asynccontextmanager
async def opened(office: ZaloOffice, **how):
    await office.opens(**how)
    try:
        yield office
    finally:
        await office.closes()
