"""The little world behind the Zalo server: who there is, what passes between them, and strings to pull."""

import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from simulator.faults import Faults
from simulator.feed import Feed
from simulator.files import Cabinet
from simulator.zalo.accounts import Limits, ZaloBot
from simulator.zalo.faults import ZaloFault, ZaloMisbehaviour
from simulator.zalo.groups import ZaloGroup
from simulator.zalo.journal import ZaloJournal
from simulator.zalo.people import ZaloPerson
from simulator.zalo.queue import Habit
from simulator.zalo.refusals import UNKNOWN_CHAT
from simulator.zalo.screen import ZaloBubble
from simulator.zalo.webhook import Pushing

TOKEN = "1459232241454765289:simulator-token-of-no-use-elsewhere"  # noqa: S105


def real_time() -> datetime:
    return datetime.now(UTC)


class ZaloWorld:
    """Everything there is, without HTTP. Messages are dated by `now`; `files` and `feed` may be shared with a page."""

    def __init__(
        self,
        token: str = TOKEN,
        name: str = "Bot Gõ Từng Nhà",
        *,
        now: Callable[[], datetime] = real_time,
        habit: Habit = "consume",
        limits: Limits | None = None,
        pushing: Pushing | None = None,
        unauthorized_status: int = 200,
        errors_with_200: bool = False,
        delete_without_webhook: int = 200,
    ) -> None:
        self.now = now
        self.url = ""
        self.calls = ZaloJournal()
        self.files, self.feed = Cabinet(), Feed()
        self.bots: dict[str, ZaloBot] = {}
        self.people: dict[str, ZaloPerson] = {}
        self.groups: dict[str, ZaloGroup] = {}
        self.faults: Faults[ZaloFault] = Faults()
        self.unauthorized_status, self.errors_with_200 = unauthorized_status, errors_with_200
        self.delete_without_webhook = delete_without_webhook
        self._limits, self._pushing, self._habit = limits or Limits(), pushing or Pushing(), habit
        self.bot = self.add_bot(token, name)

    # Setting the scene

    def add_bot(self, token: str, name: str) -> ZaloBot:
        """One more bot, with the same limits and habits and a month of its own."""
        self.bots[token] = ZaloBot(token, name, self.now, self._limits, self._pushing, self._habit)
        return self.bots[token]

    def person(self, id: str, display_name: str = "Lan", *, started: bool = False, **about: Any) -> ZaloPerson:
        """A person (the same one for the same id); `started` when they have already written to their bot.

        `about`: "role_label", "home", "place", see `ZaloPerson`.
        """
        if id not in self.people:
            self.people[id] = ZaloPerson(self, id, display_name, **about)
            self.feed.tell("people")
        if started:
            bot = self.people[id].my_bot
            bot.admits(bot.chat_id_of(id), self.people[id], bot.limits.people)
        return self.people[id]

    def group(self, id: str, members: Iterable[ZaloPerson]) -> ZaloGroup:
        self.groups[id] = ZaloGroup(id, list(members))
        return self.groups[id]

    def misbehave(self, method: str = "*", what: ZaloMisbehaviour = "429", **how: Any) -> ZaloFault:
        """Orders a fault; see `ZaloFault` for `times`, `share`, `seed`, `seconds`, `chat_id`."""
        return self.faults.order(ZaloFault(method, what, **how))

    def clear(self) -> None:
        """Forgets messages, updates, calls and faults; bots, people and groups stay."""
        for bot in self.bots.values():
            bot.queue.clear()
        for person in self.people.values():
            person.forgets()
        self.calls.clear()
        self.faults.lift()
        self.feed.tell("cleared", kind="zalo")

    # What passes

    def new_id(self) -> str:
        return secrets.token_hex(10)

    def millis(self) -> int:
        return int(self.now().timestamp() * 1000)

    def media_url(self, path: str) -> str:
        return f"{self.url}/media/{path}"

    def reach(self, bot: ZaloBot, chat_id: str) -> ZaloPerson | ZaloGroup:
        """Whoever is behind a chat id this bot has seen. Raises ZaloRefused (410)."""
        if chat_id not in bot.served:
            raise UNKNOWN_CHAT
        found: ZaloPerson | ZaloGroup = bot.served[chat_id]
        return found

    def says(self, bot: ZaloBot, chat_id: str, kind: str, text: str, **picture: Any) -> dict[str, Any]:
        """A bot's message appears on the phones; the result that its call gets. Raises ZaloRefused (410, 429)."""
        whom = self.reach(bot, chat_id)
        bot.spend()
        result = {"message_id": self.new_id(), "date": self.millis()}
        shown = ZaloBubble(
            str(result["message_id"]), whom.id, bot.display_name, True, kind, text, self.millis(), **picture
        )
        for person in [whom] if isinstance(whom, ZaloPerson) else whom.members:
            self.show(person, bot, shown)
        return result

    def show(self, person: ZaloPerson, bot: ZaloBot, bubble: ZaloBubble) -> None:
        person.notices(bot, bubble)
        if self.feed.watched and bot is person.my_bot:
            self.feed.tell("message", kind="zalo", person=person.id, message=bubble.as_json()["message"], keys=None)

    async def settled(self) -> None:
        """Waits until every update was handed over (which is not yet: handled)."""
        for bot in self.bots.values():
            if bot.webhook.url:
                await bot.webhook.settled()
            else:
                await bot.queue.empty.wait()
