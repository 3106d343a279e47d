"""One Zalo bot: receiving by polling or webhook, answering and pushing, numbers kept with the chat."""

import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from aiogram import Bot
from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.channels import Letter, SendFailure
from bot.channels.standing import Standing
from bot.channels.unplugged import Unplugged
from bot.channels.zalo import media, menus, updates
from bot.channels.zalo.choosing import UNSUPPORTED
from bot.channels.zalo.client import WrongToken, ZaloClient, ZaloError
from bot.channels.zalo.failures import STOPPED
from bot.channels.zalo.file_links import FileLinks
from bot.channels.zalo.polling import FLOOR, Poller
from bot.channels.zalo.sending import Speaker
from bot.channels.zalo.tally import Tally
from bot.channels.zalo.warning import Warner
from bot.documents import Documents
from rules.clock import Clock, day_in_vietnam
from rules.plan import Plan
from rules.quota import FREE, Allowance
from rules.reply import Picture, Reply
from storage import message_counts, outbox, people
from storage.database import Database
from storage.inbox import Arrival
from storage.tables import Chat

__all__ = ["WrongToken", "ZaloChannel", "ZaloError"]

log = logging.getLogger(__name__)
BIGGEST_BODY = 256 * 1024
SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105
Store = Callable[[list[Arrival]], Awaitable[None]]


class ZaloChannel:
    """Everything about one Zalo bot that the rest of the product need not know. Raises WrongToken for no token.

    `public_url`: where Zalo can fetch pictures; without it a picture's caption says what it would. `bot_link`: what
    people open to find the bot; made from the token when it is not given. `allowance`: what Zalo's plan grants the bot.
    `campaigns`: the slugs of the plans that it serves, `plan` (what strangers are told of) among them.
    """

    platform = "zalo"
    gathers = 2.0

    def __init__(
        self,
        token: str,
        api_url: str,
        plan: Plan,
        database: Database,
        *,
        public_url: str = "",
        bot_link: str = "",
        clock: Clock | None = None,
        allowance: Allowance = FREE,
        documents: Documents | None = None,
        campaigns: Sequence[str] = (),
    ) -> None:
        self._client = ZaloClient(token, api_url)
        self.bot_key = f"zalo:{self._client.bot_id}"
        self.bot = Bot(
            f"{self._client.bot_id}:zalo", session=Unplugged()
        )  # it could never reach Telegram with our token
        self.plan = plan
        self._link_given = bool(bot_link)
        self.bot_link = bot_link or link_of(str(self._client.bot_id))
        self._database, self._clock = database, clock or Clock()
        self._public_url = public_url.rstrip("/")
        self._links = FileLinks(documents, self._public_url)
        self.allowance = allowance
        self.standing = Standing()
        self._warner = Warner(self.bot_key, campaigns or [plan.slug], allowance, self._clock)
        self.tally = Tally(database, self.bot_key, self._clock, allowance, self._warner.tell)
        picture_url = self._picture_url if public_url else None
        self._speaker = Speaker(self._client, picture_url, self.tally.sent)

    # Receiving

    def arrival(self, raw: bytes) -> Arrival:
        return updates.arrival(self.bot_key, raw)

    def update_of(self, raw: bytes, chat: Chat, seq: int) -> dict[str, Any]:
        """The event in aiogram's terms; a typed number or label becomes the button press it stands for."""
        event = updates.event_of(raw)
        self.tally.received(seq)
        if updates.is_private_text(event):
            said = event["message"]["text"]
            data = menus.chosen(chat.menu, said, state=chat.state, now=self._clock.now())
            if data:
                return updates.callback_of(event, chat, seq, data)
        if updates.is_unsupported(event):
            return self._unsupported(event, chat, seq)
        return updates.update_of(event, chat, seq)

    def _unsupported(self, event: dict[str, Any], chat: Chat, seq: int) -> dict[str, Any]:
        """Answered once a day: some people's every message arrives like this."""
        today = day_in_vietnam(self._clock.now()).isoformat()
        if (chat.menu or {}).get("told") == today:
            return updates.silent(chat, seq)
        chat.menu = (chat.menu or {}) | {"told": today}
        return updates.callback_of(event, chat, seq, UNSUPPORTED)

    def tap_of(self, update: dict[str, Any]) -> dict[str, Any] | None:
        """Nothing to answer at a tap: there are no buttons."""
        return None

    def remember(self, reply: Reply, chat: Chat, now: datetime) -> None:
        chat.menu = menus.kept(reply, chat.menu, state=chat.state, card=chat.card, now=now)

    def poller(self, store: Store, *, floor: float = FLOOR) -> Poller:
        return Poller(self._client, self.arrival, store, floor=floor, standing=self.standing)

    async def stop_webhook(self) -> None:
        """Polling and webhook exclude each other. Raises ZaloError."""
        await self._client.delete_webhook()

    async def start_webhook(self, url: str, secret: str) -> None:
        """`secret`: 8 to 256 characters. A failed first call is logged; the address stands. Raises ZaloError."""
        answer = await self._client.set_webhook(url, secret)
        probe = answer.get("verification") or {}
        if probe and not probe.get("ok"):
            log.error("Zalo cannot call the webhook: %s", str(probe.get("outcome"))[:60])

    def webhook(self, secret: str, store: Store) -> Callable[[web.Request], Awaitable[web.Response]]:
        """The route Zalo calls, any verb: probes are welcomed, the secret comes first, stored before 200."""
        expected = secret.encode()

        async def received(request: web.Request) -> web.Response:
            given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
            is_zalo = hmac.compare_digest(given, expected)
            if request.method in ("GET", "HEAD") or not request.can_read_body:
                return web.json_response({})
            if not is_zalo:
                return web.Response(status=401)
            raw = await _bounded(request)
            if raw is None:
                return web.Response(status=413)
            return await self._stored(raw, store) if raw.strip() else web.json_response({})

        return received

    async def _stored(self, raw: bytes, store: Store) -> web.Response:
        try:
            await store([self.arrival(raw)])
        except Exception as error:
            log.error("an update was refused for now: %s", type(error).__name__)
            return web.Response(status=503)
        return web.json_response({})

    # Speaking

    async def answer(self, letter: Letter) -> None:
        await self._spoken(partial(self._speaker.say, await self._links.instead(letter)))

    async def answer_together(self, letters: Sequence[Letter]) -> None:
        """The answers to a burst of one chat's messages, in as few as they fit in. Raises SendFailure."""
        worded = [await self._links.instead(letter) for letter in letters]
        await self._spoken(partial(self._speaker.say_together, worded))

    async def push(self, letter: Letter) -> None:
        """Unprompted messages wait once the month's are used up, until it turns or `resume`.

        From 95 % on those wait that are not pressing. Raises SendFailure.
        """
        self.standing.must_be_known()
        if await self._is_stopped():
            raise self._stopped()
        if not letter.pressing and await self.tally.stage() in ("hold", "over"):
            raise SendFailure("held: the month's messages run out", retry_after=self._next_look(), stop=True)
        await self._offer(letter)
        await self._spoken(partial(self._speaker.say, await self._links.instead(letter), pushed=True), pushed=True)

    async def _spoken(self, say: Callable[[], Awaitable[None]], *, pushed: bool = False) -> None:
        self.standing.must_be_known()
        try:
            await say()
        except SendFailure as failure:
            self.standing.token_refused |= failure.stop
            if not failure.why.startswith("429"):
                raise
            await self._stop_pushing()
            if not pushed:
                raise
        else:
            return
        raise self._stopped()

    async def _offer(self, letter: Letter) -> None:
        """What a push offers is kept beside the menu, so that its label chooses it."""
        if not menus.choices(letter.reply):
            return
        keys = (letter.chat_key, self.platform, self.bot_key, letter.external_id)

        async def job(session: AsyncSession) -> bool:
            chats = await people.chats_for(session, [keys], lock=not self._database.is_sqlite)
            for chat in chats.values():
                chat.menu = menus.with_pushed(letter.reply, chat.menu)
            return bool(chats)

        if not await self._database.write(job):
            raise SendFailure("the chat is being answered", retry_after=1.0)

    def _next_look(self) -> float:
        """Seconds until a held message is looked at again: an hour, but not at night, when the month may turn."""
        now, time = self._clock.now(), self.plan.time
        later = outbox.after_quiet(now + timedelta(seconds=STOPPED), time.quiet_from, time.quiet_to)
        return (later - now).total_seconds()

    def _stopped(self) -> SendFailure:
        why = f"{outbox.QUOTA_USED} the month's messages are used up"
        return SendFailure(why, retry_after=self._next_look(), stop=True)

    async def _is_stopped(self) -> bool:
        async with self._database.reading() as session:
            return await message_counts.is_stopped(session, self.bot_key, self._clock.now())

    async def _stop_pushing(self) -> None:
        now = self._clock.now()
        log.error("Zalo refuses more messages (429): only answers go out until the month turns")

        async def job(session: AsyncSession) -> None:
            await message_counts.stop(session, self.bot_key, now)
            await self._warner.stopped(session, day_in_vietnam(now))

        await self._database.write(job)

    async def resume(self) -> None:
        """The operator knows that messages may go out again."""
        time = self.plan.time
        awake = outbox.after_quiet(self._clock.now(), time.quiet_from, time.quiet_to)
        await self._database.write(partial(message_counts.resume, bot_key=self.bot_key, now=awake))

    def _picture_url(self, picture: Picture) -> str:
        return f"{self._public_url}/f/{media.signed(picture, self._clock.now() + media.LASTS)}"

    async def name(self) -> str:
        """The bot's name. Raises WrongToken, or another ZaloError while the server cannot be reached."""
        me = await self._client.get_me()
        if not self._link_given and str(me.get("id", "")).isdecimal():
            self.bot_link = link_of(str(me["id"]))
        return str(me.get("display_name") or me.get("account_name", ""))

    async def recheck(self) -> None:
        """Ask whether the token is known now."""
        try:
            await self._client.get_me()
        except ZaloError:
            return
        self.standing.token_refused = False

    async def close(self) -> None:
        await self.tally.close()
        await self._client.close()
        await self.bot.session.close()


def link_of(bot_id: str) -> str:
    """What opens a Zalo bot; nothing can ride in it."""
    return f"https://bot.zaloplatforms.com/bots/{bot_id}"


async def _bounded(request: web.Request) -> bytes | None:
    """The body; None when it is longer than any event is."""
    raw = b""
    async for chunk in request.content.iter_chunked(65536):
        raw += chunk
        if len(raw) > BIGGEST_BODY:
            return None
    return raw
